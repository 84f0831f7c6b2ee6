package cn.tiaoxi.lake.source;

/** What a probe may find amiss. Loading is possible all the same. The names are stable. */
public enum ProblemCode {
    /** The name's ending says another format than the content. Arguments: ending, format. */
    NAME_DIFFERS,
    /**
     * Some bytes are no characters of the encoding. Arguments: encoding, byte position, share of
     * samples.
     */
    ENCODING_WRONG,
    /** The text may be of another encoding. Argument: encoding. */
    ENCODING_DOUBTFUL,
    /** No header was found. */
    HEADER_MISSING,
    /** Rows with more or fewer fields. Arguments: rows, first line, expected, found. */
    ROWS_RAGGED,
    /** Rows with misplaced or unclosed quotation marks. Arguments: rows, first line. */
    QUOTES_BROKEN,
    /** Only one column was found. */
    ONE_COLUMN,
    /** There are no rows below the header. */
    NO_ROWS,
    COLUMN_NAME_EMPTY,
    /** Argument: name. */
    COLUMN_NAME_TWICE,
    /**
     * Most values are of one type and some are not. Arguments: type, count, example, row's line.
     */
    TYPES_MIXED,
    /** Argument: example. */
    FULL_WIDTH_DIGITS,
    /** Argument: example, count. */
    IMPOSSIBLE_DATES,
    /** Values that a spreadsheet would compute. Arguments: example, count. */
    FORMULA_LIKE,
    /** Argument: count. */
    CONTROL_CHARACTERS,
    /** Numbers whose last digits a spreadsheet has lost. Arguments: example, count. */
    DIGITS_LOST,
    /** Cells that hold an error. Arguments: example, count. */
    CELL_ERRORS,
    /** Lines that are no JSON objects. Arguments: count, first line. */
    JSON_BROKEN,
    /** The column has no values in the sample. */
    ALL_BLANK
}
