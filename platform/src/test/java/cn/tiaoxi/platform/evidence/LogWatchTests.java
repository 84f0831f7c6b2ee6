package cn.tiaoxi.platform.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.contract.LogKeys;
import cn.tiaoxi.contract.TraceRecord;
import cn.tiaoxi.platform.PlatformTest;
import cn.tiaoxi.platform.Visitors;
import cn.tiaoxi.platform.Waiting;
import cn.tiaoxi.trace.Checkpoint;
import cn.tiaoxi.trace.CosignatureSigner;
import cn.tiaoxi.trace.FolderTileSource;
import cn.tiaoxi.trace.NoteSigner;
import cn.tiaoxi.trace.NoteVerifier;
import cn.tiaoxi.trace.SignedNote;
import cn.tiaoxi.trace.TraceLog;
import cn.tiaoxi.trace.Witness;
import cn.tiaoxi.trace.WitnessClient;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;

/** What the platform notices about a gateway's log, and what it has cosigned by the gateway. */
@PlatformTest
class LogWatchTests {
    @TempDir Path folder;
    @Autowired private Logs logs;
    @Autowired private Visitors visitors;
    @Autowired private JdbcClient database;
    private final String origin = "watch.test/" + UUID.randomUUID();
    private volatile Path served;
    private Witness witness;
    private HttpServer server;
    private LogKeys keys;

    @BeforeEach
    void start() throws IOException {
        served = folder.resolve("log");
        keys = keys();
        witness =
                new Witness(
                        folder.resolve("witness"),
                        new CosignatureSigner(
                                NoteSigner.generate(origin + "/witness"), InstantSource.system()));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/trace/", this::resource);
        server.createContext("/witness/", this::witness);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private LogKeys keys() {
        return LogKeys.loadOrCreate(folder.resolve("trace.pem"), origin);
    }

    private void resource(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring("/trace/".length());
        answer(exchange, 200, new FolderTileSource(served).fetch(path).orElse(new byte[0]));
    }

    private void witness(HttpExchange exchange) throws IOException {
        if (exchange.getRequestURI().getPath().equals("/witness/key")) {
            answer(exchange, 200, witness.key().vkey().getBytes(StandardCharsets.UTF_8));
            return;
        }
        Witness.Answer answer =
                witness.add(
                        exchange.getRequestBody().readAllBytes(),
                        exchange.getRequestHeaders().getFirst(WitnessClient.KEY_HEADER));
        answer(exchange, answer.status(), answer.body());
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(
                    body.length == 0 ? 404 : status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private void write(int records) {
        try (TraceLog log =
                keys.open(
                        folder.resolve("log"), TraceLog.Settings.DEFAULT, InstantSource.system())) {
            for (int i = 0; i < records; i++) {
                log.append(record()).join();
            }
        }
    }

    private static byte[] record() {
        return new TraceRecord(
                        UUID.randomUUID().toString(),
                        Instant.now(),
                        TraceRecord.Kind.CHANGE,
                        "system",
                        "",
                        "test",
                        "log:test",
                        "OK",
                        Map.of())
                .toBytes();
    }

    private void follow() {
        logs.follow(
                "gw-" + origin.substring(11, 19),
                "http://127.0.0.1:" + server.getAddress().getPort(),
                origin,
                keys.signer().verifier().vkey(),
                keys.national().vkey(),
                "token");
    }

    private Logs.Known known() {
        return logs.all().stream().filter(l -> l.origin().equals(origin)).findFirst().orElseThrow();
    }

    private Logs.Known knownOnce(String what, java.util.function.Predicate<Logs.Known> wanted) {
        return Waiting.until(what, this::known, wanted);
    }

    @Test
    void a_log_is_cosigned_as_far_as_it_was_checked() {
        write(3);
        follow();
        Logs.Known known = knownOnce("the log is checked", l -> l.size() == 3);
        known = knownOnce("the log is cosigned", l -> !l.cosigned().isEmpty());
        assertThat(known.problem()).isNull();
        assertThat(known.reached()).isNotNull();
        assertThat(known.cosigned().getFirst().name()).endsWith("/platform/witness");
        SignedNote note = logs.cosigned(origin).orElseThrow();
        assertThat(
                        Checkpoint.verified(
                                        note.encode(),
                                        keys.signer().verifier(),
                                        java.util.List.of(keys.national()))
                                .size())
                .isEqualTo(3);
    }

    @Test
    void the_gateway_cosigns_the_platforms_log() {
        write(1);
        follow();
        SignedNote note =
                Waiting.until(
                                "the gateway cosigns",
                                () -> logs.cosigned(logs.own()),
                                n -> n.isPresent() && witness.key().time(n.get()).isPresent())
                        .orElseThrow();
        NoteVerifier own = NoteVerifier.parse(logs.all().getFirst().key());
        assertThat(Checkpoint.verified(note.encode(), own).origin()).isEqualTo(logs.own());
        assertThat(logs.all().getFirst().cosigned())
                .anyMatch(c -> c.name().equals(origin + "/witness"));
    }

    @Test
    void a_key_that_the_log_announced_is_taken_over() throws IOException {
        write(2);
        follow();
        knownOnce("the log is checked", l -> l.size() == 2);
        Path file = folder.resolve("trace.pem");
        Files.move(file, LogKeys.previousOf(file));
        keys = keys();
        write(1);
        String next = keys.signer().verifier().vkey();
        knownOnce("the new key is believed", l -> l.key().equals(next) && l.size() == 4);
        Files.delete(LogKeys.previousOf(file));
        keys = keys();
        write(1);
        Logs.Known known = knownOnce("the log goes on under it", l -> l.size() == 5);
        assertThat(known.problem()).isNull();
        assertThat(known.incidents()).isEmpty();
    }

    @Test
    void a_rollback_stays_red_until_somebody_takes_note() throws IOException {
        write(5);
        Path early = folder.resolve("early");
        FileSystemUtils.copyRecursively(folder.resolve("log"), early);
        write(5);
        follow();
        knownOnce("the log is checked", l -> l.size() == 10 && !l.cosigned().isEmpty());
        served = early;
        Logs.Known known = knownOnce("the rollback is noticed", l -> !l.incidents().isEmpty());
        Incidents.Incident incident = known.incidents().getFirst();
        assertThat(incident.kind()).isEqualTo("ROLLED_BACK");
        NoteVerifier key = keys.signer().verifier();
        assertThat(size(incident.before(), key)).isEqualTo(10);
        assertThat(size(incident.shown(), key)).isEqualTo(5);

        served = folder.resolve("log");
        write(1);
        knownOnce("the log goes on", l -> l.size() == 11);
        assertThat(known().problem()).as("it stays marked").isEqualTo("ROLLED_BACK");
        assertThat(known().incidents()).hasSize(1);

        String path = "/api/v1/trace/incidents/" + incident.id() + "/acknowledgement";
        Map<String, String> body = Map.of("reason", "The disk was restored from a copy");
        assertThat(acknowledge("zhang.min", path, body)).isEqualTo(403);
        assertThat(acknowledge("sun.qi", path, Map.of())).isEqualTo(400);
        assertThat(acknowledge("sun.qi", path, body)).isEqualTo(204);
        assertThat(acknowledge("sun.qi", path, body)).isEqualTo(404);
        knownOnce("the mark is gone", l -> l.problem() == null);
        JsonNode items = visitors.person("sun.qi").get("/api/v1/trace/logs").json().path("items");
        for (JsonNode item : items) {
            if (item.path("origin").asString().equals(origin)) {
                assertThat(item.path("incidents").get(0).path("acknowledgedBy").asString())
                        .isEqualTo("sun.qi");
                assertThat(item.path("cosigned").get(0).path("name").asString()).isNotEmpty();
            }
        }
    }

    private int acknowledge(String person, String path, Map<String, String> body) {
        return visitors.person(person).sendJson("POST", path, body, Map.of()).status();
    }

    private static long size(String note, NoteVerifier key) {
        return Checkpoint.verified(note.getBytes(StandardCharsets.UTF_8), key).size();
    }

    @Test
    void a_key_that_was_not_announced_is_an_incident() throws IOException {
        write(2);
        follow();
        knownOnce("the log is checked", l -> l.size() == 2);
        Files.delete(folder.resolve("trace.pem"));
        FileSystemUtils.deleteRecursively(folder.resolve("log"));
        keys = keys();
        write(3);
        follow();
        Logs.Known known =
                knownOnce(
                        "the changed key is noticed",
                        l -> !l.incidents().isEmpty() && "KEY_CHANGED".equals(l.problem()));
        assertThat(known.incidents().getFirst().kind()).isEqualTo("KEY_CHANGED");
        assertThat(known.size()).isEqualTo(2);
    }

    @Test
    void a_log_whose_checkpoint_lacks_what_is_durable_has_stalled() {
        write(3);
        follow();
        knownOnce("the log is checked", l -> l.size() == 3);
        logs.durable(origin, 4);
        assertThat(known().problem()).isNull();
        database.sql(
                        "UPDATE evidence.log SET owed_since = owed_since - interval '46 s'"
                                + " WHERE origin = :origin")
                .param("origin", origin)
                .update();
        logs.durable(origin, 5);
        knownOnce("it has stalled", l -> "STALLED".equals(l.problem()));

        write(2);
        Logs.Known known = knownOnce("it goes on", l -> l.size() == 5 && l.problem() == null);
        assertThat(known.incidents()).isEmpty();
    }

    @Test
    void a_log_that_has_not_answered_for_45_seconds_has_stopped() {
        Instant now = Instant.parse("2026-11-27T08:00:00Z");
        LogStore.Followed log =
                new LogStore.Followed(
                        origin,
                        "gw",
                        "http://x/trace",
                        "k",
                        null,
                        null,
                        "t",
                        1,
                        "",
                        1,
                        null,
                        now,
                        null,
                        0,
                        null);
        assertThat(log.isStopped(now.plus(Duration.ofSeconds(45)))).isFalse();
        assertThat(log.isStopped(now.plus(Duration.ofSeconds(46)))).isTrue();
    }
}
