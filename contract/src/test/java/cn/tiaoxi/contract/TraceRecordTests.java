package cn.tiaoxi.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TraceRecordTests {

    @Test
    void its_bytes_are_what_the_dialect_of_the_wire_writes() {
        for (String text : List.of("", "plain", "湖州 \"a\" \\ \n\u0001 𠀀")) {
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
}
