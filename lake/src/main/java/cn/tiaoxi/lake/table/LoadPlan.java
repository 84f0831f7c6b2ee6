package cn.tiaoxi.lake.table;

import cn.tiaoxi.lake.ErrorCode;
import cn.tiaoxi.lake.LakeColumn;
import cn.tiaoxi.lake.LakeException;
import cn.tiaoxi.lake.source.SourceLayout;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/**
 * How a file is to be loaded. Columns of the file that are left out are not loaded. In INTEGER,
 * DECIMAL, DATE and TIMESTAMP columns full-width digits become digits, thousands separators are
 * dropped and Chinese dates are understood; blanks become missing values; everything else that does
 * not fit its column's type rejects the row.
 *
 * @param layout how to read the file, from its probe
 * @param columns what to take, in the table's order
 * @param table the table's name
 * @param mode whether the rows replace or join those that are there
 * @param zone the zone of times that state no offset
 * @param rejects the file that the rejected rows are written to, replaced if it is there
 * @param locale the language of the reasons
 * @param load the load's own name; stays with the state that it makes, see {@link TableLoader#made}
 */
public record LoadPlan(
        SourceLayout layout,
        List<LoadColumn> columns,
        String table,
        LoadMode mode,
        ZoneId zone,
        Path rejects,
        Locale locale,
        String load) {

    public LoadPlan {
        columns = List.copyOf(columns);
        if (!LakeColumn.isValidName(table)) {
            throw new LakeException(ErrorCode.TABLE_NAME_INVALID, table);
        }
        for (LoadColumn column : columns) {
            if (column.source() < 0 || column.source() >= layout.columns().size()) {
                throw new LakeException(ErrorCode.COLUMN_UNKNOWN, column.source());
            }
        }
    }

    List<LakeColumn> tableColumns() {
        return columns.stream().map(LoadColumn::column).toList();
    }
}
