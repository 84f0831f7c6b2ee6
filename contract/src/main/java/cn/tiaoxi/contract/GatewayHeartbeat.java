package cn.tiaoxi.contract;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway tells the platform about itself every few seconds, and at once when it has applied
 * a policy.
 *
 * @param id the gateway's identifier, made at its first start and kept in its data folder
 * @param address base URL under which callers reach it
 * @param policyVersion version in force, 0 before the first
 * @param policyApplied when that version came into force
 * @param traceOrigin origin line of its log's checkpoints
 * @param traceKey verifier key of its log (signed-note vkey)
 * @param traceSize number of durable records
 * @param started when the process started
 * @param refusedPolicy the policy that it was last given and did not take, or null if it took the
 *     last
 * @param upstreams how the departments' services fare; older gateways tell nothing
 * @param nationalTraceKey verifier key of the log's second signature, see {@link Sm2NoteKey}; null
 *     of an older gateway
 */
public record GatewayHeartbeat(
        String id,
        String address,
        long policyVersion,
        Instant policyApplied,
        String traceOrigin,
        String traceKey,
        long traceSize,
        Instant started,
        @Nullable RefusedPolicy refusedPolicy,
        List<UpstreamHealth> upstreams,
        @Nullable String nationalTraceKey) {

    /**
     * A policy or a change that a gateway was given and did not put into force.
     *
     * @param version the version it claimed, 0 where that could not be read
     * @param reason what was wrong, for people who look after gateways
     * @param time when that was first seen
     */
    public record RefusedPolicy(long version, String reason, Instant time) {}

    /** Of an older gateway nothing is known of services. */
    public GatewayHeartbeat(
            String id,
            String address,
            long policyVersion,
            Instant policyApplied,
            String traceOrigin,
            String traceKey,
            long traceSize,
            Instant started,
            @Nullable RefusedPolicy refusedPolicy,
            @Nullable List<UpstreamHealth> upstreams,
            @Nullable String nationalTraceKey) {
        this.id = id;
        this.address = address;
        this.policyVersion = policyVersion;
        this.policyApplied = policyApplied;
        this.traceOrigin = traceOrigin;
        this.traceKey = traceKey;
        this.traceSize = traceSize;
        this.started = started;
        this.refusedPolicy = refusedPolicy;
        this.upstreams = upstreams == null ? List.of() : List.copyOf(upstreams);
        this.nationalTraceKey = nationalTraceKey;
    }

    /** A gateway that calls no services. */
    public GatewayHeartbeat(
            String id,
            String address,
            long policyVersion,
            Instant policyApplied,
            String traceOrigin,
            String traceKey,
            long traceSize,
            Instant started,
            @Nullable RefusedPolicy refusedPolicy) {
        this(
                id,
                address,
                policyVersion,
                policyApplied,
                traceOrigin,
                traceKey,
                traceSize,
                started,
                refusedPolicy,
                List.of(),
                null);
    }
}
