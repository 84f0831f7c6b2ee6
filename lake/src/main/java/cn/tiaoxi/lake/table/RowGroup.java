package cn.tiaoxi.lake.table;

import cn.tiaoxi.lake.RowFault;
import java.util.List;
import java.util.Map;

/**
 * Rows encoded as a Parquet row group that waits to be appended to a file, and what was rejected on
 * the way.
 *
 * @param rows accepted rows
 * @param chunks the encoded columns
 * @param rejects lines of the rejects file, in order
 * @param rejected how many rows were rejected
 * @param faults rejected rows by their first fault
 * @param sourceBytes bytes of the source read up to here
 */
record RowGroup(
        int rows,
        List<ColumnChunk> chunks,
        byte[] rejects,
        int rejected,
        Map<RowFault, Long> faults,
        long sourceBytes) {}
