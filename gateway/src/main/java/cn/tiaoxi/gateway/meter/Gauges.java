package cn.tiaoxi.gateway.meter;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a gateway is at a moment, beside what calls come to.
 *
 * @param connections open connections
 * @param turnedAway connections closed because there were too many, since the start
 * @param closedForSlowness connections closed because their peer was too slow, since the start
 * @param underWay requests without an answer yet
 * @param handshakes TLS handshakes that succeeded, since the start
 * @param failedHandshakes those that did not
 * @param policyVersion version in force, 0 before the first
 * @param policyApplied when it came into force; null before the first
 * @param policyRefused whether a newer one was refused
 * @param traceRecords durable records of the log
 * @param traceWaiting records that wait for the next commit
 * @param traceCommits group commits since the log was opened
 * @param traceCommitNanos time they took together
 * @param traceProblem why the log takes no records now, such as {@code DISK_FULL}; empty while it
 *     does
 * @param quotaStore whether the store of quotas answers
 */
public record Gauges(
        int connections,
        long turnedAway,
        long closedForSlowness,
        int underWay,
        long handshakes,
        long failedHandshakes,
        long policyVersion,
        @Nullable Instant policyApplied,
        boolean policyRefused,
        long traceRecords,
        int traceWaiting,
        long traceCommits,
        long traceCommitNanos,
        String traceProblem,
        boolean quotaStore) {}
