package cn.tiaoxi.lake;

/**
 * What can go wrong with a whole file or table. The names are stable: programs may rely on them.
 * Their wording, with what to do, stands in the resource bundle {@code cn.tiaoxi.lake.messages}.
 */
public enum ErrorCode {
    FILE_MISSING(Fault.PLATFORM),
    FILE_EMPTY(Fault.USER),
    FILE_TOO_LARGE(Fault.USER),
    FILE_NOT_A_TABLE(Fault.USER),
    FILE_OLD_EXCEL(Fault.USER),
    FILE_ENCRYPTED(Fault.USER),
    FILE_WEB_PAGE(Fault.USER),
    FILE_JSON_DOCUMENT(Fault.USER),
    FILE_UNREADABLE(Fault.USER),
    WORKBOOK_TOO_LARGE(Fault.USER),
    WORKBOOK_BROKEN(Fault.USER),
    SHEET_UNKNOWN(Fault.USER),
    SHEET_EMPTY(Fault.USER),
    PARQUET_BROKEN(Fault.USER),
    NO_COLUMNS(Fault.USER),
    TOO_MANY_COLUMNS(Fault.USER),
    COLUMN_NAME_INVALID(Fault.USER),
    COLUMN_NAME_TWICE(Fault.USER),
    COLUMN_UNKNOWN(Fault.USER),
    COLUMNS_DIFFER(Fault.USER),
    TABLE_NAME_INVALID(Fault.USER),
    TABLE_UNKNOWN(Fault.USER),
    LOAD_CANCELLED(Fault.USER),
    TABLE_CHANGED(Fault.USER),
    STORAGE_FULL(Fault.CAPACITY),
    STORAGE_FAILED(Fault.PLATFORM),
    CATALOG_FAILED(Fault.PLATFORM),
    ENGINE_FAILED(Fault.PLATFORM);

    /** Whose matter an error is. */
    public enum Fault {
        /** The person's: mend the input and try again. */
        USER,
        /** The platform's own. */
        PLATFORM,
        /** Too little disk or memory at the moment. */
        CAPACITY
    }

    private final Fault fault;

    ErrorCode(Fault fault) {
        this.fault = fault;
    }

    /** Whose matter it is. */
    public Fault fault() {
        return fault;
    }
}
