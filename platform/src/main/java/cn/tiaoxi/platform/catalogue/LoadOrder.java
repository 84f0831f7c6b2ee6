package cn.tiaoxi.platform.catalogue;

import cn.tiaoxi.lake.ColumnType;
import cn.tiaoxi.lake.table.LoadMode;
import java.util.List;

/**
 * How an upload is to be loaded.
 *
 * @param title title of a new dataset; that of the dataset where it is there already
 * @param organisation code of the organisation that owns it
 * @param columns what to take, in the table's order
 * @param language language of the reasons in the rejects file, {@code zh} or {@code en}
 */
public record LoadOrder(
        String title, String organisation, LoadMode mode, List<Column> columns, String language) {
    public LoadOrder {
        columns = List.copyOf(columns);
    }

    /**
     * A column to take.
     *
     * @param index its place in the file, from 0
     */
    public record Column(int index, String name, String label, ColumnType type) {}
}
