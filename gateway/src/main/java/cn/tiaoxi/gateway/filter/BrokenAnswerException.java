package cn.tiaoxi.gateway.filter;

/**
 * An upstream's body is not what it should be; nothing from the fault on was let through. Without a
 * stack trace, so that a broken upstream costs next to nothing.
 */
public final class BrokenAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What is wrong with a body. All are the upstream's fault. */
    public enum Fault {
        /** Bytes that are not UTF-8. */
        NOT_UTF8,
        /** Not JSON by RFC 8259, or more than one value where one is expected. */
        NOT_JSON,
        /** Not CSV by RFC 4180, or a row with more or fewer values than the header. */
        NOT_CSV,
        /** Objects and arrays nested deeper than {@link AnswerFilter#MOST_DEPTH}. */
        TOO_DEEP,
        /** More columns than {@link AnswerFilter#MOST_COLUMNS}. */
        TOO_WIDE,
        /** The body ended within a value. */
        CUT_OFF
    }

    private final Fault fault;
    private final long position;

    BrokenAnswerException(Fault fault, long position) {
        super(fault + " at byte " + position, null, false, false);
        this.fault = fault;
        this.position = position;
    }

    /** What is wrong. */
    public Fault fault() {
        return fault;
    }

    /** Where, in bytes from the beginning of the body. */
    public long position() {
        return position;
    }
}
