package cn.tiaoxi.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.contract.CallLimits;
import cn.tiaoxi.contract.CallSigner;
import cn.tiaoxi.contract.PolicySnapshot.Algorithm;
import cn.tiaoxi.contract.PolicySnapshot.CallerApplication;
import cn.tiaoxi.contract.PolicySnapshot.GrantState;
import cn.tiaoxi.contract.PolicySnapshot.InterfaceState;
import cn.tiaoxi.contract.Refusal;
import cn.tiaoxi.contract.Restriction;
import cn.tiaoxi.contract.TraceRecord;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Each reason to refuse has its own status and code, in both languages, and leaves a trace. */
class RefusalTests {
    private static final String LOOKUP = "/api/people?id_number=330502199000000007";
    private static final Set<Refusal> REACHED = EnumSet.noneOf(Refusal.class);

    @TempDir static Path data;
    private static TestDatabase database;
    private static GatewayRig rig;

    @BeforeAll
    static void start() throws Exception {
        database = TestDatabase.start();
        rig = new GatewayRig(data, database).start();
        Instant now = Instant.now();
        Instant past = now.minus(Duration.ofDays(3));
        Instant yesterday = now.minus(Duration.ofDays(1));
        Instant tomorrow = now.plus(Duration.ofDays(1));
        TestPolicy policy = TestPolicy.standard();
        for (String id : List.of("expired", "revoked", "early", "bare", "slow", "small")) {
            policy.interfaces.add(TestPolicy.people(id, "serving.t_people_1", InterfaceState.LIVE));
        }
        policy.interfaces.add(
                TestPolicy.people("gone", "serving.t_people_1", InterfaceState.WITHDRAWN));
        policy.interfaces.add(TestPolicy.people("lost", "serving.t_nothing", InterfaceState.LIVE));
        policy.grants.add(TestPolicy.grant("g-old", "expired", GrantState.ACTIVE, past, yesterday));
        policy.grants.add(TestPolicy.grant("g-rev", "revoked", GrantState.REVOKED, past, tomorrow));
        policy.grants.add(
                TestPolicy.grant(
                        "g-new", "early", GrantState.ACTIVE, tomorrow, tomorrow.plusSeconds(9)));
        policy.grants.add(TestPolicy.grant("g-lost", "lost"));
        policy.grants.add(TestPolicy.limited("g-slow", "slow", 1, 100));
        policy.grants.add(TestPolicy.limited("g-small", "small", 100, 2));
        policy.interfaces.add(
                TestPolicy.limited("busy", "serving.t_people_1", new CallLimits(null, null, 1L)));
        policy.grants.add(TestPolicy.grant("g-busy", "busy"));
        policy.interfaces.add(TestPolicy.people("once", "serving.t_people_1", InterfaceState.LIVE));
        policy.grants.add(TestPolicy.onlyInAll(TestPolicy.grant("g-once", "once"), 1));
        policy.applications.add(
                new CallerApplication(
                        "late",
                        "late",
                        "330500",
                        List.of(TestPolicy.hmacKey("late", past, yesterday)),
                        true));
        policy.applications.add(
                new CallerApplication(
                        "off",
                        "off",
                        "330500",
                        List.of(TestPolicy.hmacKey("off", past, null)),
                        false));
        policy.applications.add(
                new CallerApplication(
                        "strict",
                        "strict",
                        "330500",
                        List.of(
                                TestPolicy.key(
                                        "elsewhere",
                                        Algorithm.HMAC_SHA256,
                                        past,
                                        null,
                                        List.of("192.0.2.0/24", "2001:db8::/32"),
                                        null),
                                TestPolicy.key(
                                        "paused",
                                        Algorithm.HMAC_SHA256,
                                        past,
                                        null,
                                        List.of(),
                                        past)),
                        true));
        rig.apply(policy);
    }

    @AfterAll
    static void each_code_was_reached() throws Exception {
        rig.close();
        database.close();
        EnumSet<Refusal> elsewhere = EnumSet.copyOf(ServiceRefusalTests.OF_SERVICES);
        elsewhere.addAll(ExportTests.OF_EXPORTS);
        assertThat(REACHED).isEqualTo(EnumSet.complementOf(elsewhere));
    }

    @Test
    void wrong_methods_and_paths() throws Exception {
        refused(Refusal.METHOD_NOT_ALLOWED, RawCall.of(rig, LOOKUP).method("DELETE").send());
        refused(Refusal.INTERFACE_UNKNOWN, rig.call("/api/nothing?id_number=1"));
        refused(Refusal.INTERFACE_UNKNOWN, rig.call("/elsewhere"));
        refused(Refusal.INTERFACE_UNKNOWN, rig.call("/api/people/../people?id_number=1"));
        refused(Refusal.INTERFACE_WITHDRAWN, rig.call("/api/gone?id_number=1"));
    }

    @Test
    void wrong_signatures() throws Exception {
        refused(Refusal.SIGNATURE_MISSING, RawCall.of(rig, LOOKUP).without("Signature").send());
        refused(
                Refusal.SIGNATURE_MISSING,
                RawCall.of(rig, LOOKUP).without("Signature-Input").send());
        for (String spoilt : List.of("alg=\"rsa\"", "alg=7", "alg")) {
            refused(
                    Refusal.SIGNATURE_MALFORMED,
                    RawCall.of(rig, LOOKUP)
                            .replace("Signature-Input", "alg=\"hmac-sha256\"", spoilt)
                            .send());
        }
        refused(
                Refusal.SIGNATURE_MALFORMED,
                RawCall.of(rig, LOOKUP).replace("Signature-Input", "created=", "made=").send());
        refused(
                Refusal.SIGNATURE_MALFORMED,
                RawCall.of(rig, LOOKUP).replace("Signature", "tiaoxi", "other").send());
        refused(
                Refusal.SIGNATURE_MALFORMED,
                RawCall.of(rig, LOOKUP).header("Signature-Input", "x".repeat(3_000)).send());
        refused(
                Refusal.SIGNATURE_MALFORMED,
                RawCall.of(rig, LOOKUP)
                        .sign(TestPolicy.HMAC, CallSigner.COVERED, Instant.now(), "short")
                        .send());
        refused(
                Refusal.SIGNATURE_INVALID,
                RawCall.of(rig, LOOKUP)
                        .header("Signature", "tiaoxi=:" + "A".repeat(43) + "=:")
                        .send());
        refused(
                Refusal.SIGNATURE_INVALID,
                rig.send(
                        rig.address(LOOKUP + "&limit=2"),
                        TestPolicy.ED25519.sign(rig.address(LOOKUP))));
        refused(
                Refusal.SIGNATURE_INCOMPLETE,
                RawCall.of(rig, LOOKUP)
                        .sign(
                                TestPolicy.HMAC,
                                List.of("@method", "@authority", "@path"),
                                Instant.now(),
                                UUID.randomUUID().toString())
                        .send());
        refused(
                Refusal.SIGNATURE_INCOMPLETE,
                RawCall.of(rig, LOOKUP).body("a body that is not covered").send());
        refused(
                Refusal.DIGEST_MISMATCH,
                RawCall.signed(rig, LOOKUP, "{}").body("another body").send());
    }

    @Test
    void wrong_keys_and_times() throws Exception {
        refused(Refusal.KEY_UNKNOWN, rig.call(CallSigner.hmac("who", TestPolicy.SECRET), LOOKUP));
        refused(Refusal.KEY_EXPIRED, rig.call(CallSigner.hmac("late", TestPolicy.SECRET), LOOKUP));
        refused(
                Refusal.APPLICATION_DISABLED,
                rig.call(CallSigner.hmac("off", TestPolicy.SECRET), LOOKUP));
        refused(
                Refusal.ADDRESS_NOT_ALLOWED,
                rig.call(CallSigner.hmac("elsewhere", TestPolicy.SECRET), LOOKUP));
        refused(
                Refusal.KEY_SWITCHED_OFF,
                rig.call(CallSigner.hmac("paused", TestPolicy.SECRET), LOOKUP));
        for (long away : List.of(-62L, 62L)) {
            refused(
                    Refusal.CLOCK_SKEWED,
                    RawCall.of(rig, LOOKUP)
                            .sign(
                                    TestPolicy.HMAC,
                                    CallSigner.COVERED,
                                    Instant.now().plusSeconds(away),
                                    UUID.randomUUID().toString())
                            .send());
        }
        RawCall once = RawCall.of(rig, LOOKUP);
        assertThat(once.send().statusCode()).isEqualTo(200);
        refused(Refusal.REQUEST_REPLAYED, once.send());
    }

    @Test
    void a_secret_of_the_token_style_that_has_lapsed() throws Exception {
        JsonNode answer = new TokenCaller(rig).late(Duration.ofHours(1)).people("id_number=1");

        assertThat(answer.get("code").asString()).isEqualTo("11");
        TraceRecord record = TokenCaller.record(rig, answer);
        assertThat(record.outcome()).isEqualTo(Refusal.SECRET_EXPIRED.name());
        assertThat(record.actor()).isEqualTo("app");
        reached(Refusal.SECRET_EXPIRED);
    }

    @Test
    void wrong_grants() throws Exception {
        refused(Refusal.GRANT_MISSING, rig.call("/api/bare?id_number=1"));
        refused(Refusal.GRANT_MISSING, rig.call(TestPolicy.HMAC, LOOKUP, "Tiaoxi-Grant", "g-rev"));
        refused(Refusal.GRANT_EXPIRED, rig.call("/api/expired?id_number=1"));
        refused(Refusal.GRANT_REVOKED, rig.call("/api/revoked?id_number=1"));
        refused(Refusal.GRANT_NOT_YET_VALID, rig.call("/api/early?id_number=1"));
    }

    @Test
    void wrong_parameters() throws Exception {
        refused(Refusal.PARAMETER_UNKNOWN, rig.call(LOOKUP + "&colour=red"));
        refused(Refusal.PARAMETER_UNKNOWN, rig.call(LOOKUP + "&phone=1"));
        for (String wrong :
                List.of(
                        "division=x",
                        "division=",
                        "income=1e9999999",
                        "married=yes",
                        "born=2023-02-30",
                        "updated=noon",
                        "id_number=a%00b",
                        "id_number=1&limit=0",
                        "id_number=1&limit=201",
                        "id_number=1&limit=x",
                        "id_number=1&after=!",
                        "id_number=1&after=AAAA")) {
            refused(Refusal.PARAMETER_INVALID, rig.call("/api/people?" + wrong));
        }
        refused(Refusal.PARAMETER_TOO_LONG, rig.call("/api/people?id_number=" + "1".repeat(201)));
        refused(
                Refusal.PARAMETER_TOO_LONG,
                rig.call(TestPolicy.HMAC, LOOKUP, "Tiaoxi-Matter", "m".repeat(129)));
        refused(Refusal.PARAMETER_REPEATED, rig.call(LOOKUP + "&id_number=2"));
        refused(Refusal.PARAMETER_REPEATED, rig.call(LOOKUP + "&fields=name,name"));
        refused(Refusal.KEY_FIELD_MISSING, rig.call("/api/people?limit=3"));
        refused(Refusal.KEY_FIELD_MISSING, rig.call("/api/people"));
        refused(Refusal.FIELD_UNKNOWN, rig.call(LOOKUP + "&fields=name,colour"));
        refused(Refusal.FIELD_NOT_GRANTED, rig.call(LOOKUP + "&fields=name,address"));
        refused(Refusal.REQUEST_MALFORMED, rig.call("/api/people?id_number=%FF"));
    }

    @Test
    void wrong_http() throws Exception {
        String start = "GET /api/people HTTP/1.1\r\n";
        String host = "Host: " + rig.address().getAuthority() + "\r\n";
        String post = "POST /api/people HTTP/1.1\r\n" + host;
        String close = "Connection: close\r\n\r\n";
        read(Refusal.REQUEST_MALFORMED, start + close);
        read(Refusal.REQUEST_MALFORMED, "NONSENSE\r\n\r\n");
        read(Refusal.ADDRESS_TOO_LONG, "GET /" + "a".repeat(17_000) + " HTTP/1.1\r\n" + host);
        read(Refusal.HEADERS_TOO_LARGE, start + host + "X: " + "a".repeat(17_000) + "\r\n\r\n");
        read(Refusal.REQUEST_TOO_LARGE, post + "Content-Length: 33000\r\n\r\n");
        read(Refusal.EXPECTATION_UNKNOWN, post + "Expect: more\r\n\r\n");
        read(Refusal.CODING_UNKNOWN, post + "Transfer-Encoding: gzip, chunked\r\n\r\n");
        read(Refusal.VERSION_UNKNOWN, "GET / HTTP/2.0\r\n" + host + "\r\n");
        read(Refusal.MISDIRECTED, start + "Host: else.where\r\n" + close);
    }

    /** Bytes that are refused so. */
    private static void read(Refusal refusal, String bytes) throws Exception {
        assertThat(RawCall.statuses(rig, bytes)).containsExactly(refusal.status());
        reached(refusal);
    }

    @Test
    void a_cursor_of_a_replaced_table() throws Exception {
        HttpResponse<String> page = rig.call("/api/people?division=330503&limit=1");
        String next = GatewayRig.json(page).get("next").asString();
        ServedInterface replaced =
                new ServedInterface(
                        TestPolicy.people("people", "serving.t_people_2", InterfaceState.LIVE));

        assertThat(rig.call("/api/people?division=330503&after=" + next).statusCode())
                .isEqualTo(200);
        refused(
                Refusal.CURSOR_EXPIRED,
                rig.call("/api/people?division=330503&after=" + Cursor.after(replaced, 3)));
    }

    @Test
    void too_many_calls() throws Exception {
        assertThat(rig.call("/api/slow?id_number=1").statusCode()).isEqualTo(200);
        HttpResponse<String> second = rig.call("/api/slow?id_number=1");
        if (second.statusCode() == 200) {
            // A new second of the clock had begun.
            second = rig.call("/api/slow?id_number=1");
        }
        refused(Refusal.RATE_EXCEEDED, second);
        assertThat(second.headers().firstValue("Retry-After")).contains("1");
        rig.call("/api/small?id_number=1");
        rig.call("/api/small?id_number=1");
        refused(Refusal.QUOTA_EXCEEDED, rig.call("/api/small?id_number=1"));
    }

    @Test
    void a_table_that_is_not_there() throws Exception {
        refused(Refusal.SERVING_UNAVAILABLE, rig.call("/api/lost?id_number=1"));
    }

    @Test
    void limits_of_a_month_and_of_a_grant() throws Exception {
        for (String id : List.of("busy", "once")) {
            String path = "/api/" + id + "?id_number=330502199000000001";
            assertThat(rig.call(path).statusCode()).isEqualTo(200);
            refused(
                    id.equals("busy") ? Refusal.MONTH_QUOTA_EXCEEDED : Refusal.GRANT_USED_UP,
                    rig.call(path));
        }
    }

    private static TestPolicy restricted(Restriction restriction) {
        TestPolicy policy = TestPolicy.standard();
        CallerApplication app = policy.applications.getFirst();
        policy.applications.set(
                0,
                new CallerApplication(
                        app.id(),
                        app.name(),
                        app.organisation(),
                        app.keys(),
                        true,
                        CallLimits.NONE,
                        CallLimits.NONE,
                        restriction));
        return policy;
    }

    @Test
    void misuse_slows_a_caller_down_or_cuts_it_off_for_a_time(@TempDir Path folder)
            throws Exception {
        try (GatewayRig own = new GatewayRig(folder, database).start()) {
            own.apply(restricted(new Restriction("WG2026-000001", null, null)));
            HttpResponse<String> cut = own.call(LOOKUP);
            refusedBy(own, Refusal.SUSPENDED_FOR_VIOLATION, cut);
            assertThat(cut.body()).contains("WG2026-000001");

            own.apply(restricted(new Restriction("WG2026-000002", 1, null)));
            HttpResponse<String> slowed = own.call(LOOKUP);
            assertThat(slowed.statusCode()).isEqualTo(200);
            while (slowed.statusCode() == 200) {
                slowed = own.call(LOOKUP);
            }
            refusedBy(own, Refusal.SLOWED_FOR_VIOLATION, slowed);
            assertThat(slowed.body()).contains("1, WG2026-000002");
            assertThat(slowed.headers().firstValue("Retry-After")).contains("1");

            Instant end = Instant.now().plusMillis(1_500);
            own.apply(restricted(new Restriction("WG2026-000003", null, end)));
            HttpResponse<String> call = own.call(LOOKUP);
            assertThat(call.statusCode()).isEqualTo(403);
            while (call.statusCode() == 403) {
                call = own.call(LOOKUP);
            }
            assertThat(call.statusCode()).isEqualTo(200);
            assertThat(Instant.now()).isAfterOrEqualTo(end);
        }
    }

    @Test
    void a_gateway_that_cannot_count(@TempDir Path folder) throws Exception {
        try (TestDatabase own = TestDatabase.start();
                GatewayRig counting = GatewayRig.standard(folder, own)) {
            own.execute("DROP FUNCTION serving.lease_calls");
            refusedBy(counting, Refusal.QUOTA_STORE_UNAVAILABLE, counting.call(LOOKUP));
        }
    }

    @Test
    void a_gateway_without_a_policy(@TempDir Path folder) throws Exception {
        try (GatewayRig empty = new GatewayRig(folder, database).start()) {
            refusedBy(empty, Refusal.POLICY_MISSING, empty.call(LOOKUP));
        }
    }

    @Test
    void a_gateway_that_is_full(@TempDir Path folder) throws Exception {
        Limits standard = Limits.standard();
        Limits narrow =
                new Limits(
                        100,
                        8,
                        1,
                        16_384,
                        standard.reading(),
                        standard.answering(),
                        standard.idle(),
                        standard.serving(),
                        standard.tracing());
        try (GatewayRig full = new GatewayRig(folder, database).start(narrow)) {
            full.apply(TestPolicy.standard());
            assertThat(full.call(LOOKUP).statusCode()).isEqualTo(200);
            refusedBy(full, Refusal.OVERLOADED, full.call(LOOKUP));
        }
    }

    @Test
    void a_gateway_whose_trace_cannot_be_written(@TempDir Path folder) throws Exception {
        try (GatewayRig broken = GatewayRig.standard(folder, database)) {
            broken.call(LOOKUP);
            Path tiles = folder.resolve("gateway/trace/tile");
            broken.gateway.trace().log().integrate();
            Files.move(tiles, tiles.resolveSibling("aside"));
            Files.createFile(tiles);

            HttpResponse<String> response = broken.call(LOOKUP);
            while (response.statusCode() == 200) {
                response = broken.call(LOOKUP);
            }
            assertCode(Refusal.TRACE_UNAVAILABLE, response);
            assertThat(response.body()).doesNotContain("rows\":");

            Files.delete(tiles);
            Files.move(tiles.resolveSibling("aside"), tiles);
            while (response.statusCode() != 200) {
                response = broken.call(LOOKUP);
            }
            reached(Refusal.TRACE_UNAVAILABLE);
        }
    }

    @Test
    void the_log_is_for_those_with_the_token() throws Exception {
        refused(
                Refusal.GATEWAY_TOKEN_INVALID,
                rig.send(rig.address("/trace/checkpoint"), java.util.Map.of()));
        HttpResponse<String> read =
                rig.send(
                        rig.address("/trace/checkpoint"),
                        java.util.Map.of("Authorization", "Bearer " + TestPlatform.TOKEN));
        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(read.body()).startsWith("tiaoxi/gateway-");
        for (String path : List.of("/trace/.state/lock", "/trace/../id", "/trace/tile/0/999")) {
            assertThat(
                            rig.send(
                                            rig.address(path),
                                            java.util.Map.of(
                                                    "Authorization",
                                                    "Bearer " + TestPlatform.TOKEN))
                                    .statusCode())
                    .as(path)
                    .isEqualTo(404);
        }
    }

    @Test
    void an_error_inside(@TempDir Path folder) throws Exception {
        try (GatewayRig broken = GatewayRig.standard(folder, database)) {
            Files.delete(folder.resolve("keys/gateway.token"));
            refusedBy(
                    broken,
                    Refusal.INTERNAL,
                    broken.send(broken.address("/trace/checkpoint"), java.util.Map.of()));
        }
    }

    @Test
    void a_refusal_speaks_the_callers_language() throws Exception {
        JsonNode chinese = GatewayRig.json(rig.call("/api/nothing?id_number=1"));
        JsonNode english =
                GatewayRig.json(
                        rig.call(
                                TestPolicy.HMAC,
                                "/api/nothing?id_number=1",
                                "Accept-Language",
                                "en-GB,zh;q=0.5"));

        assertThat(chinese.get("detail").asString()).isEqualTo("没有接口“nothing”。");
        assertThat(english.get("detail").asString())
                .isEqualTo("There is no interface \"nothing\".");
        assertThat(english.get("mend").asString()).isNotEmpty();
    }

    private static void refused(Refusal refusal, HttpResponse<String> response) {
        refusedBy(rig, refusal, response);
    }

    private static void refusedBy(GatewayRig by, Refusal refusal, HttpResponse<String> response) {
        JsonNode problem = assertCode(refusal, response);
        String requestId = problem.get("requestId").asString();
        List<TraceRecord> records =
                by.trace().stream().filter(record -> record.id().equals(requestId)).toList();
        assertThat(records).as("traced once").hasSize(1);
        assertThat(records.getFirst().outcome()).isEqualTo(refusal.name());
        assertThat(records.getFirst().detail("rows")).isEqualTo("0");
        reached(refusal);
    }

    private static JsonNode assertCode(Refusal refusal, HttpResponse<String> response) {
        assertThat(response.body()).contains("\"code\":\"" + refusal.name() + "\"");
        assertThat(response.statusCode()).isEqualTo(refusal.status());
        assertThat(response.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
        return GatewayRig.json(response);
    }

    private static void reached(Refusal refusal) {
        synchronized (REACHED) {
            REACHED.add(refusal);
        }
    }
}
