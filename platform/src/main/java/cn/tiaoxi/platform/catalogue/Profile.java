package cn.tiaoxi.platform.catalogue;

import cn.tiaoxi.lake.table.ColumnProfile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the values of a column look like, as it is kept; see {@link ColumnProfile}.
 *
 * @param distinctExact whether the different values were counted, not estimated
 */
public record Profile(
        long count,
        long nulls,
        long distinct,
        boolean distinctExact,
        @Nullable String min,
        @Nullable String max,
        List<ColumnProfile.ValueCount> top,
        List<ColumnProfile.ValueCount> patterns,
        List<ColumnProfile.Bin> histogram) {
    public Profile {
        top = List.copyOf(top);
        patterns = List.copyOf(patterns);
        histogram = List.copyOf(histogram);
    }

    static Profile of(ColumnProfile profile) {
        return new Profile(
                profile.count(),
                profile.nulls(),
                profile.distinct(),
                profile.distinctExact(),
                profile.min(),
                profile.max(),
                profile.top(),
                profile.patterns(),
                profile.histogram());
    }

    /** The same without anything that stands in a row: counts and shapes alone. */
    public Profile withoutValues() {
        return new Profile(
                count, nulls, distinct, distinctExact, null, null, List.of(), patterns, List.of());
    }
}
