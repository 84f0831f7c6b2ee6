package cn.tiaoxi.platform.intake;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.platform.PlatformTest;
import cn.tiaoxi.platform.Visitor;
import cn.tiaoxi.platform.Visitors;
import cn.tiaoxi.platform.Waiting;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@PlatformTest
class ImportTests {
    private static final String TYPE = "import-asset";

    @Autowired private Visitors visitors;
    @Autowired private JdbcClient database;

    private Visitor steward = null;
    private Bringer assets = null;

    @BeforeEach
    void putTheTypeInForce() {
        steward = visitors.person("zhao.lei");
        Bringer.activate(steward, TYPE, TestTypes.asset(TYPE));
        assets = new Bringer(steward, TYPE);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aFileIsMatchedCheckedAndWritten() {
        JsonNode job =
                assets.bring(
                        """
                        编码,资产名称,单位,采购金额,采购日期,共享
                        A-1,数据库服务器,市民政局,"1,234.50",2023年11月5日,是
                        A-2,邮件服务器,330500-civil,１２万元,20231106,√
                        """);
        assertThat(Bringer.targets(job))
                .containsExactly("code", "title", "organisation", "price", "bought", "shared");

        JsonNode checked = assets.check(job);
        assertThat(Bringer.counts(checked)).containsExactly(2, 0, 0, 0);
        assertThat(
                        steward.get("/api/v1/ledgers/" + TYPE + "/entries?q=A-1")
                                .json()
                                .path("total")
                                .asInt())
                .isZero();

        JsonNode applied = assets.apply(checked);
        assertThat(Bringer.counts(applied)).containsExactly(2, 0, 0, 0);
        JsonNode fields = find("A-2").path("fields");
        assertThat(fields.path("price").asInt()).isEqualTo(12);
        assertThat(fields.path("bought").asString()).isEqualTo("2023-11-06");
        assertThat(fields.path("shared").asBoolean()).isTrue();

        JsonNode again =
                assets.check(
                        assets.bring(
                                """
                                编码,资产名称,采购金额
                                A-1,数据库服务器,1234.5
                                A-2,邮件服务器二号,12
                                """));
        assertThat(Bringer.counts(again)).containsExactly(0, 1, 1, 0);
        assertThat(again.path("samples").get(0).path("changes").get(0).path("after").asString())
                .isEqualTo("邮件服务器二号");
    }

    private JsonNode find(String code) {
        String id =
                database.sql(
                                "SELECT id::text FROM published.ledger_entry WHERE type = :t AND code = :c")
                        .param("t", TYPE)
                        .param("c", code)
                        .query(String.class)
                        .single();
        return steward.get("/api/v1/ledgers/" + TYPE + "/entries/" + id).json();
    }

    @Test
    void everythingWrongWithACellIsToldWithItsRowAndColumn() {
        JsonNode checked =
                assets.check(
                        assets.bring(
                                """
                                编码,资产名称,采购金额,采购日期,是否共享,资产类别,使用单位,管理人,位置,用途
                                B-1,一,12a,2023-02-30,也许,其他,火星局,某某,不知道,网站；邮箱
                                B-2,二,50%,11/5/2023,是,服务器,市民政局|市公安局,王伟,"120.08,30.89",网站、数据
                                B-3,,1,2023-11,否,存储、备份,,zhao.lei,,WEB|DATA
                                """));

        assertThat(assets.faults(checked))
                .contains(
                        "2 2 intake.noNumber",
                        "2 3 intake.noSuchDay",
                        "2 4 intake.noTruth",
                        "2 5 intake.ambiguous",
                        "2 6 intake.organisationUnknown",
                        "2 7 intake.personUnknown",
                        "2 8 ledger.noGeometry",
                        "2 9 ledger.codeUnknown",
                        "3 2 intake.percent",
                        "3 3 intake.dayAmbiguous",
                        "4 3 intake.dayMissing")
                .noneMatch(f -> f.startsWith("3 5") || f.startsWith("3 6") || f.startsWith("3 7"));
        assertThat(Bringer.counts(checked)).containsExactly(0, 0, 0, 3);
        assertThat(assets.findings(checked))
                .allSatisfy(
                        f -> {
                            assertThat(f.path("message").asString()).doesNotStartWith("intake.");
                            assertThat(f.path("mend").asString()).isNotBlank();
                        });
    }

    @Test
    void aCodeThatStandsTwiceIsRefusedInBothRowsHoweverFarApart() {
        StringBuilder csv = new StringBuilder("编码,资产名称,序列号\n");
        for (int i = 0; i < 6_000; i++) {
            csv.append("C-").append(i).append(",资产,C").append(i).append('\n');
        }
        csv.append("C-0,又一个,又一个\n");
        JsonNode checked = assets.check(assets.bring(csv.toString()));

        assertThat(assets.faults(checked))
                .containsExactly("2 0 intake.codeTwice", "6002 0 intake.codeTwice");
        assertThat(assets.findings(checked).get(0).path("message").asString()).contains("6002");
        assertThat(Bringer.counts(checked)).containsExactly(5_999, 0, 0, 2);
    }

    @Test
    void rowsMayReferToOthersOfTheFileEvenToLaterOnes() {
        StringBuilder csv = new StringBuilder("编码,资产名称,上级资产\n");
        for (int i = 0; i < 5_200; i++) {
            csv.append("D-").append(i).append(",资产").append(i).append(",D-root\n");
        }
        csv.append("D-root,独一的根,\nD-x,孤儿,D-none\n");
        JsonNode checked = assets.check(assets.bring(csv.toString()));
        assertThat(Bringer.counts(checked)).containsExactly(5_201, 0, 0, 1);
        assertThat(assets.faults(checked)).containsExactly("5203 2 ledger.referenceUnknown");

        JsonNode applied = assets.apply(checked);
        assertThat(Bringer.counts(applied)).containsExactly(5_201, 0, 0, 1);

        JsonNode byTitle =
                assets.take("t.csv", utf8("编码,资产名称,上级资产\nD-y,又一个,独一的根\nD-z,再一个,没有的名称\n"));
        assertThat(Bringer.counts(byTitle)).containsExactly(1, 0, 0, 1);
    }

    @Test
    void aTitleThatSeveralHaveIsAmbiguous() {
        assets.take("t.csv", utf8("编码,资产名称\nE-1,同名\nE-2,同名\n"));
        JsonNode checked = assets.check(assets.bring("编码,资产名称,上级资产\nE-3,下级,同名\n"));
        assertThat(assets.faults(checked)).containsExactly("2 2 intake.ambiguous");
        assertThat(assets.findings(checked).get(0).path("message").asString()).contains("E-1, E-2");
    }

    @Test
    void aTemplateIsFilledInAndImported() {
        Visitor.Answer answer = steward.get("/api/v1/ledgers/" + TYPE + "/template");
        assertThat(answer.status()).isEqualTo(200);
        List<List<String>> rows = Sheets.read(answer.bytes());
        assertThat(rows.get(0)).startsWith("编码 *", "资产名称 *", "单位");
        assertThat(rows.get(1)).startsWith("{code}", "{title}", "{organisation}");
        assertThat(Sheets.part(answer.bytes(), "xl/worksheets/sheet1.xml"))
                .contains("dataValidation", "hidden=");
        assertThat(Sheets.part(answer.bytes(), "xl/comments1.xml")).contains("含税");

        JsonNode empty = assets.bring("模板.xlsx", answer.bytes());
        assertThat(Bringer.counts(assets.check(empty))).containsExactly(0, 0, 0, 0);

        List<List<String>> filled = new ArrayList<>(rows.subList(0, 3));
        filled.set(0, filled.get(0).stream().map(h -> "改过的" + h.length()).toList());
        List<String> values =
                new ArrayList<>(java.util.Collections.nCopies(rows.get(0).size(), ""));
        values.set(0, "F-1");
        values.set(1, "按标识对应");
        filled.add(values);
        JsonNode job = assets.bring("填好.xlsx", Sheets.workbook(Sheets.rows(filled)));
        assertThat(Bringer.targets(job)).startsWith("code", "title", "organisation");
        assertThat(Bringer.counts(assets.check(job))).containsExactly(1, 0, 0, 0);

        assertThat(steward.get("/api/v1/ledgers/" + TYPE + "/template?format=csv").text())
                .contains("资产名称");
        assertThat(
                        Sheets.read(
                                        steward.get(
                                                        "/api/v1/ledgers/" + TYPE + "/template",
                                                        Map.of("Accept-Language", "en"))
                                                .bytes())
                                .get(0))
                .startsWith("Code *", "Asset name *", "Organisation");
    }

    @Test
    void aTemplateOfAnOlderTypeIsMatchedByIdentifiersAndTellsWhatVanished() {
        byte[] book =
                Sheets.workbook(
                        new LinkedHashMap<>(
                                Map.of(
                                        "填写",
                                        Sheets.rows(
                                                List.of(
                                                        List.of("编号", "名", "旧字段"),
                                                        List.of("{code}", "{title}", "{gone}"),
                                                        List.of("G-1", "一", "x"))))));
        JsonNode job = assets.bring("old.xlsx", book);
        assertThat(Bringer.targets(job)).containsExactly("code", "title", null);
        assertThat(assets.notices(job)).contains("intake.file.vanished");
    }

    @Test
    void mergedCellsAreToldOrFilled() {
        byte[] book =
                Sheets.workbook(
                        sheet -> {
                            Sheets.rows(
                                            List.of(
                                                    List.of("资产清单", "", ""),
                                                    List.of("编码", "资产名称", "序列号"),
                                                    List.of("H-1", "一", "甲"),
                                                    List.of("H-2", "二", ""),
                                                    List.of("H-3", "三", "乙")))
                                    .write(sheet);
                            sheet.range(0, 0, 0, 2).merge();
                            sheet.range(2, 2, 3, 2).merge();
                        });
        JsonNode job = assets.bring("merged.xlsx", book);
        assertThat(job.path("headerRow").asInt()).isEqualTo(2);
        JsonNode checked = assets.check(job);
        assertThat(assets.faults(checked)).containsExactly("4 2 intake.merged");

        JsonNode filled = assets.check(assets.options(checked, "fillMerged", true));
        assertThat(assets.notices(filled)).contains("intake.mergedFilled");
    }

    @Test
    void formulasCountAsTheirValuesAndAreToldOne() {
        byte[] plain =
                Sheets.workbook(
                        sheet -> {
                            Sheets.rows(
                                            List.of(
                                                    List.of("编码", "资产名称", "采购金额"),
                                                    List.of("I-1", "一"),
                                                    List.of("I-2", "二")))
                                    .write(sheet);
                            sheet.formula(1, 2, "1+2");
                            sheet.formula(2, 2, "1+3");
                        });
        byte[] book =
                Sheets.changed(
                        plain, "xl/worksheets/sheet1.xml", "<f>1+2</f>", "<f>1+2</f><v>3</v>");
        JsonNode checked = assets.check(assets.bring("formula.xlsx", book));
        assertThat(assets.notices(checked)).contains("intake.formula");
        assertThat(assets.faults(checked)).containsExactly("3 2 intake.formulaEmpty");
    }

    @Test
    void datesAndLongNumbersOfSpreadsheetsAreReadAsPeopleSeeThem() {
        byte[] book =
                Sheets.workbook(
                        sheet -> {
                            Sheets.rows(
                                            List.of(
                                                    List.of("编码", "资产名称", "采购日期", "序列号"),
                                                    List.of("J-1", "一"),
                                                    List.of("J-2", "二")))
                                    .write(sheet);
                            sheet.value(1, 2, LocalDate.of(2023, 11, 5));
                            sheet.style(1, 2).format("yyyy/m/d").set();
                            sheet.value(1, 3, 330500198001011234L);
                            sheet.value(2, 2, 45235);
                            sheet.value(2, 3, 12345);
                        });
        JsonNode checked = assets.check(assets.bring("dates.xlsx", book));
        assertThat(assets.faults(checked)).containsExactly("2 3 intake.digitsLost");
        assertThat(assets.notices(checked)).contains("intake.daySerial");
        assets.apply(checked);
        assertThat(find("J-2").path("fields").path("bought").asString()).isEqualTo("2023-11-05");
        assertThat(find("J-2").path("fields").path("serial").asString()).isEqualTo("12345");
    }

    @Test
    void htmlEntitiesBecomeCharactersUnlessThePersonSaysNot() {
        JsonNode job = assets.bring("编码,资产名称\nK-1,研发&amp;运维&#33;\nK-2,A&B 公司; 其他\n");
        JsonNode checked = assets.check(job);
        assertThat(assets.notices(checked)).contains("intake.entities");
        assets.apply(checked);
        assertThat(find("K-1").path("title").asString()).isEqualTo("研发&运维!");
        assertThat(find("K-2").path("title").asString()).isEqualTo("A&B 公司; 其他");

        JsonNode raw =
                assets.options(assets.bring("编码,资产名称\nK-3,A&amp;B\n"), "decodeEntities", false);
        assets.apply(assets.check(raw));
        assertThat(find("K-3").path("title").asString()).isEqualTo("A&amp;B");
    }

    @Test
    void textOfAnyUsualEncodingAndSeparatorIsRead() {
        String csv = "编码;资产名称;采购金额\nL-1;湖州服务器;1,5\nL-2;德清服务器;\"1,500\"\n";
        for (Charset charset :
                List.of(
                        Charset.forName("GB18030"),
                        StandardCharsets.UTF_16LE,
                        StandardCharsets.UTF_16BE,
                        StandardCharsets.UTF_8)) {
            JsonNode job = assets.bring("a.csv", csv.getBytes(charset));
            assertThat(Bringer.targets(job))
                    .as(charset.name())
                    .containsExactly("code", "title", "price");
            assertThat(assets.faults(assets.check(job))).containsExactly("2 2 intake.noNumber");
        }
        JsonNode tabs = assets.bring("a.txt", utf8("\uFEFF编码\t资产名称\nL-3\t三\n"));
        assertThat(Bringer.targets(tabs)).containsExactly("code", "title");
    }

    @Test
    void brokenQuotesRaggedRowsAndControlCharactersAreFindingsOfTheirRows() {
        JsonNode checked =
                assets.check(
                        assets.bring(
                                "编码,资产名称,序列号\nM-1,\"一\"x,a\nM-2,二,b,多余\nM-3,三\u0007,c\nM-4,四,d\n"));
        assertThat(assets.faults(checked))
                .contains(
                        "2 -1 intake.quoteMisplaced",
                        "3 -1 intake.beyond",
                        "4 1 ledger.controlCharacter");
        assertThat(Bringer.counts(checked)).containsExactly(1, 0, 0, 3);
    }

    @Test
    void aCellOfAHundredThousandCharactersAndMarkupAreHarmless() {
        String longText = "长".repeat(100_000);
        JsonNode checked =
                assets.check(
                        assets.bring(
                                "编码,资产名称\nN-1," + longText + "\nN-2,<script>alert(1)</script>\n"));
        assertThat(assets.faults(checked)).containsExactly("2 1 border.tooLong");
        assertThat(assets.findings(checked).get(0).path("value").asString().length())
                .isLessThan(300);
        assets.apply(checked);
        assertThat(find("N-2").path("title").asString()).isEqualTo("<script>alert(1)</script>");
    }

    @Test
    void filesThatHoldNoTableAreRefusedWithAReason() throws Exception {
        assertThat(assets.send("a.csv", new byte[0]).code()).isEqualTo("FILE_EMPTY");
        assertThat(assets.send("a.pdf", utf8("%PDF-1.7\nx")).code()).isEqualTo("FILE_NOT_A_TABLE");
        byte[] old = new byte[2048];
        System.arraycopy(new byte[] {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0}, 0, old, 0, 4);
        assertThat(assets.send("a.xls", old).code()).isEqualTo("FILE_OLD_EXCEL");
        byte[] name = "EncryptedPackage".getBytes(StandardCharsets.UTF_16LE);
        System.arraycopy(name, 0, old, 1000, name.length);
        assertThat(assets.send("a.xlsx", old).code()).isEqualTo("FILE_ENCRYPTED");
        assertThat(assets.send("a.xlsx", Sheets.workbook(s -> {})).code())
                .isEqualTo("IMPORT_EMPTY");
        byte[] bomb =
                Sheets.changed(
                        Sheets.workbook(Sheets.rows(List.of(List.of("编码")))),
                        "xl/worksheets/sheet1.xml",
                        "</sheetData>",
                        " ".repeat(40 << 20) + "</sheetData>");
        assertThat(assets.send("a.xlsx", bomb).code()).isEqualTo("WORKBOOK_TOO_LARGE");
        String wide = "x,".repeat(600) + "y\n" + "1,".repeat(600) + "1\n";
        assertThat(assets.send("a.csv", utf8(wide)).code()).isEqualTo("IMPORT_COLUMNS");
        assertThat(assets.send("a.json", utf8("[{\"a\":1}]")).code())
                .isEqualTo("FILE_JSON_DOCUMENT");
    }

    @Test
    void twoHundredColumnsAreListedAndOneOfSeveralSheetsIsChosen() {
        List<String> heads = new ArrayList<>(List.of("编码", "资产名称"));
        List<String> values = new ArrayList<>(List.of("O-1", "一"));
        for (int i = 0; i < 198; i++) {
            heads.add("别的" + i);
            values.add("v" + i);
        }
        Map<String, Sheets.Writing> sheets = new LinkedHashMap<>();
        sheets.put("空", s -> {});
        sheets.put("说明", Sheets.rows(List.of(List.of("请看", "下一页"), List.of("a", "b"))));
        sheets.put("数据", Sheets.rows(List.of(heads, values)));
        JsonNode job = assets.bring("wide.xlsx", Sheets.workbook(sheets));
        assertThat(job.path("sheet").asString()).isEqualTo("数据");
        assertThat(job.path("columns").size()).isEqualTo(200);
        assertThat(Bringer.targets(job).stream().filter(t -> t != null))
                .containsExactly("code", "title");
        assertThat(Bringer.counts(assets.check(job))).containsExactly(1, 0, 0, 0);

        JsonNode other = assets.change(Bringer.id(job), Map.of("sheet", "说明")).json();
        assertThat(other.path("columns").size()).isEqualTo(2);
        assertThat(other.path("state").asString()).isEqualTo("RECEIVED");
    }

    @Test
    void theSheetToMendIsMendedAndSentAgain() {
        JsonNode checked =
                assets.check(
                        assets.bring(
                                "甲.csv", utf8("编码,资产名称,采购金额\nP-1,一,abc\nP-2,=二,2\nP-3,三,x\n")));
        Visitor.Answer csv = assets.rejects(checked, "?format=csv");
        assertThat(csv.headers().firstValue("Content-Disposition").orElse("")).contains("mend.csv");
        assertThat(csv.text()).contains("怎么改", "P-1", "P-3", "不是数字").doesNotContain("P-2");
        assertThat(assets.rejects(checked, "?format=csv&rows=all").text()).contains("P-2", "'=二");

        Visitor.Answer book = assets.rejects(checked, "?format=xlsx");
        List<List<String>> rows = Sheets.read(book.bytes());
        assertThat(rows).hasSize(3);
        assertThat(Sheets.part(book.bytes(), "xl/comments1.xml")).contains("不是数字");
        rows.get(1).set(2, "1");
        rows.get(2).set(2, "3");
        JsonNode mended = assets.bring("甲-mend.xlsx", Sheets.workbook(Sheets.rows(rows)));
        assertThat(Bringer.targets(mended)).containsExactly("code", "title", "price", null);
        assertThat(Bringer.counts(assets.apply(assets.check(mended)))).containsExactly(2, 0, 0, 0);
        assertThat(Bringer.counts(assets.apply(checked))).containsExactly(1, 0, 0, 2);
        assertThat(find("P-2").path("title").asString()).isEqualTo("=二");
    }

    @Test
    void jsonLinesAreReadWithTheirValues() {
        JsonNode checked =
                assets.check(
                        assets.bring(
                                "a.jsonl",
                                utf8(
                                        """
                                        {"code":"Q-1","title":"一","price":1.5,"uses":["WEB","邮件"],"place":{"type":"Point","coordinates":[120.1,30.9]},"shared":true}
                                        {"code":"Q-2","title":"二","title":"又"}
                                        {"code":"Q-3",
                                        {"code":"Q-4","title":"四","users":"市民政局","later":1}
                                        """)));
        assertThat(assets.faults(checked)).contains("2 1 intake.keyTwice", "3 -1 intake.json");
        assertThat(Bringer.counts(checked)).containsExactly(2, 0, 0, 2);
        assets.apply(checked);
        assertThat(find("Q-1").path("fields").path("uses").toString())
                .isEqualTo("[\"WEB\",\"MAIL\"]");
    }

    @Test
    void whatIsExportedCanBeChangedAndBroughtBack() {
        assets.take(
                "t.csv",
                utf8(
                        """
                        编码,资产名称,单位,采购金额,采购日期,是否共享,资产类别,用途,使用单位,所在区划,管理人,上级资产,位置,序列号
                        R-1,根,市民政局,1000000,2023-11-05,否,存储、备份,网站；数据,市民政局；市公安局,湖州市,wang.wei,,"120.08,30.89",R1
                        R-2,=SUM(1),市民政局,0.5,,是,OTHER1,,,,,R-1,,R2
                        """));
        Waiting.until(
                "the entries in the list",
                () -> assets.export("organisation=330500-civil").json().path("total").asInt(),
                n -> n >= 2);
        for (String format : List.of("xlsx", "csv", "jsonl")) {
            Visitor.Answer file = assets.export("organisation=330500-civil&format=" + format);
            assertThat(file.status()).as(format).isEqualTo(200);
            JsonNode checked = assets.check(assets.bring("export." + format, file.bytes()));
            assertThat(assets.faults(checked)).as(format).isEmpty();
            assertThat(checked.path("counts").path("changed").asInt())
                    .as(format + checked.path("samples"))
                    .isZero();
            assertThat(checked.path("counts").path("same").asInt()).isGreaterThanOrEqualTo(2);
        }
        String csv =
                assets.export("organisation=330500-civil&format=csv").text().replace("R1", "R1改");
        JsonNode changed = assets.take("export.csv", utf8(csv));
        assertThat(changed.path("counts").path("changed").asInt()).isEqualTo(1);
        assertThat(find("R-1").path("fields").path("serial").asString()).isEqualTo("R1改");
    }

    @Test
    void emptyCellsLeaveFieldsUnlessThePersonSaysThatTheyEmptyThem() {
        assets.take("t.csv", utf8("编码,资产名称,序列号\nS-1,一,S1\n"));
        assertThat(Bringer.counts(assets.check(assets.bring("编码,资产名称,序列号\nS-1,一,\n"))))
                .containsExactly(0, 0, 1, 0);
        JsonNode clearing =
                assets.options(assets.bring("编码,资产名称,序列号\nS-1,一,\n"), "blankClears", true);
        assertThat(Bringer.counts(assets.apply(assets.check(clearing))))
                .containsExactly(0, 1, 0, 0);
        assertThat(find("S-1").path("fields").has("serial")).isFalse();
    }

    @Test
    void whatWasWrittenIsTakenBack() {
        JsonNode applied = assets.take("t.csv", utf8("编码,资产名称\nT-1,一\nT-2,二\n"));
        Visitor.Answer undone =
                steward.post(
                        "/api/v1/ledgers/" + TYPE + "/imports/" + Bringer.id(applied) + "/undo",
                        Map.of("reason", "导错了"));
        assertThat(undone.status()).as(undone.toString()).isEqualTo(200);
        assertThat(undone.json().path("undone").asInt()).isEqualTo(2);
        assertThat(
                        database.sql(
                                        "SELECT count(*) FROM published.ledger_entry WHERE type = :t AND code LIKE 'T-%'")
                                .param("t", TYPE)
                                .query(Long.class)
                                .single())
                .isZero();
    }

    @Test
    void aClerkWritesTheOwnOrganisationOnlyAndNoHiddenField() {
        Bringer clerk = new Bringer(visitors.person("wang.wei"), TYPE);
        JsonNode job =
                clerk.bring("编码,资产名称,单位,保管口令\nU-1,一,,x\nU-2,二,市民政局,x\nU-3,三,330500-police,x\n");
        assertThat(Bringer.targets(job)).containsExactly("code", "title", "organisation", null);
        JsonNode checked = clerk.check(job);
        assertThat(clerk.faults(checked)).containsExactly("3 2 ledger.notPermitted");
        assertThat(Bringer.counts(clerk.apply(checked))).containsExactly(2, 0, 0, 1);
        assertThat(find("U-1").path("organisation").path("code").asString())
                .isEqualTo("330500-police");
        assertThat(
                        clerk.change(
                                        Bringer.id(clerk.bring("编码,口令\nU-4,x\n")),
                                        Map.of("targets", List.of("code", "secret")))
                                .status())
                .isEqualTo(400);

        Visitor stranger = visitors.person("chen.jie");
        assertThat(stranger.get("/api/v1/ledgers/" + TYPE + "/imports/" + Bringer.id(job)).status())
                .isEqualTo(403);
        assertThat(
                        stranger.get("/api/v1/ledgers/" + TYPE + "/imports")
                                .json()
                                .path("total")
                                .asInt())
                .isZero();
    }

    @Test
    void stepsLeaveTracesAndWrongOrdersAreRefused() {
        JsonNode job = assets.bring("编码,资产名称\nV-1,一\n");
        assertThat(assets.order(Bringer.id(job), "apply").code()).isEqualTo("IMPORT_STATE");
        assertThat(
                        assets.change(Bringer.id(job), Map.of("targets", List.of("code", "code")))
                                .status())
                .isEqualTo(400);
        assertThat(assets.change(Bringer.id(job), Map.of("targets", List.of("code"))).status())
                .isEqualTo(400);
        assets.apply(assets.check(job));
        assertThat(assets.order(Bringer.id(job), "check").code()).isEqualTo("IMPORT_STATE");
        assertThat(
                        database.sql(
                                        "SELECT DISTINCT action FROM published.change WHERE object = :o")
                                .param("o", "import:" + Bringer.id(job))
                                .query(String.class)
                                .list())
                .contains("import.received", "import.checked", "import.applied");

        JsonNode dropped = assets.bring("编码,资产名称\nV-2,一\n");
        String path = "/api/v1/ledgers/" + TYPE + "/imports/" + Bringer.id(dropped);
        assertThat(steward.delete(path).status()).isEqualTo(204);
        assertThat(steward.get(path).code()).isEqualTo("IMPORT_NOT_FOUND");
    }
}
