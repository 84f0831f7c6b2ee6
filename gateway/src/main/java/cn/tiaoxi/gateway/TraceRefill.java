package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.PolicySnapshot.Style;
import cn.tiaoxi.contract.TraceRecord;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * After a start, brings back from the trace what the last process knew: nonces within the replay
 * window. What was never traced was never answered, so nothing is missed.
 */
final class TraceRefill {
    private static final Logger LOG = LoggerFactory.getLogger(TraceRefill.class);

    private final OwnTrace trace;
    private final Replays replays;

    TraceRefill(OwnTrace trace, Replays replays) {
        this.trace = trace;
        this.replays = replays;
    }

    void refill(Instant now) {
        Instant since = now.minusSeconds(2 * longestSkew());
        long from = new RecordSearch(trace).firstSince(since.minus(RecordSearch.DISORDER));
        var entries = trace.entries(from);
        while (entries.hasNext()) {
            TraceRecord call = TraceRecord.fromBytes(entries.next().data());
            if (!call.time().isBefore(since)) {
                remember(call, now);
            }
        }
        LOG.info("Took up {} trace records since {}", trace.size() - from, since);
    }

    private void remember(TraceRecord call, Instant now) {
        String keyId = call.detail("keyId");
        String nonce = call.detail("nonce");
        String created = call.detail("created");
        if (keyId == null || nonce == null || created == null) {
            return;
        }
        long second = Long.parseLong(created);
        String named = call.detail("style");
        Style style = named == null ? Style.SIGNATURE : Style.valueOf(named);
        if (second + Replays.skewSeconds(style) < now.getEpochSecond()) {
            return;
        }
        try {
            replays.remember(style, keyId, nonce, second, now.getEpochSecond());
        } catch (RefusedException e) {
            LOG.debug("Nonce of {} was there already", call.id());
        }
    }

    private static long longestSkew() {
        long longest = 0;
        for (Style style : Style.values()) {
            longest = Math.max(longest, Replays.skewSeconds(style));
        }
        return longest;
    }
}
