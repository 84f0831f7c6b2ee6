package cn.tiaoxi.platform.border;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table being written for people, row by row. Text that a spreadsheet would take for a formula is
 * made harmless.
 */
public sealed interface Sheet permits CsvSheet, JsonLines, Workbook {

    /**
     * Writes one row. Numbers stay numbers; everything else is text as {@code toString} gives it.
     */
    void row(List<? extends @Nullable Object> cells) throws IOException;

    /**
     * Writes a row that programs read and people do not see: identifiers of the columns, below the
     * heading. Formats that cannot hide a row leave it out.
     */
    default void hidden(List<String> cells) throws IOException {}

    /** Ends the table; nothing may follow. */
    void finish() throws IOException;

    /**
     * Text that a spreadsheet shows and never runs: a leading {@code =}, {@code +}, {@code -},
     * {@code @}, tab or carriage return gets an apostrophe in front.
     */
    static String harmless(String text) {
        if (text.isEmpty()) {
            return text;
        }
        return switch (text.charAt(0)) {
            case '=', '+', '-', '@', '\t', '\r' -> "'" + text;
            default -> text;
        };
    }
}
