package cn.tiaoxi.lake.kind;

/** What a check says of a value. */
public enum Verdict {
    /** It is of the kind. */
    MATCHES,
    /** It has the kind's shape, but its check digit or its date is wrong. */
    FAILS_CHECK,
    /** It is something else. */
    DIFFERS
}
