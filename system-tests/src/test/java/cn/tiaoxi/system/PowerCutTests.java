package cn.tiaoxi.system;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.command.PlatformClient;
import cn.tiaoxi.command.PlatformRefusal;
import cn.tiaoxi.command.Waiting;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The platform is killed while it writes much: an import goes on to its end with every row once,
 * and no heartbeat that was acknowledged is lost.
 */
class PowerCutTests {
    private static final String STEWARD = "zhao.lei";
    private static final int ROWS = 60_000;
    private static final int DEVICES = 12;
    private static final int CALLERS = 6;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir static Path data;
    @TempDir Path folder;
    private static LaunchedPlatform platform;

    @BeforeAll
    static void start() throws Exception {
        platform = LaunchedPlatform.start(data, "--demo=accounts");
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    void anImportGoesOnAfterAKillAndWritesEveryRowOnce() throws Exception {
        String at;
        try (PlatformClient steward = platform.as(STEWARD)) {
            String path = "/ledgers/component/imports";
            at = path + "/" + steward.upload(path, rows(), "组件.jsonl").path("id").asString();
            steward.post(at + "/check", null);
            awaitState(steward, at, "CHECKED");
            steward.post(at + "/apply", null);
            Waiting.until(
                    "some rows written and most not",
                    PATIENCE,
                    () -> count("SELECT count(*) FROM ledger.entry WHERE type = 'component'"),
                    written -> written > 0);
            platform.kill("platform");
        }
        long before = count("SELECT count(*) FROM ledger.entry WHERE type = 'component'");
        System.out.println("Killed with " + before + " of " + ROWS + " rows written");
        assertThat(before).isBetween(1L, ROWS - 1L);
        Instant restart = Instant.now();

        try (PlatformClient steward = signIn()) {
            awaitState(steward, at, "APPLIED");
            System.out.println("Ended " + Duration.between(restart, Instant.now()) + " later");

            assertThat(count("SELECT count(*) FROM ledger.entry WHERE type = 'component'"))
                    .isEqualTo(ROWS);
            assertThat(
                            count(
                                    "SELECT count(DISTINCT code) FROM ledger.entry"
                                            + " WHERE type = 'component'"))
                    .isEqualTo(ROWS);
            assertThat(
                            count(
                                    "SELECT count(DISTINCT title) FROM ledger.entry"
                                            + " WHERE type = 'component'"))
                    .isEqualTo(ROWS);
            assertThat(
                            count(
                                    "SELECT count(*) FROM (SELECT entry FROM ledger.change c"
                                            + " JOIN ledger.entry e ON e.id = c.entry"
                                            + " WHERE e.type = 'component'"
                                            + " GROUP BY entry HAVING count(*) = 1) AS once"))
                    .isEqualTo(ROWS);
            JsonNode counts = steward.get(at).path("counts");
            assertThat(counts.path("added").asLong()).as(counts.toString()).isEqualTo(ROWS);
            assertThat(counts.path("rows").asLong()).isEqualTo(ROWS);
            awaitTotal(steward, "/ledgers/component/entries?limit=1");
            awaitTotal(
                    steward,
                    "/ledgers/component/entries?limit=1&q=" + PlatformClient.encode("断电组件"));
        }
    }

    private static void awaitState(PlatformClient steward, String at, String wanted) {
        JsonNode job =
                Waiting.until(
                        "an import that is " + wanted,
                        PATIENCE,
                        () -> steward.get(at),
                        now -> List.of(wanted, "FAILED").contains(now.path("state").asString()));
        assertThat(job.path("state").asString()).as(job.toString()).isEqualTo(wanted);
    }

    private static void awaitTotal(PlatformClient steward, String list) {
        Waiting.until(
                ROWS + " entries in " + list,
                Duration.ofSeconds(60),
                () -> steward.get(list).path("total").asLong(),
                total -> total == ROWS);
    }

    private Path rows() throws IOException {
        Path file = folder.resolve("components.jsonl");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < ROWS; i++) {
                Map<String, Object> row =
                        Map.of(
                                "title",
                                "断电组件" + i,
                                "organisation",
                                "330500-data",
                                "kind",
                                "IDENTITY",
                                "level",
                                "CITY",
                                "provider",
                                "湖州市数据局",
                                "functions",
                                "第 " + i + " 项能力",
                                "version",
                                "1.0." + i,
                                "charged",
                                false);
                out.write(JsonMapper.shared().writeValueAsString(row));
                out.write('\n');
            }
        }
        return file;
    }

    @Test
    void everyHeartbeatThatWasAcknowledgedIsThereAfterPlatformAndDatabaseAreKilled()
            throws Exception {
        Map<String, String> devices = new ConcurrentHashMap<>();
        String token;
        String reporter;
        try (PlatformClient steward = platform.as(STEWARD)) {
            for (int n = 0; n < DEVICES; n++) {
                JsonNode device = device(steward, n);
                devices.put(device.path("code").asString(), device.path("id").asString());
            }
            JsonNode made =
                    steward.post(
                            "/devices/reporters",
                            Map.of("name", "断电网关", "organisation", "330500-police"));
            token = made.path("token").asString();
            reporter = made.path("reporter").path("id").asString();
        }
        Map<String, Instant> acknowledged = new ConcurrentHashMap<>();
        AtomicLong count = new AtomicLong();
        List<String> codes = List.copyOf(devices.keySet());
        List<Thread> callers = new ArrayList<>();
        for (int caller = 0; caller < CALLERS; caller++) {
            List<String> mine = codes.subList(caller * 2, caller * 2 + 2);
            callers.add(Thread.ofVirtual().start(() -> report(token, mine, acknowledged, count)));
        }
        Waiting.until("1,000 heartbeats", PATIENCE, count::get, n -> n >= 1_000);
        platform.kill("postgres");
        platform.kill("platform");
        for (Thread caller : callers) {
            caller.join();
        }

        try (PlatformClient steward = signIn()) {
            assertThat(acknowledged).hasSize(DEVICES);
            for (String code : codes) {
                JsonNode device = steward.get("/devices/" + devices.get(code)).path("device");
                assertThat(Instant.parse(device.path("lastSeen").asString()))
                        .as(code)
                        .isAfterOrEqualTo(acknowledged.get(code));
            }
            JsonNode kept = steward.get("/devices/reporters/" + reporter).path("reporter");
            assertThat(kept.path("accepted").asLong())
                    .isBetween(count.get(), count.get() + CALLERS);
            System.out.println(count.get() + " heartbeats were acknowledged, none is lost");
        }
    }

    /** Reports devices in turn, one after the other, until nobody answers. */
    private static void report(
            String token, List<String> codes, Map<String, Instant> acknowledged, AtomicLong count) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (int n = 0; ; n++) {
                String code = codes.get(n % codes.size());
                Instant time = Instant.now().truncatedTo(ChronoUnit.MILLIS);
                HttpRequest request =
                        HttpRequest.newBuilder(
                                        platform.address().resolve("/api/v1/devices/heartbeats"))
                                .timeout(Duration.ofSeconds(30))
                                .header("Authorization", "Bearer " + token)
                                .header("Content-Type", "application/json")
                                .POST(
                                        HttpRequest.BodyPublishers.ofString(
                                                "{\"code\": \"%s\", \"time\": \"%s\"}"
                                                        .formatted(code, time)))
                                .build();
                HttpResponse<String> answer =
                        http.send(request, HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() != 200 || !answer.body().contains("\"accepted\":1")) {
                    return;
                }
                acknowledged.put(code, time);
                count.incrementAndGet();
            }
        } catch (IOException killed) {
            // Not acknowledged: it may be there or not.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static JsonNode device(PlatformClient steward, int number) {
        JsonNode added =
                steward.post(
                        "/ledgers/device/entries",
                        Map.of(
                                "title",
                                "断电路口设备" + number,
                                "organisation",
                                "330500-police",
                                "fields",
                                Map.ofEntries(
                                        Map.entry("kind", "CAMERA"),
                                        Map.entry("division", "330502001"),
                                        Map.entry("model", "TX-1"),
                                        Map.entry("maker", "测试仪器厂"),
                                        Map.entry("serial", "power-cut-" + number),
                                        Map.entry("measures", "影像"),
                                        Map.entry("captures", true),
                                        Map.entry("sign", true),
                                        Map.entry("address", "测试路 1 号"),
                                        Map.entry("protocol", "HTTP"),
                                        Map.entry("heartbeat", 60),
                                        Map.entry("installed", "2025-03-01"),
                                        Map.entry("keeper", "王伟"),
                                        Map.entry(
                                                "location",
                                                Map.of(
                                                        "type",
                                                        "Point",
                                                        "coordinates",
                                                        List.of(120.09, 30.87))))));
        String at = "/ledgers/device/entries/" + added.path("id").asString();
        return steward.post(at + "/act", Map.of("action", "use"));
    }

    /** Signs the steward in as soon as the platform is there again. */
    private static PlatformClient signIn() {
        List<PlatformClient> signedIn = new ArrayList<>();
        Waiting.until(
                "the platform after its death",
                PATIENCE,
                () -> {
                    try {
                        signedIn.add(platform.as(STEWARD));
                    } catch (PlatformRefusal | UncheckedIOException e) {
                        return false;
                    }
                    return true;
                },
                there -> there);
        return signedIn.getFirst();
    }

    /** Asks the platform's database, which goes on while the platform is away. */
    private static long count(String sql) {
        try {
            Path server = data.resolve("postgres/data/postmaster.pid");
            String port = Files.readAllLines(server).get(3).strip();
            String password = Files.readString(data.resolve("keys/postgres.password")).strip();
            try (Connection connection =
                            DriverManager.getConnection(
                                    "jdbc:postgresql://127.0.0.1:" + port + "/tiaoxi",
                                    "tiaoxi",
                                    password);
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(sql)) {
                row.next();
                return row.getLong(1);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
