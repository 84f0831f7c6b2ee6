package cn.tiaoxi.lake.source;

/** The kinds of file that can be brought, told by their content. */
public enum Format {
    /** Text with a separator other than the tabulator. */
    CSV,
    /** Text separated by tabulators. */
    TSV,
    /** An Excel workbook since 2007. */
    XLSX,
    /** One JSON object a line. */
    JSON_LINES,
    /** Apache Parquet. */
    PARQUET;

    /** Whether it is text that has an encoding, a separator and perhaps a header. */
    public boolean isDelimited() {
        return this == CSV || this == TSV;
    }
}
