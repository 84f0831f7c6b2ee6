package cn.tiaoxi.platform.intake;

import cn.tiaoxi.lake.source.Format;
import cn.tiaoxi.lake.source.TextEncoding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the rows of a file are read.
 *
 * @param format what the file is
 * @param encoding of text; null for workbooks
 * @param separator of delimited text, else null
 * @param sheet of a workbook, else null
 * @param sheets the workbook's sheets that show
 * @param headerRow the row of the headings; 0 where there is none
 * @param idRow the row of identifiers below them, as templates have it; 0 where there is none
 * @param columns the columns in the file's order
 */
public record Layout(
        Format format,
        @Nullable TextEncoding encoding,
        @Nullable Character separator,
        @Nullable String sheet,
        List<String> sheets,
        long headerRow,
        long idRow,
        List<Column> columns) {
    public Layout {
        sheets = List.copyOf(sheets);
        columns = List.copyOf(columns);
    }

    /**
     * A column of a file.
     *
     * @param name its heading; empty if it has none
     * @param id its identifier in a template's hidden row, or null
     * @param samples some values
     */
    public record Column(String name, @Nullable String id, List<String> samples) {
        public Column {
            samples = List.copyOf(samples);
        }
    }

    /** The same file with what is known about its heading. */
    Layout with(long newHeaderRow, long newIdRow, List<Column> newColumns) {
        return new Layout(
                format, encoding, separator, sheet, sheets, newHeaderRow, newIdRow, newColumns);
    }

    /** Whether a row holds data. */
    boolean isData(SourceRow row) {
        return row.number() > headerRow && row.number() != idRow;
    }
}
