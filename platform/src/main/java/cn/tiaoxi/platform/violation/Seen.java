package cn.tiaoxi.platform.violation;

import java.time.Instant;

/**
 * A call, or what stands out in one, as the trace tells it.
 *
 * @param mark empty for a call; else the mark's name
 * @param amount of a mark
 */
record Seen(
        String record,
        String origin,
        long index,
        Instant time,
        String application,
        String interfaceId,
        String owner,
        String grant,
        String key,
        String outcome,
        String matter,
        String mark,
        long amount) {
    boolean isCall() {
        return mark.isEmpty();
    }

    boolean isAnswered() {
        return isCall() && outcome.equals("OK");
    }
}
