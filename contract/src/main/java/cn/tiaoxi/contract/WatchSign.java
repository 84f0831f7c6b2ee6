package cn.tiaoxi.contract;

import java.time.Duration;

/**
 * What a gateway notices in how somebody calls. It tells each in a trace record of its own ({@link
 * TraceRecord.Kind#FINDING}), whose outcome is the sign's name and whose detail {@code amount} says
 * how much; within a window only when the amount has doubled since, so that no call costs more than
 * its own record.
 */
public enum WatchSign {
    /** Identifiers looked up one after the other in even steps; the amount is the longest walk. */
    WALK(Duration.ofHours(1), 32),
    /** Different things looked up on one interface; the amount is an estimate within 10 %. */
    SUBJECTS(Duration.ofHours(1), 256),
    /** Networks (IPv4 /24, IPv6 /48) that one key is used from. */
    NETWORKS(Duration.ofMinutes(10), 4);

    private final Duration window;
    private final int least;

    WatchSign(Duration window, int least) {
        this.window = window;
        this.least = least;
    }

    /** How long it is counted before it starts anew. */
    public Duration window() {
        return window;
    }

    /** The smallest amount that is told; further ones are doublings of it. */
    public int least() {
        return least;
    }

    /** Whether that amount is one at which gateways tell the sign. */
    public boolean isTold(long amount) {
        return amount >= least && amount % least == 0 && Long.bitCount(amount / least) == 1;
    }
}
