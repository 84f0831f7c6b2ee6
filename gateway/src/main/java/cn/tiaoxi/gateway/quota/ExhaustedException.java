package cn.tiaoxi.gateway.quota;

/** A limit is reached. */
public final class ExhaustedException extends RuntimeException {
    private final transient Subject subject;
    private final Span span;
    private final long most;

    ExhaustedException(Subject subject, Span span, long most) {
        super(subject + " " + span + " " + most, null, false, false);
        this.subject = subject;
        this.span = span;
        this.most = most;
    }

    /** Whose limit. */
    public Subject subject() {
        return subject;
    }

    /** For which time. */
    public Span span() {
        return span;
    }

    /** How many calls are allowed in that time. */
    public long most() {
        return most;
    }
}
