package cn.tiaoxi.lake.table;

import cn.tiaoxi.lake.RowFault;
import java.util.Map;

/**
 * What a load did. Rows and rejected rows together are all rows of the file.
 *
 * @param rows rows loaded
 * @param rejected rows written to the rejects file
 * @param faults rejected rows by their first fault
 * @param snapshot the table's state that shows them
 * @param totalRows rows of the table in that state
 */
public record LoadResult(
        long rows, long rejected, Map<RowFault, Long> faults, long snapshot, long totalRows) {
    public LoadResult {
        faults = Map.copyOf(faults);
    }
}
