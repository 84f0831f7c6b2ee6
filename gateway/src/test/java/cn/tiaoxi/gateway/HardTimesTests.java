package cn.tiaoxi.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Floods, slow peers, too many peers, and a database that goes away. */
class HardTimesTests {
    private static final String LOOKUP = "/api/people?id_number=330502199000000007";
    private static final Limits IMPATIENT =
            new Limits(
                    3,
                    8,
                    1_000,
                    16_384,
                    Duration.ofMillis(300),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5));
    private static TestDatabase database;

    @TempDir Path data;

    @BeforeAll
    static void start() throws Exception {
        database = TestDatabase.start();
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @Test
    void ten_thousand_bad_signatures_are_refused_and_traced_one_by_one() throws Exception {
        try (GatewayRig rig = GatewayRig.standard(data, database)) {
            RawCall bad =
                    RawCall.of(rig, LOOKUP).header("Signature", "tiaoxi=:" + "A".repeat(43) + "=:");
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 100; i++) {
                text.append("GET ").append(LOOKUP).append(" HTTP/1.1\r\nHost: ");
                text.append(rig.address().getAuthority()).append("\r\n");
                bad.headers.forEach(
                        (name, value) ->
                                text.append(name).append(": ").append(value).append("\r\n"));
                text.append(i == 99 ? "Connection: close\r\n\r\n" : "\r\n");
            }
            List<List<Integer>> answers = new ArrayList<>();
            List<Thread> callers = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                callers.add(
                        Thread.ofVirtual()
                                .start(
                                        () -> {
                                            for (int j = 0; j < 10; j++) {
                                                List<Integer> statuses =
                                                        flood(rig, text.toString());
                                                synchronized (answers) {
                                                    answers.add(statuses);
                                                }
                                            }
                                        }));
            }
            for (Thread caller : callers) {
                caller.join();
            }
            assertThat(answers.stream().flatMap(List::stream).toList())
                    .hasSize(10_000)
                    .containsOnly(401);
            assertThat(rig.trace()).hasSize(10_000);
            assertThat(rig.trace())
                    .allMatch(record -> record.outcome().equals("SIGNATURE_INVALID"));
            assertThat(rig.call(LOOKUP).statusCode()).isEqualTo(200);
        }
    }

    private static List<Integer> flood(GatewayRig rig, String text) {
        try (Socket socket = RawCall.open(rig)) {
            Thread.ofVirtual()
                    .start(
                            () -> {
                                try {
                                    socket.getOutputStream()
                                            .write(text.getBytes(StandardCharsets.US_ASCII));
                                } catch (IOException e) {
                                    throw new java.io.UncheckedIOException(e);
                                }
                            });
            String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            List<Integer> statuses = new ArrayList<>();
            int at = all.indexOf("HTTP/1.1 ");
            while (at >= 0) {
                statuses.add(Integer.parseInt(all.substring(at + 9, at + 12)));
                at = all.indexOf("HTTP/1.1 ", at + 9);
            }
            return statuses;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void a_peer_that_never_finishes_its_request_is_cut_off() throws Exception {
        try (GatewayRig rig = new GatewayRig(data, database).start(IMPATIENT);
                Socket slow = RawCall.open(rig)) {
            slow.getOutputStream().write("GET /healthz HT".getBytes(StandardCharsets.US_ASCII));

            assertThat(endOf(slow)).isEqualTo(-1);
            assertThat(health(rig, "connectionsClosedForSlowness")).isEqualTo(1);
        }
    }

    @Test
    void a_peer_that_says_nothing_is_cut_off() throws Exception {
        try (GatewayRig rig = new GatewayRig(data, database).start(IMPATIENT);
                Socket silent = RawCall.open(rig)) {
            assertThat(endOf(silent)).isEqualTo(-1);
        }
    }

    @Test
    void one_connection_too_many_is_closed_and_counted() throws Exception {
        try (GatewayRig rig = new GatewayRig(data, database).start(IMPATIENT)) {
            try (Socket one = RawCall.open(rig);
                    Socket two = RawCall.open(rig);
                    Socket three = RawCall.open(rig);
                    Socket four = RawCall.open(rig)) {
                assertThat(List.of(one, two, three)).allMatch(Socket::isConnected);
                assertThat(endOf(four)).isEqualTo(-1);
            }
            assertThat(health(rig, "connectionsTurnedAway")).isPositive();
        }
    }

    @Test
    void lookups_work_again_by_themselves_when_the_database_is_back(@TempDir Path files)
            throws Exception {
        TestDatabase own = TestDatabase.on(0, files.resolve("pg"));
        own.createTables();
        int port = own.port();
        try (GatewayRig rig = GatewayRig.standard(data, own)) {
            assertThat(rig.call(LOOKUP).statusCode()).isEqualTo(200);

            own.close();
            HttpResponse<String> away = rig.call(LOOKUP);
            assertThat(away.statusCode()).isEqualTo(503);
            assertThat(away.body()).contains("SERVING_UNAVAILABLE");
            assertThat(rig.trace().getLast().outcome()).isEqualTo("SERVING_UNAVAILABLE");

            own = TestDatabase.on(port, files.resolve("pg"));
            HttpResponse<String> back = rig.call(LOOKUP);
            for (int i = 0; i < 50 && back.statusCode() != 200; i++) {
                back = rig.call(LOOKUP);
            }
            assertThat(back.statusCode()).isEqualTo(200);
        } finally {
            own.close();
        }
    }

    /** -1 when the gateway has closed the connection; fails after the socket's time-out. */
    private static int endOf(Socket socket) throws IOException {
        try (InputStream in = socket.getInputStream()) {
            return in.read();
        } catch (java.net.SocketTimeoutException e) {
            throw e;
        } catch (IOException reset) {
            return -1;
        }
    }

    private static long health(GatewayRig rig, String figure) throws Exception {
        HttpResponse<String> response = null;
        while (response == null) {
            try {
                response = rig.send(rig.address("/healthz"), java.util.Map.of());
            } catch (IOException turnedAway) {
                Thread.onSpinWait();
            }
        }
        return GatewayRig.json(response).get(figure).asLong();
    }
}
