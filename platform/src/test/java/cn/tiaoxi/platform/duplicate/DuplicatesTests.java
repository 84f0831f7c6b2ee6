package cn.tiaoxi.platform.duplicate;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.platform.PlatformTest;
import cn.tiaoxi.platform.Visitor;
import cn.tiaoxi.platform.Visitors;
import cn.tiaoxi.platform.Waiting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@PlatformTest
class DuplicatesTests {
    private static final String LEDGER = "/api/v1/ledgers/application";
    private static final String PAIRS = "/api/v1/duplicates?type=application&entry=";

    @Autowired private Visitors visitors;
    @Autowired private JdbcClient database;
    @Autowired private PairFinder finder;
    @Autowired private Duplicates duplicates;

    private Visitor steward() {
        return visitors.person("zhao.lei");
    }

    private String add(String title, String functions, String organisation) {
        Visitor.Answer answer =
                steward()
                        .post(
                                LEDGER + "/entries",
                                Map.of(
                                        "title", title,
                                        "organisation", organisation,
                                        "fields", Map.of("functions", functions)));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return answer.json().path("id").asString();
    }

    private static Map<String, Object> proposal(String title, String functions) {
        return Map.of("title", title, "fields", Map.of("functions", functions));
    }

    private JsonNode ask(Map<String, Object> proposal) {
        Visitor.Answer answer = steward().post(LEDGER + "/duplicates", proposal);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    private static List<String> ids(JsonNode answer) {
        List<String> ids = new ArrayList<>();
        answer.path("items").forEach(i -> ids.add(i.path("id").asString()));
        return ids;
    }

    private JsonNode found(Map<String, Object> proposal, String id) {
        return Waiting.until(
                        "the entry in the index", () -> ask(proposal), a -> ids(a).contains(id))
                .path("items")
                .get(0);
    }

    @Test
    void aProposalInOtherWordsIsToldWhatItIsLikeAndWhy() {
        String id = add("湖羊企业养殖保险理赔系统", "出险报案、查勘定损、理赔支付", "330500-agriculture");

        JsonNode first = found(proposal("市场主体湖羊养殖保险理赔平台", "理赔支付；查勘定损"), id);

        assertThat(first.path("id").asString()).isEqualTo(id);
        assertThat(first.path("score").asDouble()).isBetween(0.5, 1.0);
        assertThat(first.path("alarm").asBoolean()).isTrue();
        assertThat(first.path("organisation").path("name").asString()).isEqualTo("市农业农村局");
        assertThat(first.path("link").asString()).endsWith(id);
        JsonNode title = reason(first, "title");
        assertThat(title.path("kind").asString()).isEqualTo("TITLE");
        assertThat(title.path("words").toString()).contains("市场主体 ≈ 企业").contains("湖羊");
        JsonNode functions = reason(first, "functions");
        assertThat(functions.path("kind").asString()).isEqualTo("WORDS");
        assertThat(functions.path("words").toString()).contains("查勘定损");
    }

    private static JsonNode reason(JsonNode item, String field) {
        for (JsonNode each : item.path("reasons")) {
            if (each.path("field").asString().equals(field)) {
                return each;
            }
        }
        throw new AssertionError("no reason about " + field + " in " + item);
    }

    @Test
    void whatTheAskerMayNotSeeIsOnlyCounted() {
        String id = add("雷达站杂波图谱比对系统", "杂波图谱", "330500-emergency");
        found(proposal("雷达站杂波图谱比对", ""), id);

        Duplicates.Answer answer =
                duplicates.nearest(
                        new Duplicates.Proposal("application", null, "雷达站杂波图谱比对", "", Map.of()),
                        entry -> !entry.id().equals(id));

        assertThat(answer.items()).noneMatch(i -> i.entry().id().equals(id));
        assertThat(answer.hidden()).isEqualTo(1);
        assertThat(answer.checked()).isPositive();
    }

    @Test
    void theNightlyLookMendsWhatWasMissed() {
        String one = add("榨菜窖池温控系统", "窖池温控；翻缸提醒", "330500-agriculture");
        add("榨菜窖池温控平台", "窖池温控；翻缸提醒", "330500-market");
        pairOf(one);
        database.sql(
                        "UPDATE duplicate.pair SET score = 0.1 WHERE first = :id::uuid OR second = :id::uuid")
                .param("id", one)
                .update();

        finder.findAll();

        assertThat(steward().get(PAIRS + one).json().path("items").get(0).path("score").asDouble())
                .isGreaterThan(0.5);
    }

    @Test
    void removedEntriesAndTheEntryItselfAreNotFound() {
        Map<String, Object> proposal = proposal("古琴制作技艺传承人补助系统", "");
        String id = add("古琴制作技艺传承人补助系统", "", "330500-culture");
        found(proposal, id);

        Map<String, Object> itself = new HashMap<>(proposal);
        itself.put("id", id);
        assertThat(ids(ask(itself))).doesNotContain(id);

        database.sql("UPDATE ledger.entry SET removed = now() WHERE id = :id::uuid")
                .param("id", id)
                .update();
        assertThat(ids(ask(proposal))).doesNotContain(id);
    }

    @Test
    void likeEntriesBecomeAPairThatAPersonDecidesOn() {
        String one = add("蚕桑种质资源登记系统", "种质登记；库存盘点；调拨", "330500-agriculture");
        String other = add("蚕桑种质资源登记平台", "种质登记；库存盘点", "330500-science");
        JsonNode pair = pairOf(one);

        assertThat(List.of(end(pair, "first"), end(pair, "second")))
                .containsExactlyInAnyOrder(one, other);
        assertThat(pair.path("decision").asString()).isEqualTo("OPEN");
        assertThat(pair.path("score").asDouble()).isGreaterThanOrEqualTo(0.5);
        assertThat(pair.path("reasons").size()).isPositive();

        String path = "/api/v1/duplicates/" + pair.path("id").asString() + "/decide";
        Map<String, String> same = Map.of("decision", "SAME", "reason", "两家合用一个，并入农业农村局");
        Visitor.Answer decided = steward().post(path, same, Map.of("If-Match", "\"1\""));
        assertThat(decided.status()).as(decided.toString()).isEqualTo(200);
        assertThat(decided.json().path("decided").path("username").asString())
                .isEqualTo("zhao.lei");

        Visitor.Answer late = steward().post(path, same, Map.of("If-Match", "\"1\""));
        assertThat(late.status()).isEqualTo(412);
        assertThat(late.code()).isEqualTo("VERSION_CONFLICT");
        assertThat(
                        steward()
                                .get(LEDGER + "/entries/" + one + "/duplicates")
                                .json()
                                .path("items")
                                .get(0)
                                .path("decision")
                                .asString())
                .isEqualTo("SAME");
        assertThat(
                        database.sql(
                                        """
                                        SELECT count(*) FROM published.duplicate_pair
                                         WHERE id = :id::uuid AND decision = 'SAME' AND current
                                        """)
                                .param("id", pair.path("id").asString())
                                .query(Long.class)
                                .single())
                .isEqualTo(1);
    }

    /** A list of pairs, after a look at what has changed. */
    private JsonNode pairs(String path) {
        finder.findChanged();
        return steward().get(path).json();
    }

    private JsonNode pairOf(String entry) {
        return Waiting.until(
                        "the pair", () -> pairs(PAIRS + entry), p -> p.path("total").asLong() > 0)
                .path("items")
                .get(0);
    }

    private static String end(JsonNode pair, String end) {
        return pair.path(end).path("id").asString();
    }

    @Test
    void aPairThatIsLikeNoMoreGoesUnlessSomebodyDecided() {
        String one = add("木结构廊桥倾斜预警系统", "倾角采集；阈值设置", "330500-culture");
        add("木结构廊桥倾斜预警平台", "倾角采集；阈值设置", "330500-transport");
        pairOf(one);

        String entry = LEDGER + "/entries/" + one;
        Visitor.Answer changed =
                steward()
                        .patch(
                                entry,
                                Map.of(
                                        "fields",
                                        Map.of("title", "藏书楼温湿度记录系统", "functions", "温湿度"),
                                        "reason",
                                        "改作他用"),
                                steward().get(entry).version());
        assertThat(changed.status()).as(changed.toString()).isEqualTo(200);

        Waiting.until("the parting", () -> pairs(PAIRS + one), p -> p.path("total").asLong() == 0);
    }

    @Test
    void whoMayChangeNeitherEntryMayNotDecide() {
        String one = add("水乡戏台修缮申报系统", "修缮申报；专家评审", "330500-culture");
        add("水乡戏台修缮申报应用", "修缮申报；专家评审", "330500-construction");
        String path = "/api/v1/duplicates/" + pairOf(one).path("id").asString() + "/decide";
        Map<String, String> different = Map.of("decision", "DIFFERENT", "reason", "范围不同");

        Visitor.Answer refused =
                visitors.person("mayor").post(path, different, Map.of("If-Match", "\"1\""));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("PERMISSION_MISSING");
    }

    @Test
    void aDecisionNeedsAReasonAVersionAndAPair() {
        String path = "/api/v1/duplicates/" + UUID.randomUUID() + "/decide";
        Map<String, String> headers = Map.of("If-Match", "\"1\"");

        Visitor.Answer blank =
                steward().post(path, Map.of("decision", "SAME", "reason", " "), headers);
        assertThat(blank.status()).isEqualTo(400);
        Visitor.Answer long_ =
                steward()
                        .post(
                                path,
                                Map.of("decision", "SAME", "reason", "因".repeat(1_001)),
                                headers);
        assertThat(long_.status()).isEqualTo(400);
        Map<String, String> good = Map.of("decision", "SAME", "reason", "同一系统");
        assertThat(steward().post(path, good).status()).isEqualTo(428);
        Visitor.Answer missing = steward().post(path, good, headers);
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.code()).isEqualTo("DUPLICATE_PAIR_NOT_FOUND");
        assertThat(steward().post("/api/v1/duplicates/no-such/decide", good, headers).code())
                .isEqualTo("DUPLICATE_PAIR_NOT_FOUND");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"title\":\"\"}", "{\"title\":\"，。！？\",\"fields\":{}}"})
    void aProposalThatSaysNothingFindsNothing(String body) {
        Visitor.Answer answer = steward().post(LEDGER + "/duplicates", body);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.json().path("items").size()).isZero();
        assertThat(answer.json().path("hidden").asInt()).isZero();
    }

    @Test
    void strangeProposalsAreAnswered() {
        Map<String, Object> strange = new HashMap<>();
        strange.put("functions", List.of(Map.of("a", List.of(1, 2)), true, 3.5));
        strange.put("nothing", null);
        strange.put("datasets", "甲".repeat(100_000));
        ask(Map.of("title", "x".repeat(100_000), "fields", strange));
        ask(Map.of("title", "<script>alert(1)</script>", "id", "no-uuid", "organisation", "no"));
    }

    @Test
    void aLedgerThatIsUnknownOrNotComparedIsSaidToBe() {
        Visitor.Answer unknown = steward().post("/api/v1/ledgers/no-such/duplicates", Map.of());
        assertThat(unknown.code()).isEqualTo("LEDGER_UNKNOWN");
        assertThat(steward().get("/api/v1/duplicates?decision=MAYBE").status()).isEqualTo(400);
        assertThat(steward().get("/api/v1/duplicates?entry=no-uuid").status()).isEqualTo(400);
        assertThat(steward().get("/api/v1/duplicates?sort=colour").status()).isEqualTo(400);
    }

    @Test
    void pairsAreListedPageByPageAndByDecision() {
        String one = add("渔家傲非遗灯会预约系统", "灯会预约；核销", "330500-culture");
        add("渔家傲非遗灯会预约平台", "灯会预约；核销", "330500-commerce");
        add("渔家傲非遗灯会预约应用", "灯会预约；核销", "330500-data");
        Waiting.until(
                "three pairs",
                () -> pairs("/api/v1/duplicates?type=application&decision=OPEN"),
                p -> p.path("total").asLong() >= 3);
        Waiting.until(
                "two pairs of one entry",
                () -> pairs(PAIRS + one),
                p -> p.path("total").asLong() == 2);

        JsonNode first = steward().get("/api/v1/duplicates?limit=1").json();
        JsonNode second =
                steward()
                        .get("/api/v1/duplicates?limit=1&after=" + first.path("next").asString())
                        .json();

        assertThat(first.path("items").size()).isEqualTo(1);
        assertThat(second.path("items").get(0).path("id"))
                .isNotEqualTo(first.path("items").get(0).path("id"));
        assertThat(second.path("items").get(0).path("score").asDouble())
                .isLessThanOrEqualTo(first.path("items").get(0).path("score").asDouble());
    }
}
