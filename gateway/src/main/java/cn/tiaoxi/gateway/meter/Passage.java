package cn.tiaoxi.gateway.meter;

import cn.tiaoxi.contract.Refusal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is seen of one request: whose it is, what became of it and when it came how far. Never holds
 * what was asked for or answered. Written by whoever has the request in hand, read after a
 * hand-over; not changed once it is answered.
 */
public final class Passage {
    private static final Stage[] STAGES = Stage.values();

    private final String requestId;
    private final Instant time;
    private final long began = System.nanoTime();
    private final long[] reached = new long[STAGES.length];
    private final String remote;
    private String style = "";
    private String application = "";
    private String organisation = "";
    private String keyId = "";
    private String interfaceId = "";
    private String owner = "";
    private String grant = "";
    private long policyVersion;
    private boolean service;
    private boolean ended;
    private long recording;
    private @Nullable Refusal refusal;
    private int status;
    private long rows;
    private long bytes;
    private Spans.@Nullable Span span;

    /** Begins now. */
    public Passage(String requestId, Instant time, String remote) {
        this.requestId = requestId;
        this.time = time;
        this.remote = remote;
    }

    /** Notes that it came that far; the first time counts. */
    public void reached(Stage stage) {
        if (reached[stage.ordinal()] == 0) {
            reached[stage.ordinal()] = Math.max(1, System.nanoTime() - began);
        }
    }

    /** Notes who calls, once that is certain. */
    public void isFrom(String application, String organisation, String keyId) {
        this.application = application;
        this.organisation = organisation;
        this.keyId = keyId;
    }

    /** Notes an interface that there is, and the organisation whose data it gives. */
    public void isFor(String interfaceId, String owner) {
        this.interfaceId = interfaceId;
        this.owner = owner;
    }

    /** Notes that a department's service answers it, and no table. */
    public void asksService() {
        this.service = true;
    }

    boolean isOfService() {
        return service;
    }

    /** Notes the grant. */
    public void isUnder(String grant) {
        this.grant = grant;
    }

    /** Notes how the caller proves itself. */
    public void speaks(String style) {
        this.style = style;
    }

    /** Notes the policy that decides. */
    public void isJudgedBy(long policyVersion) {
        this.policyVersion = policyVersion;
    }

    /** Notes what became of it; null for a good answer. The last word counts. */
    public void ended(@Nullable Refusal refusal, int status, long rows, long bytes) {
        if (!ended) {
            recording = System.nanoTime() - began;
        }
        this.ended = true;
        this.refusal = refusal;
        this.status = status;
        this.rows = rows;
        this.bytes = bytes;
    }

    /** When it came that far, in microseconds from its beginning; 0 if it did not. */
    public long micros(Stage stage) {
        return (reached[stage.ordinal()] + 999) / 1_000;
    }

    /** Microseconds from its beginning until now. */
    public long microsSoFar() {
        return (System.nanoTime() - began) / 1_000;
    }

    /** When its record was made, in microseconds from its beginning. */
    long recordingMicros() {
        return recording / 1_000;
    }

    /**
     * How far it has come and when, for its record: {@code checked=214;counted=230}, microseconds.
     */
    public String stages() {
        StringBuilder text = new StringBuilder(48);
        for (Stage stage : STAGES) {
            if (reached[stage.ordinal()] != 0) {
                text.append(text.isEmpty() ? "" : ";").append(stage.word()).append('=');
                text.append(micros(stage));
            }
        }
        return text.toString();
    }

    /** What a caller's trace goes on with at a service behind; null without traces. */
    public @Nullable String traceparent() {
        Spans.Span mine = span;
        return mine == null ? null : mine.traceparent();
    }

    void spanned(Spans.@Nullable Span begun) {
        this.span = begun;
    }

    Spans.@Nullable Span span() {
        return span;
    }

    String requestId() {
        return requestId;
    }

    Instant time() {
        return time;
    }

    String remote() {
        return remote;
    }

    String style() {
        return style;
    }

    String application() {
        return application;
    }

    String organisation() {
        return organisation;
    }

    String keyId() {
        return keyId;
    }

    String interfaceId() {
        return interfaceId;
    }

    String owner() {
        return owner;
    }

    String grant() {
        return grant;
    }

    long policyVersion() {
        return policyVersion;
    }

    /** Whether it is a call, with an end; reads of the log and of figures are none. */
    boolean isCall() {
        return ended;
    }

    @Nullable Refusal refusal() {
        return refusal;
    }

    int status() {
        return status;
    }

    long rows() {
        return rows;
    }

    long bytes() {
        return bytes;
    }
}
