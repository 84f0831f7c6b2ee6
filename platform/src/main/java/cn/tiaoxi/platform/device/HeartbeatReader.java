package cn.tiaoxi.platform.device;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads one reported row. What is wrong with one row never hinders another. */
final class HeartbeatReader {
    private static final int LONGEST_CODE = 64;
    private static final Set<String> FIELDS = Set.of("code", "time", "battery", "signal", "status");

    private HeartbeatReader() {}

    /** What a row turned out to be: a heartbeat, or why it is none. */
    record Row(String code, @Nullable Heartbeat heartbeat, @Nullable Refusal refusal) {}

    /**
     * Reads a row.
     *
     * @param code the device's code where it is known otherwise, as from a topic; null takes it
     *     from the row
     */
    static Row read(JsonNode row, @Nullable String code) {
        if (!row.isObject() || !FIELDS.containsAll(row.propertyNames())) {
            return new Row(code == null ? codeOf(row) : code, null, Refusal.FORM_WRONG);
        }
        String inside = codeOf(row);
        String named = code == null ? inside : code;
        if (named.isEmpty()) {
            return new Row("", null, Refusal.CODE_MISSING);
        }
        if (!isPlain(named) || !inside.isEmpty() && !inside.equals(named)) {
            return new Row(named, null, Refusal.FORM_WRONG);
        }
        Refusal refusal = refusal(row);
        if (refusal != null) {
            return new Row(named, null, refusal);
        }
        return new Row(
                named,
                new Heartbeat(
                        named,
                        time(row.path("time")),
                        percent(row.path("battery")),
                        percent(row.path("signal")),
                        status(row.path("status"))),
                null);
    }

    private static String codeOf(JsonNode row) {
        JsonNode code = row.path("code");
        String text = code.isString() ? code.stringValue().strip() : "";
        return text.length() <= LONGEST_CODE ? text : text.substring(0, LONGEST_CODE);
    }

    /** PostgreSQL takes neither the character 0 nor halves of characters. */
    private static boolean isPlain(String code) {
        return code.chars().allMatch(c -> c > ' ' && !Character.isSurrogate((char) c));
    }

    private static @Nullable Refusal refusal(JsonNode row) {
        if (isGiven(row.path("time")) && time(row.path("time")) == null) {
            return Refusal.TIME_WRONG;
        }
        if (isGiven(row.path("battery")) && percent(row.path("battery")) == null
                || isGiven(row.path("signal")) && percent(row.path("signal")) == null) {
            return Refusal.PERCENT_WRONG;
        }
        return isGiven(row.path("status")) && status(row.path("status")) == null
                ? Refusal.STATUS_WRONG
                : null;
    }

    private static boolean isGiven(JsonNode value) {
        return !value.isMissingNode() && !value.isNull();
    }

    private static @Nullable Instant time(JsonNode value) {
        if (!value.isString()) {
            return null;
        }
        try {
            return OffsetDateTime.parse(value.stringValue()).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static @Nullable Integer percent(JsonNode value) {
        return value.isIntegralNumber()
                        && value.canConvertToInt()
                        && value.intValue() >= 0
                        && value.intValue() <= 100
                ? value.intValue()
                : null;
    }

    private static Heartbeat.@Nullable Status status(JsonNode value) {
        String text = value.isString() ? value.stringValue() : "";
        return Arrays.stream(Heartbeat.Status.values())
                .filter(s -> s.name().equals(text))
                .findFirst()
                .orElse(null);
    }
}
