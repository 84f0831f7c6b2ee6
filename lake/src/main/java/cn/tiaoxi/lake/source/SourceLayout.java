package cn.tiaoxi.lake.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the rows of a file are to be read. Found by {@link SourceProbe}, and kept with the file until
 * it is loaded.
 *
 * @param format what the file is
 * @param encoding of text; null for workbooks and Parquet
 * @param separator between fields; null unless the format is delimited text
 * @param header whether the first row holds names
 * @param sheet the workbook's sheet; null unless it is a workbook
 * @param columns the names in the file, in its order; empty texts where it has none
 */
public record SourceLayout(
        Format format,
        @Nullable TextEncoding encoding,
        @Nullable Character separator,
        boolean header,
        @Nullable String sheet,
        List<String> columns) {

    /** The quotation mark of delimited text. */
    public static final char QUOTE = '"';

    public SourceLayout {
        columns = List.copyOf(columns);
    }

    SourceLayout withColumns(List<String> names) {
        return new SourceLayout(format, encoding, separator, header, sheet, names);
    }
}
