package cn.tiaoxi.lake.table;

/**
 * How far a load is.
 *
 * @param phase what it does
 * @param rows rows written so far
 * @param rejected rows rejected so far
 * @param bytes bytes of the file read so far
 * @param totalBytes bytes of the file
 */
public record LoadProgress(Phase phase, long rows, long rejected, long bytes, long totalBytes) {

    /** The steps of a load. */
    public enum Phase {
        /** Rows are read, checked and written. */
        WRITING,
        /** The table is about to change to the new rows. */
        COMMITTING,
        /** The rows can be read. */
        DONE
    }
}
