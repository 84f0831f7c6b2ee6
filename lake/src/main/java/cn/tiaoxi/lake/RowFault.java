package cn.tiaoxi.lake;

import java.util.Locale;

/** Why a row of a file cannot be taken. The names are stable. */
public enum RowFault {
    /** More or fewer fields than the table has columns. Arguments: expected, found. */
    FIELD_COUNT,
    /** A quotation mark opens a value and is never closed. */
    QUOTE_NOT_CLOSED,
    /** Something stands between a closing quotation mark and the separator. */
    QUOTE_MISPLACED,
    /** The row is longer than a row may be. */
    ROW_TOO_LONG,
    /** Bytes that are no characters of the file's encoding. */
    BAD_ENCODING,
    /** A character that no text holds, such as NUL. */
    CONTROL_CHARACTER,
    NOT_INTEGER,
    INTEGER_TOO_LARGE,
    NOT_DECIMAL,
    DECIMAL_TOO_LONG,
    NOT_BOOLEAN,
    NOT_DATE,
    /** Looks like a date, but the calendar has no such day. */
    NO_SUCH_DATE,
    NOT_TIMESTAMP,
    /**
     * A spreadsheet kept a number of more than 15 digits as floating point: its last digits are
     * lost.
     */
    DIGITS_LOST,
    /** A spreadsheet's cell holds an error such as #N/A. */
    CELL_ERROR,
    /** A line that is no JSON object. */
    JSON_BROKEN,
    /** A JSON object has a key that no column stands for. */
    JSON_UNKNOWN_KEY;

    /** The reason in the given language. The value is quoted shortened. */
    public String reason(Locale locale, Object... arguments) {
        return Wording.text(locale, "fault." + name(), arguments);
    }
}
