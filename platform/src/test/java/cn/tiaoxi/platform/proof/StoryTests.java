package cn.tiaoxi.platform.proof;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.contract.TimeOrderedId;
import cn.tiaoxi.contract.TraceRecord;
import cn.tiaoxi.platform.PlatformTest;
import cn.tiaoxi.platform.Visitors;
import cn.tiaoxi.platform.evidence.Logs;
import cn.tiaoxi.trace.NoteSigner;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** The story of a call whose record only its gateway has yet. */
@PlatformTest
class StoryTests {
    @Autowired private Visitors visitors;
    @Autowired private Logs logs;

    @Test
    void a_call_on_its_way_is_told_by_its_gateway_to_those_who_may() throws Exception {
        String id = TimeOrderedId.next().toString();
        HttpServer gateway = gateway(record(id));
        try {
            JsonNode story = visitors.person("sun.qi").get("/api/v1/calls/" + id).json();
            assertThat(story.path("id").asString()).isEqualTo(id);
            assertThat(story.path("ingested").asBoolean(true)).isFalse();
            assertThat(story.path("policy").asLong()).isEqualTo(42);
            assertThat(story.path("style").asString()).isEqualTo("SIGNATURE");
            assertThat(story.path("stages").size()).isEqualTo(3);
            assertThat(story.path("stages").get(2).path("name").asString()).isEqualTo("found");
            assertThat(story.path("stages").get(2).path("milliseconds").asDouble()).isEqualTo(1.12);
            assertThat(story.path("grant").asString()).isEqualTo("g1");

            assertThat(visitors.person("zhang.min").get("/api/v1/calls/" + id).code())
                    .isEqualTo("RECORD_NOT_FOUND");
            assertThat(
                            visitors.person("sun.qi")
                                    .get("/api/v1/calls/" + TimeOrderedId.next())
                                    .code())
                    .isEqualTo("RECORD_NOT_FOUND");
        } finally {
            gateway.stop(0);
        }
    }

    private static TraceRecord record(String id) {
        return new TraceRecord(
                id,
                Instant.now(),
                TraceRecord.Kind.CALL,
                "application",
                "330500-human-resources",
                "call",
                "interface:test",
                "OK",
                Map.of(
                        "grant", "g1",
                        "policy", "42",
                        "stages", "checked=214;counted=230;found=1120",
                        "status", "200",
                        "owner", "330500-human-resources"));
    }

    private HttpServer gateway(TraceRecord record) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] bytes = record.toBytes();
        server.createContext(
                "/watch/records/" + record.id(),
                exchange -> {
                    boolean mine =
                            "Bearer token"
                                    .equals(exchange.getRequestHeaders().getFirst("Authorization"));
                    exchange.sendResponseHeaders(mine ? 200 : 401, mine ? bytes.length : -1);
                    if (mine) {
                        exchange.getResponseBody().write(bytes);
                    }
                    exchange.close();
                });
        server.start();
        String origin = "story.test/" + UUID.randomUUID();
        logs.follow(
                "gw-story",
                "http://127.0.0.1:" + server.getAddress().getPort(),
                origin,
                NoteSigner.generate(origin).verifier().vkey(),
                "token");
        return server;
    }
}
