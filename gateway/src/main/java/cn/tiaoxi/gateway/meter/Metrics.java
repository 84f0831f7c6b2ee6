package cn.tiaoxi.gateway.meter;

import cn.tiaoxi.contract.Refusal;
import java.time.Instant;
import java.util.function.Supplier;

/** The metrics of a gateway, for Prometheus and whatever reads its formats. */
public final class Metrics {
    private static final String PREFIX = "tiaoxi_gateway_";
    private static final int MOST_NAMED = 20;

    private final Meter meter;
    private final Supplier<Gauges> gauges;

    public Metrics(Meter meter, Supplier<Gauges> gauges) {
        this.meter = meter;
        this.gauges = gauges;
    }

    /** A page of metrics. */
    public record Page(String contentType, byte[] body) {}

    /** All metrics as they are now, in the format that is accepted. */
    public Page page(String accept) {
        MetricsText text = new MetricsText(accept.contains("application/openmetrics-text"));
        meter.totals(
                all -> {
                    calls(text, all);
                    top(text, all);
                    return text;
                });
        state(text, gauges.get());
        accessLog(text);
        ProcessMetrics.write(text);
        return new Page(text.contentType(), text.bytes());
    }

    private static void calls(MetricsText text, Tally all) {
        text.counter(PREFIX + "calls", "", "Requests for data or secrets, by the caller's style.");
        all.styles().forEach((style, number) -> text.value(number, "style", style));
        text.counter(PREFIX + "refusals", "", "Refused requests, by the reason's stable code.");
        for (Refusal refusal : Refusal.values()) {
            text.value(all.refused(refusal), "reason", refusal.name());
        }
        text.counter(PREFIX + "answered_rows", "rows", "Rows in answers.").value(all.rows());
        text.counter(PREFIX + "answered_bytes", "bytes", "Bytes in bodies of answers.")
                .value(all.bytes());
        text.histogram(
                PREFIX + "call_duration_seconds",
                "From a request read to its answer given.",
                all.calls());
        text.histogram(
                PREFIX + "lookup_duration_seconds",
                "Until the database or the service behind an interface answered.",
                all.lookups());
        text.histogram(
                PREFIX + "trace_wait_seconds",
                "Until a call's trace record was durable.",
                all.recordings());
    }

    private static void top(MetricsText text, Tally all) {
        text.gauge(
                PREFIX + "top_application_calls",
                "",
                "Calls since the start of the applications with most, at most 20; an estimate.");
        for (TopK.Slot slot : all.callers().most(MOST_NAMED)) {
            text.value(slot.count(), "application", slot.key(), "organisation", slot.about());
        }
        text.gauge(
                PREFIX + "top_interface_calls",
                "",
                "Calls since the start of the interfaces with most, at most 20; an estimate.");
        for (TopK.Slot slot : all.interfaces().most(MOST_NAMED)) {
            text.value(slot.count(), "interface", slot.key(), "organisation", slot.about());
        }
    }

    private static void state(MetricsText text, Gauges now) {
        text.gauge(PREFIX + "connections", "", "Open connections.").value(now.connections());
        text.gauge(PREFIX + "requests_under_way", "", "Requests without an answer yet.")
                .value(now.underWay());
        text.counter(PREFIX + "connections_turned_away", "", "Closed, as there were too many.")
                .value(now.turnedAway());
        text.counter(PREFIX + "connections_slow", "", "Closed, as their peer was too slow.")
                .value(now.closedForSlowness());
        text.counter(PREFIX + "tls_handshakes", "", "TLS handshakes, by result.")
                .value(now.handshakes(), "result", "ok")
                .value(now.failedHandshakes(), "result", "failed");
        text.gauge(PREFIX + "policy_version", "", "The policy in force.")
                .value(now.policyVersion());
        Instant applied = now.policyApplied();
        text.gauge(
                        PREFIX + "policy_applied_timestamp_seconds",
                        "seconds",
                        "When the policy in force came into force, since 1970; 0 before the first.")
                .value(applied == null ? 0 : applied.toEpochMilli() / 1e3);
        text.gauge(PREFIX + "policy_refused", "", "1 while a newer policy is refused.")
                .value(now.policyRefused() ? 1 : 0);
        trace(text, now);
        text.gauge(PREFIX + "quota_store_up", "", "1 while the store of quotas answers.")
                .value(now.quotaStore() ? 1 : 0);
    }

    private static void trace(MetricsText text, Gauges now) {
        text.gauge(PREFIX + "trace_records", "", "Durable records of the gateway's log.")
                .value(now.traceRecords());
        text.gauge(PREFIX + "trace_up", "", "1 while the log takes records.")
                .value(now.traceProblem().isEmpty() ? 1 : 0);
        text.gauge(PREFIX + "trace_disk_full", "", "1 while the log's disk is full.")
                .value(now.traceProblem().equals("DISK_FULL") ? 1 : 0);
        text.gauge(PREFIX + "trace_waiting_records", "records", "Records that wait for a commit.")
                .value(now.traceWaiting());
        text.counter(PREFIX + "trace_commits", "", "Group commits since the log was opened.")
                .value(now.traceCommits());
        text.counter(PREFIX + "trace_commit_seconds", "seconds", "Time of group commits, in all.")
                .value(now.traceCommitNanos() / 1e9);
    }

    private void accessLog(MetricsText text) {
        AccessLog.Counts lines = meter.accessLog();
        if (lines != null) {
            text.counter(PREFIX + "access_log_lines", "", "Lines of the access log.")
                    .value(lines.written());
            text.counter(PREFIX + "access_log_dropped", "", "Lines that it could not take.")
                    .value(lines.dropped());
        }
    }
}
