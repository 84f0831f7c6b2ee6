package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.PolicySnapshot.Grant;
import cn.tiaoxi.contract.PolicySnapshot.Style;
import cn.tiaoxi.contract.Refusal;
import cn.tiaoxi.contract.Restriction;
import cn.tiaoxi.contract.TimeOrderedId;
import cn.tiaoxi.contract.TraceRecord;
import cn.tiaoxi.gateway.meter.Passage;
import cn.tiaoxi.gateway.quota.Charge;
import cn.tiaoxi.gateway.upstream.Ending;
import cn.tiaoxi.gateway.upstream.UpstreamException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way through the checks: what is known of it so far, for its trace record.
 * Filled by the event loop that read the request; read by whoever finishes it, after a hand-over.
 */
final class Call {
    private static final int LONGEST_NOTE = 128;

    /** What the record of a long answer's end says again, so that it can be read alone. */
    private static final List<String> ENDS_WITH = List.of("dataset", "owner", "grant", "fields");

    private final String requestId = TimeOrderedId.next().toString();
    private final Instant time;
    private final String remote;
    private final Locale language;
    private final Passage passage;
    private final Map<String, String> detail = new TreeMap<>();
    private String interfaceId = "";
    private Style style = Style.SIGNATURE;
    private @Nullable Caller caller;
    private @Nullable Grant grant;
    private @Nullable Charge charge;
    private byte[] salt = {};
    private Map<String, String> headers = Map.of();

    Call(Instant time, String remote, Locale language) {
        this.time = time;
        this.remote = remote;
        this.language = language;
        this.passage = new Passage(requestId, time, remote);
        note("requestId", requestId);
        note("remote", remote);
    }

    String requestId() {
        return requestId;
    }

    Instant time() {
        return time;
    }

    /** Network address of the caller, as text. */
    String remote() {
        return remote;
    }

    String interfaceId() {
        return interfaceId;
    }

    /** The style that the caller speaks, so that it is answered in it. */
    Style style() {
        return style;
    }

    Locale language() {
        return language;
    }

    @Nullable Grant grant() {
        return grant;
    }

    /** What is seen of it from outside. */
    Passage passage() {
        return passage;
    }

    /** Keeps a fact for the trace, cut to 128 characters. */
    void note(String name, String value) {
        detail.put(name, Text.cut(value, LONGEST_NOTE));
    }

    /** Keeps a fact that this gateway made itself, whole. */
    void noteWhole(String name, String value) {
        detail.put(name, value);
    }

    /** What was noted under a name, or null. */
    @Nullable String noted(String name) {
        return detail.get(name);
    }

    void asksFor(Target target) {
        this.interfaceId = Text.cut(target.interfaceId(), LONGEST_NOTE);
        this.style = target.style();
        passage.speaks(style.name());
        if (style == Style.PROVINCE_TOKEN) {
            noteWhole("weak", "md5");
        }
    }

    /** From here on the caller is certain: the signature holds. */
    void isFrom(Caller verified) {
        this.caller = verified;
        passage.isFrom(
                verified.application().id(),
                verified.application().organisation(),
                verified.key().id());
    }

    /** What a case of misuse imposes on the caller now, or null. */
    @Nullable Restriction restriction() {
        return caller == null ? null : caller.application().restrictionAt(time);
    }

    void isUnder(Grant chosen) {
        this.grant = chosen;
        note("grant", chosen.id());
        passage.isUnder(chosen.id());
        noteWhole("purpose", chosen.purpose());
    }

    /** What is mixed into the hashes of its request and answer. */
    void isSaltedWith(byte[] bytes) {
        this.salt = bytes;
    }

    byte[] salt() {
        return salt;
    }

    /** Whose rows the answer holds. */
    void isAbout(RowSubjects subjects) {
        noteWhole("subjects", subjects.noted());
        if (subjects.without() > 0) {
            noteWhole("subjectless", Long.toString(subjects.without()));
        }
    }

    /** The policy that decides. */
    void isJudgedBy(Policy policy) {
        noteWhole("policy", Long.toString(policy.version()));
        passage.isJudgedBy(policy.version());
    }

    void countsAgainst(Charge limits) {
        this.charge = limits;
    }

    /** What a refusal says in headers beside what every one says. */
    void refusedWith(String header, String value) {
        this.headers = Map.of(header, value);
    }

    Map<String, String> refusalHeaders() {
        return headers;
    }

    /** The limits that it counts against, once its grant is chosen. */
    @Nullable Charge charge() {
        return charge;
    }

    /** The record of this call. */
    TraceRecord record(@Nullable Refusal refusal, int status, long rows, long bytes) {
        Map<String, String> all = new TreeMap<>(detail);
        all.put("status", Integer.toString(status));
        all.put("rows", Long.toString(rows));
        all.put("bytes", Long.toString(bytes));
        all.put("milliseconds", milliseconds());
        passage.ended(refusal, status, rows, bytes);
        String stages = passage.stages();
        if (!stages.isEmpty()) {
            all.put("stages", stages);
        }
        return record(requestId, time, TraceRecord.CALL, refusal, all);
    }

    /**
     * The record that says how a long answer ended, of which {@link #record} said that it began.
     *
     * @param facts what is known now
     */
    TraceRecord endRecord(Ending ending, Map<String, String> facts) {
        UpstreamException fault = ending.fault();
        return endRecord(
                ending.how(),
                ending.report().records(),
                ending.bytes(),
                fault == null ? null : fault.refusal(),
                facts);
    }

    /**
     * The same, in numbers.
     *
     * @param fault why it broke, or null
     */
    TraceRecord endRecord(
            Ending.How how,
            long rows,
            long bytes,
            @Nullable Refusal fault,
            Map<String, String> facts) {
        Map<String, String> all = new TreeMap<>(facts);
        all.put("requestId", requestId);
        for (String kept : ENDS_WITH) {
            String value = detail.get(kept);
            if (value != null) {
                all.put(kept, value);
            }
        }
        all.put("ended", how.name());
        all.put("rows", Long.toString(rows));
        all.put("bytes", Long.toString(bytes));
        all.put("milliseconds", milliseconds());
        return record(
                TimeOrderedId.next().toString(), Instant.now(), TraceRecord.CALL_END, fault, all);
    }

    /** A record of whom a long answer is about, as far as it has come. */
    TraceRecord subjectsRecord(Map<String, String> facts) {
        Map<String, String> all = new TreeMap<>(facts);
        all.put("requestId", requestId);
        String of = detail.get("grant");
        if (of != null) {
            all.put("grant", of);
        }
        return record(
                TimeOrderedId.next().toString(), Instant.now(), TraceRecord.SUBJECTS, null, all);
    }

    private String milliseconds() {
        return BigDecimal.valueOf(passage.microsSoFar(), 3).toPlainString();
    }

    private TraceRecord record(
            String id,
            Instant when,
            String action,
            @Nullable Refusal refusal,
            Map<String, String> all) {
        Caller from = caller;
        return new TraceRecord(
                id,
                when,
                TraceRecord.Kind.CALL,
                from == null ? "" : from.application().id(),
                from == null ? "" : from.application().organisation(),
                action,
                "interface:" + interfaceId,
                refusal == null ? "OK" : refusal.name(),
                all);
    }
}
