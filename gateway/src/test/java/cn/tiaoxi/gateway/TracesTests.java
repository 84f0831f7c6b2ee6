package cn.tiaoxi.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traces of calls, as a receiver of OTLP over HTTP gets them. */
class TracesTests {
    private static final String ID = "330502199000000007";
    private static final String GOOD = "/api/people?id_number=" + ID;
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    @TempDir static Path data;
    private static final LinkedBlockingQueue<Span> SPANS = new LinkedBlockingQueue<>();
    private static TestDatabase database;
    private static HttpServer receiver;
    private static GatewayRig rig;

    @BeforeAll
    static void start() throws Exception {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext(
                "/v1/traces",
                exchange -> {
                    receive(
                            exchange.getRequestBody(),
                            exchange.getRequestHeaders().getFirst("Content-Encoding"));
                    exchange.sendResponseHeaders(200, -1);
                    exchange.close();
                });
        receiver.start();
        database = TestDatabase.start();
        rig =
                new GatewayRig(data, database)
                        .startWith(
                                "--otel-endpoint=http://127.0.0.1:"
                                        + receiver.getAddress().getPort()
                                        + "/v1/traces",
                                "--otel-share=0");
        rig.apply(TestPolicy.standard());
    }

    @AfterAll
    static void stop() throws Exception {
        rig.close();
        receiver.stop(0);
        database.close();
    }

    private static void receive(InputStream body, String encoding) throws IOException {
        InputStream plain = "gzip".equals(encoding) ? new GZIPInputStream(body) : body;
        ExportTraceServiceRequest.parseFrom(plain).getResourceSpansList().stream()
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .forEach(scope -> SPANS.addAll(scope.getSpansList()));
    }

    @Test
    void a_call_of_a_sampled_trace_is_a_span_with_its_stages_below() throws Exception {
        rig.call(GOOD); // Begins no trace, and is not sampled.
        HttpResponse<String> answer =
                rig.call(
                        TestPolicy.HMAC,
                        GOOD,
                        "traceparent",
                        "00-" + TRACE + "-b7ad6b7169203331-01");
        String id = GatewayRig.json(answer).get("requestId").asString();

        List<Span> spans = List.of(next(), next(), next(), next(), next(), next());
        assertThat(spans).extracting(span -> hex(span.getTraceId())).containsOnly(TRACE);
        Span call =
                spans.stream()
                        .filter(span -> span.getKind() == Span.SpanKind.SPAN_KIND_SERVER)
                        .findFirst()
                        .orElseThrow();
        assertThat(hex(call.getParentSpanId())).isEqualTo("b7ad6b7169203331");
        Map<String, String> attributes =
                call.getAttributesList().stream()
                        .collect(Collectors.toMap(KeyValue::getKey, one -> text(one.getValue())));
        assertThat(attributes)
                .containsEntry("tiaoxi.request.id", id)
                .containsEntry("tiaoxi.interface.id", "people")
                .containsEntry("http.response.status_code", "200");
        assertThat(spans)
                .filteredOn(span -> span != call)
                .allMatch(span -> span.getParentSpanId().equals(call.getSpanId()))
                .extracting(Span::getName)
                .containsExactlyInAnyOrder("checked", "counted", "found", "recorded", "answered");
        assertThat(spans.toString()).doesNotContain(ID);
        assertThat(SPANS).isEmpty();
    }

    @Test
    void what_is_no_traceparent_does_no_harm() throws Exception {
        HttpResponse<String> answer =
                rig.call(TestPolicy.HMAC, GOOD, "traceparent", "00-zz-" + ID + "-01");

        assertThat(answer.statusCode()).isEqualTo(200);
    }

    private static Span next() throws InterruptedException {
        Span span = SPANS.poll(20, TimeUnit.SECONDS);
        assertThat(span).as("a span").isNotNull();
        return span;
    }

    private static String text(io.opentelemetry.proto.common.v1.AnyValue value) {
        return value.hasIntValue() ? Long.toString(value.getIntValue()) : value.getStringValue();
    }

    private static String hex(com.google.protobuf.ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }
}
