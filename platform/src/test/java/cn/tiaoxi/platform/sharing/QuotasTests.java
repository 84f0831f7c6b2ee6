package cn.tiaoxi.platform.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.contract.CallLimits;
import cn.tiaoxi.contract.Ed25519Keys;
import cn.tiaoxi.contract.PolicySnapshot;
import cn.tiaoxi.contract.PolicySnapshot.CallerApplication;
import cn.tiaoxi.contract.SignedPolicy;
import cn.tiaoxi.platform.PlatformTest;
import cn.tiaoxi.platform.Visitor;
import cn.tiaoxi.platform.Visitor.Answer;
import cn.tiaoxi.platform.Visitors;
import cn.tiaoxi.platform.database.DataFolder;
import java.nio.file.Files;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@PlatformTest
class QuotasTests {
    private static final String API = "/api/v1/quotas/";

    private final Visitors visitors;
    private final Policies policies;
    private final JdbcClient database;
    private final DataFolder data;

    @Autowired
    QuotasTests(Visitors visitors, Policies policies, JdbcClient database, DataFolder data) {
        this.visitors = visitors;
        this.policies = policies;
        this.database = database;
        this.data = data;
    }

    private Visitor office() {
        return visitors.person("zhao.lei");
    }

    private String application() {
        return visitors.person("liu.yang")
                .post(
                        "/api/v1/applications",
                        Map.of("name", "限额" + UUID.randomUUID(), "description", "测试"))
                .json()
                .path("id")
                .asString();
    }

    private CallerApplication inPolicy(String application) throws Exception {
        String open = Files.readString(data.folder("keys").resolve("policy.pub"));
        PolicySnapshot policy =
                SignedPolicy.open(
                        policies.current().open().readAllBytes(), Ed25519Keys.publicKey(open));
        return policy.applications().stream()
                .filter(a -> a.id().equals(application))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_limit_is_set_changed_and_lifted_and_gateways_follow() throws Exception {
        String application = application();
        String path = API + "APPLICATION/" + application;
        Answer open = office().get(path);
        assertThat(open.json().path("perDay").isNull()).isTrue();

        long before = policies.version();
        Answer set = office().put(path, Map.of("perDay", 500, "reason", "测试期间控制用量"));
        assertThat(set.status()).as(set.text()).isEqualTo(200);
        assertThat(policies.version()).isGreaterThan(before);
        assertThat(inPolicy(application).limits()).isEqualTo(new CallLimits(null, 500L, null));

        Answer again = office().put(path, Map.of("perDay", 5, "reason", "没有看到别人的改动"));
        assertThat(again.status()).isEqualTo(412);
        Answer changed =
                office().put(
                                path,
                                Map.of("perSecond", 9, "perMonth", 9_000, "reason", "改为按月"),
                                "\"1\"");
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(inPolicy(application).limits()).isEqualTo(new CallLimits(9, null, 9_000L));

        Answer lifted = office().post(path + "/lift", Map.of("reason", "测试结束"));
        assertThat(lifted.status()).isEqualTo(204);
        assertThat(inPolicy(application).limits()).isEqualTo(CallLimits.NONE);
        assertThat(office().post(path + "/lift", Map.of("reason", "再一次")).status()).isEqualTo(404);
    }

    @Test
    void an_organisation_limits_all_its_applications() throws Exception {
        String application = application();
        String organisation = inPolicy(application).organisation();
        Answer set =
                office().put(
                                API + "ORGANISATION/" + organisation,
                                Map.of("perDay", 1_000_000, "reason", "全单位上限"));
        assertThat(set.status()).as(set.text()).isEqualTo(200);
        try {
            assertThat(inPolicy(application).organisationLimits().perDay()).isEqualTo(1_000_000L);
            assertThat(inPolicy(application()).organisationLimits().perDay()).isEqualTo(1_000_000L);
            JsonNode listed = office().get("/api/v1/quotas?kind=ORGANISATION").json();
            assertThat(listed.path("items"))
                    .anySatisfy(
                            one ->
                                    assertThat(one.path("subject").path("id").asString())
                                            .isEqualTo(organisation));
        } finally {
            office().post(API + "ORGANISATION/" + organisation + "/lift", Map.of("reason", "完"));
        }
    }

    @Test
    void what_gateways_lease_is_shown() {
        String application = application();
        String subject = "APPLICATION:" + application;
        long granted =
                database.sql(
                                """
                                SELECT sum(granted) FROM serving.lease_calls(
                                    ARRAY[:subject, :subject], ARRAY['DAY', 'DAY'],
                                    ARRAY[10, 10]::bigint[], ARRAY[7, 7]::bigint[],
                                    ARRAY[0, 0]::bigint[])
                                """)
                        .param("subject", subject)
                        .query(Long.class)
                        .single();
        assertThat(granted).isEqualTo(10);
        Answer open = office().get(API + "APPLICATION/" + application);
        assertThat(open.json().path("used").path("today").asLong()).isEqualTo(10);
        assertThat(open.json().path("used").path("thisMonth").isNull()).isTrue();
    }

    @Test
    void bad_limits_are_refused_with_the_field() {
        String path = API + "APPLICATION/" + application();
        for (Map<String, Object> bad :
                java.util.List.<Map<String, Object>>of(
                        Map.of("reason", "没有数字"),
                        Map.of("perDay", 0, "reason", "零"),
                        Map.of("perSecond", -1, "reason", "负数"),
                        Map.of("perDay", 10),
                        Map.of("perDay", 10, "reason", "  "),
                        Map.of("perMonth", Long.MAX_VALUE, "reason", "太大"))) {
            Answer answer = office().put(path, bad);
            assertThat(answer.status()).as(bad + " " + answer.text()).isEqualTo(400);
            assertThat(answer.json().path("errors")).as(answer.text()).isNotEmpty();
        }
        assertThat(office().put(API + "APPLICATION/nobody", Map.of("perDay", 1)).status())
                .isEqualTo(404);
        assertThat(office().put(API + "ORGANISATION/nobody", Map.of("perDay", 1)).status())
                .isEqualTo(404);
        assertThat(office().put(API + "PLANET/earth", Map.of("perDay", 1)).status())
                .isBetween(400, 422);
    }

    @Test
    void others_set_no_limits() {
        String application = application();
        Answer own =
                visitors.person("liu.yang")
                        .put(API + "APPLICATION/" + application, Map.of("perDay", 1_000_000));
        assertThat(own.status()).isEqualTo(403);
    }
}
