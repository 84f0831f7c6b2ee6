package cn.tiaoxi.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import cn.tiaoxi.contract.Durations;
import cn.tiaoxi.contract.GatewayFigures;
import cn.tiaoxi.contract.GatewayFigures.Flow;
import cn.tiaoxi.contract.TraceRecord;
import cn.tiaoxi.contract.Wire;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What is seen of a gateway: metrics, figures, the access log, and a call by its identifier. */
class WatchingTests {
    private static final String ID = "330502199000000007";
    private static final String GOOD = "/api/people?id_number=" + ID;
    private static final String OPEN_METRICS = "application/openmetrics-text;version=1.0.0";

    @TempDir static Path data;
    private static TestDatabase database;
    private static GatewayRig rig;

    @BeforeAll
    static void start() throws Exception {
        database = TestDatabase.start();
        rig = new GatewayRig(data, database).startWith("--access-log-every=1");
        rig.apply(TestPolicy.standard());
    }

    @AfterAll
    static void stop() throws Exception {
        rig.close();
        database.close();
    }

    @Test
    void metrics_are_well_formed_and_count_what_was_called() throws Exception {
        double before = metrics("").getOrDefault(total("SIGNATURE"), 0.0);
        rig.call(GOOD);
        rig.call("/api/people?nothing=1");

        Map<String, Double> after = metrics("");
        assertThat(after.get(total("SIGNATURE"))).isEqualTo(before + 2);
        assertThat(after.get("tiaoxi_gateway_refusals_total{reason=\"PARAMETER_UNKNOWN\"}"))
                .isPositive();
        assertThat(after.get("tiaoxi_gateway_answered_rows_total")).isPositive();
        assertThat(after.get("tiaoxi_gateway_call_duration_seconds_count")).isPositive();
        assertThat(after.get("tiaoxi_gateway_lookup_duration_seconds_count")).isPositive();
        assertThat(after.get("tiaoxi_gateway_trace_commits_total")).isPositive();
        assertThat(after.get("tiaoxi_gateway_policy_version")).isEqualTo(1);
        assertThat(after.get("process_open_fds")).isPositive();
        assertThat(after.keySet()).anyMatch(name -> name.startsWith("tiaoxi_gateway_top_app"));

        assertThat(metrics(OPEN_METRICS).get(total("SIGNATURE"))).isEqualTo(before + 2);
    }

    @Test
    void metrics_want_the_gateways_token() throws Exception {
        HttpRequest bare = HttpRequest.newBuilder(rig.address("/metrics")).build();
        HttpResponse<String> refused = rig.client.send(bare, HttpResponse.BodyHandlers.ofString());

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).contains("GATEWAY_TOKEN_INVALID");
    }

    @Test
    void promtool_finds_nothing_wrong() throws Exception {
        assumeThat(isOnPath("promtool"))
                .as("promtool is not installed (Debian's package prometheus)")
                .isTrue();
        Process promtool =
                new ProcessBuilder("promtool", "check", "metrics")
                        .redirectErrorStream(true)
                        .start();
        promtool.getOutputStream()
                .write(get("/metrics", "").body().getBytes(StandardCharsets.UTF_8));
        promtool.getOutputStream().close();
        String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(promtool.waitFor()).as(said).isZero();
    }

    private static boolean isOnPath(String program) {
        for (String folder : System.getenv("PATH").split(":")) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }

    @Test
    void the_platform_is_told_figures_with_callers_interfaces_and_flows() throws Exception {
        rig.call(GOOD);
        rig.call("/api/people?nothing=1");

        List<GatewayFigures> told = new ArrayList<>();
        while (told.stream().mapToLong(GatewayFigures::calls).sum() < 2) {
            GatewayFigures next = rig.platform.figures.poll(20, TimeUnit.SECONDS);
            assertThat(next).as("figures").isNotNull();
            if (next.calls() > 0) {
                told.add(next);
            }
        }
        GatewayFigures last = told.getLast();
        assertThat(last.interfaces()).extracting(GatewayFigures.Share::id).contains("people");
        assertThat(last.callers()).isNotEmpty();
        assertThat(last.flows()).extracting(Flow::from).doesNotContain("");
        assertThat(Durations.of(last.durations()).count()).isEqualTo(last.calls());
        assertThat(last.now().openFiles()).isPositive();
    }

    @Test
    void the_access_log_has_a_line_without_what_was_asked_for() throws Exception {
        String id = GatewayRig.json(rig.call(GOOD)).get("requestId").asString();
        JsonNode line = awaitLine(one -> one.get("id").asString().equals(id));

        assertThat(line.get("outcome").asString()).isEqualTo("OK");
        assertThat(line.get("interface").asString()).isEqualTo("people");
        assertThat(line.get("grant").asString()).isEqualTo("g1");
        assertThat(line.get("policy").asLong()).isEqualTo(1);
        assertThat(line.get("checked_us").asLong()).isPositive();
        assertThat(line.get("answered_us").asLong())
                .isGreaterThanOrEqualTo(line.get("recorded_us").asLong());
        assertThat(Files.readString(data.resolve("gateway/access.log"))).doesNotContain(ID);
    }

    @Test
    void what_nobody_proved_to_be_is_not_in_the_access_log() throws Exception {
        HttpRequest unsigned =
                HttpRequest.newBuilder(rig.address("/api/" + ID + "?id_number=" + ID)).build();
        HttpResponse<String> refused =
                rig.client.send(unsigned, HttpResponse.BodyHandlers.ofString());
        String id = GatewayRig.json(refused).get("requestId").asString();
        JsonNode line = awaitLine(one -> one.get("id").asString().equals(id));

        assertThat(line.get("outcome").asString()).isEqualTo("SIGNATURE_MISSING");
        assertThat(line.toString()).doesNotContain(ID);
    }

    @Test
    void a_record_is_found_by_its_identifier_with_its_stages() throws Exception {
        String id = GatewayRig.json(rig.call(GOOD)).get("requestId").asString();

        HttpResponse<String> found = get("/watch/records/" + id, "");
        assertThat(found.statusCode()).isEqualTo(200);
        TraceRecord record = TraceRecord.fromBytes(found.body().getBytes(StandardCharsets.UTF_8));
        assertThat(record.id()).isEqualTo(id);
        assertThat(record.detail("policy")).isEqualTo("1");
        assertThat(record.detail("stages")).matches("checked=\\d+;counted=\\d+;found=\\d+");

        assertThat(get("/watch/records/01890000-0000-7000-8000-000000000000", "").statusCode())
                .isEqualTo(404);
        assertThat(get("/watch/records/x", "").statusCode()).isEqualTo(404);
    }

    @Test
    void a_share_of_the_good_calls_and_all_refusals_are_logged_in_files_of_bounded_size()
            throws Exception {
        Path other = Files.createTempDirectory(data, "other");
        try (GatewayRig sampled =
                new GatewayRig(other, database)
                        .startWith(
                                "--access-log-every=10",
                                "--access-log-megabytes=1",
                                "--access-log-files=2")) {
            sampled.apply(TestPolicy.standard());
            for (int i = 0; i < 20; i++) {
                sampled.call(GOOD);
                sampled.call("/api/people?nothing=1");
            }
        }
        List<String> lines = Files.readAllLines(other.resolve("gateway/access.log"));
        assertThat(lines).filteredOn(line -> line.contains("\"OK\"")).hasSize(2);
        assertThat(lines).filteredOn(line -> line.contains("PARAMETER_UNKNOWN")).hasSize(20);
    }

    private static JsonNode awaitLine(Predicate<JsonNode> wanted) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (System.nanoTime() < end) {
            Path file = data.resolve("gateway/access.log");
            if (Files.exists(file)) {
                for (String line : Files.readAllLines(file)) {
                    JsonNode one = Wire.JSON.readTree(line);
                    if (wanted.test(one)) {
                        return one;
                    }
                }
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        throw new AssertionError("no such line");
    }

    private static String total(String style) {
        return "tiaoxi_gateway_calls_total{style=\"" + style + "\"}";
    }

    private static Map<String, Double> metrics(String accept) throws Exception {
        HttpResponse<String> page = get("/metrics", accept);
        boolean open = !accept.isEmpty();
        assertThat(page.headers().firstValue("content-type").orElse(""))
                .startsWith(open ? "application/openmetrics-text" : "text/plain; version=0.0.4");
        return StrictMetrics.read(page.body(), open);
    }

    private static HttpResponse<String> get(String path, String accept) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(rig.address(path))
                        .header("Authorization", "Bearer " + TestPlatform.TOKEN);
        if (!accept.isEmpty()) {
            request.header("Accept", accept);
        }
        return rig.client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
