package cn.tiaoxi.platform.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.contract.Ed25519Keys;
import cn.tiaoxi.contract.PolicySnapshot;
import cn.tiaoxi.contract.SignedPolicy;
import cn.tiaoxi.platform.Clerk;
import cn.tiaoxi.platform.PlatformTest;
import cn.tiaoxi.platform.Visitor;
import cn.tiaoxi.platform.Visitor.Answer;
import cn.tiaoxi.platform.Visitors;
import cn.tiaoxi.platform.Waiting;
import cn.tiaoxi.platform.database.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Interfaces follow the datasets that they serve, by themselves. */
@PlatformTest
class SharingFollowsTests {
    private static final String INTERFACES = "/api/v1/interfaces/";

    @Autowired private Visitors visitors;
    @Autowired private TestDatasets datasets;
    @Autowired private InterfaceStore store;
    @Autowired private Policies policies;
    @Autowired private JdbcClient database;
    @Autowired private DataFolder data;

    private Visitor owner() {
        return visitors.person("wang.wei");
    }

    private String lookup(String dataset) {
        Answer made =
                owner().post(
                                "/api/v1/interfaces",
                                Map.of(
                                        "id",
                                        "f-" + UUID.randomUUID().toString().substring(0, 8),
                                        "name",
                                        "街道查询",
                                        "dataset",
                                        dataset,
                                        "keys",
                                        List.of("code"),
                                        "fields",
                                        List.of("name", "area")));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        String id = made.json().path("id").asString();
        awaitRows(id, TestDatasets.ROWS);
        return id;
    }

    private JsonNode awaitRows(String lookup, long rows) {
        return Waiting.until(
                rows + " rows of " + lookup,
                () -> owner().get(INTERFACES + lookup).json(),
                i -> i.path("state").asString().equals("LIVE") && i.path("rows").asLong() == rows);
    }

    private PolicySnapshot.PublishedInterface inPolicy(String lookup) throws IOException {
        String open = Files.readString(data.folder("keys").resolve("policy.pub"));
        return SignedPolicy.open(
                        policies.current().open().readAllBytes(), Ed25519Keys.publicKey(open))
                .interfaces()
                .stream()
                .filter(i -> i.id().equals(lookup))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void newRowsOfADatasetAreServedAnew() throws IOException {
        String dataset = datasets.newStreets();
        String lookup = lookup(dataset);
        String before = inPolicy(lookup).table();
        assertThat(store.find(lookup).orElseThrow().generation()).isEqualTo(1);

        datasets.clerk()
                .load(
                        TestDatasets.streets(7),
                        Clerk.rowsOf(dataset, "REPLACE", Clerk.columns(TestDatasets.STREETS)));
        awaitRows(lookup, 7);
        assertThat(store.find(lookup).orElseThrow().generation()).isEqualTo(2);
        String after = inPolicy(lookup).table();
        assertThat(after).isNotEqualTo(before);
        assertThat(database.sql("SELECT count(*) FROM " + after).query(Long.class).single())
                .isEqualTo(7);
    }

    @Test
    void aWithdrawnInterfaceStaysAsItIs() {
        String dataset = datasets.newStreets();
        String lookup = lookup(dataset);
        String other = lookup(dataset);
        owner().post(INTERFACES + lookup + "/withdraw", Map.of("reason", "不再提供"));
        datasets.clerk()
                .load(
                        TestDatasets.streets(7),
                        Clerk.rowsOf(dataset, "REPLACE", Clerk.columns(TestDatasets.STREETS)));
        awaitRows(other, 7);
        assertThat(store.find(lookup).orElseThrow().generation()).isEqualTo(1);
        assertThat(store.find(lookup).orElseThrow().state()).isEqualTo(Interface.State.WITHDRAWN);
    }

    @Test
    void anInterfaceWhoseColumnWentServesWhatItHasAndSaysWhy() throws IOException {
        String dataset = datasets.newStreets();
        String lookup = lookup(dataset);
        String before = inPolicy(lookup).table();
        datasets.clerk()
                .load(
                        TestDatasets.streets(7),
                        Clerk.rowsOf(
                                dataset,
                                "REPLACE",
                                Clerk.columns("code 街道代码 TEXT", "name 名称 TEXT")));
        JsonNode failed =
                Waiting.until(
                        "the failure",
                        () -> owner().get(INTERFACES + lookup).json(),
                        i -> i.path("state").asString().equals("FAILED"));
        assertThat(failed.path("error").asString()).contains("area");
        assertThat(failed.path("rows").asLong()).isEqualTo(TestDatasets.ROWS);
        assertThat(inPolicy(lookup).table()).isEqualTo(before);
    }

    @Test
    void aChangedGradeReachesInterfacesAndGateways() throws IOException {
        String dataset = datasets.newStreets();
        String lookup = lookup(dataset);
        long before = policies.version();
        datasets.clerk().confirm(dataset, Map.of("area", "L3"));
        Waiting.until(
                "the new grade",
                () -> owner().get(INTERFACES + lookup).json(),
                i -> grade(i, "area").equals("L3"));
        assertThat(policies.version()).isGreaterThan(before);
        assertThat(inPolicy(lookup).fields())
                .filteredOn(f -> f.name().equals("area"))
                .extracting(PolicySnapshot.Field::grade)
                .containsExactly(PolicySnapshot.Grade.L3);
    }

    @Test
    void aGradeThatNobodyVouchesForReachesNoGateway() throws IOException {
        String dataset = datasets.newStreets();
        String lookup = lookup(dataset);
        datasets.clerk().describe(dataset, List.of(Map.of("name", "area", "grade", "L1")), false);
        datasets.clerk().confirm(dataset, Map.of("name", "L2"));
        Waiting.until(
                "the new grade",
                () -> owner().get(INTERFACES + lookup).json(),
                i -> grade(i, "name").equals("L2"));
        assertThat(grade(owner().get(INTERFACES + lookup).json(), "area")).isEqualTo("L2");
    }

    private static String grade(JsonNode lookup, String field) {
        return lookup.path("fields")
                .valueStream()
                .filter(f -> f.path("name").asString().equals(field))
                .findFirst()
                .orElseThrow()
                .path("grade")
                .asString();
    }

    @Test
    void nobodyAsksForWhatTheOwnerHasWithdrawn() {
        String dataset = datasets.newStreets();
        String lookup = lookup(dataset);
        Visitor asker = visitors.person("liu.yang");
        String application =
                asker.post(
                                "/api/v1/applications",
                                Map.of(
                                        "name",
                                        "应用" + UUID.randomUUID().toString().substring(0, 8),
                                        "description",
                                        "测试"))
                        .json()
                        .path("id")
                        .asString();
        Map<String, Object> wanted = new HashMap<>();
        wanted.put("interface", lookup);
        wanted.put("application", application);
        wanted.put("fields", List.of("name"));
        wanted.put("purpose", "核对街道名称");
        wanted.put("validUntil", LocalDate.now().plusDays(100).toString());
        wanted.put("perSecond", 5);
        wanted.put("perDay", 1000);
        assertThat(asker.post("/api/v1/requests/assessment", wanted).status()).isEqualTo(200);

        Answer withdrawn =
                visitors.person("zhang.min")
                        .post(
                                "/api/v1/datasets/" + dataset + "/withdraw",
                                Map.of("reason", "数据停止更新"));
        assertThat(withdrawn.status()).as(withdrawn.toString()).isEqualTo(200);
        Answer refused = asker.post("/api/v1/requests", wanted);
        assertThat(refused.code()).as(refused.toString()).isEqualTo("DATASET_NOT_PUBLISHED");
    }
}
