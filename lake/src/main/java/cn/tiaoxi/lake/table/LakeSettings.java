package cn.tiaoxi.lake.table;

import java.nio.file.Path;

/**
 * Where a lake lies and what it may take.
 *
 * @param warehouse the folder of the tables' files
 * @param scratch the folder for what does not fit in memory; emptied at every start
 * @param engineMegabytes memory for DuckDB, outside the Java heap
 * @param threads threads that encode one load; 1 to 16
 */
public record LakeSettings(Path warehouse, Path scratch, int engineMegabytes, int threads) {
    public LakeSettings {
        if (engineMegabytes < 128) {
            throw new IllegalArgumentException(
                    "engineMegabytes must be 128 or more, not " + engineMegabytes);
        }
        if (threads < 1 || threads > 16) {
            throw new IllegalArgumentException("threads must be 1 to 16, not " + threads);
        }
    }

    /** Settings for this machine: 512 MB, and a thread for each processor up to 4. */
    public static LakeSettings of(Path folder) {
        int threads = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4);
        return new LakeSettings(
                folder.resolve("warehouse"), folder.resolve("scratch"), 512, threads);
    }
}
