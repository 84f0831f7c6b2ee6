package cn.tiaoxi.platform.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.contract.Ed25519Keys;
import cn.tiaoxi.contract.GatewayHeartbeat;
import cn.tiaoxi.contract.PolicySnapshot;
import cn.tiaoxi.contract.SignedPolicy;
import cn.tiaoxi.contract.Wire;
import cn.tiaoxi.platform.PlatformTest;
import cn.tiaoxi.platform.Visitor;
import cn.tiaoxi.platform.Visitor.Answer;
import cn.tiaoxi.platform.Visitors;
import cn.tiaoxi.platform.city.WorkingCalendar;
import cn.tiaoxi.platform.database.DataFolder;
import cn.tiaoxi.trace.NoteSigner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@PlatformTest
class SharingTests {
    private static final String API = "/api/v1";
    private static final NoteSigner GATEWAY_LOG = NoteSigner.generate("test.example/gateway");

    private final Visitors visitors;
    private final TestDatasets datasets;
    private final Materialiser materialiser;
    private final GatewayKeys keys;
    private final Policies policies;
    private final WorkingCalendar calendar;
    private final JdbcClient database;
    private final DataFolder data;

    @Autowired
    SharingTests(
            Visitors visitors,
            TestDatasets datasets,
            Materialiser materialiser,
            GatewayKeys keys,
            Policies policies,
            WorkingCalendar calendar,
            JdbcClient database,
            DataFolder data) {
        this.visitors = visitors;
        this.datasets = datasets;
        this.materialiser = materialiser;
        this.keys = keys;
        this.policies = policies;
        this.calendar = calendar;
        this.database = database;
        this.data = data;
    }

    private Visitor owner() {
        return visitors.person("wang.wei");
    }

    private Visitor asker() {
        return visitors.person("liu.yang");
    }

    private static String unique(String prefix) {
        return prefix + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    private String publish(String dataset, String key, String... fields) {
        String id = unique("t");
        Answer made =
                owner().post(
                                API + "/interfaces",
                                Map.of(
                                        "id",
                                        id,
                                        "name",
                                        "查询 " + key,
                                        "dataset",
                                        dataset,
                                        "keys",
                                        List.of(key),
                                        "fields",
                                        List.of(fields)));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        materialiser.work();
        Answer live = owner().get(API + "/interfaces/" + id);
        assertThat(live.json().path("state").asString()).as(live.text()).isEqualTo("LIVE");
        return id;
    }

    private String people() {
        return publish(datasets.people(), "id_number", "id_number", "name", "illness");
    }

    private String application() {
        Answer made =
                asker().post(
                                API + "/applications",
                                Map.of("name", unique("应用"), "description", "测试"));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return made.json().path("id").asString();
    }

    private static Map<String, Object> body(String lookup, String application, String... fields) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("interface", lookup);
        body.put("application", application);
        body.put("fields", List.of(fields));
        body.put("purpose", "核验社保补贴申请人的户籍信息");
        body.put("legalBasis", "《社会保险法》第七十四条");
        body.put("matter", "社保补贴申领");
        body.put("validUntil", LocalDate.now().plusDays(100).toString());
        body.put("perSecond", 5);
        body.put("perDay", 1000);
        return body;
    }

    private JsonNode ask(Map<String, Object> body) {
        Answer made = asker().post(API + "/requests", body);
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return made.json();
    }

    private Answer decide(String person, String request, String outcome) {
        return visitors.person(person)
                .post(
                        API + "/requests/" + request + "/decision",
                        Map.of("outcome", outcome, "reason", "经核对，用途与职责相符"));
    }

    private String granted() {
        JsonNode request = ask(body(people(), application(), "name"));
        if (request.path("state").asString().equals("IN_REVIEW")) {
            Answer decided = decide("zhang.min", request.path("id").asString(), "APPROVE");
            return decided.json().path("grant").asString();
        }
        return request.path("grant").asString();
    }

    private PolicySnapshot policy() throws Exception {
        String open = Files.readString(data.folder("keys").resolve("policy.pub"));
        return SignedPolicy.open(
                policies.current().open().readAllBytes(), Ed25519Keys.publicKey(open));
    }

    @Test
    void rules_grant_what_is_unconditional_and_not_sensitive_at_once() throws Exception {
        String lookup = publish(datasets.streets(), "code", "name", "area");
        JsonNode request = ask(body(lookup, application(), "code", "name"));

        assertThat(request.path("state").asString()).isEqualTo("APPROVED");
        assertThat(request.path("decision").path("automatic").asBoolean()).isTrue();
        assertThat(request.path("decision").path("reason").asString()).contains("无条件共享");
        String grant = request.path("grant").asString();
        assertThat(policy().grants()).extracting(PolicySnapshot.Grant::id).contains(grant);
        assertThat(policy().interfaces())
                .filteredOn(i -> i.id().equals(lookup))
                .singleElement()
                .satisfies(i -> assertThat(i.table()).startsWith("serving.t_"));
    }

    @Test
    void an_owner_lets_callers_ask_for_ranges_of_what_has_an_order() throws Exception {
        String dataset = datasets.numberedStreets();
        Map<String, Object> wanted = new LinkedHashMap<>();
        String id = unique("r");
        wanted.put("id", id);
        wanted.put("name", "按编号查询");
        wanted.put("dataset", dataset);
        wanted.put("keys", List.of("code", "name"));
        wanted.put("fields", List.of("name", "area"));
        for (String wrong : List.of("name", "area")) {
            wanted.put("ranges", List.of(wrong));
            Answer refused = owner().post(API + "/interfaces", wanted);
            assertThat(refused.status()).as(refused.text()).isEqualTo(400);
            assertThat(refused.json().path("errors").get(0).path("field").asString())
                    .isEqualTo("ranges");
        }
        wanted.put("ranges", List.of("code"));
        Answer made = owner().post(API + "/interfaces", wanted);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        materialiser.work();

        assertThat(policy().interfaces())
                .filteredOn(i -> i.id().equals(id))
                .singleElement()
                .satisfies(i -> assertThat(i.ranges()).containsExactly("code"));
        Answer openapi = owner().get(API + "/interfaces/" + id + "/openapi");
        assertThat(openapi.text()).contains("code.from").contains("code.before");
    }

    @Test
    void what_is_not_shared_is_refused_with_the_reason() {
        String lookup = publish(datasets.secret(), "code", "name");
        Map<String, Object> body = body(lookup, application(), "name");
        Answer assessed = asker().post(API + "/requests/assessment", body);
        assertThat(assessed.json().path("outcome").asString()).isEqualTo("REFUSE");

        JsonNode request = ask(body);
        assertThat(request.path("state").asString()).isEqualTo("REFUSED");
        assertThat(request.path("grant").isNull()).isTrue();
        Answer english =
                asker().get(
                                API + "/requests/" + request.path("id").asString(),
                                Map.of("Accept-Language", "en"));
        assertThat(english.json().path("decision").path("reason").asString())
                .contains("not shared");
    }

    @Test
    void sensitive_fields_go_to_the_owner_with_a_deadline_and_suggested_masks() {
        JsonNode request = ask(body(people(), application(), "id_number", "name", "illness"));

        assertThat(request.path("state").asString()).isEqualTo("IN_REVIEW");
        Instant created = Instant.parse(request.path("created").asString());
        assertThat(Instant.parse(request.path("due").asString()))
                .isEqualTo(calendar.deadline(created, 5));
        JsonNode masks = request.path("assessment").path("masks");
        assertThat(masks.path("id_number").asString()).isEqualTo("IDENTIFIER");
        assertThat(masks.path("illness").asString()).isEqualTo("HIDE");
        assertThat(masks.has("name")).isFalse();
        assertThat(request.path("assessment").path("rules").size()).isGreaterThanOrEqualTo(8);
        assertThat(request.path("process").path("nodes").valueStream())
                .anyMatch(
                        n ->
                                n.path("id").asString().equals("decide")
                                        && n.path("state").asString().equals("CURRENT"));
        String id = request.path("id").asString();
        assertThat(visitors.person("zhang.min").get(API + "/tasks?limit=200").text())
                .contains("/requests/" + id);
    }

    @Test
    void of_two_approvers_at_the_same_instant_one_wins_and_the_other_is_told() throws Exception {
        String lookup = people();
        String application = application();
        try (ExecutorService both = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 4; round++) {
                String id = ask(body(lookup, application, "name")).path("id").asString();
                List<Callable<Answer>> decisions =
                        List.of(
                                () -> decide("zhang.min", id, "APPROVE"),
                                () -> decide("qian.feng", id, "REFUSE"));
                List<Answer> answers = new ArrayList<>();
                for (Future<Answer> each : both.invokeAll(decisions)) {
                    answers.add(each.get());
                }
                assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(200, 409);
                Answer loser = answers.stream().filter(a -> a.status() == 409).findFirst().get();
                assertThat(loser.code()).isEqualTo("ALREADY_DECIDED");
                assertThat(loser.json().path("detail").asString()).containsAnyOf("张敏", "钱峰");
                long grants =
                        database.sql(
                                        "SELECT count(*) FROM sharing.sharing_grant WHERE request = :id::uuid")
                                .param("id", id)
                                .query(Long.class)
                                .single();
                assertThat(grants).isEqualTo(answers.getFirst().status() == 200 ? 1 : 0);
            }
        }
    }

    @Test
    void a_returned_request_is_mended_and_decided_again() {
        JsonNode request = ask(body(people(), application(), "id_number"));
        String id = request.path("id").asString();
        assertThat(decide("zhang.min", id, "RETURN").json().path("state").asString())
                .isEqualTo("RETURNED");
        assertThat(visitors.person("liu.yang").get(API + "/tasks?limit=200").text()).contains(id);

        Map<String, Object> mended =
                body(
                        request.path("interface").path("id").asString(),
                        request.path("application").path("id").asString(),
                        "name");
        Answer again = asker().post(API + "/requests/" + id + "/resubmit", mended);
        assertThat(again.json().path("state").asString()).as(again.text()).isEqualTo("IN_REVIEW");
        Answer decided = decide("qian.feng", id, "APPROVE");
        assertThat(decided.json().path("state").asString()).isEqualTo("APPROVED");
        assertThat(
                        decided.json()
                                .path("timeline")
                                .valueStream()
                                .map(e -> e.path("action").asString()))
                .containsSubsequence(
                        "submitted", "assessed", "returned", "resubmitted", "approved");
        assertThat(decided.json().path("fields").size()).isEqualTo(1);
    }

    @Test
    void a_withdrawn_request_cannot_be_decided() {
        String id = ask(body(people(), application(), "name")).path("id").asString();
        Answer withdrawn =
                asker().post(API + "/requests/" + id + "/withdraw", Map.of("reason", "不再需要"));
        assertThat(withdrawn.json().path("state").asString()).isEqualTo("WITHDRAWN");
        assertThat(decide("zhang.min", id, "APPROVE").code()).isEqualTo("REQUEST_STATE");
    }

    @Test
    void a_revocation_reaches_a_waiting_gateway_in_less_than_a_second() throws Exception {
        String grant = granted();
        long before = policies.version();
        try (ExecutorService one = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Answer> waiting =
                    one.submit(
                            () ->
                                    visitors.anonymous()
                                            .get(
                                                    "/gateway-control/v1/policy?digest=0&after="
                                                            + before,
                                                    bearer()));
            Answer revoked =
                    visitors.person("zhang.min")
                            .post(API + "/grants/" + grant + "/revoke", Map.of("reason", "用途已变更"));
            long began = System.nanoTime();
            assertThat(revoked.status()).as(revoked.toString()).isEqualTo(200);
            Answer answer = waiting.get();
            assertThat((System.nanoTime() - began) / 1_000_000).isLessThan(1000);
            String open = Files.readString(data.folder("keys").resolve("policy.pub"));
            PolicySnapshot policy = SignedPolicy.open(answer.bytes(), Ed25519Keys.publicKey(open));
            assertThat(policy.version()).isGreaterThan(before);
            assertThat(policy.grants())
                    .filteredOn(g -> g.id().equals(grant))
                    .singleElement()
                    .satisfies(
                            g ->
                                    assertThat(g.state())
                                            .isEqualTo(PolicySnapshot.GrantState.REVOKED));
            beat(policy.version());
        }
        JsonNode shown = visitors.person("zhang.min").get(API + "/grants/" + grant).json();
        assertThat(shown.path("state").asString()).isEqualTo("REVOKED");
        assertThat(shown.path("enforced").size()).isEqualTo(1);
        Answer twice =
                visitors.person("qian.feng")
                        .post(API + "/grants/" + grant + "/revoke", Map.of("reason", "再次"));
        assertThat(twice.code()).isEqualTo("GRANT_NOT_ACTIVE");
    }

    private Map<String, String> bearer() {
        return Map.of("Authorization", "Bearer " + keys.token());
    }

    private void beat(long version) {
        Instant now = Instant.now();
        GatewayHeartbeat beat =
                new GatewayHeartbeat(
                        "test-gateway",
                        "http://127.0.0.1:9",
                        version,
                        now,
                        "test.example/gateway",
                        GATEWAY_LOG.verifier().vkey(),
                        0,
                        now,
                        null);
        Answer heard =
                visitors.anonymous()
                        .sendJson(
                                "POST",
                                "/gateway-control/v1/heartbeat",
                                new String(
                                        Wire.JSON.writeValueAsBytes(beat),
                                        java.nio.charset.StandardCharsets.UTF_8),
                                bearer());
        assertThat(heard.status()).as(heard.toString()).isEqualTo(204);
    }

    @Test
    void gateways_need_their_token() {
        assertThat(visitors.anonymous().get("/gateway-control/v1/policy").code())
                .isEqualTo("GATEWAY_TOKEN_WRONG");
        Answer wrong =
                visitors.anonymous()
                        .get(
                                "/gateway-control/v1/policy",
                                Map.of("Authorization", "Bearer " + "x".repeat(44)));
        assertThat(wrong.status()).isEqualTo(401);
    }

    @Test
    void a_secret_is_shown_once_and_kept_nowhere_in_the_clear() {
        String application = application();
        Answer made =
                asker().post(
                                API + "/applications/" + application + "/keys",
                                Map.of("algorithm", "hmac-sha256"));
        String secret = made.json().path("secret").asString();
        assertThat(Base64.getDecoder().decode(secret)).hasSize(32);
        assertThat(asker().get(API + "/applications/" + application).text())
                .doesNotContain(secret)
                .contains(made.json().path("key").path("id").asString());
        assertThat(asker().get(API + "/applications?limit=200").text()).doesNotContain(secret);
        for (String table : List.of("sharing.application_key", "evidence.change")) {
            long found =
                    database.sql(
                                    "SELECT count(*) FROM %s AS t WHERE strpos(t::text, :secret) > 0"
                                            .formatted(table))
                            .param("secret", secret)
                            .query(Long.class)
                            .single();
            assertThat(found).as(table).isZero();
        }
    }

    @Test
    void a_rotated_key_stays_in_force_for_some_days() {
        String application = application();
        String path = API + "/applications/" + application + "/keys";
        String first =
                asker().post(path, Map.of("algorithm", "ed25519"))
                        .json()
                        .path("key")
                        .path("id")
                        .asString();
        Answer second = asker().post(path, Map.of("algorithm", "hmac-sha256"));
        assertThat(second.status()).isEqualTo(201);
        JsonNode shown = asker().get(API + "/applications/" + application).json().path("keys");
        assertThat(shown.valueStream().map(k -> k.path("state").asString())).containsOnly("ACTIVE");
        assertThat(
                        shown.valueStream()
                                .filter(k -> k.path("id").asString().equals(first))
                                .findFirst()
                                .orElseThrow()
                                .path("notAfter")
                                .isNull())
                .isFalse();
        assertThat(asker().delete(path + "/" + first).status()).isEqualTo(204);
        assertThat(asker().delete(path + "/" + first).code()).isEqualTo("KEY_NOT_FOUND");
        assertThat(
                        asker().post(path, Map.of("algorithm", "ed25519", "publicKey", "nonsense"))
                                .status())
                .isEqualTo(400);
    }

    @Test
    void what_belongs_to_others_is_out_of_reach() {
        String application = application();
        String id = ask(body(people(), application, "name")).path("id").asString();
        Visitor stranger = visitors.person("chen.jie");
        assertThat(stranger.get(API + "/requests/" + id).status()).isEqualTo(404);
        assertThat(decide("chen.jie", id, "APPROVE").status()).isEqualTo(404);
        assertThat(decide("liu.yang", id, "APPROVE").status()).isEqualTo(403);
        assertThat(stranger.get(API + "/applications/" + application).status()).isEqualTo(403);
        Map<String, Object> notMine = body("nothing", application, "name");
        assertThat(stranger.post(API + "/requests", notMine).status()).isEqualTo(404);
        assertThat(visitors.person("mayor").get(API + "/requests").status()).isEqualTo(403);
        assertThat(visitors.anonymous().get(API + "/requests/" + id).status()).isEqualTo(401);
        assertThat(
                        stranger.post(
                                        API + "/interfaces",
                                        Map.of(
                                                "name",
                                                "x",
                                                "dataset",
                                                datasets.streets(),
                                                "keys",
                                                List.of("code"),
                                                "fields",
                                                List.of("name")))
                                .status())
                .isEqualTo(403);
    }

    @Test
    void hostile_texts_are_kept_as_texts() {
        String hostile = "'; DROP TABLE sharing.request; -- <script>alert(1)</script> ${jndi:x}";
        Map<String, Object> body = body(people(), application(), "name");
        body.put("purpose", hostile);
        String id = ask(body).path("id").asString();
        assertThat(asker().get(API + "/requests/" + id).json().path("purpose").asString())
                .isEqualTo(hostile);
        String query =
                java.net.URLEncoder.encode("%' OR 1=1 --", java.nio.charset.StandardCharsets.UTF_8);
        assertThat(asker().get(API + "/requests?q=" + query).json().path("total").asLong())
                .isZero();
    }

    @Test
    void wrong_values_are_refused_field_by_field() {
        String lookup = publish(datasets.streets(), "code", "name");
        String application = application();
        Map<String, Object> valid = body(lookup, application, "name");
        Map<String, Object> wrong =
                Map.of(
                        "fields",
                        List.of("nothing"),
                        "validUntil",
                        "2023-02-30",
                        "perSecond",
                        0,
                        "perDay",
                        -1,
                        "purpose",
                        "x".repeat(501));
        wrong.forEach(
                (field, value) -> {
                    Map<String, Object> body = new LinkedHashMap<>(valid);
                    body.put(field, value);
                    Answer refused = asker().post(API + "/requests", body);
                    assertThat(refused.status()).as(field + refused).isEqualTo(400);
                });
        assertThat(
                        owner().post(
                                        API + "/interfaces",
                                        Map.of(
                                                "id", "../x",
                                                "name", "x",
                                                "dataset", datasets.streets(),
                                                "keys", List.of("limit"),
                                                "fields", List.of("name")))
                                .status())
                .isEqualTo(400);
    }

    @Test
    void only_published_datasets_with_confirmed_grades_get_an_interface() {
        Map<String, Object> wanted = new LinkedHashMap<>();
        wanted.put("name", "x");
        wanted.put("dataset", datasets.draft());
        wanted.put("keys", List.of("code"));
        wanted.put("fields", List.of("name"));
        assertThat(owner().post(API + "/interfaces", wanted).code())
                .isEqualTo("DATASET_NOT_PUBLISHED");
        String unconfirmed = datasets.newStreets();
        datasets.clerk()
                .describe(unconfirmed, List.of(Map.of("name", "area", "grade", "L1")), false);
        wanted.put("dataset", unconfirmed);
        wanted.put("fields", List.of("area"));
        assertThat(owner().post(API + "/interfaces", wanted).code())
                .isEqualTo("GRADE_NOT_CONFIRMED");
    }

    @Test
    void a_refresh_makes_a_new_table_and_retires_the_old_one() throws Exception {
        String lookup = publish(datasets.streets(), "code", "name");
        String first = table(lookup);
        assertThat(owner().post(API + "/interfaces/" + lookup + "/refresh", Map.of()).status())
                .isEqualTo(200);
        materialiser.work();
        assertThat(table(lookup)).isNotEqualTo(first);
        assertThat(
                        database.sql(
                                        "SELECT count(*) FROM sharing.retired_table WHERE 'serving.' || table_name = :t")
                                .param("t", first)
                                .query(Long.class)
                                .single())
                .isEqualTo(1);
        Answer withdrawn =
                owner().post(
                                API + "/interfaces/" + lookup + "/withdraw",
                                Map.of("reason", "数据停止更新"));
        assertThat(withdrawn.json().path("state").asString()).isEqualTo("WITHDRAWN");
        assertThat(policy().interfaces())
                .filteredOn(i -> i.id().equals(lookup))
                .extracting(PolicySnapshot.PublishedInterface::state)
                .containsExactly(PolicySnapshot.InterfaceState.WITHDRAWN);
        assertThat(asker().post(API + "/requests", body(lookup, application(), "name")).code())
                .isEqualTo("INTERFACE_NOT_LIVE");
        owner().post(API + "/interfaces/" + lookup + "/restore", Map.of("reason", "恢复"));
        materialiser.work();
        assertThat(owner().get(API + "/interfaces/" + lookup).json().path("state").asString())
                .isEqualTo("LIVE");
    }

    private String table(String lookup) throws Exception {
        return policy().interfaces().stream()
                .filter(i -> i.id().equals(lookup))
                .findFirst()
                .orElseThrow()
                .table();
    }

    @Test
    void gateways_read_served_tables_and_nothing_else() throws Exception {
        String lookup = publish(datasets.streets(), "code", "name");
        Path file = data.folder("gateway").resolve("serving.properties");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        try (Connection connection =
                        DriverManager.getConnection(
                                properties.getProperty("url"),
                                properties.getProperty("user"),
                                properties.getProperty("password"));
                var statement = connection.createStatement()) {
            var rows = statement.executeQuery("SELECT count(*) FROM " + table(lookup));
            assertThat(rows.next()).isTrue();
            assertThat(rows.getLong(1)).isEqualTo(TestDatasets.ROWS);
            Assertions.assertThatThrownBy(
                            () ->
                                    statement.executeQuery(
                                            "SELECT count(*) FROM sharing.application_key"))
                    .isInstanceOf(SQLException.class);
            Assertions.assertThatThrownBy(
                            () -> statement.executeUpdate("DELETE FROM " + table(lookup)))
                    .isInstanceOf(SQLException.class);
        }
    }

    @Test
    void an_interface_tells_how_it_is_called() {
        String lookup = publish(datasets.people(), "id_number", "name");
        JsonNode document = owner().get(API + "/interfaces/" + lookup + "/openapi").json();
        assertThat(document.path("openapi").asString()).startsWith("3.1");
        assertThat(document.path("paths").has("/api/" + lookup)).isTrue();
        assertThat(descriptions(document)).allMatch(d -> d.matches("(?s).*\\p{IsHan}.*"));
        JsonNode english =
                owner().get(
                                API + "/interfaces/" + lookup + "/openapi",
                                Map.of("Accept-Language", "en"))
                        .json();
        assertThat(descriptions(english)).contains("Rows with the granted fields");
        JsonNode samples = owner().get(API + "/interfaces/" + lookup + "/samples").json();
        assertThat(samples.path("curl").asString()).contains("openssl", "/api/" + lookup);
        assertThat(samples.path("java").asString()).contains("Signature");
        assertThat(samples.path("python").asString()).contains("hmac");
        assertThat(samples.path("tiaoxi").asString()).startsWith("./tiaoxi call");
    }

    @Test
    void a_purpose_is_needed_in_whole_characters_and_its_lack_comes_with_a_mend() {
        Map<String, Object> body = body(people(), application(), "name");
        body.put("purpose", " ");
        JsonNode missing = error(body);
        assertThat(missing.path("message").asString()).isEqualTo("必填");
        assertThat(missing.path("mend").asString()).isEqualTo("请填写后再提交");

        body.put("purpose", "核验");
        String half = Wire.JSON.writeValueAsString(body).replace("核验", "核\\ud83d验");
        assertThat(error(half).path("code").asString()).isEqualTo("sharing.control");
    }

    private JsonNode error(Object body) {
        Answer refused = asker().post(API + "/requests/assessment", body);
        assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
        return refused.json().path("errors").get(0);
    }

    /** What the platform itself says of an interface; fields are described by their owner. */
    private static List<String> descriptions(JsonNode document) {
        List<String> all = new ArrayList<>();
        all.add(document.path("info").path("description").asString());
        all.addAll(document.path("paths").findValuesAsString("description"));
        assertThat(all).hasSizeGreaterThan(10);
        return all;
    }

    @Test
    void the_same_creation_sent_twice_happens_once() {
        Map<String, Object> body = body(people(), application(), "name");
        Map<String, String> key = Map.of("Idempotency-Key", unique("key"));
        Answer first = asker().post(API + "/requests", body, key);
        Answer second = asker().post(API + "/requests", body, key);
        assertThat(second.json().path("id").asString())
                .isEqualTo(first.json().path("id").asString());
    }
}
