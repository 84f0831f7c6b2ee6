package cn.tiaoxi.lake.table;

import cn.tiaoxi.lake.LakeColumn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a table.
 *
 * @param columns the columns of each row
 * @param rows the rows
 * @param next the row number to ask on from; null if these were the last
 * @param total rows of the table
 */
public record RowPage(List<LakeColumn> columns, List<Row> rows, @Nullable Long next, long total) {
    public RowPage {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /**
     * A row.
     *
     * @param number its number, increasing; numbers of rejected rows are missing
     * @param values as plain text: decimals without needless zeros, days and times by RFC 3339;
     *     null where missing
     */
    public record Row(long number, List<@Nullable String> values) {}
}
