package cn.tiaoxi.lake.table;

import java.util.List;

/**
 * What a table looks like.
 *
 * @param rows rows of the table
 * @param sampledRows rows that top values and patterns come from; equal to {@code rows} unless the
 *     table is large
 * @param columns the profile of each column
 */
public record TableProfile(long rows, long sampledRows, List<ColumnProfile> columns) {
    public TableProfile {
        columns = List.copyOf(columns);
    }
}
