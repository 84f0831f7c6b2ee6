package cn.tiaoxi.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.contract.CallSigner;
import cn.tiaoxi.contract.ExportRule;
import cn.tiaoxi.contract.PolicySnapshot.CallerApplication;
import cn.tiaoxi.contract.PolicySnapshot.Grant;
import cn.tiaoxi.contract.PolicySnapshot.GrantState;
import cn.tiaoxi.contract.Wire;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Large files, and what goes wrong while they are made: kills, full disks, full queues. */
class ExportFaultTests {
    private static final int MANY = 200_000;
    private static final CallSigner OTHER = CallSigner.hmac("other", TestPolicy.SECRET);
    private static TestDatabase database;

    @TempDir Path data;

    @BeforeAll
    static void start() throws Exception {
        database = TestDatabase.start();
        many("serving.t_many_1", MANY);
    }

    private static void many(String table, int rows) throws Exception {
        database.execute(
                """
                CREATE TABLE %1$s (LIKE serving.t_people_1 INCLUDING ALL);
                INSERT INTO %1$s
                SELECT i, '3305021990' || lpad(i::text, 8, '0'), '王小明', '138' || lpad(i::text, 8, '0'),
                       '湖州市吴兴区凤凰路' || i || '号', 330502 + i %% 2, i * 1.50, i %% 3 = 0,
                       date '1990-01-01', timestamp '2026-01-01 00:00:00' + i * interval '1 minute'
                  FROM generate_series(1, %2$d) AS i;
                ANALYZE %1$s;
                """
                        .formatted(table, rows));
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    private static TestPolicy policy() {
        TestPolicy policy = TestPolicy.standard();
        ExportRule rule = new ExportRule(1_000_000, 24, true);
        policy.interfaces.add(TestPolicy.exporting("many", "serving.t_many_1", rule));
        policy.interfaces.add(TestPolicy.exporting("few", "serving.t_people_1", rule));
        for (String id : List.of("many", "few")) {
            Grant grant = TestPolicy.exporting(TestPolicy.grant("x-" + id, id), true);
            policy.grants.add(grant);
        }
        policy.grants.add(
                new Grant(
                        "x-other",
                        "other",
                        "many",
                        List.of("name"),
                        java.util.Map.of(),
                        "核对",
                        100,
                        100,
                        null,
                        Instant.EPOCH,
                        Instant.now().plusSeconds(3_600),
                        GrantState.ACTIVE,
                        true));
        policy.applications.add(
                new CallerApplication(
                        "other",
                        "另一应用",
                        "330500-data",
                        List.of(TestPolicy.hmacKey("other", Instant.EPOCH, null)),
                        true));
        return policy;
    }

    private GatewayRig rig(Path folder, String... arguments) throws Exception {
        GatewayRig rig = new GatewayRig(folder, database).startWith(arguments);
        rig.apply(policy());
        return rig;
    }

    private static void awaitRows(ExportCaller caller, String export, int rows) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (caller.state(export).get("rows").asInt() < rows) {
            assertThat(System.nanoTime()).isLessThan(end);
        }
    }

    @Test
    void a_killed_gateway_goes_on_with_its_files_in_bounded_memory_and_gives_no_half_one()
            throws Exception {
        try (GatewayRig rig = new GatewayRig(data, database)) {
            rig.platform.publish(policy().snapshot(1));
            Child child = Child.start(rig);
            rig.platform.awaitApplied(1);
            ExportCaller caller = new ExportCaller(rig.client, child.base(), TestPolicy.HMAC);
            String export = caller.ordered("many", "ndjson", "");
            assertThat(caller.content(export).statusCode()).isEqualTo(409);
            awaitRows(caller, export, 10_000);
            assertThat(caller.state(export).get("state").asString()).isEqualTo("RUNNING");
            assertThat(caller.content(export).body()).contains("EXPORT_NOT_READY");
            child.process().destroyForcibly().waitFor();

            rig.platform.heartbeats.clear();
            Child again = Child.start(rig);
            rig.platform.awaitApplied(1);
            JsonNode state = caller.await(export, "READY");
            HttpResponse<String> file = caller.content(export);
            again.process().destroyForcibly().waitFor();

            assertThat(state.get("rows").asInt()).isEqualTo(MANY);
            assertThat(file.body().lines().count()).isEqualTo(MANY);
            assertThat(sha256(file.body())).isEqualTo(state.get("sha256").asString());
            assertThat(file.body().lines().skip(MANY - 1).findFirst().orElseThrow())
                    .satisfies(
                            last ->
                                    assertThat(Wire.JSON.readTree(last).get("phone").asString())
                                            .isEqualTo("138****0000"));
        }
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(
                        MessageDigest.getInstance("SHA-256")
                                .digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void large_files_go_over_http_2_and_to_callers_that_stop_in_between() throws Exception {
        TestCertificates certificates = new TestCertificates(data.resolve("tls"));
        try (GatewayRig rig =
                        new GatewayRig(data, database)
                                .startSecured(certificates, Limits.standard());
                HttpClient client = certificates.client(HttpClient.Version.HTTP_2, null)) {
            rig.apply(policy());
            ExportCaller caller =
                    new ExportCaller(client, rig.secured("").toString(), TestPolicy.HMAC);
            String export = caller.ordered("many", "csv", "");
            JsonNode state = caller.await(export, "READY");
            HttpResponse<String> file = caller.content(export);
            assertThat(file.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(sha256(file.body())).isEqualTo(state.get("sha256").asString());

            var address = rig.address(export + "/content");
            HttpRequest.Builder request = HttpRequest.newBuilder(address);
            TestPolicy.HMAC.sign(address).forEach(request::header);
            try (HttpClient impatient = HttpClient.newHttpClient();
                    var body =
                            impatient
                                    .send(
                                            request.build(),
                                            HttpResponse.BodyHandlers.ofInputStream())
                                    .body()) {
                assertThat(body.readNBytes(100_000)).hasSize(100_000);
            }
            awaitEnd(rig, "CALLER_GONE");
        }
    }

    private static void awaitEnd(GatewayRig rig, String how) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (rig.trace().stream().noneMatch(r -> how.equals(r.detail("ended")))) {
            assertThat(System.nanoTime()).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    @Test
    void a_full_disk_fails_one_file_and_leaves_room_for_others() throws Exception {
        try (GatewayRig rig = rig(data, "--export-disk=1")) {
            ExportCaller caller = new ExportCaller(rig, TestPolicy.HMAC);
            String large = caller.ordered("many", "csv", "");
            assertThat(caller.await(large, "FAILED").get("code").asString())
                    .isEqualTo("EXPORT_STORE_FULL");
            String small = caller.ordered("few", "csv", "");
            caller.await(small, "READY");
            assertThat(caller.content(small).statusCode()).isEqualTo(200);
            assertThat(rig.health()).contains("\"exportsUnderWay\":0");
        }
    }

    @Test
    void without_room_nothing_is_ordered() throws Exception {
        try (GatewayRig rig = rig(data, "--export-disk=0")) {
            HttpResponse<String> refused =
                    new ExportCaller(rig, TestPolicy.HMAC).order("few", "csv", "");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).contains("EXPORT_STORE_FULL");
            assertThat(refused.headers().firstValue("Retry-After")).hasValue("600");
        }
    }

    @Test
    void an_application_waits_in_a_queue_of_its_own_and_a_revocation_ends_it() throws Exception {
        try (GatewayRig rig = rig(data);
                Connection held = database.open();
                Statement statement = held.createStatement()) {
            held.setAutoCommit(false);
            statement.execute("LOCK TABLE serving.t_people_1 IN ACCESS EXCLUSIVE MODE");
            ExportCaller caller = new ExportCaller(rig, TestPolicy.HMAC);
            List<String> exports = new ArrayList<>();
            for (int i = 0; i < ExportQueue.OF_APPLICATION; i++) {
                exports.add(caller.ordered("few", "csv", ""));
            }
            HttpResponse<String> refused = caller.order("few", "csv", "");
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.body()).contains("EXPORT_QUEUE_FULL");
            assertThat(refused.headers().firstValue("Retry-After")).hasValue("60");
            ExportCaller other = new ExportCaller(rig, OTHER);
            other.await(other.ordered("many", "csv", "{\"income\":150}"), "READY");

            assertThat(caller.send("DELETE", exports.get(4), "").statusCode()).isEqualTo(200);
            exports.set(4, caller.ordered("few", "csv", ""));
            TestPolicy revoked = policy();
            revoked.grants.removeIf(g -> g.id().equals("x-few"));
            rig.apply(revoked);
            held.rollback();
            for (String each : exports) {
                assertThat(caller.await(each, "FAILED").get("code").asString())
                        .isEqualTo("GRANT_MISSING");
            }
        }
    }

    @Test
    void a_file_that_is_being_made_is_not_made_any_more_when_it_is_deleted() throws Exception {
        try (GatewayRig rig = rig(data)) {
            ExportCaller caller = new ExportCaller(rig, TestPolicy.HMAC);
            String export = caller.ordered("many", "csv", "");
            caller.await(export, "RUNNING");
            assertThat(caller.send("DELETE", export, "").body()).contains("DELETED");
            String next = caller.ordered("few", "csv", "");
            caller.await(next, "READY");
            assertThat(caller.state(export).get("state").asString()).isEqualTo("DELETED");
            assertThat(data.resolve("gateway/exports").toFile().list()).hasSize(1);
        }
    }

    @Test
    void a_gateway_that_is_told_to_end_goes_on_when_it_starts_again() throws Exception {
        try (GatewayRig rig = rig(data)) {
            ExportCaller before = new ExportCaller(rig, TestPolicy.HMAC);
            String running = before.ordered("many", "csv", "");
            String waiting = before.ordered("few", "csv", "");
            before.await(running, "RUNNING");

            rig.restart();

            ExportCaller after = new ExportCaller(rig, TestPolicy.HMAC);
            assertThat(after.await(running, "READY").get("rows").asInt()).isEqualTo(MANY);
            assertThat(after.await(waiting, "READY").get("rows").asInt()).isEqualTo(500);
            assertThat(after.content(running).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void a_table_that_is_replaced_in_between_is_begun_anew() throws Exception {
        many("serving.t_short_1", 60_000);
        many("serving.t_short_2", 60_001);
        ExportRule rule = new ExportRule(1_000_000, 24, true);
        TestPolicy policy = policy();
        policy.interfaces.add(TestPolicy.exporting("short", "serving.t_short_1", rule));
        policy.grants.add(TestPolicy.exporting(TestPolicy.grant("x-short", "short"), true));
        try (GatewayRig rig = rig(data)) {
            rig.apply(policy);
            ExportCaller caller = new ExportCaller(rig, TestPolicy.HMAC);
            String export = caller.ordered("short", "ndjson", "");
            caller.await(export, "RUNNING");
            policy.interfaces.removeIf(i -> i.id().equals("short"));
            policy.interfaces.add(TestPolicy.exporting("short", "serving.t_short_2", rule));
            rig.apply(policy);
            database.execute("DROP TABLE serving.t_short_1");

            JsonNode state = caller.await(export, "READY");
            assertThat(state.get("rows").asInt()).isIn(60_000, 60_001);
            assertThat(caller.content(export).body().lines().distinct().count())
                    .isEqualTo(state.get("rows").asInt());
        }
    }

    @Test
    void every_gateway_knows_an_export_and_one_has_its_file() throws Exception {
        try (GatewayRig one = rig(data.resolve("one"));
                GatewayRig two = rig(data.resolve("two"))) {
            ExportCaller here = new ExportCaller(one, TestPolicy.HMAC);
            ExportCaller there = new ExportCaller(two, TestPolicy.HMAC);
            String export = here.ordered("few", "csv", "");
            there.await(export, "READY");

            HttpResponse<String> elsewhere = there.content(export);
            assertThat(elsewhere.statusCode()).isEqualTo(307);
            assertThat(elsewhere.headers().firstValue("Location"))
                    .hasValue(one.address() + export + "/content");
            assertThat(there.send("GET", export + "/signature", "").statusCode()).isEqualTo(200);
            assertThat(here.content(export).statusCode()).isEqualTo(200);

            assertThat(there.send("DELETE", export, "").statusCode()).isEqualTo(200);
            assertThat(here.content(export).statusCode()).isEqualTo(410);
        }
    }

    @Test
    void what_nobody_ordered_or_makes_any_more_fails() throws Exception {
        String row =
                """
                INSERT INTO serving.export (id, gateway, address, interface, application,
                       organisation, sharing_grant, fields, terms, format, seal, kept_hours, request,
                       touched)
                VALUES ('%s', '%s', 'http://gone', 'few', 'app', 'o', 'x-few', '{name}', 't', 'CSV',
                        decode(repeat('00', 32), 'hex'), 1, '%s',
                        clock_timestamp() - interval '1 hour')
                """;
        String silent = "00000000-0000-4000-8000-000000000001";
        String unsaid = "00000000-0000-4000-8000-000000000002";
        try (GatewayRig rig = rig(data)) {
            String own = Wire.JSON.readTree(rig.health()).get("id").asString();
            database.execute(row.formatted(silent, "gateway-silent", "r"));
            database.execute(row.formatted(unsaid, own, "00000000-0000-7000-8000-000000000000"));
            ExportCaller caller = new ExportCaller(rig, TestPolicy.HMAC);
            for (String each : List.of(silent, unsaid)) {
                assertThat(
                                caller.await("/api/few/exports/" + each, "FAILED")
                                        .get("code")
                                        .asString())
                        .isEqualTo("EXPORT_INTERRUPTED");
            }
        }
    }
}
