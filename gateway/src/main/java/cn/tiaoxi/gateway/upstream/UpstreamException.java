package cn.tiaoxi.gateway.upstream;

import cn.tiaoxi.contract.Refusal;

/**
 * A service was not asked, or gave no answer that can be passed on. Without a stack trace, so that
 * a broken service costs next to nothing.
 */
public final class UpstreamException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Refusal refusal;
    private final String subject;
    private final boolean early;

    private UpstreamException(Refusal refusal, String subject, boolean early) {
        super(refusal + " " + subject, null, false, false);
        this.refusal = refusal;
        this.subject = subject;
        this.early = early;
    }

    static UpstreamException of(Refusal refusal, String subject) {
        return new UpstreamException(refusal, subject, false);
    }

    /** Before anything of an answer was taken, so that the call may be tried again. */
    static UpstreamException early(Refusal refusal, String subject) {
        return new UpstreamException(refusal, subject, true);
    }

    static UpstreamException invalid(String what) {
        return of(Refusal.UPSTREAM_ANSWER_INVALID, what);
    }

    /** What the caller is told. */
    public Refusal refusal() {
        return refusal;
    }

    /** What it is about. */
    public String subject() {
        return subject;
    }

    boolean isEarly() {
        return early;
    }

    /** Whether the service failed, as opposed to the call or the registration. */
    boolean isFailure() {
        return switch (refusal) {
            case UPSTREAM_UNREACHABLE, UPSTREAM_TIMEOUT, UPSTREAM_ANSWER_INVALID -> true;
            case UPSTREAM_STATUS -> subject.startsWith("5");
            default -> false;
        };
    }
}
