package cn.tiaoxi.lake.table;

import cn.tiaoxi.lake.RowFault;
import cn.tiaoxi.lake.source.RecordCursor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Writes rejected rows as lines of CSV: line, column, reason, the row's text. Used by one thread.
 */
final class RejectWriter {
    /** The first line of a rejects file; the mark tells spreadsheets that it is UTF-8. */
    static final byte[] HEADER =
            "\ufeffline,column,reason,text\r\n".getBytes(StandardCharsets.UTF_8);

    /** How faults of generated segments look once they are text. */
    private static final Pattern FAULT_MARK = Pattern.compile("\ufffd[\u0001-\u001f]");

    private static final int SHOWN_VALUE = 60;
    private static final int SHOWN_ROW = 32_000;

    private final Locale locale;
    private final List<LoadColumn> columns;
    private final StringBuilder out = new StringBuilder();
    private final StringBuilder reasons = new StringBuilder();
    private String firstColumn = "";

    RejectWriter(LoadPlan plan) {
        locale = plan.locale();
        columns = plan.columns();
    }

    void reset() {
        out.setLength(0);
    }

    byte[] take() {
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** A row that is wrong as a whole. */
    void write(RecordCursor row, RowFault fault, int column) {
        line(row, column < 0 ? "" : columns.get(column).column().label(), fault.reason(locale));
    }

    void writeFieldCount(RecordCursor row, int expected) {
        line(row, "", RowFault.FIELD_COUNT.reason(locale, expected, row.fieldCount()));
    }

    /** One of a row's wrong values. */
    void addFault(RecordCursor row, RowFault fault, int column, int field) {
        String label = columns.get(column).column().label();
        if (reasons.isEmpty()) {
            firstColumn = label;
        } else {
            reasons.append("; ").append(label).append(": ");
        }
        reasons.append(fault.reason(locale, shortened(row.text(field))));
    }

    /** Writes the row with the faults added. */
    void endRow(RecordCursor row) {
        line(row, firstColumn, reasons.toString());
        reasons.setLength(0);
    }

    private static String shortened(String value) {
        String plain =
                value.startsWith("\ufffd") && value.length() > 1 ? value.substring(2) : value;
        return plain.length() <= SHOWN_VALUE ? plain : plain.substring(0, SHOWN_VALUE) + "…";
    }

    private void line(RecordCursor row, String column, String reason) {
        out.append(row.line()).append(',');
        quote(column);
        out.append(',');
        quote(reason);
        out.append(',');
        quote(FAULT_MARK.matcher(row.rowText(SHOWN_ROW)).replaceAll(""));
        out.append("\r\n");
    }

    /**
     * Quotes a value; one that a spreadsheet would take for a formula gets an apostrophe in front.
     */
    private void quote(String value) {
        out.append('"');
        if (!value.isEmpty() && "=+-@\t\r".indexOf(value.charAt(0)) >= 0) {
            out.append('\'');
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"') {
                out.append('"');
            }
            out.append(c);
        }
        out.append('"');
    }
}
