package cn.tiaoxi.gateway.upstream;

import cn.tiaoxi.gateway.filter.FilterReport;

/** A call that ended without an answer, and what was seen until then. */
public final class FailedCall extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final UpstreamException reason;
    private final transient FilterReport report;
    private final long taken;

    FailedCall(UpstreamException reason, FilterReport report, long taken) {
        super(reason.getMessage(), reason, false, false);
        this.reason = reason;
        this.report = report;
        this.taken = taken;
    }

    /** Why. */
    public UpstreamException reason() {
        return reason;
    }

    /** What was cut of what came. */
    public FilterReport report() {
        return report;
    }

    /** Bytes that the service sent. */
    public long taken() {
        return taken;
    }
}
