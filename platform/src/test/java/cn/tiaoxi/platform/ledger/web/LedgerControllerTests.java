package cn.tiaoxi.platform.ledger.web;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.platform.PlatformTest;
import cn.tiaoxi.platform.Visitor;
import cn.tiaoxi.platform.Visitors;
import cn.tiaoxi.platform.ledger.Ledger;
import cn.tiaoxi.platform.ledger.TestLedgers;
import cn.tiaoxi.platform.ledger.TypeChanges;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@PlatformTest
class LedgerControllerTests {
    private static final String ENTRIES = "/api/v1/ledgers/system/entries";

    @Autowired private Visitors visitors;
    @Autowired private JdbcClient database;
    @Autowired private TypeChanges types;
    @Autowired private Ledger ledger;

    @BeforeEach
    void open() {
        TestLedgers.open(types, ledger, "system");
    }

    private Visitor steward() {
        return visitors.person("zhao.lei");
    }

    private JsonNode add(String title, Map<String, Object> fields) {
        Visitor.Answer answer = steward().post(ENTRIES, body(title, fields));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return answer.json();
    }

    private static Map<String, Object> body(String title, Map<String, Object> fields) {
        return Map.of("title", title, "organisation", "330500-civil", "fields", fields);
    }

    private static Map<String, Object> complete() {
        return Map.of("purpose", "受理和审核", "granularity", "SYSTEM", "protection", "3");
    }

    @Test
    void aTypeIsOnlyAFile() {
        JsonNode type = steward().get("/api/v1/ledgers/system").json();
        assertThat(type.path("name").asString()).isEqualTo("信息系统目录");
        assertThat(type.path("fields").get(2).path("codes").get(0).path("name").asString())
                .isEqualTo("系统");

        JsonNode entry = add("社会救助审批系统", complete());

        assertThat(entry.path("code").asString()).matches("S330500\\d{12}");
        assertThat(entry.path("state").asString()).isEqualTo("PLANNED");
        assertThat(entry.path("findings").asInt()).isZero();
        assertThat(steward().get("/api/v1/ledgers").json())
                .anySatisfy(
                        l -> {
                            assertThat(l.path("id").asString()).isEqualTo("system");
                            assertThat(l.path("standardised").asLong()).isPositive();
                        });
    }

    @Test
    void findingsAreStoredWithTheEntryAndGoWhenTheyAreMended() {
        JsonNode entry = add("殡葬服务系统", Map.of("personal", true, "protection", "1"));
        String id = entry.path("id").asString();

        assertThat(rules(entry))
                .containsExactlyInAnyOrder(
                        "required-fields", "required-fields", "personal-protected");
        assertThat(entry.path("findingsDetail").get(0).path("mend").asString()).isNotBlank();
        assertThat(
                        database.sql(
                                        """
                                        SELECT findings FROM published.ledger_entry
                                         WHERE id = :id::uuid AND NOT standardised
                                        """)
                                .param("id", id)
                                .query(Integer.class)
                                .single())
                .isEqualTo(3);
        assertThat(
                        steward()
                                .get(ENTRIES + "?finding=personal-protected&limit=200")
                                .json()
                                .path("items"))
                .anySatisfy(e -> assertThat(e.path("id").asString()).isEqualTo(id));

        Visitor.Answer mended =
                steward().patch(ENTRIES + "/" + id, Map.of("fields", complete()), "\"1\"");

        assertThat(mended.json().path("findings").asInt()).isZero();
        assertThat(mended.version()).isEqualTo("\"2\"");
    }

    private static List<String> rules(JsonNode entry) {
        return entry.path("findingsDetail")
                .valueStream()
                .map(f -> f.path("rule").asString())
                .toList();
    }

    @Test
    void changesAreComparedBySwapAndKeptWithWhoAndWhy() {
        String entry = ENTRIES + "/" + add("养老服务系统", complete()).path("id").asString();
        Map<String, Object> change = new HashMap<>(Map.of("purpose", "补贴发放"));
        change.put("granularity", null);

        Visitor.Answer first =
                steward().patch(entry, Map.of("fields", change, "reason", "职能调整"), "\"1\"");
        Visitor.Answer second =
                steward().patch(entry, Map.of("fields", Map.of("purpose", "别的")), "\"1\"");

        assertThat(first.status()).isEqualTo(200);
        assertThat(second.code()).isEqualTo("VERSION_CONFLICT");
        assertThat(steward().sendJson("PATCH", entry, Map.of("fields", Map.of()), Map.of()).code())
                .isEqualTo("VERSION_MISSING");
        JsonNode newest = steward().get(entry + "/history").json().path("items").get(0);
        assertThat(newest.path("actor").path("name").asString()).isEqualTo("赵磊");
        assertThat(newest.path("reason").asString()).isEqualTo("职能调整");
        assertThat(newest.path("changes"))
                .hasSize(2)
                .anySatisfy(
                        c -> {
                            assertThat(c.path("name").asString()).isEqualTo("用途");
                            assertThat(c.path("before").asString()).isEqualTo("受理和审核");
                            assertThat(c.path("after").asString()).isEqualTo("补贴发放");
                        });
    }

    @Test
    void statesChangeOnlyAsTheFilePermits() {
        String entry = ENTRIES + "/" + add("婚姻登记系统", Map.of()).path("id").asString();
        assertThat(act(entry, "launch", "").code()).isEqualTo("TRANSITION_NOT_ALLOWED");
        assertThat(act(entry, "build", "").status()).isEqualTo(200);
        assertThat(act(entry, "try", "").status()).isEqualTo(200);
        Visitor.Answer blocked = act(entry, "launch", "");
        assertThat(blocked.code()).isEqualTo("FINDINGS_BLOCK");
        assertThat(blocked.json().path("detail").asString()).contains("3").contains("用途");
        assertThat(act(entry, "retire", " ").code()).isEqualTo("REASON_MISSING");
        assertThat(act(entry, "retire", "并入新系统").json().path("state").asString())
                .isEqualTo("OFFLINE");
    }

    private Visitor.Answer act(String entry, String action, String reason) {
        return steward().post(entry + "/act", Map.of("action", action, "reason", reason));
    }

    @ParameterizedTest
    @CsvSource({
        "since, 2023-02-30, 不是有效日期",
        "since, 昨天, 不是有效日期",
        "granularity, PLANET, 不是可选的代码",
        "user, 999999, 没有机构",
        "owner, nobody, 没有人员",
        "colour, red, 没有字段"
    })
    void wrongValuesAreRefusedByFieldInWords(String field, String value, String message) {
        Visitor.Answer answer = steward().post(ENTRIES, body("一个系统", Map.of(field, value)));

        assertThat(answer.status()).isEqualTo(400);
        JsonNode error = answer.json().path("errors").get(0);
        assertThat(error.path("field").asString()).isEqualTo("fields." + field);
        assertThat(error.path("message").asString()).contains(message);
    }

    @Test
    void wrongTypesLengthsAndUnknownKeysAreRefused() {
        assertThat(steward().post(ENTRIES, body("一个系统", Map.of("cost", "many"))).status())
                .isEqualTo(400);
        assertThat(steward().post(ENTRIES, body("一个系统", Map.of("personal", "yes"))).status())
                .isEqualTo(400);
        assertThat(steward().post(ENTRIES, body("长".repeat(101), Map.of())).status())
                .isEqualTo(400);
        assertThat(
                        steward()
                                .post(ENTRIES, body("一个系统", Map.of("purpose", "长".repeat(1001))))
                                .json()
                                .path("errors")
                                .get(0)
                                .path("message")
                                .asString())
                .contains("1000");
        assertThat(steward().post(ENTRIES, body("一个系统", Map.of("purpose", "a\u0000b"))).code())
                .isEqualTo("REQUEST_INVALID");
        assertThat(
                        steward()
                                .post(
                                        ENTRIES,
                                        Map.of(
                                                "title", "一个系统",
                                                "organisation", "330500-civil",
                                                "state", "LIVE"))
                                .status())
                .isEqualTo(400);
        assertThat(steward().post(ENTRIES, "{\"title\":").status()).isEqualTo(400);
        assertThat(steward().post(ENTRIES, "[]").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>系统",
                "'; DROP TABLE ledger.entry; --",
                "${jndi:ldap://x/y}系统",
                "{{7*7}} %27 OR 1=1"
            })
    void textIsKeptAndAnsweredAsText(String text) {
        JsonNode entry = add(text, Map.of("purpose", text));

        JsonNode again = steward().get(ENTRIES + "/" + entry.path("id").asString()).json();
        assertThat(again.path("title").asString()).isEqualTo(text);
        assertThat(again.path("fields").path("purpose").asString()).isEqualTo(text);
    }

    @Test
    void anEntryThatIsNotThereIsNotFound() {
        assertThat(steward().get(ENTRIES + "/" + UUID.randomUUID()).code())
                .isEqualTo("ENTRY_NOT_FOUND");
        assertThat(steward().get(ENTRIES + "/1%27%20OR%201=1").code()).isEqualTo("ENTRY_NOT_FOUND");
        assertThat(steward().get("/api/v1/ledgers/planet").code()).isEqualTo("LEDGER_UNKNOWN");
    }

    @Test
    void whoMayNotIsToldThePermissionByItsName() {
        Visitor.Answer chinese = visitors.person("admin").get(ENTRIES);
        assertThat(chinese.json().path("detail").asString()).isEqualTo("您没有“查看一本账”的权限");
        Visitor.Answer english =
                visitors.person("admin").get(ENTRIES, Map.of("Accept-Language", "en"));
        assertThat(english.json().path("detail").asString())
                .isEqualTo("You lack the permission to see ledgers");
    }

    @Test
    void halvesOfCharactersAreRefused() {
        String title = "一个\\ud83d系统";
        Visitor.Answer answer =
                steward()
                        .post(
                                ENTRIES,
                                "{\"title\":\"%s\",\"organisation\":\"330500-civil\",\"fields\":{}}"
                                        .formatted(title));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.json().path("errors").get(0).path("code").asString())
                .isEqualTo("ledger.controlCharacter");
    }

    @Test
    void onlyThoseWhoMayWriteAndNotWhatAModuleKeeps() {
        assertThat(visitors.person("wang.wei").post(ENTRIES, body("一个系统", Map.of())).code())
                .isEqualTo("PERMISSION_MISSING");
        assertThat(
                        steward()
                                .post("/api/v1/ledgers/dataset/entries", body("一个数据集", Map.of()))
                                .code())
                .isEqualTo("LEDGER_MANAGED");
    }

    @Test
    void aListIsPagedWithoutGapsOrRepeats() {
        for (int i = 0; i < 5; i++) {
            add("分页系统" + i, Map.of());
        }
        List<String> seen = new java.util.ArrayList<>();
        String after = "";
        do {
            JsonNode page =
                    steward().get(ENTRIES + "?q=分页系统&sort=title&limit=2&after=" + after).json();
            page.path("items").forEach(e -> seen.add(e.path("title").asString()));
            after = page.path("next").asString("");
        } while (!after.isEmpty());
        assertThat(seen).containsExactly("分页系统0", "分页系统1", "分页系统2", "分页系统3", "分页系统4");
        assertThat(steward().get(ENTRIES + "?sort=planet").code()).isEqualTo("SORT_UNKNOWN");
    }
}
