package cn.tiaoxi.platform.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.platform.Clerk;
import cn.tiaoxi.platform.PlatformTest;
import cn.tiaoxi.platform.Residents;
import cn.tiaoxi.platform.Visitor;
import cn.tiaoxi.platform.Visitor.Answer;
import cn.tiaoxi.platform.Visitors;
import cn.tiaoxi.platform.Waiting;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

@PlatformTest
class DatasetTests {
    private static final String DATASETS = "/api/v1/datasets";
    private static final int ROWS = 50;
    private static final int WRONG_CHECK_DIGITS = 2;
    private static final List<Clerk.Column> COLUMNS =
            Clerk.columns(
                    "id_number 身份证号 TEXT",
                    "name 姓名 TEXT",
                    "mobile 手机号码 TEXT",
                    "place 街道 TEXT",
                    "note 备注 TEXT");
    private static final Map<String, String> GRADES =
            Map.of("id_number", "L3", "name", "L2", "mobile", "L3", "place", "L1", "note", "L2");
    private static final Map<String, Object> CONDITIONAL =
            Map.of("sharing", "CONDITIONAL", "sharingCondition", "因履行法定职责需要核验人员身份的可以申请");

    @Autowired private Visitors visitors;

    private Visitor owner() {
        return visitors.person("wang.wei");
    }

    private Visitor publisher() {
        return visitors.person("zhang.min");
    }

    private Visitor stranger() {
        return visitors.person("liu.yang");
    }

    private Clerk clerk() {
        return new Clerk(owner(), publisher());
    }

    /** People of whom the first two have identifiers with a wrong check digit. */
    private static String people() {
        StringBuilder csv = new StringBuilder("身份证号,姓名,手机号码,街道,备注\n");
        for (int i = 0; i < ROWS; i++) {
            String identifier = Residents.identifier(i);
            if (i < WRONG_CHECK_DIGITS) {
                char last = identifier.charAt(17);
                identifier = identifier.substring(0, 17) + (last == '1' ? '2' : '1');
            }
            csv.append(identifier).append(',').append(Residents.name(i)).append(',');
            csv.append(13_800_000_000L + i).append(i % 2 == 0 ? ",爱山街道," : ",月河街道,");
            csv.append("甲/").append(i).append('\n');
        }
        return csv.toString();
    }

    private String draft(String title) {
        return clerk().dataset(title, people(), COLUMNS);
    }

    private String published(String title) {
        String id = draft(title);
        clerk().confirm(id, GRADES);
        clerk().fillIn(id, CONDITIONAL);
        clerk().publish(id);
        return id;
    }

    private static JsonNode column(JsonNode dataset, String name) {
        return dataset.path("columnsDetail")
                .valueStream()
                .filter(c -> c.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> errorFields(Answer refused) {
        assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
        return refused.json().path("errors").findValuesAsString("field");
    }

    @Test
    void aLoadMakesADraftWhoseColumnsAreRecognisedAndHaveSuggestions() {
        JsonNode dataset = clerk().dataset(draft("社区登记人员名册"));
        assertThat(dataset.path("state").asString()).isEqualTo("DRAFT");
        assertThat(dataset.path("rows").asLong()).isEqualTo(ROWS);
        assertThat(dataset.path("code").asString()).matches("D330500\\d{6}\\d{6}");
        assertThat(dataset.path("organisation").path("code").asString()).isEqualTo("330500-police");
        assertThat(dataset.path("grade").isNull()).isTrue();

        JsonNode identifier = column(dataset, "id_number");
        assertThat(identifier.path("kind").path("id").asString()).isEqualTo("resident-id");
        assertThat(identifier.path("kind").path("name").asString()).isEqualTo("居民身份证号");
        assertThat(identifier.path("kindShare").asDouble()).isBetween(0.9, 0.99);
        assertThat(identifier.path("profile").path("checkFailures").asLong())
                .isEqualTo(WRONG_CHECK_DIGITS);
        assertThat(identifier.path("profile").path("distinct").asLong()).isEqualTo(ROWS);
        JsonNode suggestion = identifier.path("suggestion");
        assertThat(suggestion.path("grade").asString()).isEqualTo("L3");
        assertThat(suggestion.path("element").path("id").asString()).isEqualTo("resident-id");
        assertThat(suggestion.path("element").path("name").asString()).isEqualTo("公民身份号码");
        assertThat(suggestion.path("reason").asString()).contains("居民身份证号");
        assertThat(identifier.path("grade").isNull()).isTrue();
        assertThat(identifier.path("confirmed").asBoolean()).isFalse();

        assertThat(column(dataset, "mobile").path("kind").path("id").asString())
                .isEqualTo("mobile");
        JsonNode note = column(dataset, "note");
        assertThat(note.path("kind").isNull()).isTrue();
        assertThat(note.path("suggestion").path("grade").asString()).isEqualTo("L2");
        assertThat(note.path("suggestion").path("reason").asString()).isNotBlank();
    }

    @Test
    void aConfirmationNeedsAGrade() {
        String id = draft("社区登记人员名册");
        Answer refused =
                clerk().describe(
                                id,
                                List.of(
                                        Map.of("name", "place", "grade", "L1"),
                                        Map.of("name", "note", "description", "说明")),
                                true);
        assertThat(errorFields(refused)).containsExactly("columns[1].grade");
        assertThat(column(clerk().dataset(id), "place").path("confirmed").asBoolean()).isFalse();

        clerk().confirm(id, Map.of("note", "L2"));
        JsonNode note = column(clerk().dataset(id), "note");
        assertThat(note.path("confirmed").asBoolean()).isTrue();
        assertThat(note.path("confirmedBy").asString()).isEqualTo("王伟");
        assertThat(note.path("grade").asString()).isEqualTo("L2");
    }

    @Test
    void whatIsUnknownInADescriptionIsNamed() {
        String id = draft("社区登记人员名册");
        Answer refused =
                clerk().describe(
                                id,
                                List.of(
                                        Map.of("name", "place", "element", "phlogiston"),
                                        Map.of("name", "place", "grade", "L5"),
                                        Map.of("name", "nothing", "grade", "L1"),
                                        Map.of("name", "place", "colour", "red"),
                                        Map.of("name", "place", "label", " "),
                                        Map.of("name", "place", "description", "x".repeat(1001)),
                                        Map.of("name", "place", "description", "a\u0007b"),
                                        Map.of("name", "place", "label", "a\nb")),
                                false);
        assertThat(errorFields(refused))
                .containsExactly(
                        "columns[0].element",
                        "columns[1].grade",
                        "columns[2].name",
                        "columns[3].colour",
                        "columns[4].label",
                        "columns[5].description",
                        "columns[6].description",
                        "columns[7].label");
        assertThat(errorFields(clerk().describe(id, List.of(Map.of("grade", "L1")), false)))
                .containsExactly("columns[0].name");
        assertThat(
                        errorFields(
                                clerk().describe(
                                                id,
                                                List.of(Map.of("name", "place", "grade", 1)),
                                                false)))
                .containsExactly("columns[0].grade");
        String half =
                """
                {"columns": [{"name": "place", "description": "\\ud83d"}], "confirm": false}
                """;
        assertThat(errorFields(owner().post(DATASETS + "/" + id + "/columns", half)))
                .containsExactly("columns[0].description");
        assertThat(clerk().dataset(id).path("version").asLong()).isEqualTo(1);
    }

    @Test
    void aChangeBasedOnAnOldVersionIsRefused() {
        String id = draft("社区登记人员名册");
        String path = DATASETS + "/" + id;
        String old = owner().get(path).version();
        clerk().confirm(id, Map.of("note", "L2"));
        Answer metadata = owner().patch(path, Map.of("fields", Map.of("theme", "人口")), old);
        assertThat(metadata.status()).as(metadata.toString()).isEqualTo(412);
        assertThat(metadata.code()).isEqualTo("VERSION_CONFLICT");
        Map<String, Object> description =
                Map.of(
                        "columns",
                        List.of(Map.of("name", "note", "description", "备注")),
                        "confirm",
                        false);
        Map<String, String> onOld = Map.of("If-Match", old);
        assertThat(owner().post(path + "/columns", description, onOld).status()).isEqualTo(412);
        assertThat(publisher().post(path + "/publish", Map.of(), onOld).status()).isEqualTo(412);
        assertThat(owner().sendJson("PATCH", path, Map.of("fields", Map.of()), Map.of()).status())
                .isEqualTo(428);
        Map<String, String> onNew = Map.of("If-Match", owner().get(path).version());
        assertThat(owner().post(path + "/columns", description, onNew).status()).isEqualTo(200);
    }

    @Test
    void anotherGradeTakesTheConfirmationAwayAndTheHistoryShowsIt() {
        String id = draft("社区登记人员名册");
        clerk().confirm(id, Map.of("note", "L2"));
        clerk().describe(id, List.of(Map.of("name", "note", "description", "另一说明")), false);
        assertThat(column(clerk().dataset(id), "note").path("confirmed").asBoolean()).isTrue();

        Answer graded = clerk().describe(id, List.of(Map.of("name", "note", "grade", "L4")), false);
        assertThat(graded.status()).as(graded.toString()).isEqualTo(200);
        JsonNode note = column(graded.json(), "note");
        assertThat(note.path("grade").asString()).isEqualTo("L4");
        assertThat(note.path("confirmed").asBoolean()).isFalse();
        assertThat(note.path("confirmedBy").isNull()).isTrue();

        JsonNode history = owner().get(DATASETS + "/" + id + "/history").json().path("items");
        assertThat(history.findValuesAsString("action"))
                .containsExactly("describe", "describe", "confirm", "add");
        JsonNode newest = history.get(0);
        assertThat(newest.path("actor").path("username").asString()).isEqualTo("wang.wei");
        assertThat(newest.path("changes").findValuesAsString("field"))
                .containsExactly("note.grade", "note.confirmed");
        assertThat(newest.path("changes").get(0).path("before").asString()).isEqualTo("L2");
        assertThat(newest.path("changes").get(0).path("after").asString()).isEqualTo("L4");
        assertThat(history.get(2).path("changes").findValuesAsString("field"))
                .containsExactly("note.description", "note.grade", "note.confirmed");
    }

    @Test
    void theHistoryNamesDataElementsInTheAskersLanguage() {
        String id = draft("社区登记人员名册");
        for (String element : List.of("mobile", "resident-id")) {
            Answer described =
                    clerk().describe(
                                    id, List.of(Map.of("name", "note", "element", element)), false);
            assertThat(described.status()).as(described.toString()).isEqualTo(200);
        }
        JsonNode change = elementChange(id, "zh-CN");
        assertThat(change.path("before").asString()).isEqualTo("手机号码");
        assertThat(change.path("after").asString()).isEqualTo("公民身份号码");
        assertThat(elementChange(id, "en").path("after").asString())
                .isEqualTo("Resident identity number");
    }

    private JsonNode elementChange(String id, String language) {
        return owner().get(DATASETS + "/" + id + "/history", Map.of("Accept-Language", language))
                .json()
                .path("items")
                .get(0)
                .path("changes")
                .valueStream()
                .filter(c -> c.path("field").asString().equals("note.element"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void onlyASoundDatasetIsPublishedAndAWithdrawalNeedsAReason() {
        String id = draft("社区登记人员名册");
        String path = DATASETS + "/" + id;
        assertThat(owner().post(path + "/publish").status()).isEqualTo(403);
        Answer blocked = publisher().post(path + "/publish");
        assertThat(blocked.status()).as(blocked.toString()).isEqualTo(409);
        assertThat(blocked.code()).isEqualTo("FINDINGS_BLOCK");
        assertThat(clerk().dataset(id).path("findingsDetail").findValuesAsString("rule"))
                .contains("column-graded", "required-fields");

        clerk().fillIn(id, CONDITIONAL);
        assertThat(publisher().post(path + "/publish").code()).isEqualTo("FINDINGS_BLOCK");
        clerk().confirm(id, GRADES);
        Answer published = publisher().post(path + "/publish");
        assertThat(published.json().path("state").asString()).isEqualTo("PUBLISHED");
        assertThat(published.json().path("grade").asString()).isEqualTo("L3");
        assertThat(publisher().post(path + "/publish").code()).isEqualTo("TRANSITION_NOT_ALLOWED");

        assertThat(publisher().post(path + "/withdraw").code()).isEqualTo("REASON_MISSING");
        Answer withdrawn = publisher().post(path + "/withdraw", Map.of("reason", "数据停止更新"));
        assertThat(withdrawn.json().path("state").asString()).isEqualTo("WITHDRAWN");
    }

    @Test
    void peopleOfOtherOrganisationsChangeNothing() {
        String id = draft("社区登记人员名册");
        String path = DATASETS + "/" + id;
        Visitor other = visitors.person("chen.jie");
        String version = other.get(path).version();
        Answer refused = other.patch(path, Map.of("fields", Map.of("theme", "x")), version);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().path("detail").asString()).isEqualTo("您没有“上传与编目”的权限（单位：市公安局）");
        Map<String, Object> graded =
                Map.of("columns", List.of(Map.of("name", "note", "grade", "L1")), "confirm", true);
        assertThat(other.post(path + "/columns", graded).status()).isEqualTo(403);
        assertThat(other.post(path + "/publish").status()).isEqualTo(403);
        assertThat(other.post(path + "/withdraw", Map.of("reason", "x")).status()).isEqualTo(403);
        assertThat(other.get(path + "/rejects").status()).isEqualTo(403);
        assertThat(visitors.anonymous().get(path + "/rows").status()).isEqualTo(401);
        assertThat(visitors.person("admin").get(path + "/rows").status()).isEqualTo(403);
        assertThat(clerk().dataset(id).path("version").asLong()).isEqualTo(1);
        assertThat(owner().get(DATASETS + "/nothing").code()).isEqualTo("DATASET_NOT_FOUND");
    }

    @Test
    void othersSeeRowsMaskedAndTheOwnersLookIsTraced() {
        String id = published("社区登记人员名册");
        String path = DATASETS + "/" + id + "/rows";
        JsonNode masked = stranger().get(path).json();
        assertThat(masked.path("columns").findValuesAsString("masked"))
                .containsExactly("true", "true", "true", "false", "true");
        String identifier = Residents.identifier(5);
        assertThat(texts(masked.path("items").get(5)))
                .containsExactly(
                        identifier.substring(0, 6) + "*".repeat(10) + identifier.substring(16),
                        Residents.name(5).charAt(0) + "*",
                        "138****0005",
                        "月河街道",
                        "****");
        assertThat(viewed(id)).isEmpty();

        JsonNode clear = owner().get(path + "?from=0&limit=10").json();
        assertThat(texts(clear.path("items").get(5)))
                .containsExactly(identifier, Residents.name(5), "13800000005", "月河街道", "甲/5");
        assertThat(viewed(id))
                .singleElement()
                .satisfies(
                        look -> {
                            assertThat(look.path("actor").asString()).isEqualTo("wang.wei");
                            assertThat(look.path("detail").path("columns").asString())
                                    .isEqualTo("id_number,mobile");
                            assertThat(look.path("detail").path("first").asString()).isEqualTo("1");
                            assertThat(look.path("detail").path("last").asString()).isEqualTo("10");
                        });
    }

    private List<JsonNode> viewed(String id) {
        return visitors.person("sun.qi")
                .get("/api/v1/trace/records?action=dataset.viewed&object=dataset:" + id)
                .json()
                .path("items")
                .valueStream()
                .toList();
    }

    private static List<String> texts(JsonNode row) {
        return row.valueStream().map(JsonNode::asString).toList();
    }

    @Test
    void aColumnThatNobodyVouchesForIsMaskedForOthers() {
        String id = draft("社区登记人员名册");
        clerk().describe(id, List.of(Map.of("name", "place", "grade", "L1")), false);
        JsonNode rows = stranger().get(DATASETS + "/" + id + "/rows").json();
        assertThat(rows.path("columns").findValuesAsString("masked")).containsOnly("true");
        assertThat(rows.path("items").toString()).doesNotContain("爱山街道");
        assertThat(stranger().get(DATASETS + "/" + id).text()).doesNotContain("爱山街道");
    }

    @Test
    void othersSeeNoValuesInProfilesAboveL1() {
        String id = published("社区登记人员名册");
        JsonNode seen = clerk().dataset(id);
        for (String name : GRADES.keySet()) {
            JsonNode profile = column(seen, name).path("profile");
            assertThat(profile.path("top").size()).as(name).isPositive();
            assertThat(profile.path("min").isNull()).as(name).isFalse();
        }
        JsonNode hidden = stranger().get(DATASETS + "/" + id).json();
        for (String name : List.of("id_number", "name", "mobile", "note")) {
            JsonNode profile = column(hidden, name).path("profile");
            assertThat(profile.path("top").size()).as(name).isZero();
            assertThat(profile.path("histogram").size()).as(name).isZero();
            assertThat(profile.path("min").isNull()).as(name).isTrue();
            assertThat(profile.path("max").isNull()).as(name).isTrue();
            assertThat(profile.path("count").asLong()).as(name).isEqualTo(ROWS);
        }
        assertThat(column(hidden, "place").path("profile").path("top").get(0).path("value"))
                .isEqualTo(column(seen, "place").path("profile").path("top").get(0).path("value"));
        assertThat(hidden.toString()).doesNotContain(Residents.identifier(5), "13800000005", "甲/5");
    }

    @Test
    void newRowsKeepWhatWasSaidOfColumnsThatStayTheSame() {
        String id = published("社区登记人员名册");
        List<Clerk.Column> columns =
                List.of(
                        new Clerk.Column(0, "id_number", "身份证号", "TEXT"),
                        new Clerk.Column(2, "mobile", "手机号码", "INTEGER"),
                        new Clerk.Column(3, "place", "街道", "TEXT"),
                        new Clerk.Column(4, "remark", "备注", "TEXT"));
        clerk().load(people(), Clerk.rowsOf(id, "REPLACE", columns));
        JsonNode dataset = clerk().dataset(id);
        assertThat(dataset.path("rows").asLong()).isEqualTo(ROWS);
        assertThat(dataset.path("columnsDetail").findValuesAsString("position"))
                .containsExactly("0", "1", "2", "3");
        for (String name : List.of("id_number", "place")) {
            JsonNode column = column(dataset, name);
            assertThat(column.path("grade").asString()).isEqualTo(GRADES.get(name));
            assertThat(column.path("confirmed").asBoolean()).as(name).isTrue();
            assertThat(column.path("description").asString()).isNotBlank();
        }
        for (String name : List.of("mobile", "remark")) {
            JsonNode column = column(dataset, name);
            assertThat(column.path("grade").isNull()).as(name).isTrue();
            assertThat(column.path("confirmed").asBoolean()).as(name).isFalse();
            assertThat(column.path("description").isNull()).as(name).isTrue();
        }
        assertThat(dataset.path("state").asString()).isEqualTo("PUBLISHED");
        assertThat(dataset.path("fields").path("theme").asString()).isEqualTo("人口");
        assertThat(dataset.path("findingsDetail").findValuesAsString("column"))
                .contains("mobile", "remark");
    }

    @Test
    void theCatalogueIsFilteredBySeveralThings() {
        String draft = draft("水库除险加固登记");
        String published = published("水库除险加固台账");
        assertThat(listed("state=PUBLISHED")).contains(published).doesNotContain(draft);
        assertThat(listed("state=DRAFT")).contains(draft).doesNotContain(published);
        assertThat(listed("grade=L3")).contains(published).doesNotContain(draft);
        assertThat(listed("grade=L1")).doesNotContain(published, draft);
        assertThat(listed("sharing=CONDITIONAL")).contains(published).doesNotContain(draft);
        assertThat(listed("organisation=330500-police")).contains(published, draft);
        assertThat(listed("organisation=330500-market")).doesNotContain(published, draft);
        assertThat(listed("finding=column-graded")).contains(draft).doesNotContain(published);
        assertThat(listed("state=PUBLISHED&grade=L3&organisation=330500-police"))
                .contains(published);
        assertThat(listed("writable=true")).doesNotContain(published, draft);
        assertThat(listed("writable=true&organisation=330500-police")).isEmpty();
    }

    @Test
    void theCatalogueIsSearchedInChineseAndByPinyin() {
        String id = published("湿地鸟类观测记录");
        for (String typed : List.of("湿地鸟类", "shidiniaolei", "sdnl", "手机号码")) {
            String query = "q=" + URLEncoder.encode(typed, StandardCharsets.UTF_8);
            Waiting.until("a hit for " + typed, () -> listed(query), ids -> ids.contains(id));
        }
        assertThat(listed("q=" + URLEncoder.encode("冰川", StandardCharsets.UTF_8)))
                .doesNotContain(id);
    }

    private List<String> listed(String query) {
        List<String> ids = new ArrayList<>();
        JsonNode page = stranger().get(DATASETS + "?limit=100&" + query).json();
        while (true) {
            page.path("items").forEach(i -> ids.add(i.path("id").asString()));
            if (!page.path("next").isString()) {
                return ids;
            }
            String next = "&after=" + page.path("next").asString();
            page = stranger().get(DATASETS + "?limit=100&" + query + next).json();
        }
    }

    @Test
    void theCatalogueIsExportedAsCsvAndAsAWorkbook() throws IOException {
        JsonNode dataset = clerk().dataset(published("茶园面积核查表"));
        String query = DATASETS + "?organisation=330500-police&format=";
        Answer csv = stranger().get(query + "csv");
        assertThat(csv.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
        assertThat(csv.text()).contains("编码,名称,单位,状态,级别");
        assertThat(csv.text().lines())
                .filteredOn(l -> l.contains(dataset.path("code").asString()))
                .singleElement()
                .satisfies(
                        l ->
                                assertThat(l)
                                        .contains(
                                                "茶园面积核查表", "已发布", "L3", "受限共享", "禁止开放", "每月",
                                                ",50,"));
        assertThat(lines(stranger().get(query + "xlsx").bytes()))
                .contains("编码,名称,单位,状态,级别,共享属性,开放属性,更新周期,行数,退回行数,问题数,更新时间")
                .filteredOn(l -> l.startsWith(dataset.path("code").asString()))
                .singleElement()
                .satisfies(l -> assertThat(l).contains("茶园面积核查表", "已发布", "L3", ",50,"));
        assertThat(stranger().get(query + "pdf").status()).isEqualTo(400);
    }

    private static List<String> lines(byte[] workbook) throws IOException {
        try (ReadableWorkbook read = new ReadableWorkbook(new ByteArrayInputStream(workbook))) {
            return read.getFirstSheet().read().stream()
                    .map(
                            r ->
                                    r.stream()
                                            .map(c -> c == null ? "" : c.getText())
                                            .collect(Collectors.joining(",")))
                    .toList();
        }
    }

    @Test
    void rowsArePagedFromWhereThePageBeforeEnded() {
        String id = draft("社区登记人员名册");
        String path = DATASETS + "/" + id + "/rows?limit=20&from=";
        List<String> phones = new ArrayList<>();
        String from = "0";
        int pages = 0;
        while (from != null) {
            JsonNode page = owner().get(path + from).json();
            page.path("items").forEach(r -> phones.add(r.get(2).asString()));
            assertThat(page.path("total").asLong()).isEqualTo(ROWS);
            from = page.path("next").isNull() ? null : page.path("next").asString();
            pages++;
        }
        assertThat(pages).isEqualTo(3);
        assertThat(phones).hasSize(ROWS).isSorted().doesNotHaveDuplicates();
        assertThat(errorFields(owner().get(DATASETS + "/" + id + "/rows?limit=0")))
                .containsExactly("limit");
        assertThat(errorFields(owner().get(DATASETS + "/" + id + "/rows?limit=201")))
                .containsExactly("limit");
        assertThat(errorFields(owner().get(path + "-1"))).containsExactly("from");
        assertThat(errorFields(owner().get(path + "x"))).containsExactly("from");
        assertThat(owner().get(path + Long.MAX_VALUE).json().path("items").size()).isZero();
    }
}
