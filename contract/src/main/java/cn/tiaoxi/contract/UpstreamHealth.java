package cn.tiaoxi.contract;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a department's service fares, as one gateway sees it.
 *
 * @param interfaceId the interface that it answers
 * @param breaker whether it is called
 * @param since since when the breaker stands so
 * @param probe what the last probe found
 * @param probed when that was, or null before the first
 * @param calls calls since the gateway started
 * @param failures how many of them were failures of the service
 * @param lastFailure code of the last failure's refusal, or null
 * @param lastFailureDetail what it was about, or null
 * @param lastFailed when that was, or null
 */
public record UpstreamHealth(
        String interfaceId,
        State breaker,
        Instant since,
        ProbeState probe,
        @Nullable Instant probed,
        long calls,
        long failures,
        @Nullable String lastFailure,
        @Nullable String lastFailureDetail,
        @Nullable Instant lastFailed) {

    /** Whether a service is called. */
    public enum State {
        /** Each call goes to the service. */
        CLOSED,
        /** Calls are refused for a while. */
        OPEN,
        /** One call is tried; it decides. */
        HALF_OPEN
    }

    /** What a probe found. */
    public enum ProbeState {
        /** There is no probe, or none has come to an end yet. */
        UNKNOWN,
        HEALTHY,
        UNHEALTHY
    }
}
