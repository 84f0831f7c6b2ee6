package cn.tiaoxi.platform.device;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.platform.PlatformTest;
import cn.tiaoxi.platform.Visitor;
import cn.tiaoxi.platform.Visitors;
import cn.tiaoxi.platform.Waiting;
import cn.tiaoxi.platform.ledger.Author;
import cn.tiaoxi.platform.ledger.Entry;
import cn.tiaoxi.platform.ledger.Ledger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** Devices are heard, fall silent and are heard again. */
@PlatformTest
@Import({TestDevices.class, HeartbeatTests.Additions.class})
@TestPropertySource(properties = "tiaoxi.device.sweep=10m")
class HeartbeatTests {
    private static final SettableClock CLOCK = new SettableClock();

    @Autowired private TestDevices devices;
    @Autowired private Silence silence;
    @Autowired private HeartbeatRound round;
    @Autowired private OnlineRates rates;
    @Autowired private DeviceRegister register;
    @Autowired private DeviceKinds kinds;
    @Autowired private Ledger ledger;
    @Autowired private JdbcClient database;
    @Autowired private TransactionTemplate transaction;
    @Autowired private Visitors visitors;

    /** A clock that tests set. */
    @TestConfiguration
    static class Additions {
        @Bean
        @Primary
        Clock settableClock() {
            return CLOCK;
        }
    }

    @BeforeEach
    void signIn() {
        devices.signIn();
    }

    private Duration permitted() {
        return kinds.offlineAfter(TestDevices.CAMERA);
    }

    @Test
    void aNewDeviceWasNeverHeardUntilItReports() {
        Entry camera = devices.add(TestDevices.POLICE, TestDevices.CAMERA);
        assertThat(devices.device(camera).path("state").asString()).isEqualTo("UNSEEN");
        assertThat(devices.outages(camera)).hasSize(1);

        Instant heard = CLOCK.pass(Duration.ofSeconds(90));
        Visitor.Answer answer =
                devices.report(
                        devices.token(TestDevices.POLICE),
                        Map.of("code", camera.code(), "battery", 81, "status", "OK"));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.json().path("accepted").asInt()).isEqualTo(1);
        JsonNode now = devices.device(camera);
        assertThat(now.path("state").asString()).isEqualTo("ONLINE");
        assertThat(now.path("battery").asInt()).isEqualTo(81);
        assertThat(Instant.parse(now.path("lastSeen").asString())).isEqualTo(heard);
        assertThat(Instant.parse(devices.outages(camera).path(0).path("until").asString()))
                .isEqualTo(heard);
    }

    @Test
    void eachWrongRowIsNamedAndTheOthersAreTaken() {
        Entry good = devices.add(TestDevices.POLICE, TestDevices.CAMERA);
        Entry foreign = devices.add(TestDevices.WATER, TestDevices.CAMERA);
        Instant now = CLOCK.instant();
        List<Object> rows = new ArrayList<>();
        rows.add(Map.of("code", good.code()));
        rows.add(Map.of("code", "E-none-such"));
        rows.add(Map.of("code", foreign.code()));
        rows.add(Map.of("battery", 3));
        rows.add(Map.of("code", good.code(), "time", now.plus(Duration.ofHours(1)).toString()));
        rows.add(Map.of("code", good.code(), "time", now.minus(Duration.ofDays(3)).toString()));
        rows.add(Map.of("code", good.code(), "time", "yesterday"));
        rows.add(Map.of("code", good.code(), "time", "2026-02-30T10:00:00Z"));
        rows.add(Map.of("code", good.code(), "time", 1_764_000_000L));
        rows.add(Map.of("code", good.code(), "battery", 101));
        rows.add(Map.of("code", good.code(), "signal", "strong"));
        rows.add(Map.of("code", good.code(), "signal", 4.5));
        rows.add(Map.of("code", good.code(), "status", "<script>alert(1)</script>"));
        rows.add(Map.of("code", good.code(), "colour", "red"));
        rows.add(Map.of("code", "a\u0000b"));
        rows.add(Map.of("code", "\uD800"));
        rows.add(Map.of("code", "x".repeat(100_000)));
        rows.add("heartbeat");
        rows.add(Collections.singletonMap("code", null));

        Visitor.Answer answer = devices.report(devices.token(TestDevices.POLICE), rows);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.json().path("accepted").asInt()).isEqualTo(1);
        List<String> reasons = new ArrayList<>();
        answer.json()
                .path("rows")
                .forEach(
                        r -> {
                            reasons.add(r.path("row").asInt() + " " + r.path("reason").asString());
                            assertThat(r.path("message").asString()).isNotBlank();
                        });
        assertThat(reasons)
                .containsExactly(
                        "1 CODE_UNKNOWN",
                        "2 DEVICE_FOREIGN",
                        "3 CODE_MISSING",
                        "4 TIME_AHEAD",
                        "5 TIME_OLD",
                        "6 TIME_WRONG",
                        "7 TIME_WRONG",
                        "8 TIME_WRONG",
                        "9 PERCENT_WRONG",
                        "10 PERCENT_WRONG",
                        "11 PERCENT_WRONG",
                        "12 STATUS_WRONG",
                        "13 FORM_WRONG",
                        "14 FORM_WRONG",
                        "15 FORM_WRONG",
                        "16 CODE_UNKNOWN",
                        "17 FORM_WRONG",
                        "18 CODE_MISSING");
        assertThat(devices.device(foreign).path("state").asString()).isEqualTo("UNSEEN");
    }

    @Test
    void everyRowIsCountedForItsDay() {
        Entry camera = devices.add(TestDevices.POLICE, TestDevices.CAMERA);
        JsonNode made = devices.reporter(TestDevices.POLICE);
        String token = made.path("token").asString();
        List<Map<String, String>> rows =
                List.of(Map.of("code", camera.code()), Map.of("code", "none"), Map.of());
        devices.report(token, rows);
        devices.report(token, rows);

        JsonNode one =
                devices.steward()
                        .get(
                                "/api/v1/devices/reporters/"
                                        + made.path("reporter").path("id").asString())
                        .json();

        Map<String, Long> counts = new HashMap<>();
        one.path("tallies")
                .forEach(t -> counts.put(t.path("outcome").asString(), t.path("rows").asLong()));
        assertThat(counts)
                .isEqualTo(Map.of("ACCEPTED", 2L, "CODE_UNKNOWN", 2L, "CODE_MISSING", 2L));
        assertThat(one.path("reporter").path("accepted").asLong()).isEqualTo(2);
        assertThat(one.path("reporter").path("refused").asLong()).isEqualTo(4);
        assertThat(one.path("reporter").path("lastUsed").asString()).isNotBlank();
    }

    @Test
    void aBodyThatIsNoListOfHeartbeatsTakesNothing() {
        String token = devices.token(TestDevices.POLICE);
        for (String body : List.of("", "{", "[{\"code\":", "7", "\"x\"", "null", "[1,2")) {
            Visitor.Answer answer = devices.report(token, body);
            assertThat(answer.status()).as(body).isEqualTo(400);
            assertThat(answer.code()).isEqualTo("HEARTBEATS_UNREADABLE");
        }
        assertThat(devices.report(token, "[]").status()).isEqualTo(200);
    }

    @Test
    void moreThanTenThousandRowsAreTooMany() {
        String token = devices.token(TestDevices.POLICE);
        List<Map<String, String>> rows =
                IntStream.range(0, Heartbeats.MOST + 1)
                        .mapToObj(n -> Map.of("code", "none-" + n))
                        .toList();

        assertThat(devices.report(token, rows).code()).isEqualTo("HEARTBEATS_TOO_MANY");
        assertThat(devices.report(token, " ".repeat(Heartbeats.MOST_BYTES) + "[]").status())
                .isEqualTo(413);
        Visitor.Answer most = devices.report(token, rows.subList(1, rows.size()));
        assertThat(most.json().path("refused").asInt()).isEqualTo(Heartbeats.MOST);
    }

    @Test
    void aTokenIsAskedForBeforeTheBodyIsLookedAt() {
        for (String token : List.of("txd_wrong", "x y")) {
            Visitor.Answer answer = devices.report(token, "{ broken");
            assertThat(answer.status()).as(token).isEqualTo(401);
            assertThat(answer.code()).isEqualTo("REPORTER_TOKEN_WRONG");
        }
        Visitor.Answer none =
                visitors.anonymous()
                        .post(
                                "/api/v1/devices/heartbeats",
                                "{}",
                                Map.of("Authorization", "Bearer"));
        assertThat(none.status()).isIn(401, 403);
    }

    @Test
    void aRevokedTokenIsRefusedAtOnce() {
        Entry camera = devices.add(TestDevices.POLICE, TestDevices.CAMERA);
        JsonNode made = devices.reporter(TestDevices.POLICE);
        String token = made.path("token").asString();
        assertThat(devices.report(token, Map.of("code", camera.code())).status()).isEqualTo(200);

        Visitor.Answer revoked =
                devices.steward()
                        .delete(
                                "/api/v1/devices/reporters/"
                                        + made.path("reporter").path("id").asString());

        assertThat(revoked.status()).isEqualTo(200);
        assertThat(revoked.json().path("revoked").asString()).isNotBlank();
        assertThat(devices.report(token, Map.of("code", camera.code())).status()).isEqualTo(401);
    }

    @Test
    void aTokenIsShownOnceAndStoredNowhere() {
        JsonNode made = devices.reporter(TestDevices.POLICE);
        String token = made.path("token").asString();

        assertThat(token).hasSizeGreaterThan(40);
        String list = devices.steward().get("/api/v1/devices/reporters?limit=200").text();
        assertThat(list).contains(made.path("reporter").path("id").asString());
        assertThat(list).doesNotContain(token);
        List<String> rows =
                database.sql("SELECT r::text FROM device.reporter r").query(String.class).list();
        assertThat(rows).isNotEmpty().noneMatch(r -> r.contains(token));
    }

    @Test
    void aTokenReachesTheOrganisationsBelow() {
        Entry below = devices.add("330502001", TestDevices.CAMERA);
        Entry beside = devices.add("330503", TestDevices.CAMERA);

        JsonNode answer =
                devices.report(
                                devices.token("330502"),
                                List.of(
                                        Map.of("code", below.code()),
                                        Map.of("code", beside.code())))
                        .json();

        assertThat(answer.path("accepted").asInt()).isEqualTo(1);
        assertThat(answer.path("rows").path(0).path("code").asString()).isEqualTo(beside.code());
    }

    @Test
    void clerksLetMachinesReportForTheirOwnOrganisationOnly() {
        Visitor clerk = visitors.signIn("wang.wei", "tiaoxi-2026");
        Map<String, String> own =
                Map.of("name", "警网" + Instant.now(), "organisation", "330500-police");

        assertThat(clerk.post("/api/v1/devices/reporters", own).status()).isEqualTo(201);
        assertThat(clerk.post("/api/v1/devices/reporters", own).code())
                .isEqualTo("REPORTER_NAME_TAKEN");
        assertThat(
                        clerk.post(
                                        "/api/v1/devices/reporters",
                                        Map.of("name", "x", "organisation", "330500-water"))
                                .status())
                .isEqualTo(403);
        assertThat(
                        clerk.post(
                                        "/api/v1/devices/reporters",
                                        Map.of("name", "x", "organisation", "nowhere"))
                                .status())
                .isEqualTo(422);
        JsonNode foreign = devices.reporter(TestDevices.WATER);
        String id = foreign.path("reporter").path("id").asString();
        assertThat(clerk.get("/api/v1/devices/reporters").text()).doesNotContain(id);
        assertThat(clerk.delete("/api/v1/devices/reporters/" + id).status()).isEqualTo(403);
        assertThat(
                        visitors.signIn("mayor", "tiaoxi-2026")
                                .get("/api/v1/devices/reporters")
                                .status())
                .isEqualTo(403);
    }

    /** What is answered must survive a crash, so that the answer waits for the commit. */
    @Test
    void theAnswerComesAfterTheCommit() {
        Entry camera = devices.add(TestDevices.POLICE, TestDevices.CAMERA);
        String token = devices.token(TestDevices.POLICE);
        assertThat(database.sql("SHOW synchronous_commit").query(String.class).single())
                .isEqualTo("on");

        CompletableFuture<Visitor.Answer> answer =
                transaction.execute(
                        status -> {
                            database.sql(
                                            "SELECT entry FROM device.state WHERE entry = :id::uuid"
                                                    + " FOR UPDATE")
                                    .param("id", camera.id())
                                    .query()
                                    .listOfRows();
                            CompletableFuture<Visitor.Answer> sent =
                                    CompletableFuture.supplyAsync(
                                            () ->
                                                    devices.report(
                                                            token, Map.of("code", camera.code())));
                            Waiting.until("a writer that waits", this::waiters, n -> n > 0);
                            assertThat(sent).isNotDone();
                            return sent;
                        });

        assertThat(answer.join().json().path("accepted").asInt()).isEqualTo(1);
        assertThat(devices.device(camera).path("state").asString()).isEqualTo("ONLINE");
    }

    private long waiters() {
        return database.sql(
                        "SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype ="
                                + " 'transactionid'")
                .query(Long.class)
                .single();
    }

    /** As two platforms would, each with a thread of its own. */
    @Test
    void ofTwoRoundsAtOnceTheNewestHeartbeatStays() throws Exception {
        List<Entry> cameras =
                IntStream.range(0, 40)
                        .mapToObj(n -> devices.add(TestDevices.POLICE, TestDevices.CAMERA))
                        .toList();
        Instant now = CLOCK.instant();
        Source source = new Source("test", Set.of(TestDevices.POLICE));
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Integer>> rounds = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int n = 0; n < 24; n++) {
                Instant time = now.minusSeconds((n * 7L) % 24);
                List<Entry> order = new ArrayList<>(cameras);
                Collections.rotate(order, n * 11);
                List<HeartbeatReader.Row> rows = order.stream().map(e -> row(e, time)).toList();
                rounds.add(
                        threads.submit(
                                () -> {
                                    start.await();
                                    return round.take(
                                                    List.of(
                                                            new HeartbeatRound.Report(
                                                                    source, rows)))
                                            .getFirst()
                                            .accepted();
                                }));
            }
            start.countDown();
            for (Future<Integer> each : rounds) {
                assertThat(each.get()).isEqualTo(40);
            }
        }
        for (Entry camera : cameras) {
            assertThat(Instant.parse(devices.device(camera).path("lastSeen").asString()))
                    .isEqualTo(now);
        }
    }

    private static HeartbeatReader.Row row(Entry entry, Instant time) {
        return new HeartbeatReader.Row(
                entry.code(), new Heartbeat(entry.code(), time, null, null, null), null);
    }

    @Test
    void aSilentDeviceGoesOfflineWhenTheTimeOfItsKindIsOver() {
        Entry camera = devices.add(TestDevices.POLICE, TestDevices.CAMERA);
        String token = devices.token(TestDevices.POLICE);
        Instant heard = CLOCK.instant();
        devices.report(token, Map.of("code", camera.code()));

        CLOCK.pass(permitted().minusSeconds(1));
        silence.sweep();
        assertThat(devices.device(camera).path("state").asString()).isEqualTo("ONLINE");

        CLOCK.pass(Duration.ofSeconds(90));
        silence.sweep();

        assertThat(devices.device(camera).path("state").asString()).isEqualTo("OFFLINE");
        JsonNode outage = devices.outages(camera).path(0);
        assertThat(Instant.parse(outage.path("since").asString()))
                .isEqualTo(heard.plus(permitted()));
        assertThat(outage.path("until").isNull()).isTrue();

        Instant again = CLOCK.pass(Duration.ofSeconds(30));
        devices.report(token, Map.of("code", camera.code()));
        assertThat(devices.device(camera).path("state").asString()).isEqualTo("ONLINE");
        assertThat(Instant.parse(devices.outages(camera).path(0).path("until").asString()))
                .isEqualTo(again);
    }

    /** A gateway that was cut off sends what it kept: the outage is cut where it was none. */
    @Test
    void aHeartbeatThatComesLateSplitsTheOutage() {
        Entry camera = devices.add(TestDevices.POLICE, TestDevices.CAMERA);
        String token = devices.token(TestDevices.POLICE);
        Instant first = CLOCK.instant();
        devices.report(token, Map.of("code", camera.code()));
        Instant between = first.plus(permitted().multipliedBy(3));
        CLOCK.pass(permitted().multipliedBy(6));
        silence.sweep();

        devices.report(token, Map.of("code", camera.code(), "time", between.toString()));

        JsonNode outages = devices.outages(camera);
        assertThat(Instant.parse(outages.path(0).path("since").asString()))
                .isEqualTo(between.plus(permitted()));
        assertThat(outages.path(0).path("until").isNull()).isTrue();
        assertThat(Instant.parse(outages.path(1).path("since").asString()))
                .isEqualTo(first.plus(permitted()));
        assertThat(Instant.parse(outages.path(1).path("until").asString())).isEqualTo(between);
        assertThat(devices.device(camera).path("state").asString()).isEqualTo("OFFLINE");

        devices.report(
                token, Map.of("code", camera.code(), "time", first.minusSeconds(1).toString()));
        assertThat(devices.outages(camera)).hasSameSizeAs(outages);
    }

    @Test
    void aDeviceOutOfUseIsNeitherTakenNorWatched() {
        Entry camera = devices.add(TestDevices.POLICE, TestDevices.CAMERA);
        String token = devices.token(TestDevices.POLICE);
        devices.report(token, Map.of("code", camera.code()));
        CLOCK.pass(Duration.ofSeconds(30));

        ledger.remove(Author.SYSTEM, DeviceRegister.LEDGER, camera.id(), "已拆除");

        JsonNode answer = devices.report(token, Map.of("code", camera.code())).json();
        assertThat(answer.path("rows").path(0).path("reason").asString())
                .isEqualTo("DEVICE_NOT_IN_USE");
        assertThat(devices.steward().get("/api/v1/devices/" + camera.id()).code())
                .isEqualTo("DEVICE_NOT_FOUND");
        CLOCK.pass(permitted().multipliedBy(2));
        silence.sweep();
        assertThat(open(camera)).isZero();

        ledger.bringBack(Author.SYSTEM, DeviceRegister.LEDGER, camera.id(), "重新启用");
        assertThat(devices.device(camera).path("state").asString()).isEqualTo("OFFLINE");
        assertThat(open(camera)).isEqualTo(1);
        register.compare();
        assertThat(open(camera)).isEqualTo(1);

        ledger.move(Author.SYSTEM, DeviceRegister.LEDGER, camera.id(), "repair", "镜头损坏");
        assertThat(open(camera)).isZero();
        answer = devices.report(token, Map.of("code", camera.code())).json();
        assertThat(answer.path("rows").path(0).path("reason").asString())
                .isEqualTo("DEVICE_NOT_IN_USE");
    }

    private long open(Entry entry) {
        return database.sql(
                        "SELECT count(*) FROM device.outage WHERE entry = :id::uuid AND until IS"
                                + " NULL")
                .param("id", entry.id())
                .query(Long.class)
                .single();
    }

    @Test
    void theOnlineRateIsTheShareOfTheTimeInWhichADeviceWasHeard() {
        Entry camera = devices.add("330503105", TestDevices.CAMERA);
        String token = devices.token("330503105");
        devices.report(token, Map.of("code", camera.code()));
        for (int n = 0; n < 3; n++) {
            CLOCK.pass(permitted());
            devices.report(token, Map.of("code", camera.code()));
        }
        CLOCK.pass(permitted().multipliedBy(2));
        silence.sweep();

        JsonNode rates =
                devices.steward().get("/api/v1/devices/rates?organisation=330503105&days=2").json();

        assertThat(rates.path("whole").path("rate").asDouble())
                .isBetween(4 / 5.0 - 0.001, 4 / 5.0 + 0.001);
        assertThat(rates.path("states").path("OFFLINE").asLong()).isEqualTo(1);
        assertThat(rates.path("divisions").path(0).path("key").asString()).isEqualTo("330502");
        assertThat(rates.path("organisations").path(0).path("devices").asLong()).isEqualTo(1);
    }

    @Test
    void daysThatAreOverAreKeptWhateverComesLater() {
        Entry camera = devices.add("330503106", TestDevices.CAMERA);
        devices.report(devices.token("330503106"), Map.of("code", camera.code()));
        CLOCK.pass(Duration.ofDays(1));
        silence.sweep();

        assertThat(rates.keep()).isGreaterThanOrEqualTo(1);

        DeviceFilter filter = new DeviceFilter("", null, Set.of("330503106"), "", "", null);
        OnlineRates.Rates before = rates.last(3, filter);
        assertThat(before.days()).hasSize(2);
        ledger.remove(Author.SYSTEM, DeviceRegister.LEDGER, camera.id(), "已拆除");
        assertThat(rates.last(3, filter).days().getFirst()).isEqualTo(before.days().getFirst());
    }
}
