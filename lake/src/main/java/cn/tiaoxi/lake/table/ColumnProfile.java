package cn.tiaoxi.lake.table;

import cn.tiaoxi.lake.LakeColumn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the values of a column look like.
 *
 * @param column the column
 * @param count rows of the table
 * @param nulls rows without a value
 * @param distinct different values
 * @param distinctExact whether {@code distinct} was counted; otherwise it is an estimate, off by a
 *     few per cent
 * @param min the least value as text; null if there is none
 * @param max the greatest
 * @param top the most frequent values, at most ten; of a sample if the table is large
 * @param patterns the most frequent shapes of text: 9 for a digit, A and a for Latin letters, 汉 for
 *     a Chinese character; runs of more than 20 are cut
 * @param histogram how numbers and moments spread, and for text its lengths: at most 20 bins of
 *     equal width
 */
public record ColumnProfile(
        LakeColumn column,
        long count,
        long nulls,
        long distinct,
        boolean distinctExact,
        @Nullable String min,
        @Nullable String max,
        List<ValueCount> top,
        List<ValueCount> patterns,
        List<Bin> histogram) {
    public ColumnProfile {
        top = List.copyOf(top);
        patterns = List.copyOf(patterns);
        histogram = List.copyOf(histogram);
    }

    /** A value, or a shape, and in how many rows it is. */
    public record ValueCount(String value, long count) {}

    /** The values from a bound up to, but without, the next; the last bin has both. */
    public record Bin(String from, String to, long count) {}
}
