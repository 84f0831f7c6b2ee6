package cn.tiaoxi.platform.intake;

import java.util.List;

/**
 * What became of a chunk.
 *
 * @param counts of its rows, those left for later not among them
 * @param refused the rows that were refused
 * @param deferred the rows that wait for others of the file
 * @param findings why rows were refused
 * @param samples some that would change an entry
 */
record ChunkResult(
        Import.Counts counts,
        List<Long> refused,
        List<Long> deferred,
        List<Finding> findings,
        List<Import.Sample> samples) {}
