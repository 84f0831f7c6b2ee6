package cn.tiaoxi.platform.ledger.web;

import static cn.tiaoxi.platform.ledger.web.TrialLedger.id;
import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.platform.PlatformTest;
import cn.tiaoxi.platform.Visitor;
import cn.tiaoxi.platform.Visitors;
import cn.tiaoxi.platform.Waiting;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

@PlatformTest
class LedgerWorkTests {
    @Autowired private Visitors visitors;
    private Visitor steward;
    private TrialLedger ledger;

    @BeforeEach
    void open() {
        steward = visitors.person("zhao.lei");
        ledger = TrialLedger.open("trial-work", "W", steward);
    }

    private Map<String, Object> bulk(List<String> ids, boolean preview) {
        return Map.of(
                "ids",
                ids,
                "fields",
                Map.of("kind", "A", "amount", 7),
                "reason",
                "统一口径",
                "preview",
                preview);
    }

    @Test
    void manyEntriesAreChangedTogetherAfterAPreviewAndTakenBackTogether() {
        JsonNode first = ledger.add("批量一", Map.of("kind", "B"));
        JsonNode second = ledger.add("批量二", Map.of("kind", "A", "amount", 7));
        JsonNode gone = ledger.add("批量三", Map.of());
        steward.post(ledger.entries() + "/" + id(gone) + "/remove", Map.of("reason", "误登"));
        List<String> ids = List.of(id(first), id(second), id(gone));

        JsonNode preview = steward.post(ledger.at() + "/bulk", bulk(ids, true)).json();
        assertThat(preview.path("changed").asInt()).isEqualTo(1);
        assertThat(preview.path("unchanged").asInt()).isEqualTo(1);
        assertThat(preview.path("refused").get(0).path("title").asString()).isEqualTo("批量三");
        assertThat(preview.path("refused").get(0).path("message").asString()).contains("删除");
        assertThat(entry(first).path("fields").path("kind").asString()).isEqualTo("B");

        JsonNode done = steward.post(ledger.at() + "/bulk", bulk(ids, false)).json();
        assertThat(entry(first).path("fields").path("kind").asString()).isEqualTo("A");

        String undo = ledger.at() + "/bulk/" + done.path("batch").asString() + "/undo";
        assertThat(steward.post(undo, Map.of("reason", "口径有误")).json().path("changed").asInt())
                .isEqualTo(1);
        assertThat(entry(first).path("fields").path("kind").asString()).isEqualTo("B");
        assertThat(entry(first).path("fields").has("amount")).isFalse();
        assertThat(steward.post(undo, Map.of("reason", "再撤一次")).json().path("refusedCount").asInt())
                .isEqualTo(1);
    }

    @Test
    void aBulkChangeWithoutRightOrReasonOrEntriesIsRefused() {
        JsonNode entry = ledger.add("他人的条目", "330500-police", Map.of());
        Visitor clerk = visitors.person("li.na");
        assertThat(
                        clerk.post(ledger.at() + "/bulk", bulk(List.of(id(entry)), false))
                                .json()
                                .path("refusedCount")
                                .asInt())
                .isEqualTo(1);
        assertThat(steward.post(ledger.at() + "/bulk", bulk(List.of(), false)).status())
                .isEqualTo(400);
        assertThat(
                        steward.post(
                                        ledger.at()
                                                + "/bulk/00000000-0000-4000-8000-000000000000/undo",
                                        Map.of("reason", "无"))
                                .code())
                .isEqualTo("BATCH_NOT_FOUND");
    }

    private JsonNode entry(JsonNode entry) {
        return steward.get(ledger.entries() + "/" + id(entry)).json();
    }

    @Test
    void anEntryIsHandedOverWhenTheOtherSideAccepts() {
        JsonNode entry = ledger.add("待移交", "330500-civil", Map.of());
        String at = ledger.entries() + "/" + id(entry);
        Visitor giver = visitors.person("li.na");
        Visitor taker = visitors.person("wang.wei");

        giver.post(at + "/transfer", Map.of("organisation", "330500-police", "reason", "职责划转"));
        assertThat(entry(entry).path("organisation").path("code").asString())
                .isEqualTo("330500-civil");
        JsonNode waiting = taker.get("/api/v1/ledgers/transfers").json();
        String transfer =
                waiting.valueStream()
                        .filter(t -> t.path("entry").asString().equals(id(entry)))
                        .findFirst()
                        .orElseThrow()
                        .path("id")
                        .asString();
        assertThat(
                        visitors.person("chen.jie")
                                .post("/api/v1/ledgers/transfers/" + transfer + "/accept", Map.of())
                                .status())
                .isEqualTo(404);
        assertThat(taker.get("/api/v1/messages").text()).contains("待移交");

        assertThat(
                        taker.post("/api/v1/ledgers/transfers/" + transfer + "/accept", Map.of())
                                .status())
                .isEqualTo(204);
        assertThat(entry(entry).path("organisation").path("code").asString())
                .isEqualTo("330500-police");
        assertThat(giver.get("/api/v1/messages").text()).contains("已被接收");
    }

    @Test
    void draftsAndSavedFiltersAreOnesOwn() {
        Visitor clerk = visitors.person("li.na");
        clerk.put(ledger.at() + "/draft", Map.of("content", Map.of("title", "写了一半")));
        assertThat(
                        clerk.get(ledger.at() + "/draft")
                                .json()
                                .path("content")
                                .path("title")
                                .asString())
                .isEqualTo("写了一半");
        assertThat(visitors.person("wang.wei").get(ledger.at() + "/draft").status()).isEqualTo(204);
        assertThat(clerk.delete(ledger.at() + "/draft").status()).isEqualTo(204);
        assertThat(clerk.get(ledger.at() + "/draft").status()).isEqualTo(204);

        JsonNode view =
                clerk.post(
                                ledger.at() + "/views",
                                Map.of("name", "待改", "query", "standardised=false"))
                        .json();
        assertThat(clerk.get(ledger.at() + "/views").json()).hasSize(1);
        assertThat(steward.get(ledger.at() + "/views").json()).isEmpty();
        assertThat(clerk.delete(ledger.at() + "/views/" + view.path("id").asString()).status())
                .isEqualTo(204);
    }

    @Test
    void listsAreFilteredAndCountedByTheirFields() {
        JsonNode entry = ledger.add("筛选用", Map.of("kind", "A", "many", List.of("X", "Y")));
        ledger.add("筛选用二", Map.of("kind", "B", "onlyB", "有", "related", List.of(id(entry))));

        JsonNode found = steward.get(ledger.entries() + "?q=筛选用&f.kind=A").json();
        assertThat(found.path("total").asInt()).isEqualTo(1);
        assertThat(
                        steward.get(ledger.entries() + "?q=筛选用&f.related=" + id(entry))
                                .json()
                                .path("total")
                                .asInt())
                .isEqualTo(1);
        JsonNode facets = steward.get(ledger.at() + "/facets?q=筛选用").json();
        JsonNode kinds =
                facets.valueStream()
                        .filter(f -> f.path("field").asString().equals("f.kind"))
                        .findFirst()
                        .orElseThrow();
        assertThat(kinds.path("values").valueStream().map(v -> v.path("name").asString()))
                .contains("甲", "乙");
        assertThat(steward.get(ledger.entries() + "?sort=f.amount&q=筛选用").status()).isEqualTo(200);
        assertThat(steward.get(ledger.entries() + "?sort=colour").code()).isEqualTo("SORT_UNKNOWN");
        assertThat(
                        steward.get(ledger.at() + "/options?field=related&q=筛选用")
                                .json()
                                .valueStream()
                                .map(o -> o.path("title").asString()))
                .contains("筛选用", "筛选用二");
    }

    @Test
    void anotherVersionOfATypeSaysWhatItWouldDoBeforeItIsInForce() {
        TrialLedger own = TrialLedger.open("trial-versions", "V", steward);
        JsonNode entry = own.add("有说明的条目", Map.of("note", "说明", "amount", 900));
        String yaml = TrialLedger.yaml("trial-versions", "V");
        String versions = own.at() + "/type-versions";
        String tighter =
                yaml.replaceFirst("(?m)^  - \\{id: note,.*\\n", "")
                        .replace("most: 1000", "most: 100");

        JsonNode trial = steward.post(versions + "/check", Map.of("yaml", tighter)).json();
        assertThat(trial.path("errors")).isEmpty();
        JsonNode effects = trial.path("consequences");
        assertThat(effects.path("harmless").asBoolean()).isFalse();
        assertThat(effects.path("lostFields").path("note").asInt()).isEqualTo(1);
        assertThat(effects.path("invalid").asInt()).isEqualTo(1);
        assertThat(effects.path("examples").get(0).path("id").asString()).isEqualTo(id(entry));

        JsonNode wrong =
                steward.post(
                                versions + "/check",
                                Map.of("yaml", yaml.replace("initial:", "inital:")))
                        .json();
        assertThat(wrong.path("errors").get(0).path("line").asInt()).isEqualTo(10);

        assertThat(activate(versions, tighter, "\"7\"").code()).isEqualTo("VERSION_CONFLICT");
        Visitor.Answer done = activate(versions, tighter, "\"1\"");
        assertThat(done.status()).as(done.toString()).isEqualTo(201);

        JsonNode after = steward.get(own.entries() + "/" + id(entry)).json();
        assertThat(after.path("fieldDefinitions"))
                .noneMatch(f -> f.path("id").asString().equals("note"));
        assertThat(steward.get(versions + "/1").json().path("yaml").asString())
                .contains("id: note");
        assertThat(steward.get(versions).json()).hasSize(2);
        assertThat(steward.get(versions + "/9").code()).isEqualTo("TYPE_VERSION_NOT_FOUND");
        assertThat(
                        visitors.person("li.na")
                                .post(versions + "/check", Map.of("yaml", yaml))
                                .status())
                .isEqualTo(403);
    }

    private Visitor.Answer activate(String versions, String yaml, String based) {
        return steward.sendJson(
                "POST", versions, Map.of("yaml", yaml, "reason", "收紧"), Map.of("If-Match", based));
    }

    @Test
    void aChangedRuleIsAskedOfAllEntriesAndTheRatesFollow() {
        TrialLedger own = TrialLedger.open("trial-rates", "R", steward);
        JsonNode entry = own.add("短名", Map.of());
        assertThat(entry.path("standardised").asBoolean()).isTrue();
        String stricter =
                TrialLedger.yaml("trial-rates", "R")
                        + """
                          - id: long-title
                            name: {zh: 名称长度, en: Length of title}
                            description: {zh: 名称不少于 4 字, en: At least 4 characters}
                            expression: size(entry.title) >= 4
                            plan: R1.1a
                            detail: {message: {zh: 名称太短, en: The title is short}, mend: {zh: 写全称, en: Write it out}, field: title}
                        """;

        assertThat(activate(own.at() + "/type-versions", stricter, "\"1\"").status())
                .isEqualTo(201);

        Waiting.until(
                "the new finding",
                () -> steward.get(own.entries() + "/" + id(entry)).json(),
                e -> e.path("findings").asInt() == 1);
        JsonNode rates = steward.get("/api/v1/ledgers/rates?type=trial-rates").json();
        assertThat(rates.path("whole").path("rate").asDouble()).isZero();
        assertThat(rates.path("rules").get(0).path("name").asString()).isEqualTo("名称长度");
        Waiting.until(
                "the list by finding",
                () -> steward.get(own.entries() + "?finding=long-title").json(),
                l -> l.path("total").asInt() == 1);
    }
}
