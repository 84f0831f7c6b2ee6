package cn.tiaoxi.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.contract.HttpUpstream.Format;
import cn.tiaoxi.contract.HttpUpstream.Times;
import cn.tiaoxi.contract.Refusal;
import cn.tiaoxi.contract.TraceRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a department's service does wrong is refused by a code of its own, and recorded. */
class ServiceRefusalTests {
    /** Refusals that only services bring. */
    static final EnumSet<Refusal> OF_SERVICES =
            EnumSet.of(
                    Refusal.PARAMETER_MISSING,
                    Refusal.PARAMETER_NOT_ALLOWED,
                    Refusal.UPSTREAM_ADDRESS_NOT_ALLOWED,
                    Refusal.UPSTREAM_UNREACHABLE,
                    Refusal.UPSTREAM_TIMEOUT,
                    Refusal.UPSTREAM_NOT_FOUND,
                    Refusal.UPSTREAM_STATUS,
                    Refusal.UPSTREAM_ANSWER_INVALID,
                    Refusal.UPSTREAM_ANSWER_TOO_LARGE,
                    Refusal.UPSTREAM_SUSPENDED,
                    Refusal.UPSTREAM_BUSY);

    private static final Set<Refusal> REACHED = EnumSet.noneOf(Refusal.class);
    private static final CountDownLatch END = new CountDownLatch(1);

    @TempDir static Path data;
    private static TestDatabase database;
    private static TestService service;
    private static GatewayRig rig;
    private static TestPolicy policy;

    @BeforeAll
    static void start() throws Exception {
        database = TestDatabase.start();
        service = TestService.start();
        rig = new GatewayRig(data, database).start();
        policy = TestPolicy.standard();
        for (var each :
                Map.of("200", "OK", "301", "Moved", "400", "Bad", "500", "Oh", "503", "Busy")
                        .entrySet()) {
            add("s" + each.getKey())
                    .at(
                            "/s" + each.getKey(),
                            (request, out) -> {
                                TestService.head(
                                        out,
                                        each.getKey() + " " + each.getValue(),
                                        "Location: /elsewhere",
                                        "Content-Type: text/html",
                                        "Content-Length: 3");
                                out.write("sec".getBytes(StandardCharsets.UTF_8));
                            });
        }
        raw("failing", "HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n");
        raw("malformed", "HTTX/9.9 what\r\n\r\nsecret");
        raw("half-head", "HTTP/1.1 200 OK\r\nContent-Ty");
        raw("silent", "");
        raw("early", json(30) + "{\"secret\":\"x");
        raw("bad-chunk", chunked() + "zz\r\n{}\r\n");
        raw(
                "two-lengths",
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 2\r\nContent-Length: 5\r\n\r\n{}   ");
        raw("huge-head", "HTTP/1.1 200 OK\r\nX: " + "a".repeat(40_000) + "\r\n\r\n");
        raw("broken", json(11) + "{\"name\":nul");
        raw("two-values", json(4) + "{}{}");
        raw("latin", json(4) + "\"\u00e4\"");
        raw(
                "gbk",
                "HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=GBK\r\n"
                        + "Content-Length: 2\r\n\r\n{}");
        raw("upgrade", "HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n{}");
        add("gzip").at("/gzip", ServiceRefusalTests::gzip);
        add("never").at("/never", (request, out) -> END.await());
        add("later")
                .at(
                        "/later",
                        (request, out) -> {
                            TestService.head(
                                    out,
                                    "200 OK",
                                    "Content-Type: application/json",
                                    "Content-Length: 20");
                            END.await();
                        });
        ServicePolicy large = ServicePolicy.of("large", service);
        large.mostBytes = 10;
        large.addTo(policy);
        service.json("/large", "{\"name\":\"more than ten bytes\"}");
        ServicePolicy largeChunks = ServicePolicy.of("large-chunks", service);
        largeChunks.mostBytes = 10;
        largeChunks.addTo(policy);
        service.at(
                "/large-chunks",
                (request, out) -> {
                    TestService.head(
                            out,
                            "200 OK",
                            "Content-Type: application/json",
                            "Transfer-Encoding: chunked");
                    TestService.chunk(out, "[1,2,3,4,5,6,7,8]".getBytes(StandardCharsets.UTF_8));
                    TestService.lastChunk(out);
                });
        ServicePolicy endless = ServicePolicy.of("endless", service);
        endless.format = Format.NDJSON;
        endless.addTo(policy);
        raw("endless", "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\n\r\n{}\n");
        ServicePolicy.of("closed", URI.create("http://127.0.0.1:1")).addTo(policy);
        ServicePolicy.of("nowhere", URI.create("http://no-such-host.invalid")).addTo(policy);
        for (String[] outside :
                new String[][] {
                    {"out-1", "http://127.0.0.2"},
                    {"out-2", "http://169.254.169.254"},
                    {"out-3", "http://[::1]"},
                    {"out-4", "http://0.0.0.0"},
                    {"out-5", "http://10.1.2.3"},
                    {"out-6", "http://[::ffff:10.1.2.3]"},
                    {"out-7", "http://8.8.8.8"}
                }) {
            ServicePolicy.of(outside[0], URI.create(outside[1])).addTo(policy);
        }
        ServicePolicy.of("checked", service).parameters().addTo(policy);
        service.json("/checked/1", "{}");
        ServicePolicy one = ServicePolicy.of("one", service);
        one.connections = 1;
        one.addTo(policy);
        CountDownLatch entered = new CountDownLatch(1);
        service.at(
                "/one",
                (request, out) -> {
                    entered.countDown();
                    END.await();
                });
        rig.apply(policy);
        Thread.ofVirtual().start(() -> ignore("/api/one"));
        entered.await();
    }

    private static void ignore(String path) {
        try {
            rig.call(path);
        } catch (IOException | InterruptedException e) {
            // It is there to be in the way.
        }
    }

    private static TestService add(String id) {
        ServicePolicy each = ServicePolicy.of(id, service);
        each.times = new Times(500, 400, 800);
        each.addTo(policy);
        return service;
    }

    /** Writes bytes as they stand and closes. */
    private static void raw(String id, String answer) {
        if (!id.equals("endless")) {
            add(id);
        }
        service.at(
                "/" + id,
                (request, out) -> {
                    out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
                    out.flush();
                    throw new IOException("closes");
                });
    }

    private static String json(int length) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                + length
                + "\r\n\r\n";
    }

    private static String chunked() {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n";
    }

    private static void gzip(TestService.Request request, java.io.OutputStream out)
            throws IOException {
        assertThat(request.headers()).containsEntry("accept-encoding", "identity");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write("{}".getBytes(StandardCharsets.UTF_8));
        }
        TestService.head(
                out,
                "200 OK",
                "Content-Type: application/json",
                "Content-Encoding: gzip",
                "Content-Length: " + bytes.size());
        bytes.writeTo(out);
    }

    @AfterAll
    static void each_code_was_reached() throws Exception {
        END.countDown();
        rig.close();
        service.close();
        database.close();
        assertThat(REACHED).isEqualTo(OF_SERVICES);
    }

    private static void refused(Refusal refusal, String path) throws Exception {
        refused(refusal, rig.call(path));
    }

    private static void refused(Refusal refusal, HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(refusal.status());
        var problem = GatewayRig.json(response);
        assertThat(problem.get("code").asString()).isEqualTo(refusal.name());
        assertThat(response.body()).doesNotContain("secret");
        TraceRecord record =
                rig.trace().stream()
                        .filter(any -> any.id().equals(problem.get("requestId").asString()))
                        .findFirst()
                        .orElseThrow();
        assertThat(record.outcome()).isEqualTo(refusal.name());
        REACHED.add(refusal);
    }

    @Test
    void statuses() throws Exception {
        refused(Refusal.UPSTREAM_NOT_FOUND, notFound());
        refused(Refusal.UPSTREAM_STATUS, "/api/s301");
        refused(Refusal.UPSTREAM_STATUS, "/api/s400");
        refused(Refusal.UPSTREAM_STATUS, "/api/s500");
        refused(Refusal.UPSTREAM_STATUS, "/api/s503");
        refused(Refusal.UPSTREAM_STATUS, "/api/upgrade");
        assertThat(service.requests).noneMatch(r -> r.target().startsWith("/elsewhere"));
    }

    private static HttpResponse<String> notFound() throws Exception {
        return rig.call("/api/checked?code=none");
    }

    @Test
    void answers_that_cannot_be_checked() throws Exception {
        for (String id :
                List.of(
                        "s200",
                        "malformed",
                        "half-head",
                        "early",
                        "bad-chunk",
                        "two-lengths",
                        "huge-head",
                        "broken",
                        "two-values",
                        "latin",
                        "gbk",
                        "gzip",
                        "endless")) {
            refused(Refusal.UPSTREAM_ANSWER_INVALID, "/api/" + id);
        }
    }

    @Test
    void services_that_are_not_there() throws Exception {
        refused(Refusal.UPSTREAM_UNREACHABLE, "/api/closed");
        refused(Refusal.UPSTREAM_UNREACHABLE, "/api/nowhere");
        refused(Refusal.UPSTREAM_UNREACHABLE, "/api/silent");
    }

    @Test
    void services_that_take_too_long() throws Exception {
        refused(Refusal.UPSTREAM_TIMEOUT, "/api/never");
        refused(Refusal.UPSTREAM_TIMEOUT, "/api/later");
    }

    @Test
    void answers_of_too_many_bytes() throws Exception {
        refused(Refusal.UPSTREAM_ANSWER_TOO_LARGE, "/api/large");
        refused(Refusal.UPSTREAM_ANSWER_TOO_LARGE, "/api/large-chunks");
    }

    @Test
    void addresses_outside() throws Exception {
        for (int i = 1; i <= 7; i++) {
            refused(Refusal.UPSTREAM_ADDRESS_NOT_ALLOWED, "/api/out-" + i);
        }
    }

    @Test
    void wrong_parameters() throws Exception {
        refused(Refusal.PARAMETER_MISSING, "/api/checked?kind=A");
        for (String wrong :
                List.of(
                        "code=..",
                        "code=.",
                        "code=",
                        "code=a%0D%0Ab",
                        "code=" + "x".repeat(201),
                        "code=1&kind=C",
                        "code=1&X-Area=33050",
                        "code=1&age=151",
                        "code=1&age=-1",
                        "code=1&age=1.5",
                        "code=1&age=01",
                        "code=1&slow=" + "a".repeat(190) + "b")) {
            HttpResponse<String> response = rig.call("/api/checked?" + wrong);
            refused(Refusal.PARAMETER_NOT_ALLOWED, response);
        }
        assertThat(rig.call("/api/checked?code=1&kind=C").body()).contains("kind: A | B");
        var unknown = rig.call("/api/checked?code=1&colour=red");
        assertThat(GatewayRig.json(unknown).get("code").asString())
                .isEqualTo(Refusal.PARAMETER_UNKNOWN.name());
        assertThat(service.requests).noneMatch(r -> r.target().contains(".."));
    }

    @Test
    void more_calls_than_may_be_under_way() throws Exception {
        refused(Refusal.UPSTREAM_BUSY, "/api/one");
    }

    @Test
    void a_service_that_failed_too_often() throws Exception {
        HttpResponse<String> last = null;
        for (int i = 0; i < 25; i++) {
            last = rig.call("/api/failing?q=" + i);
        }
        refused(Refusal.UPSTREAM_SUSPENDED, last);
    }
}
