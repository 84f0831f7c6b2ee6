package cn.tiaoxi.contract;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened, as it stands in the trace: a change of state in the platform, a call
 * through a gateway, or what a gateway noticed in calls. Its bytes are the leaf of the log: JSON in
 * the one form of the JSON Canonicalization Scheme (RFC 8785), so that anybody writes the same
 * bytes for the same record. Records of logs begun before that hold the same members in another
 * order.
 *
 * @param id unique identifier (UUID version 7); a reader that meets it twice counts it once
 * @param time when it happened
 * @param kind what sort of thing happened
 * @param actor who did it: a person's user name, an application's identifier, or {@code system}
 * @param organisation code of the actor's organisation, empty when unknown
 * @param action what was done: {@code request.approved}, or {@link #CALL} for a call
 * @param object what it was done to: {@code dataset:…}, {@code interface:…}
 * @param outcome {@code OK}, or the stable code of the refusal
 * @param detail further facts by name, sorted; values are text, numbers in decimal notation
 */
public record TraceRecord(
        String id,
        Instant time,
        Kind kind,
        String actor,
        String organisation,
        String action,
        String object,
        String outcome,
        Map<String, String> detail) {

    /** Action of a call's record. */
    public static final String CALL = "call";

    /**
     * Action of a second record of a call whose answer was long: how it ended. The detail {@code
     * requestId} names the first one, which was durable before the answer began to leave.
     */
    public static final String CALL_END = "call.end";

    /**
     * Action of the record that an export's file was made: it is durable before the file can be
     * fetched. The detail {@code requestId} names the order; each download is a call of its own.
     */
    public static final String EXPORT_END = "export.end";

    /**
     * Action of a record with digests of the subjects whose rows a file or a long answer holds; the
     * detail {@code requestId} names the call that asked for it. They are durable before the rows
     * leave. See {@link SubjectDigests}.
     */
    public static final String SUBJECTS = "call.subjects";

    private static final int USUAL_BYTES = 1_024;

    /** What sort of thing happened. */
    public enum Kind {
        /** A state of the platform changed. */
        CHANGE,
        /** A gateway answered or refused a call. */
        CALL,
        /** A gateway noticed something in how calls are made; see {@link WatchSign}. */
        FINDING
    }

    public TraceRecord {
        detail = java.util.Collections.unmodifiableMap(new TreeMap<>(detail));
    }

    /**
     * The bytes that the log keeps: canonical JSON (RFC 8785), members by name. Written by {@link
     * JsonText}, as this runs for each call.
     */
    public byte[] toBytes() {
        JsonText json = new JsonText(USUAL_BYTES);
        json.raw("{\"action\":").string(action);
        json.raw(",\"actor\":").string(actor);
        json.raw(",\"detail\":").object(detail);
        json.raw(",\"id\":").string(id);
        json.raw(",\"kind\":").string(kind.name());
        json.raw(",\"object\":").string(object);
        json.raw(",\"organisation\":").string(organisation);
        json.raw(",\"outcome\":").string(outcome);
        json.raw(",\"time\":").string(time.toString());
        return json.raw("}").bytes();
    }

    /**
     * Reads a record back.
     *
     * @throws IllegalArgumentException if the bytes are not a record
     */
    public static TraceRecord fromBytes(byte[] bytes) {
        return Wire.read(bytes, TraceRecord.class);
    }

    /** A detail by name, or null. */
    public @Nullable String detail(String name) {
        return detail.get(name);
    }
}
