package cn.tiaoxi.platform.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.platform.Clerk;
import cn.tiaoxi.platform.PlatformTest;
import cn.tiaoxi.platform.Visitor;
import cn.tiaoxi.platform.Visitor.Answer;
import cn.tiaoxi.platform.Visitors;
import cn.tiaoxi.platform.Waiting;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@PlatformTest
class UploadTests {
    private static final String UPLOADS = "/api/v1/uploads";
    private static final int BIG_ROWS = 1_000_000;
    private static final String SHOPS =
            """
            编号,店名,开业日期
            S1,苕溪百货,2020-01-01
            S2,太湖书店,2021-12-31
            """;
    private static final List<Clerk.Column> SHOP_COLUMNS =
            Clerk.columns("code 编号 TEXT", "shop 店名 TEXT", "opened 开业日期 DATE");

    @TempDir private static Path folder;

    private static Path big = Path.of("");

    @Autowired private Visitors visitors;
    @Autowired private Lake lake;
    @Autowired private JdbcClient database;

    @BeforeAll
    static void writeBigTable() throws IOException {
        big = folder.resolve("big.csv");
        try (BufferedWriter out = Files.newBufferedWriter(big)) {
            out.write("编号,店名\n");
            for (int i = 0; i < BIG_ROWS; i++) {
                out.write("S" + i + ",苕溪百货" + i + "号店\n");
            }
        }
    }

    private Visitor person() {
        return visitors.person("wang.wei");
    }

    private Clerk clerk() {
        return new Clerk(person(), visitors.person("zhang.min"));
    }

    private JsonNode upload(String id) {
        return person().get(UPLOADS + "/" + id).json();
    }

    private String sendBig() {
        Answer sent = person().postFile(UPLOADS + "?fileName=big.csv", big);
        assertThat(sent.status()).as(sent.toString()).isEqualTo(201);
        return sent.json().path("id").asString();
    }

    private static Map<String, Object> bigOrder() {
        return Clerk.newDataset("全市店铺名录", Clerk.columns("code 编号 TEXT", "shop 店名 TEXT"));
    }

    private static List<String> errorFields(Answer refused) {
        assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
        return refused.json().path("errors").findValuesAsString("field");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aTableInGb18030IsReadLoadedAndItsBadRowsHandedBackWithTheReason() {
        String csv = SHOPS + "S3,坏店,2023-02-30\n";
        Answer sent = clerk().send("店铺.csv", csv.getBytes(Charset.forName("GB18030")));
        assertThat(sent.status()).as(sent.toString()).isEqualTo(201);
        JsonNode upload = sent.json();
        assertThat(upload.path("state").asString()).isEqualTo("PROBED");
        assertThat(upload.path("fileName").asString()).isEqualTo("店铺.csv");
        assertThat(upload.path("probe").path("encoding").asString()).isEqualTo("GB18030");
        assertThat(upload.path("probe").path("columns").findValuesAsString("sourceName"))
                .containsExactly("编号", "店名", "开业日期");
        assertThat(upload.path("probe").path("preview").get(0).get(1).asString()).isEqualTo("苕溪百货");

        String id = upload.path("id").asString();
        Answer ordered = clerk().order(id, Clerk.newDataset("百货店铺登记", SHOP_COLUMNS));
        assertThat(ordered.status()).as(ordered.toString()).isEqualTo(202);
        JsonNode ended = clerk().ended(id);
        assertThat(ended.path("state").asString()).as(ended.toString()).isEqualTo("LOADED");
        assertThat(ended.path("result").path("rows").asLong()).isEqualTo(2);
        assertThat(ended.path("result").path("rejected").asLong()).isEqualTo(1);
        String rejects = person().get(UPLOADS + "/" + id + "/rejects").text();
        assertThat(rejects.lines().skip(1))
                .singleElement()
                .satisfies(
                        line ->
                                assertThat(line)
                                        .startsWith("4,")
                                        .contains("开业日期", "日历上没有“2023-02-30”这一天", "坏店"));
        String dataset = ended.path("result").path("dataset").asString();
        assertThat(person().get("/api/v1/datasets/" + dataset + "/rejects").text())
                .isEqualTo(rejects);
    }

    @Test
    void aFileIsReadAnewAsThePersonSays() {
        String id = clerk().upload("1;2;3\n4;5;6\n");
        Answer read =
                person().post(
                                UPLOADS + "/" + id + "/probe",
                                Map.of("separator", ",", "header", true, "encoding", "GB18030"));
        JsonNode probe = read.json().path("probe");
        assertThat(probe.path("separator").asString()).as(read.toString()).isEqualTo(",");
        assertThat(probe.path("header").asBoolean()).isTrue();
        assertThat(probe.path("encoding").asString()).isEqualTo("GB18030");
        assertThat(probe.path("columns").findValuesAsString("sourceName")).containsExactly("1;2;3");
        JsonNode back =
                person().post(UPLOADS + "/" + id + "/probe", Map.of("separator", ";")).json();
        assertThat(back.path("probe").path("columns").size()).isEqualTo(3);
        assertThat(back.path("probe").path("header").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "encoding, klingon",
        "separator, ';;'",
        "separator, '\"'",
        "separator, ，",
        "sheet, 0123456789012345678901234567890123456789012345678901234567890123456789012345678901"
                + "2345678901234567890123456789"
    })
    void aWrongWayToReadIsRefusedByItsName(String field, String value) {
        String id = clerk().upload(SHOPS);
        Answer refused = person().post(UPLOADS + "/" + id + "/probe", Map.of(field, value));
        assertThat(errorFields(refused)).containsExactly(field);
        assertThat(upload(id).path("probe").path("separator").asString()).isEqualTo(",");
    }

    @Test
    void whatIsNoTableFailsWithTheReasonAndWhatToDoAndCannotBeLoaded() {
        byte[] pdf = utf8("%PDF-1.7\n%\u00e2\u00e3\n1 0 obj\n<</Type/Catalog>>\nendobj\n");
        Map<String, byte[]> files = Map.of("FILE_NOT_A_TABLE", pdf, "FILE_EMPTY", new byte[0]);
        files.forEach(
                (code, content) -> {
                    JsonNode upload = clerk().send("报告.csv", content).json();
                    assertThat(upload.path("state").asString()).isEqualTo("FAILED");
                    assertThat(upload.path("error").path("code").asString()).isEqualTo(code);
                    assertThat(upload.path("error").path("message").asString()).isNotBlank();
                    assertThat(upload.path("error").path("mend").asString()).isNotBlank();
                    String id = upload.path("id").asString();
                    Answer refused = clerk().order(id, Clerk.newDataset("报告", SHOP_COLUMNS));
                    assertThat(refused.code()).isEqualTo("UPLOAD_STATE");
                    assertThat(person().post(UPLOADS + "/" + id + "/probe", Map.of()).code())
                            .isEqualTo("UPLOAD_STATE");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../../etc/shops.csv",
                "..\\..\\shops.csv",
                "/etc/cron.d/shops.csv",
                "C:\\temp\\shops.csv",
                "sh\u0000op\u202Es.c\u0007sv"
            })
    void aHostileFileNameIsCutToItsLastPart(String name) {
        JsonNode upload = clerk().send(name, utf8(SHOPS)).json();
        assertThat(upload.path("fileName").asString()).isEqualTo("shops.csv");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "/", "\u0007", "../", " "})
    void aFileNameOfNothingIsRefused(String name) {
        assertThat(errorFields(clerk().send(name, utf8(SHOPS)))).containsExactly("fileName");
    }

    @Test
    void aLongFileNameIsCutBetweenCharacters() {
        String name = "a" + "🐉".repeat(150) + ".json";
        Answer sent = clerk().send(name, utf8(SHOPS));
        assertThat(sent.status()).as(sent.toString()).isEqualTo(201);
        assertThat(sent.json().path("fileName").asString())
                .hasSizeLessThanOrEqualTo(200)
                .matches("🐉+\\.json");
    }

    @Test
    void theUploadsOfOthersAreOutOfReach() {
        String id = clerk().upload(SHOPS);
        Visitor stranger = visitors.person("chen.jie");
        String path = UPLOADS + "/" + id;
        assertThat(stranger.get(path).status()).isEqualTo(403);
        assertThat(stranger.get(path + "/events").status()).isEqualTo(403);
        assertThat(stranger.get(path + "/rejects").status()).isEqualTo(403);
        assertThat(stranger.post(path + "/probe", Map.of()).status()).isEqualTo(403);
        assertThat(stranger.post(path + "/load", Clerk.newDataset("店铺", SHOP_COLUMNS)).status())
                .isEqualTo(403);
        assertThat(stranger.post(path + "/cancel").status()).isEqualTo(403);
        assertThat(stranger.delete(path).status()).isEqualTo(403);
        assertThat(visitors.anonymous().get(path).status()).isEqualTo(401);
        assertThat(stranger.get(UPLOADS + "?limit=200").text()).doesNotContain(id);
        assertThat(person().get(UPLOADS + "?limit=200").text()).contains(id);
        assertThat(person().get(UPLOADS + "/nothing").code()).isEqualTo("UPLOAD_NOT_FOUND");
    }

    @Test
    void uploadsAreListedPageByPageTheNewestFirst() {
        String first = clerk().upload(SHOPS);
        String second = clerk().upload(SHOPS);
        JsonNode newest = person().get(UPLOADS + "?limit=1").json();
        assertThat(newest.path("items").findValuesAsString("id")).containsExactly(second);
        assertThat(newest.path("items").get(0).path("probe").isNull()).isTrue();
        assertThat(newest.path("total").asLong()).isGreaterThanOrEqualTo(2);
        String next = newest.path("next").asString();
        JsonNode older = person().get(UPLOADS + "?limit=1&after=" + next).json();
        assertThat(older.path("items").findValuesAsString("id")).containsExactly(first);
    }

    @Test
    void nothingIsLoadedIntoTheDatasetsOfOthers() {
        String dataset = clerk().dataset("百货店铺登记", SHOPS, SHOP_COLUMNS);
        Visitor stranger = visitors.person("chen.jie");
        Clerk other = new Clerk(stranger, stranger);
        String id = other.upload(SHOPS);
        assertThat(other.order(id, Clerk.rowsOf(dataset, "APPEND", SHOP_COLUMNS)).status())
                .isEqualTo(403);
        Map<String, Object> foreign =
                Map.of(
                        "title", "百货店铺登记",
                        "organisation", "330500-police",
                        "mode", "REPLACE",
                        "columns", SHOP_COLUMNS);
        assertThat(other.order(id, foreign).status()).isEqualTo(403);
        assertThat(clerk().dataset(dataset).path("rows").asLong()).isEqualTo(2);
    }

    @Test
    void wrongColumnsAreNamedOneByOne() {
        String id = clerk().upload("a,b,c,d,e,f\n1,2,3,4,5,6\n");
        List<Clerk.Column> columns =
                List.of(
                        new Clerk.Column(0, "Bad Name", "甲", "TEXT"),
                        new Clerk.Column(1, "same", "乙", "TEXT"),
                        new Clerk.Column(2, "same", "丙", "TEXT"),
                        new Clerk.Column(99, "beyond", "丁", "TEXT"),
                        new Clerk.Column(3, "blank", "  ", "TEXT"),
                        new Clerk.Column(3, "again", "己", "TEXT"),
                        new Clerk.Column(4, "tiaoxi_row", "庚\u0007辛", "TEXT"));
        assertThat(errorFields(clerk().order(id, Clerk.newDataset(" ", columns))))
                .containsExactlyInAnyOrder(
                        "title",
                        "columns[0].name",
                        "columns[2].name",
                        "columns[3].index",
                        "columns[4].label",
                        "columns[5].index",
                        "columns[6].name",
                        "columns[6].label");
        assertThat(errorFields(clerk().order(id, Clerk.newDataset("表", List.of()))))
                .containsExactly("columns");
        assertThat(
                        clerk().order(
                                        id,
                                        Map.of(
                                                "title", "表",
                                                "mode", "SIDEWAYS",
                                                "columns", List.of()))
                                .status())
                .isEqualTo(400);
        assertThat(upload(id).path("state").asString()).isEqualTo("PROBED");
    }

    @Test
    void whatIsNoCharacterIsRefusedInATitleOrLabel() {
        String id = clerk().upload("a\n1\n");
        String order =
                """
                {"title": "%s店铺", "mode": "REPLACE",
                 "columns": [{"index": 0, "name": "a", "label": "\\udc09", "type": "TEXT"}]}
                """;
        for (String none : List.of("\\ud83d", "\\ufffe", "\\u0007")) {
            Answer refused = person().post(UPLOADS + "/" + id + "/load", order.formatted(none));
            assertThat(errorFields(refused)).containsExactly("title", "columns[0].label");
        }
    }

    @Test
    void aLoadIsOrderedOnce() {
        String id = clerk().upload(SHOPS);
        Map<String, Object> order = Clerk.newDataset("百货店铺登记", SHOP_COLUMNS);
        assertThat(clerk().order(id, order).status()).isEqualTo(202);
        Answer second = clerk().order(id, order);
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.code()).isEqualTo("UPLOAD_STATE");
        clerk().ended(id);
        assertThat(clerk().order(id, order).code()).isEqualTo("UPLOAD_STATE");
    }

    @Test
    void theSameOrderSentTwiceHappensOnce() {
        String id = clerk().upload(SHOPS);
        Map<String, Object> order = Clerk.newDataset("百货店铺登记", SHOP_COLUMNS);
        Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
        String path = UPLOADS + "/" + id + "/load";
        Answer first = person().post(path, order, key);
        assertThat(first.status()).as(first.toString()).isEqualTo(202);
        JsonNode ended = clerk().ended(id);
        Answer second = person().post(path, order, key);
        assertThat(second.status()).as(second.toString()).isEqualTo(202);
        assertThat(second.json().path("id").asString()).isEqualTo(id);
        String dataset = ended.path("result").path("dataset").asString();
        assertThat(clerk().dataset(dataset).path("loads").size()).isEqualTo(1);
        assertThat(clerk().dataset(dataset).path("rows").asLong()).isEqualTo(2);
        assertThat(upload(id).path("state").asString()).isEqualTo("LOADED");
    }

    @Test
    void aCancelledLoadLeavesNothingAndCanBeOrderedAgain() {
        String id = sendBig();
        assertThat(clerk().order(id, bigOrder()).status()).isEqualTo(202);
        Waiting.until(
                "the writing of rows",
                () -> upload(id),
                u -> u.path("progress").path("phase").asString().equals("WRITING"));
        assertThat(person().post(UPLOADS + "/" + id + "/cancel").status()).isEqualTo(200);
        JsonNode cancelled = clerk().ended(id);
        assertThat(cancelled.path("state").asString()).isEqualTo("CANCELLED");
        assertThat(cancelled.path("result").isNull()).isTrue();
        String dataset =
                database.sql("SELECT dataset FROM catalogue.upload WHERE id = :id::uuid")
                        .param("id", id)
                        .query(String.class)
                        .single();
        assertThat(person().get("/api/v1/datasets/" + dataset).code())
                .isEqualTo("DATASET_NOT_FOUND");
        assertThat(lake.tables().exists(Lake.table(dataset))).isFalse();

        assertThat(clerk().order(id, bigOrder()).status()).isEqualTo(202);
        List<JsonNode> told = events(person().get(UPLOADS + "/" + id + "/events").text());
        assertThat(told).hasSizeGreaterThan(3);
        assertThat(told.getFirst().path("state").asString()).isEqualTo("LOADING");
        assertThat(told.stream().map(e -> e.path("progress").path("percent").asInt(100)))
                .isSorted();
        JsonNode last = told.getLast();
        assertThat(last.path("state").asString()).as(last.toString()).isEqualTo("LOADED");
        assertThat(last.path("result").path("rows").asLong()).isEqualTo(BIG_ROWS);
    }

    private static List<JsonNode> events(String stream) {
        List<JsonNode> events = new ArrayList<>();
        Stream.of(stream.split("\n\n"))
                .filter(e -> e.startsWith("event:progress"))
                .map(e -> e.substring(e.indexOf("data:") + "data:".length()))
                .map(JsonMapper.shared()::readTree)
                .forEach(events::add);
        return events;
    }

    @Test
    void theEventsOfAnUploadThatHasEndedEndAtOnce() {
        String id =
                clerk().load(SHOPS, Clerk.newDataset("百货店铺登记", SHOP_COLUMNS)).path("id").asString();
        List<JsonNode> told = events(person().get(UPLOADS + "/" + id + "/events").text());
        assertThat(told).isNotEmpty();
        assertThat(told.getLast().path("state").asString()).isEqualTo("LOADED");
    }

    @Test
    void oneLoadGoesIntoADatasetAtATime() {
        String dataset =
                clerk().dataset(
                                "全市店铺名录",
                                "编号,店名\nS1,苕溪百货\n",
                                Clerk.columns("code 编号 TEXT", "shop 店名 TEXT"));
        List<Clerk.Column> columns = Clerk.columns("code 编号 TEXT", "shop 店名 TEXT");
        String first = sendBig();
        String second = clerk().upload("编号,店名\nS2,太湖书店\n");
        assertThat(clerk().order(first, Clerk.rowsOf(dataset, "REPLACE", columns)).status())
                .isEqualTo(202);
        Answer refused = clerk().order(second, Clerk.rowsOf(dataset, "APPEND", columns));
        assertThat(refused.status()).as(refused.toString()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("DATASET_BUSY");
        assertThat(upload(second).path("state").asString()).isEqualTo("PROBED");
        assertThat(person().delete(UPLOADS + "/" + first).code()).isEqualTo("UPLOAD_STATE");
        person().post(UPLOADS + "/" + first + "/cancel");
        assertThat(clerk().ended(first).path("state").asString()).isEqualTo("CANCELLED");
        assertThat(clerk().dataset(dataset).path("rows").asLong()).isEqualTo(1);
        clerk().order(second, Clerk.rowsOf(dataset, "APPEND", columns));
        assertThat(clerk().ended(second).path("state").asString()).isEqualTo("LOADED");
        assertThat(clerk().dataset(dataset).path("rows").asLong()).isEqualTo(2);
    }

    @Test
    void rowsOfTheSameColumnsJoinADatasetAndOthersAreRefused() {
        String dataset = clerk().dataset("百货店铺登记", SHOPS, SHOP_COLUMNS);
        String id = clerk().upload(SHOPS);
        List<List<Clerk.Column>> others =
                List.of(
                        Clerk.columns("code 编号 TEXT", "shop 店名 TEXT"),
                        Clerk.columns("code 编号 TEXT", "shop 店名 TEXT", "opened 开业日期 TEXT"),
                        Clerk.columns("shop 店名 TEXT", "code 编号 TEXT", "opened 开业日期 DATE"));
        for (List<Clerk.Column> columns : others) {
            Answer refused = clerk().order(id, Clerk.rowsOf(dataset, "APPEND", columns));
            assertThat(refused.status()).as(refused.toString()).isEqualTo(409);
            assertThat(refused.code()).isEqualTo("COLUMNS_DIFFER");
        }
        clerk().order(id, Clerk.rowsOf(dataset, "APPEND", SHOP_COLUMNS));
        JsonNode ended = clerk().ended(id);
        assertThat(ended.path("state").asString()).as(ended.toString()).isEqualTo("LOADED");
        assertThat(ended.path("result").path("rows").asLong()).isEqualTo(2);
        JsonNode shown = clerk().dataset(dataset);
        assertThat(shown.path("rows").asLong()).isEqualTo(4);
        assertThat(shown.path("loads").findValuesAsString("mode"))
                .containsExactly("APPEND", "REPLACE");
    }

    @Test
    void aDiscardedUploadIsGoneAndWhatItLoadedStays() {
        JsonNode loaded = clerk().load(SHOPS, Clerk.newDataset("百货店铺登记", SHOP_COLUMNS));
        String path = UPLOADS + "/" + loaded.path("id").asString();
        assertThat(person().delete(path).status()).isEqualTo(204);
        assertThat(person().get(path).code()).isEqualTo("UPLOAD_NOT_FOUND");
        assertThat(person().delete(path).status()).isEqualTo(404);
        JsonNode dataset = clerk().dataset(loaded.path("result").path("dataset").asString());
        assertThat(dataset.path("rows").asLong()).isEqualTo(2);
    }
}
