package cn.tiaoxi.platform.catalogue;

import cn.tiaoxi.lake.table.LoadProgress;

/**
 * How far a load is.
 *
 * @param rows rows taken so far
 * @param rejected rows handed back so far
 * @param bytes bytes of the file read so far
 * @param totalBytes bytes of the file
 */
public record Progress(Phase phase, long rows, long rejected, long bytes, long totalBytes) {
    private static final int WRITTEN = 85;
    private static final int COMMITTED = 88;

    /** What a load does. */
    public enum Phase {
        /** Others are before it. */
        WAITING,
        /** Rows are read, checked and written. */
        WRITING,
        /** The table changes to the new rows. */
        COMMITTING,
        /** What the columns hold is found out. */
        PROFILING
    }

    static Progress waiting(long totalBytes) {
        return new Progress(Phase.WAITING, 0, 0, 0, totalBytes);
    }

    static Progress of(LoadProgress progress) {
        Phase phase =
                switch (progress.phase()) {
                    case WRITING -> Phase.WRITING;
                    case COMMITTING -> Phase.COMMITTING;
                    case DONE -> Phase.PROFILING;
                };
        return new Progress(
                phase,
                progress.rows(),
                progress.rejected(),
                progress.bytes(),
                progress.totalBytes());
    }

    /** The share that is done, 0 to 100; reading the file is most of it. */
    public int percent() {
        return switch (phase) {
            case WAITING -> 0;
            case WRITING ->
                    totalBytes == 0 ? 0 : (int) Math.min(WRITTEN, bytes * WRITTEN / totalBytes);
            case COMMITTING -> WRITTEN;
            case PROFILING -> COMMITTED;
        };
    }
}
