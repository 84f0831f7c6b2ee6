package cn.tiaoxi.lake;

/** The types a column of the lake may have. */
public enum ColumnType {
    /** Unicode text; identifiers, codes and telephone numbers are text too. */
    TEXT,
    /** A whole number of 64 bits. */
    INTEGER,
    /** An exact number with up to 20 digits before and {@value #DECIMAL_SCALE} after the point. */
    DECIMAL,
    /** True or false. */
    BOOLEAN,
    /** A day without a time. */
    DATE,
    /** An instant with microseconds, in UTC. */
    TIMESTAMP;

    /** Digits that a DECIMAL has in all. */
    public static final int DECIMAL_PRECISION = 38;

    /** Digits that a DECIMAL has after the point. */
    public static final int DECIMAL_SCALE = 18;
}
