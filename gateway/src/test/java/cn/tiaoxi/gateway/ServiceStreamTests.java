package cn.tiaoxi.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.tiaoxi.contract.HttpUpstream.Times;
import cn.tiaoxi.contract.TraceRecord;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers longer than what is held: they stream, with a record before and one after. */
class ServiceStreamTests {
    private static final byte[] ROW =
            "{\"name\":\"张三\",\"phone\":\"13857212345\",\"secret\":\"do not show\"},"
                    .getBytes(StandardCharsets.UTF_8);
    private static final byte[] LAST = "{\"division\":1}]".getBytes(StandardCharsets.UTF_8);

    private static TestDatabase database;

    @TempDir Path data;

    private TestService service;
    private GatewayRig rig;

    /** What the service sent so far. */
    private final AtomicLong sent = new AtomicLong();

    @BeforeAll
    static void startDatabase() throws Exception {
        database = TestDatabase.start();
    }

    @AfterAll
    static void stopDatabase() throws Exception {
        database.close();
    }

    @BeforeEach
    void start() throws Exception {
        service = TestService.start();
        rig = new GatewayRig(data, database).start();
        TestPolicy policy = TestPolicy.standard();
        for (String id : List.of("long", "huge", "breaks", "spoils", "stalls")) {
            ServicePolicy each = ServicePolicy.of(id, service);
            each.times = new Times(1_000, 5_000, id.equals("stalls") ? 700 : 60_000);
            each.addTo(policy);
        }
        rig.apply(policy);
        service.at("/long", (request, out) -> rows(out, 1 << 20, LAST));
        service.at("/huge", (request, out) -> rows(out, 100 << 20, LAST));
        service.at(
                "/breaks",
                (request, out) -> {
                    rows(out, 1 << 20, null);
                    throw new IOException("closes");
                });
        service.at("/spoils", (request, out) -> rows(out, 1 << 20, "nonsense".getBytes()));
        service.at(
                "/stalls",
                (request, out) -> {
                    rows(out, 1 << 20, null);
                    out.flush();
                    TimeUnit.SECONDS.sleep(5);
                });
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
        service.close();
    }

    private void rows(OutputStream out, long bytes, byte[] end) throws IOException {
        TestService.head(
                out, "200 OK", "Content-Type: application/json", "Transfer-Encoding: chunked");
        byte[] piece = new byte[ROW.length * 500];
        for (int i = 0; i < 500; i++) {
            System.arraycopy(ROW, 0, piece, i * ROW.length, ROW.length);
        }
        TestService.chunk(out, "[".getBytes(StandardCharsets.UTF_8));
        for (long written = 0; written < bytes; written += piece.length) {
            TestService.chunk(out, piece);
            sent.addAndGet(piece.length);
        }
        if (end != null) {
            TestService.chunk(out, end);
            TestService.lastChunk(out);
        }
    }

    private List<TraceRecord> records() {
        return rig.trace();
    }

    private TraceRecord end() throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (System.nanoTime() < until) {
            for (TraceRecord record : records()) {
                if (record.action().equals(TraceRecord.CALL_END)) {
                    return record;
                }
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        throw new AssertionError("no record of the end: " + records());
    }

    @Test
    void a_record_stands_before_the_first_byte_and_one_says_how_it_ended() throws Exception {
        HttpResponse<String> response = rig.call("/api/long");

        byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).endsWith("{\"division\":1}]").doesNotContain("secret", "13857");
        TraceRecord begin = records().getFirst();
        assertThat(begin.action()).isEqualTo(TraceRecord.CALL);
        assertThat(begin.detail()).containsEntry("ended", "UNDER_WAY").containsEntry("rows", "0");
        TraceRecord end = end();
        assertThat(end.outcome()).isEqualTo("OK");
        assertThat(end.detail())
                .containsEntry("requestId", begin.id())
                .containsEntry("ended", "COMPLETE")
                .containsEntry("bytes", Integer.toString(body.length))
                .containsEntry("rows", Long.toString(sent.get() / ROW.length + 1))
                .containsEntry(
                        "sha256",
                        HexFormat.of()
                                .formatHex(MessageDigest.getInstance("SHA-256").digest(body)));
        assertThat(records()).hasSize(2);
    }

    @Test
    void the_connection_goes_on_after_it() throws Exception {
        rig.call("/api/long");
        assertThat(rig.call("/api/long").statusCode()).isEqualTo(200);
        assertThat(GatewayRig.json(rig.call("/healthz")).get("connections").asInt()).isEqualTo(1);
    }

    @Test
    void an_answer_that_breaks_off_is_cut_so_that_the_caller_sees_it() throws Exception {
        assertThatThrownBy(() -> rig.call("/api/breaks")).isInstanceOf(IOException.class);
        assertThat(end().outcome()).isEqualTo("UPSTREAM_ANSWER_INVALID");
        assertThat(end().detail())
                .containsEntry("ended", "BROKEN")
                .containsEntry("fault", "closed early");
    }

    @Test
    void an_answer_that_turns_out_to_be_broken_is_cut_at_the_fault() throws Exception {
        assertThatThrownBy(() -> rig.call("/api/spoils")).isInstanceOf(IOException.class);
        assertThat(end().detail().get("fault")).startsWith("NOT_JSON");
    }

    @Test
    void an_answer_that_stalls_is_cut_at_its_time() throws Exception {
        assertThatThrownBy(() -> rig.call("/api/stalls")).isInstanceOf(IOException.class);
        assertThat(end().outcome()).isEqualTo("UPSTREAM_TIMEOUT");
    }

    @Test
    void an_old_caller_sees_a_broken_answer_as_a_reset() throws Exception {
        try (Socket socket = old("/api/breaks")) {
            assertThatThrownBy(() -> socket.getInputStream().readAllBytes())
                    .isInstanceOf(IOException.class);
        }
        try (Socket socket = old("/api/long")) {
            String answer =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).endsWith("{\"division\":1}]").doesNotContain("chunked");
        }
    }

    private Socket old(String path) throws IOException {
        RawCall call = RawCall.of(rig, path);
        StringBuilder text = new StringBuilder("GET " + path + " HTTP/1.0\r\n");
        text.append("Host: ").append(rig.address().getAuthority()).append("\r\n");
        call.headers.forEach((n, v) -> text.append(n).append(": ").append(v).append("\r\n"));
        Socket socket = RawCall.open(rig);
        socket.getOutputStream()
                .write(text.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void a_caller_that_leaves_ends_it() throws Exception {
        HttpResponse<InputStream> response = open("/api/huge");
        response.body().readNBytes(1 << 20);
        response.body().close();

        assertThat(end().detail()).containsEntry("ended", "CALLER_GONE");
        assertThat(sent.get()).isLessThan(50 << 20);
    }

    @Test
    void a_hundred_megabytes_pass_in_constant_memory_as_fast_as_the_caller_takes_them()
            throws Exception {
        var metrics = ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric();
        HttpResponse<InputStream> response = open("/api/huge");
        TimeUnit.SECONDS.sleep(1);
        long waiting = sent.get();
        assertThat(waiting).as("sent while nobody reads").isLessThan(40 << 20);

        long read = 0;
        long most = 0;
        long began = System.nanoTime();
        byte[] buffer = new byte[1 << 20];
        try (InputStream in = response.body()) {
            int length;
            while ((length = in.read(buffer)) >= 0) {
                read += length;
                most = Math.max(most, metrics.usedDirectMemory());
            }
        }

        double seconds = (System.nanoTime() - began) / 1e9;
        System.out.printf("100 MB in %.2f s, direct memory %d MB%n", seconds, most >> 20);
        assertThat(sent.get()).isGreaterThanOrEqualTo(100 << 20);
        assertThat(end().detail())
                .containsEntry("ended", "COMPLETE")
                .containsEntry("bytes", Long.toString(read));
        assertThat(most).isLessThan(64L << 20);
    }

    private HttpResponse<InputStream> open(String path) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(rig.address(path));
        TestPolicy.HMAC.sign(rig.address(path)).forEach(request::header);
        return rig.client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    }
}
