package cn.tiaoxi.platform.watching;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.contract.Wire;
import cn.tiaoxi.platform.PlatformTest;
import cn.tiaoxi.platform.Visitor;
import cn.tiaoxi.platform.Visitor.Answer;
import cn.tiaoxi.platform.Visitors;
import cn.tiaoxi.platform.database.DataFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Figures come in from gateways and go out to those who watch. */
@PlatformTest
class LiveTests {
    private static final String LIVE = "/api/v1/gateways/live?minutes=1";

    @Autowired private Visitors visitors;
    @Autowired private Watchers watchers;
    @Autowired private DataFolder data;

    @Test
    void figures_reach_who_watches_until_that_person_signs_out() throws Exception {
        Visitor person = visitors.signIn("sun.qi", "tiaoxi-2026");
        assertThat(tell(7).json().path("everyMillis").asLong()).isEqualTo(5_000);

        CompletableFuture<Answer> stream = CompletableFuture.supplyAsync(() -> person.get(LIVE));
        await(1);
        assertThat(tell(5).json().path("everyMillis").asLong()).isEqualTo(1_000);
        assertThat(person.delete("/api/v1/session").status()).isLessThan(300);

        Answer seen = stream.get(20, TimeUnit.SECONDS);
        assertThat(seen.headers().firstValue("content-type").orElse(""))
                .startsWith("text/event-stream");
        assertThat(seen.text()).contains("event:live").contains("id:").contains("event:ended");
        JsonNode last = lastEvent(seen);
        assertThat(last.path("sum").path("calls").asLong()).isGreaterThanOrEqualTo(12);
        assertThat(last.path("sum").path("refusals").path("KEY_UNKNOWN").asLong()).isPositive();
        assertThat(last.path("sum").path("flows").get(0).path("to").path("code").asString())
                .isEqualTo("330500-police");
        await(0);
    }

    @Test
    void figures_want_the_gateways_token() throws Exception {
        byte[] body = Wire.JSON.writeValueAsBytes(HourTests.figures("gw", Instant.now(), 1_000, 1));
        Answer refused =
                visitors.anonymous()
                        .sendJson(
                                "POST",
                                "/gateway-control/v1/figures",
                                new String(body, StandardCharsets.UTF_8),
                                Map.of("Authorization", "Bearer wrong"));
        assertThat(refused.code()).isEqualTo("GATEWAY_TOKEN_WRONG");
    }

    @Test
    void there_are_three_windows() {
        assertThat(visitors.person("sun.qi").get("/api/v1/gateways/live?minutes=7").code())
                .isEqualTo("WINDOW_UNKNOWN");
    }

    private Answer tell(int calls) throws IOException {
        String token = Files.readString(data.folder("keys").resolve("gateway.token")).strip();
        byte[] body =
                Wire.JSON.writeValueAsBytes(HourTests.figures("gw", Instant.now(), 1_000, calls));
        Answer answer =
                visitors.anonymous()
                        .sendJson(
                                "POST",
                                "/gateway-control/v1/figures",
                                new String(body, StandardCharsets.UTF_8),
                                Map.of("Authorization", "Bearer " + token));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer;
    }

    private static JsonNode lastEvent(Answer stream) {
        JsonNode last = null;
        for (String line : stream.text().split("\n")) {
            if (line.startsWith("data:{")) {
                last = Wire.JSON.readTree(line.substring(5));
            }
        }
        return java.util.Objects.requireNonNull(last);
    }

    private void await(int watching) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (watchers.watching() != watching) {
            assertThat(System.nanoTime()).as("watching " + watchers.watching()).isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }
}
