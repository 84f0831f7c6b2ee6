package cn.tiaoxi.contract;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TraceRecordTests {

    @Test
    void its_bytes_are_canonical_json() {
        String beginning =
                IntStream.range(0, 0x900).mapToObj(Character::toString).collect(joining());
        for (String text : List.of("", "plain", "湖州 \"a\" \\ \n\u0001 𠀀", beginning)) {
            for (String time :
                    List.of(
                            "2026-11-26T00:00:00Z",
                            "2026-11-26T12:01:02.003Z",
                            "2026-11-26T12:01:02.003004005Z")) {
                TraceRecord call =
                        new TraceRecord(
                                text,
                                Instant.parse(time),
                                TraceRecord.Kind.CALL,
                                text,
                                text,
                                "call",
                                "interface:" + text,
                                "OK",
                                Map.of("z", text, "a", "1", "key." + text, text));

                assertThat(text(call)).isEqualTo(canonical(call));
                assertThat(TraceRecord.fromBytes(call.toBytes())).isEqualTo(call);
            }
        }
    }

    @Test
    void without_details_they_are_an_empty_object() {
        TraceRecord change =
                new TraceRecord(
                        "id",
                        Instant.EPOCH,
                        TraceRecord.Kind.CHANGE,
                        "system",
                        "",
                        "grant.revoked",
                        "grant:1",
                        "OK",
                        Map.of());

        assertThat(text(change))
                .isEqualTo(
                        "{\"action\":\"grant.revoked\",\"actor\":\"system\",\"detail\":{},\"id\":\"id\","
                                + "\"kind\":\"CHANGE\",\"object\":\"grant:1\",\"organisation\":\"\","
                                + "\"outcome\":\"OK\",\"time\":\"1970-01-01T00:00:00Z\"}");
    }

    @Test
    void the_order_of_earlier_logs_is_read_too() {
        String earlier =
                "{\"id\":\"i\",\"time\":\"1970-01-01T00:00:00Z\",\"kind\":\"CALL\",\"actor\":\"a\","
                        + "\"organisation\":\"o\",\"action\":\"call\",\"object\":\"interface:x\","
                        + "\"outcome\":\"OK\",\"detail\":{\"rows\":\"1\"}}";

        TraceRecord read = TraceRecord.fromBytes(earlier.getBytes(StandardCharsets.UTF_8));

        assertThat(read.detail("rows")).isEqualTo("1");
    }

    @Test
    void half_of_a_surrogate_pair_does_not_keep_a_record_from_being_written() {
        TraceRecord call =
                new TraceRecord(
                        "id",
                        Instant.EPOCH,
                        TraceRecord.Kind.CALL,
                        "a\ud840",
                        "",
                        "call",
                        "interface:x",
                        "OK",
                        Map.of());

        assertThat(TraceRecord.fromBytes(call.toBytes()).actor()).isEqualTo("a?");
    }

    private static String text(TraceRecord record) {
        return new String(record.toBytes(), StandardCharsets.UTF_8);
    }

    /** RFC 8785 as it reads: members sorted by UTF-16 code units, the shortest escapes. */
    private static String canonical(TraceRecord record) {
        return canonical(JsonMapper.shared().readTree(Wire.JSON.writeValueAsBytes(record)));
    }

    private static String canonical(JsonNode node) {
        if (node.isString()) {
            return quoted(node.stringValue());
        }
        return new TreeMap<>(
                        node.properties().stream()
                                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue)))
                .entrySet().stream()
                        .map(e -> quoted(e.getKey()) + ":" + canonical(e.getValue()))
                        .collect(joining(",", "{", "}"));
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            int special = "\b\t\n\f\r\"\\".indexOf(c);
            if (special >= 0) {
                quoted.append('\\').append("btnfr\"\\".charAt(special));
            } else if (c < 0x20) {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
