package cn.tiaoxi.platform.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.contract.Ed25519Keys;
import cn.tiaoxi.contract.ExportRule;
import cn.tiaoxi.contract.PolicySnapshot;
import cn.tiaoxi.contract.SignedPolicy;
import cn.tiaoxi.platform.PlatformTest;
import cn.tiaoxi.platform.Visitor;
import cn.tiaoxi.platform.Visitor.Answer;
import cn.tiaoxi.platform.Visitors;
import cn.tiaoxi.platform.database.DataFolder;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Who allows files of answers: the owner, the request, the decision; and what is seen of them. */
@PlatformTest
class FilesTests {
    private static final String API = "/api/v1";
    private static final Map<String, Object> RULE =
            Map.of("mostRows", 100_000, "keptHours", 48, "whole", true);

    private final Visitors visitors;
    private final TestDatasets datasets;
    private final Materialiser materialiser;
    private final Policies policies;
    private final InterfaceStore interfaces;
    private final Assessor assessor;
    private final JdbcClient database;
    private final DataFolder data;

    @Autowired
    FilesTests(
            Visitors visitors,
            TestDatasets datasets,
            Materialiser materialiser,
            Policies policies,
            InterfaceStore interfaces,
            Assessor assessor,
            JdbcClient database,
            DataFolder data) {
        this.visitors = visitors;
        this.datasets = datasets;
        this.materialiser = materialiser;
        this.policies = policies;
        this.interfaces = interfaces;
        this.assessor = assessor;
        this.database = database;
        this.data = data;
    }

    private Visitor owner() {
        return visitors.person("wang.wei");
    }

    private Visitor asker() {
        return visitors.person("liu.yang");
    }

    private static Map<String, Object> wanted(String dataset, Object exports) {
        Map<String, Object> wanted = new LinkedHashMap<>();
        wanted.put("id", "f-" + UUID.randomUUID().toString().substring(0, 8));
        wanted.put("name", "导出查询");
        wanted.put("dataset", dataset);
        wanted.put("exports", exports);
        return wanted;
    }

    private String streets(Object exports) {
        Map<String, Object> wanted = wanted(datasets.streets(), exports);
        wanted.put("keys", List.of("code"));
        wanted.put("fields", List.of("name", "area"));
        return publish(wanted);
    }

    private String people() {
        Map<String, Object> wanted = wanted(datasets.people(), RULE);
        wanted.put("keys", List.of("id_number"));
        wanted.put("fields", List.of("id_number", "name"));
        return publish(wanted);
    }

    private String publish(Map<String, Object> wanted) {
        Answer made = owner().post(API + "/interfaces", wanted);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        materialiser.work();
        return String.valueOf(wanted.get("id"));
    }

    private static Answer ask(Visitor who, String lookup, boolean exports, String... fields) {
        Answer application =
                who.post(
                        API + "/applications",
                        Map.of(
                                "name",
                                "应用 " + UUID.randomUUID().toString().substring(0, 8),
                                "description",
                                "测试"));
        assertThat(application.status()).as(application.text()).isEqualTo(201);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("interface", lookup);
        body.put("application", application.json().path("id").asString());
        body.put("fields", List.of(fields));
        body.put("purpose", "核验社保补贴申请人的户籍信息");
        body.put("legalBasis", "《社会保险法》第七十四条");
        body.put("matter", "社保补贴申领");
        body.put("validUntil", LocalDate.now().plusDays(100).toString());
        body.put("perSecond", 5);
        body.put("perDay", 1000);
        body.put("exports", exports);
        return who.post(API + "/requests", body);
    }

    private PolicySnapshot policy() throws Exception {
        String open = Files.readString(data.folder("keys").resolve("policy.pub"));
        return SignedPolicy.open(
                policies.current().open().readAllBytes(), Ed25519Keys.publicKey(open));
    }

    private PolicySnapshot.Grant inPolicy(String grant) throws Exception {
        return policy().grants().stream()
                .filter(g -> g.id().equals(grant))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void the_owner_allows_files_within_bounds_and_gateways_learn_it() throws Exception {
        for (Map<String, Object> wrong :
                List.<Map<String, Object>>of(
                        Map.of("mostRows", 0, "keptHours", 24, "whole", false),
                        Map.of("mostRows", 10_000_001, "keptHours", 24, "whole", false),
                        Map.of("mostRows", 5, "keptHours", 0, "whole", false),
                        Map.of("mostRows", 5, "keptHours", 673, "whole", true))) {
            Map<String, Object> wanted = wanted(datasets.streets(), wrong);
            wanted.put("keys", List.of("code"));
            wanted.put("fields", List.of("name"));
            Answer refused = owner().post(API + "/interfaces", wanted);
            assertThat(refused.status()).as(refused.text()).isEqualTo(400);
            assertThat(refused.json().path("errors").get(0).path("field").asString())
                    .startsWith("exports.");
        }
        String allowed = streets(RULE);
        String silent = streets(null);

        assertThat(policy().interfaces())
                .filteredOn(i -> i.id().equals(allowed) || i.id().equals(silent))
                .extracting(PolicySnapshot.PublishedInterface::exports)
                .containsExactlyInAnyOrder(new ExportRule(100_000, 48, true), null);
        Answer shown = asker().get(API + "/interfaces/" + allowed);
        assertThat(shown.json().path("exports").path("keptHours").asInt()).isEqualTo(48);
        String openapi = asker().get(API + "/interfaces/" + allowed + "/openapi").text();
        assertThat(openapi).contains("/exports/{export}/content");
        assertThat(asker().get(API + "/interfaces/" + silent + "/openapi").text())
                .doesNotContain("/exports");
        assertThat(asker().get(API + "/interfaces/" + allowed + "/samples").text())
                .contains("export.sh");
    }

    @Test
    void files_are_granted_only_where_they_are_asked_for_and_allowed() throws Exception {
        String allowed = streets(RULE);
        Answer refused = ask(asker(), streets(null), true, "name");
        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(refused.json().path("errors").get(0).path("field").asString())
                .isEqualTo("exports");

        JsonNode without = ask(asker(), allowed, false, "name").json();
        assertThat(inPolicy(without.path("grant").asString()).mayExport()).isFalse();

        JsonNode with = ask(asker(), allowed, true, "name").json();
        assertThat(with.path("state").asString()).isEqualTo("APPROVED");
        String grant = with.path("grant").asString();
        assertThat(inPolicy(grant).mayExport()).isTrue();
        assertThat(asker().get(API + "/grants/" + grant).json().path("exports").asBoolean())
                .isTrue();
    }

    @Test
    void files_of_sensitive_fields_are_decided_by_a_person() {
        Interface asked = interfaces.find(people()).orElseThrow();
        // The owner's own data is granted to it by rule, but no files of it.
        for (boolean exports : List.of(false, true)) {
            RequestBody body =
                    new RequestBody(
                            asked.id(),
                            "-",
                            List.of("id_number"),
                            "核验社保补贴申请人的户籍信息",
                            "《社会保险法》第七十四条",
                            "",
                            LocalDate.now().plusDays(100),
                            5,
                            1_000,
                            null,
                            exports);
            Assessment assessment = assessor.assess(asked, body, asked.organisation());
            assertThat(assessment.outcome())
                    .isEqualTo(exports ? Assessment.Outcome.REVIEW : Assessment.Outcome.APPROVE);
            assertThat(assessment.reasons().en().contains("Files are asked for"))
                    .isEqualTo(exports);
        }
    }

    @Test
    void who_decides_may_leave_the_files_out_but_not_add_them() throws Exception {
        String lookup = people();
        String with = ask(asker(), lookup, true, "id_number").json().path("id").asString();
        String less = ask(asker(), lookup, true, "id_number").json().path("id").asString();
        String without = ask(asker(), lookup, false, "id_number").json().path("id").asString();

        assertThat(inPolicy(decided(with, null)).mayExport()).isTrue();
        assertThat(inPolicy(decided(less, false)).mayExport()).isFalse();
        Answer more = decide(without, true);
        assertThat(more.status()).isEqualTo(400);
        assertThat(more.json().path("errors").get(0).path("field").asString()).isEqualTo("exports");
        assertThat(inPolicy(decided(without, false)).mayExport()).isFalse();
    }

    private Answer decide(String request, Boolean exports) {
        Map<String, Object> verdict = new LinkedHashMap<>();
        verdict.put("outcome", "APPROVE");
        verdict.put("reason", "经核对，用途与职责相符");
        verdict.put("exports", exports);
        return visitors.person("zhang.min")
                .post(API + "/requests/" + request + "/decision", verdict);
    }

    private String decided(String request, Boolean exports) {
        Answer answer = decide(request, exports);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().path("grant").asString();
    }

    @Test
    void a_grant_shows_its_files_to_those_who_may_see_it() {
        String lookup = streets(RULE);
        String grant = ask(asker(), lookup, true, "name").json().path("grant").asString();
        database.sql(
                        """
                        INSERT INTO serving.export (id, gateway, address, interface, application,
                               organisation, sharing_grant, fields, terms, format, kept_hours,
                               request, state, seal, sha256, note, made, expires, row_count,
                               downloads)
                        SELECT gen_random_uuid(), 'gateway-test', 'http://here', :lookup, 'app',
                               'o', :grant, '{name}', 'name=-', 'CSV', 1, 'r', 'READY',
                               decode(repeat('00', 32), 'hex'), 'abc', 'note', now(),
                               now() + hours * interval '1 hour', 17, 2
                          FROM unnest(ARRAY[-1, 1]) AS hours
                        """)
                .param("lookup", lookup)
                .param("grant", grant)
                .update();

        JsonNode files = asker().get(API + "/grants/" + grant + "/files").json();
        assertThat(files).hasSize(2);
        assertThat(files)
                .extracting(f -> f.path("state").asString())
                .containsExactlyInAnyOrder("READY", "EXPIRED");
        assertThat(files.get(0).path("rows").asLong()).isEqualTo(17);
        assertThat(files.get(0).path("downloads").asInt()).isEqualTo(2);
        assertThat(files.toString()).doesNotContain("seal").doesNotContain("http://here");
        assertThat(owner().get(API + "/grants/" + grant + "/files").json()).hasSize(2);
    }
}
