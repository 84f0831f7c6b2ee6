package cn.tiaoxi.platform.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.tiaoxi.platform.PlatformTest;
import cn.tiaoxi.platform.Visitor;
import cn.tiaoxi.platform.Visitor.Answer;
import cn.tiaoxi.platform.Visitors;
import cn.tiaoxi.platform.Waiting;
import cn.tiaoxi.platform.city.City;
import cn.tiaoxi.platform.city.CityException;
import cn.tiaoxi.platform.city.CityFolders;
import cn.tiaoxi.platform.identity.People;
import cn.tiaoxi.platform.ledger.Ledger;
import cn.tiaoxi.platform.personnel.Roster;
import cn.tiaoxi.platform.rule.Rules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@PlatformTest
class ConformanceTests {
    private static final String API = "/api/v1";

    @Autowired private Visitors visitors;
    @Autowired private People people;
    @Autowired private Ledger ledger;
    @Autowired private Rules rules;
    @Autowired private WaiverStore waivers;
    @Autowired private ChecklistKeeper keeper;
    @Autowired private City place;
    @Autowired private Clock clock;
    @Autowired private JdbcClient database;

    @TempDir private Path city;
    private Roster roster;
    private String application;

    @BeforeEach
    void anApplicationInTrial() {
        roster = new Roster(visitors, people);
        application =
                roster.add(
                        "application", "330500-police", "警情" + Roster.unique() + "系统", complete());
        roster.act("application", application, "build");
        roster.act("application", application, "try");
    }

    /** Everything that the ledger itself requires, and nothing that only the checklist does. */
    private Map<String, Object> complete() {
        Map<String, Object> fields = new HashMap<>();
        fields.put("kind", "SERVICE");
        fields.put("granularity", "SYSTEM");
        fields.put("fieldOfWork", "LAW");
        fields.put("purpose", "让群众在线查询警情办理进度，减少来电来访和重复登记。");
        fields.put("users", List.of("OFFICIAL"));
        fields.put("functions", "警情进度查询\n办理结果通知");
        fields.put("matters", "警情进度查询");
        fields.put("producesData", false);
        fields.put("buildMode", "SELF");
        fields.put("logsConnected", false);
        fields.put("protection", "1");
        fields.put("securityTest", "NOT_DONE");
        fields.put("personal", false);
        fields.put("owner", "wang.wei");
        fields.put("ownerPhone", "0572-2050001");
        fields.put("trialDate", "2026-11-01");
        return fields;
    }

    private String checklistPath() {
        return API + "/ledgers/application/entries/" + application + "/conformance";
    }

    private JsonNode checklist() {
        Answer answer = roster.steward().get(checklistPath());
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    private List<String> failing() {
        List<String> failing = new ArrayList<>();
        for (JsonNode item : checklist().path("items")) {
            String outcome = item.path("outcome").asString();
            if (outcome.equals("FAILED") || outcome.equals("UNDECIDED")) {
                failing.add(item.path("id").asString());
            }
        }
        return failing;
    }

    private Answer launch() {
        return roster.tryAct(roster.steward(), "application", application, "launch");
    }

    private Answer waive(Visitor who, String item, String reason, LocalDate until) {
        return who.sendJson(
                "PUT",
                checklistPath() + "/" + item + "/waiver",
                Map.of("reason", reason, "until", until.toString()),
                Map.of());
    }

    @Test
    void theGateRefusesWithReasonsAndOpensAfterMendingAndWaivers() {
        assertThat(failing()).contains("logs-connected", "security-tested");
        Answer refused = launch();
        assertThat(refused.code()).as(refused.toString()).isEqualTo("GATE_CLOSED");
        assertThat(refused.text()).contains("日志");

        roster.change(
                "application",
                application,
                Map.of("logsConnected", true, "logAddress", "police/alarm"));
        assertThat(failing()).doesNotContain("logs-connected").contains("security-tested");
        assertThat(launch().code()).isEqualTo("GATE_CLOSED");
        for (String item : failing()) {
            Answer waived =
                    waive(roster.steward(), item, "检测已排期，先行上线", LocalDate.now().plusDays(30));
            assertThat(waived.status()).as(waived.toString()).isEqualTo(200);
        }

        Answer live = launch();

        assertThat(live.status()).as(live.toString()).isEqualTo(200);
        assertThat(live.json().path("state").asString()).isEqualTo("LIVE");
        assertThat(checklist().path("waivers").get(0).path("byName").asString()).isEqualTo("赵磊");
    }

    @Test
    void everyItemSaysHowToMendIt() {
        for (JsonNode item : checklist().path("items")) {
            assertThat(item.path("message").asString("")).doesNotEndWith("：");
            if (!item.path("outcome").asString().equals("PASSED")) {
                assertThat(item.path("message").asString()).as(item.toString()).isNotBlank();
                assertThat(item.path("mend").asString()).as(item.toString()).isNotBlank();
                assertThat(item.path("plan").asString()).as(item.toString()).startsWith("R");
            }
        }
        assertThat(failing()).doesNotContain("owner-named", "data-catalogued");
    }

    @Test
    void anExpiredWaiverNoLongerCountsAndAWithdrawnOneNeither() {
        waive(roster.steward(), "logs-connected", "接入排期中", LocalDate.now().plusDays(30));
        waive(roster.steward(), "security-tested", "检测排期中", LocalDate.now().plusDays(30));
        assertThat(failing()).doesNotContain("logs-connected", "security-tested");

        database.sql(
                        """
                        UPDATE conformance.waiver SET valid_until = current_date - 2
                         WHERE entry = :entry::uuid AND item = 'logs-connected'
                        """)
                .param("entry", application)
                .update();
        Answer withdrawn =
                roster.steward()
                        .post(
                                checklistPath() + "/security-tested/waiver/withdraw",
                                Map.of("reason", "检测已能进行"));

        assertThat(withdrawn.status()).as(withdrawn.toString()).isEqualTo(200);
        assertThat(failing()).contains("logs-connected", "security-tested");
        assertThat(launch().code()).isEqualTo("GATE_CLOSED");
    }

    @Test
    void onlyTheDataOfficeWaivesAndOnlyWithReasonAndEnd() {
        LocalDate soon = LocalDate.now().plusDays(3);
        assertThat(waive(visitors.person("wang.wei"), "logs-connected", "请放行", soon).code())
                .isEqualTo("PERMISSION_MISSING");
        assertThat(waive(roster.steward(), "logs-connected", " ", soon).code())
                .isEqualTo("REQUEST_INVALID");
        assertThat(
                        waive(
                                        roster.steward(),
                                        "logs-connected",
                                        "永久",
                                        LocalDate.now().plusYears(5))
                                .code())
                .isEqualTo("REQUEST_INVALID");
        assertThat(
                        waive(
                                        roster.steward(),
                                        "logs-connected",
                                        "过去",
                                        LocalDate.now().minusDays(3))
                                .code())
                .isEqualTo("REQUEST_INVALID");
        assertThat(waive(roster.steward(), "no-such-item", "没有", soon).code())
                .isEqualTo("ITEM_UNKNOWN");
    }

    @Test
    void componentsThatAreMandatoryForTheKindMustBeUsed() {
        String component =
                roster.add(
                        "component",
                        "330500-data",
                        "统一" + Roster.unique() + "组件",
                        Map.of("mandatoryFor", List.of("GOVERNANCE")));
        roster.change("application", application, Map.of("kind", "GOVERNANCE"));
        assertThat(failing()).doesNotContain("mandatory-components");
        database.sql("UPDATE ledger.entry SET state = 'LIVE' WHERE id = :id::uuid")
                .param("id", component)
                .update();
        assertThat(failing()).contains("mandatory-components");

        roster.change("application", application, Map.of("components", List.of(component)));

        assertThat(failing()).doesNotContain("mandatory-components");
        assertThat(checklist().path("used").asInt()).isPositive();
        database.sql("UPDATE ledger.entry SET state = 'RETIRED' WHERE id = :id::uuid")
                .param("id", component)
                .update();
    }

    @Test
    void theListShowsWhatIsInTheWayAndFollowsChanges() {
        String list = API + "/conformance?limit=200&q=" + title();
        JsonNode row = row(list, r -> r.path("failed").asInt() > 0);
        assertThat(row.path("conforms").asBoolean()).isFalse();
        assertThat(row.path("hindering").valueStream().map(h -> h.path("id").asString()))
                .contains("logs-connected");
        assertThat(
                        roster.steward()
                                .get(list + "&item=logs-connected&outcome=failing")
                                .json()
                                .path("total")
                                .asInt())
                .isEqualTo(1);
        roster.change(
                "application",
                application,
                Map.of("logsConnected", true, "logAddress", "police/alarm"));
        row(
                list,
                r ->
                        r.path("hindering")
                                .valueStream()
                                .noneMatch(h -> h.path("id").asString().equals("logs-connected")));
        assertThat(
                        roster.steward()
                                .get(API + "/conformance/summary")
                                .json()
                                .path("applications")
                                .asLong())
                .isPositive();
        assertThat(
                        new String(
                                roster.steward().get(list + "&format=csv").bytes(),
                                StandardCharsets.UTF_8))
                .contains(title());
        keeper.keepAll();
        assertThat(
                        database.sql(
                                        """
                                        SELECT conforming FROM published.conformance
                                         WHERE application = :id::uuid
                                        """)
                                .param("id", application)
                                .query(Boolean.class)
                                .single())
                .isFalse();
    }

    private String title() {
        return ledger.get("application", application).title();
    }

    private JsonNode row(String list, java.util.function.Predicate<JsonNode> wanted) {
        return Waiting.until(
                "the row",
                () -> roster.steward().get(list).json().path("items").path(0),
                wanted::test);
    }

    private ConformanceRules rules(String items) {
        try {
            Files.writeString(
                    city.resolve("conformance.yaml"),
                    """
                    ledger: application
                    before: [TRIAL]
                    components: {kind: kind, used: components, ledger: component, mandatoryFor: mandatoryFor, states: [LIVE]}
                    items:
                    """
                            + items);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return new ConformanceRules(CityFolders.of(city), rules, ledger);
    }

    private static String item(String expression) {
        return """
        - id: trial
          name: {zh: 名, en: name}
          expression: '%s'
          message: {zh: 错, en: wrong}
          mend: {zh: 改, en: mend}
        """
                .formatted(expression);
    }

    @Test
    void aFileThatIsWrongRefusesTheStartWithFileAndReason() {
        assertThatThrownBy(() -> rules(item("fields.owner !=")))
                .isInstanceOf(CityException.class)
                .hasMessageContaining("conformance.yaml")
                .hasMessageContaining("item trial, expression")
                .hasMessageContaining("column");
        assertThatThrownBy(() -> rules(item("nothing.known")))
                .isInstanceOf(CityException.class)
                .hasMessageContaining("nothing");
        assertThatThrownBy(() -> rules(item("true") + item("true")))
                .isInstanceOf(CityException.class)
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> rules(item("true") + "  surprise: yes\n"))
                .isInstanceOf(CityException.class)
                .hasMessageContaining("surprise");
    }

    @Test
    void aRuleThatNeverEndsIsCutShortAndDecidesNothing() {
        String all = "lists.range(2000).all(a, lists.range(2000).all(b, a + b >= 0))";
        Checks checks = new Checks(rules(item(all)), ledger, waivers, place, clock);

        long began = System.nanoTime();
        Checklist checklist = checks.of(ledger.get("application", application));

        assertThat((System.nanoTime() - began) / 1_000_000).isLessThan(5_000);
        assertThat(checklist.items().getFirst().outcome()).isEqualTo(Checklist.Outcome.UNDECIDED);
        assertThat(checklist.conforms()).isFalse();
        new ConformanceRules(CityFolders.of(Path.of("../city/huzhou")), rules, ledger);
    }
}
