package cn.tiaoxi.lake.source;

import cn.tiaoxi.lake.RowFault;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of a sample.
 *
 * @param line the line it begins on
 * @param fault what is wrong with its quotation marks, or null
 * @param values its fields; null where blank
 * @param faults what is wrong with each field; null where nothing is
 */
record SampleRow(
        long line,
        @Nullable RowFault fault,
        List<@Nullable String> values,
        List<@Nullable RowFault> faults) {

    int width() {
        return values.size();
    }

    @Nullable String value(int column) {
        return column < values.size() ? values.get(column) : null;
    }
}
