package cn.tiaoxi.contract;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TraceRecordTests {

    @Test
    void its_bytes_are_what_the_dialect_of_the_wire_writes() {
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

                assertThat(call.toBytes()).isEqualTo(Wire.JSON.writeValueAsBytes(call));
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

        assertThat(change.toBytes()).isEqualTo(Wire.JSON.writeValueAsBytes(change));
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
}
