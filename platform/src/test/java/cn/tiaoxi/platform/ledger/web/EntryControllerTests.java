package cn.tiaoxi.platform.ledger.web;

import static cn.tiaoxi.platform.ledger.web.TrialLedger.errors;
import static cn.tiaoxi.platform.ledger.web.TrialLedger.id;
import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.platform.PlatformTest;
import cn.tiaoxi.platform.Visitor;
import cn.tiaoxi.platform.Visitors;
import cn.tiaoxi.platform.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

@PlatformTest
class EntryControllerTests {
    @Autowired private Visitors visitors;
    private Visitor steward;
    private TrialLedger ledger;

    @BeforeEach
    void open() {
        steward = visitors.person("zhao.lei");
        ledger = TrialLedger.open("trial-entries", "A", steward);
    }

    private String at(JsonNode entry) {
        return ledger.entries() + "/" + id(entry);
    }

    private static Map<String, Object> reason(String why) {
        return Map.of("reason", why);
    }

    @Test
    void valuesOfEveryKindAreKeptAndShown() {
        JsonNode other = ledger.add("被引用的条目", Map.of());
        JsonNode entry =
                ledger.add(
                        "各种取值",
                        Map.ofEntries(
                                Map.entry("amount", 12.5),
                                Map.entry("day", "2026-02-28"),
                                Map.entry("flag", true),
                                Map.entry("kind", "B"),
                                Map.entry("onlyB", "乙才有"),
                                Map.entry("many", List.of("X", "Y", "X")),
                                Map.entry("division", "330502"),
                                Map.entry("user", "330500-police"),
                                Map.entry("person", "zhao.lei"),
                                Map.entry("related", List.of(id(other))),
                                Map.entry("above", other.path("code").asString()),
                                Map.entry("place", "120.09,30.89"),
                                Map.entry("code", "11330500002564141P"),
                                Map.entry("shape", "ABC")));

        assertThat(entry.path("fields").path("many")).hasSize(2);
        assertThat(entry.path("fields").path("above").asString()).isEqualTo(id(other));
        assertThat(entry.path("fields").path("place").path("coordinates").get(0).asDouble())
                .isEqualTo(120.09);
        assertThat(entry.path("shown").path("related").get(0).path("text").asString())
                .isEqualTo("被引用的条目");
        assertThat(entry.path("shown").path("person").get(0).path("text").asString())
                .isEqualTo("赵磊");
        assertThat(entry.path("findings").asInt()).isZero();
        assertThat(entry.path("score").asDouble()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    amount | "many" | border.type
                    amount | -1 | ledger.least
                    amount | 1001 | ledger.most
                    amount | 1.234 | ledger.decimals
                    day | "2026-02-30" | ledger.noSuchDate
                    flag | "yes" | border.type
                    kind | "Z" | ledger.codeUnknown
                    many | ["X", "Z"] | ledger.codeUnknown
                    division | "330500-police" | ledger.divisionUnknown
                    user | "nowhere" | ledger.organisationUnknown
                    person | "nobody" | ledger.personUnknown
                    related | ["00000000-0000-4000-8000-000000000000"] | ledger.referenceUnknown
                    file | "00000000-0000-4000-8000-000000000000" | ledger.fileUnknown
                    place | "200,30" | ledger.noGeometry
                    place | {"type": "Point", "coordinates": ["a", "b"]} | ledger.noGeometry
                    code | "91350203M0001QAY9B" | ledger.check.USCC
                    shape | "abc" | ledger.pattern
                    onlyB | "x" | ledger.fieldAbsent
                    colour | "red" | ledger.fieldUnknown
                    """)
    void aWrongValueIsRefusedByName(String field, String json, String code) {
        Visitor.Answer answer =
                steward.post(
                        ledger.entries(),
                        "{\"title\":\"错误取值\",\"organisation\":\"330500-civil\",\"fields\":{\"%s\":%s}}"
                                .formatted(field, json));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(errors(answer)).contains("fields." + field + " " + code);
    }

    @Test
    void veryLongNamesAreRefusedAndMarkupIsText() {
        Visitor.Answer tooLong =
                ledger.tryToAdd(steward, "长".repeat(100_000), "330500-civil", Map.of());
        assertThat(tooLong.status()).isEqualTo(400);
        assertThat(tooLong.text().length()).isLessThan(5_000);

        String markup = "<script>alert(1)</script>${7*7}{{x}}'; DROP TABLE ledger.entry; --";
        JsonNode entry = ledger.add(markup, Map.of("note", markup));
        assertThat(entry.path("title").asString()).isEqualTo(markup);
        assertThat(entry.path("fields").path("note").asString()).isEqualTo(markup);
    }

    @Test
    void aConditionalFieldIsRequiredOnlyWhereItIsAndEmptiedWhereItGoes() {
        JsonNode entry = ledger.add("条件字段", Map.of("kind", "B"));
        assertThat(entry.path("findings").asInt()).isEqualTo(1);
        steward.patch(at(entry), Map.of("fields", Map.of("onlyB", "有了")), "\"1\"");

        JsonNode after =
                steward.patch(at(entry), Map.of("fields", Map.of("kind", "A")), "\"2\"").json();

        assertThat(after.path("fields").has("onlyB")).isFalse();
        assertThat(after.path("findings").asInt()).isZero();
    }

    @Test
    void aReferenceToARemovedEntryIsRefusedAndFoundWhereItStands() {
        JsonNode target = ledger.add("将被删除", Map.of());
        JsonNode entry = ledger.add("引用别的条目", Map.of("related", List.of(id(target))));
        assertThat(steward.post(at(target) + "/remove", reason("登记错误")).status()).isEqualTo(200);

        assertThat(
                        errors(
                                ledger.tryToAdd(
                                        steward,
                                        "再引用一次",
                                        "330500-civil",
                                        Map.of("related", List.of(id(target))))))
                .containsExactly("fields.related ledger.referenceRemoved");
        JsonNode touched =
                steward.patch(at(entry), Map.of("fields", Map.of("note", "改一下")), "\"1\"").json();
        assertThat(touched.path("findingsDetail").get(0).path("rule").asString())
                .isEqualTo("reference-removed");
        assertThat(steward.patch(at(target), Map.of("fields", Map.of()), "\"2\"").code())
                .isEqualTo("ENTRY_REMOVED");

        assertThat(steward.post(at(target) + "/bring-back", reason("误删")).status()).isEqualTo(200);
        assertThat(steward.get(at(target)).json().path("removed").isNull()).isTrue();
    }

    @Test
    void aTreeHasNoCircles() {
        JsonNode top = ledger.add("上级", Map.of());
        JsonNode middle = ledger.add("中级", Map.of("above", id(top)));
        JsonNode bottom = ledger.add("下级", Map.of("above", id(middle)));

        assertThat(
                        errors(
                                steward.patch(
                                        at(top),
                                        Map.of("fields", Map.of("above", id(bottom))),
                                        "\"1\"")))
                .containsExactly("fields.above ledger.circle");
        assertThat(
                        errors(
                                steward.patch(
                                        at(top),
                                        Map.of("fields", Map.of("above", id(top))),
                                        "\"1\"")))
                .containsExactly("fields.above ledger.circle");
    }

    @Test
    void valuesThatOneEntryAloneMayHaveAreFreeAgainWhenItEnds() {
        JsonNode first = ledger.add("文号一", Map.of("number", "湖数〔2026〕1号"));
        assertThat(
                        errors(
                                ledger.tryToAdd(
                                        steward,
                                        "文号二",
                                        "330500-civil",
                                        Map.of("number", "湖数〔2026〕１号"))))
                .containsExactly("fields.number ledger.taken");

        steward.post(at(first) + "/act", Map.of("action", "end", "reason", "废止"));

        JsonNode second = ledger.add("文号二", Map.of("number", "湖数〔2026〕1号"));
        assertThat(steward.post(at(first) + "/act", Map.of("action", "reopen")).status())
                .isEqualTo(400);
        assertThat(second.path("code").asString()).isNotEmpty();
    }

    @Test
    void theSecondOfTwoWhoEditSeesTheDifferenceAndMerges() {
        JsonNode entry = ledger.add("两人同时修改", Map.of("note", "起初"));
        steward.patch(at(entry), Map.of("fields", Map.of("note", "甲的说法")), "\"1\"");

        Visitor.Answer late =
                steward.patch(at(entry), Map.of("fields", Map.of("note", "乙的说法")), "\"1\"");

        assertThat(late.code()).isEqualTo("VERSION_CONFLICT");
        JsonNode base = steward.get(at(entry) + "?version=1").json();
        JsonNode theirs = steward.get(at(entry)).json();
        assertThat(base.path("fields").path("note").asString()).isEqualTo("起初");
        assertThat(theirs.path("fields").path("note").asString()).isEqualTo("甲的说法");
        assertThat(
                        steward.patch(
                                        at(entry),
                                        Map.of("fields", Map.of("note", "甲、乙的说法")),
                                        "\"2\"")
                                .status())
                .isEqualTo(200);
    }

    @Test
    void anOlderVersionCanBeReadAndRestored() {
        JsonNode entry = ledger.add("会改回去", Map.of("note", "第一版", "amount", 1));
        Map<String, Object> second = new HashMap<>(Map.of("note", "第二版"));
        second.put("amount", null);
        steward.patch(at(entry), Map.of("fields", second), "\"1\"");
        steward.post(at(entry) + "/act", Map.of("action", "end", "reason", "停用"));

        JsonNode old = steward.get(at(entry) + "?version=1").json();
        assertThat(old.path("state").asString()).isEqualTo("OPEN");
        assertThat(old.path("fields").path("amount").asInt()).isEqualTo(1);
        JsonNode restored =
                steward.post(at(entry) + "/restore", Map.of("version", 1, "reason", "改错了")).json();

        assertThat(restored.path("fields").path("note").asString()).isEqualTo("第一版");
        assertThat(restored.path("state").asString()).isEqualTo("ENDED");
        assertThat(restored.path("version").asInt()).isEqualTo(4);
        assertThat(steward.get(at(entry) + "?version=9").status()).isEqualTo(404);
    }

    @Test
    void aFieldThatOnesRoleDoesNotReachIsNeitherSeenNorWritten() {
        JsonNode entry =
                ledger.add("有个人信息", "330500-police", Map.of("secret", "34052419800101001X"));
        Visitor stranger = visitors.person("liu.yang");

        JsonNode seen = stranger.get(at(entry)).json();
        assertThat(seen.path("fields").has("secret")).isFalse();
        assertThat(seen.path("fieldDefinitions"))
                .noneMatch(f -> f.path("id").asString().equals("secret"));
        assertThat(stranger.get(at(entry) + "/history").text())
                .doesNotContain("34052419800101001X");
        assertThat(stranger.get(ledger.entries() + "?f.secret=34052419800101001X").code())
                .isEqualTo("FILTER_UNKNOWN");
        assertThat(
                        stranger.get(ledger.entries() + "?q=34052419800101001X")
                                .json()
                                .path("total")
                                .asInt())
                .isZero();
        assertThat(visitors.person("wang.wei").get(at(entry)).json().path("fields").has("secret"))
                .isTrue();
        assertThat(
                        stranger.patch(at(entry), Map.of("fields", Map.of("secret", "x")), "\"1\"")
                                .status())
                .isEqualTo(403);
    }

    @Test
    void whatWouldBeWrongIsSaidBeforeItIsSent() {
        JsonNode checked =
                steward.post(
                                ledger.at() + "/check",
                                Map.of(
                                        "title",
                                        "试一试",
                                        "organisation",
                                        "330500-civil",
                                        "fields",
                                        Map.of("kind", "B", "amount", -3)))
                        .json();
        assertThat(checked.path("errors").get(0).path("field").asString())
                .isEqualTo("fields.amount");
        assertThat(checked.path("findings").get(0).path("field").asString()).isEqualTo("onlyB");
        assertThat(steward.get(ledger.entries() + "?q=试一试").json().path("total").asInt()).isZero();
        JsonNode untitled =
                steward.post(
                                "/api/v1/ledgers/vendor/check",
                                Map.of("organisation", "330500-data", "fields", Map.of()))
                        .json();
        assertThat(untitled.path("findings").toString())
                .contains("没有填写")
                .doesNotContain("“null”", "不像企业全称");
    }

    @Test
    void linksAreSeenFromBothEnds() {
        JsonNode hub = ledger.add("中心", Map.of());
        JsonNode spoke = ledger.add("引用者", Map.of("related", List.of(id(hub))));
        JsonNode far = ledger.add("再引用者", Map.of("related", List.of(id(spoke))));

        JsonNode graph = steward.get(at(hub) + "/links").json();

        assertThat(graph.path("nodes").valueStream().map(n -> n.path("id").asString()))
                .contains(id(hub), id(spoke), id(far));
        assertThat(graph.path("edges")).hasSize(2);
    }

    @Test
    void aRuleOverLinksFollowsWhatItLooksAt() {
        JsonNode target = ledger.add("被看的条目", Map.of());
        JsonNode entry = ledger.add("看别人的条目", Map.of("related", List.of(id(target))));
        assertThat(entry.path("findings").asInt()).isZero();

        steward.post(at(target) + "/act", Map.of("action", "end", "reason", "停用"));

        Waiting.until(
                "a finding",
                () -> steward.get(at(entry)).json().path("findings").asInt(),
                n -> n == 1);
    }

    @Test
    void commentsAndFilesBelongToEntries() throws IOException {
        JsonNode entry = ledger.add("有评论和附件", Map.of());
        Visitor reader = visitors.person("liu.yang");
        JsonNode comment =
                reader.post(at(entry) + "/comments", Map.of("text", "请补充 <b>说明</b>")).json();
        assertThat(steward.get(at(entry) + "/comments").json()).hasSize(1);
        assertThat(reader.post(at(entry) + "/comments", Map.of("text", " ")).status())
                .isEqualTo(400);
        assertThat(reader.post(at(entry) + "/comments", Map.of("text", "长".repeat(2_001))).status())
                .isEqualTo(400);
        assertThat(
                        visitors.person("wang.wei")
                                .delete(at(entry) + "/comments/" + comment.path("id").asString())
                                .status())
                .isEqualTo(403);
        assertThat(reader.delete(at(entry) + "/comments/" + comment.path("id").asString()).status())
                .isEqualTo(204);

        Path file = Files.createTempFile("说明", ".txt");
        Files.writeString(file, "内容");
        JsonNode attached =
                steward.postFile(at(entry) + "/attachments?fileName=a.txt", file).json();
        Visitor.Answer content = reader.get(attached.path("link").asString());
        assertThat(content.text()).isEqualTo("内容");
        assertThat(content.headers().firstValue("content-disposition").orElse(""))
                .startsWith("attachment");
        Path script = Files.createTempFile("x", ".html");
        assertThat(steward.postFile(at(entry) + "/attachments?fileName=a.html", script).code())
                .isEqualTo("FILE_REFUSED");
        assertThat(reader.postFile(at(entry) + "/attachments?fileName=a.txt", file).status())
                .isEqualTo(403);
    }
}
