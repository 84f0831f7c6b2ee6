package cn.tiaoxi.gateway.quota;

/** The time that a limit is for; it begins and ends by the store's clock, in the city's zone. */
public enum Span {
    /** A second of the clock. */
    SECOND,
    /** From midnight to midnight. */
    DAY,
    /** A month of the calendar. */
    MONTH,
    /** As long as the subject exists. */
    WHOLE
}
