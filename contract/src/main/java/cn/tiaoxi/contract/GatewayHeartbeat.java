package cn.tiaoxi.contract;

import java.time.Instant;

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
 */
public record GatewayHeartbeat(
        String id,
        String address,
        long policyVersion,
        Instant policyApplied,
        String traceOrigin,
        String traceKey,
        long traceSize,
        Instant started) {}
