package cn.tiaoxi.lake.source;

import org.jspecify.annotations.Nullable;

/**
 * What a person says about a file, over what the probe would find. Null leaves it to the probe.
 *
 * @param encoding of text
 * @param separator between fields
 * @param header whether the first row holds names
 * @param sheet of a workbook
 */
public record ReadOptions(
        @Nullable TextEncoding encoding,
        @Nullable Character separator,
        @Nullable Boolean header,
        @Nullable String sheet) {

    /** Leaves everything to the probe. */
    public static final ReadOptions NONE = new ReadOptions(null, null, null, null);
}
