package cn.tiaoxi.lake.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.tiaoxi.lake.ColumnType;
import cn.tiaoxi.lake.ErrorCode;
import cn.tiaoxi.lake.LakeColumn;
import cn.tiaoxi.lake.LakeException;
import cn.tiaoxi.lake.RowFault;
import cn.tiaoxi.lake.source.ProbeResult;
import cn.tiaoxi.lake.source.ReadOptions;
import cn.tiaoxi.lake.source.SourceProbe;
import cn.tiaoxi.lake.source.TextEncoding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as they should not be. */
class BadInputTests {
    @TempDir Path folder;

    private TestLake lake;

    @BeforeEach
    void open() throws Exception {
        lake = new TestLake(folder);
    }

    @AfterEach
    void close() throws Exception {
        lake.close();
    }

    @Test
    void raggedRowsAreRejectedWithTheirLine() throws Exception {
        LoadResult result =
                lake.load(lake.write("a.csv", "a,b,c\n1,2,3\n4,5\n\n6,7,8,9\n10,11,12,\n"), "t");

        assertThat(result.rows()).isEqualTo(2);
        assertThat(result.faults()).containsEntry(RowFault.FIELD_COUNT, 2L).hasSize(1);
        assertThat(rejects())
                .containsExactly(
                        "3,\"\",\"expected 3 fields, found 2\",\"4,5\"",
                        "5,\"\",\"expected 3 fields, found 4\",\"6,7,8,9\"");
        assertThat(lake.rows("t"))
                .containsExactly(List.of("1", "2", "3"), List.of("10", "11", "12"));
    }

    @Test
    void quotesMaySpanLines() throws Exception {
        LoadResult result =
                lake.load(
                        lake.write(
                                "a.csv",
                                "id,note\r\n1,\"first\r\nsecond, with \"\"quotes\"\"\"\r\nx,y\r\n"),
                        "t");

        assertThat(result.rows() + result.rejected()).isEqualTo(2);
        assertThat(lake.rows("t"))
                .first()
                .isEqualTo(List.of("1", "first\r\nsecond, with \"quotes\""));
    }

    @Test
    void anUnclosedQuoteCostsOneRowAndNotTheRest() throws Exception {
        LoadPlan plan = texts(lake.write("a.csv", "a,b\n1,\"open\n2,x\n3,\"y\"z\n4,w\n"), "a", "b");

        LoadResult result = lake.loader.load(folder.resolve("a.csv"), plan, LoadListener.NONE);

        assertThat(lake.rows("t")).containsExactly(List.of("2", "x"), List.of("4", "w"));
        assertThat(result.faults())
                .containsEntry(RowFault.QUOTE_NOT_CLOSED, 1L)
                .containsEntry(RowFault.QUOTE_MISPLACED, 1L);
        assertThat(rejects()).hasSize(2).first().asString().startsWith("2,");
    }

    @Test
    void wideDigitsAndChineseDatesAreUnderstoodAndImpossibleDaysRejected() throws Exception {
        Path file =
                lake.write(
                        "a.csv",
                        "数量,金额,日期\n１２,\"１，２３４．５\",２０２３年１月５日\n7,8.25,2023-02-30\nx,y,2023/1/6\n,,\"\"\n");
        LoadPlan plan =
                plan(
                        file,
                        new LakeColumn("n", "数量", ColumnType.INTEGER),
                        new LakeColumn("m", "金额", ColumnType.DECIMAL),
                        new LakeColumn("d", "日期", ColumnType.DATE));

        LoadResult result = lake.loader.load(file, plan, LoadListener.NONE);

        assertThat(lake.rows("t"))
                .containsExactly(
                        List.of("12", "1234.5", "2023-01-05"),
                        java.util.Arrays.asList(null, null, null));
        assertThat(result.faults())
                .containsEntry(RowFault.NO_SUCH_DATE, 1L)
                .containsEntry(RowFault.NOT_INTEGER, 1L);
        assertThat(rejects())
                .containsExactly(
                        "3,\"日期\",\"the calendar has no day 2023-02-30\",\"7,8.25,2023-02-30\"",
                        "4,\"数量\",\"x is no whole number; 金额: y is no number\",\"x,y,2023/1/6\"");
    }

    @Test
    void rowsWithBytesOfAnotherEncodingAreRejected() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write("姓名,年龄\n张三,1\n".getBytes(StandardCharsets.UTF_8));
        bytes.write("李四,2\n".getBytes(Charset.forName("GB18030")));
        bytes.write("王五,3\n".getBytes(StandardCharsets.UTF_8));
        Path file = Files.write(folder.resolve("a.csv"), bytes.toByteArray());
        ProbeResult probe =
                SourceProbe.probe(
                        file, "a.csv", new ReadOptions(TextEncoding.UTF_8, null, null, null));

        LoadResult result =
                lake.loader.load(file, lake.plan(probe, "t", LoadMode.REPLACE), LoadListener.NONE);

        assertThat(result.faults()).containsExactly(java.util.Map.entry(RowFault.BAD_ENCODING, 1L));
        assertThat(lake.rows("t")).extracting(List::getFirst).containsExactly("张三", "王五");
        assertThat(rejects()).hasSize(1).first().asString().startsWith("3,");
    }

    @Test
    void chineseTextInGb18030IsReadWhole() throws Exception {
        String text = "姓名,说明\n张三,𠮷野家㐀\n李四,\"镕\n堃\"\n";
        Path file = Files.write(folder.resolve("a.csv"), text.getBytes(Charset.forName("GB18030")));

        lake.load(file, "t");

        assertThat(lake.rows("t")).containsExactly(List.of("张三", "𠮷野家㐀"), List.of("李四", "镕\n堃"));
    }

    @Test
    void nulCharactersAndFormulasInRejectsAreHarmless() throws Exception {
        Path file = lake.write("a.csv", "a,b\n=1+1,x\u0000y\n=2+2,z\n");

        lake.loader.load(file, texts(file, "a", "b"), LoadListener.NONE);

        assertThat(lake.rows("t")).containsExactly(List.of("=2+2", "z"));
        assertThat(rejects()).hasSize(1).first().asString().contains("\"'=1+1,");
    }

    @Test
    void textOfSqlAndScriptsStaysText() throws Exception {
        String evil = "'; DROP TABLE lake.iceberg_tables; --";
        Path file = lake.write("a.csv", "a,b\n" + evil + ",<script>alert(1)</script>\n");

        lake.load(file, "t");

        assertThat(lake.rows("t")).containsExactly(List.of(evil, "<script>alert(1)</script>"));
        assertThat(lake.tables.list()).containsExactly("t");
    }

    @Test
    void workbooksAreReadAndLostDigitsRejected() throws Exception {
        Path file = folder.resolve("a.xlsx");
        try (OutputStream out = Files.newOutputStream(file);
                Workbook workbook = new Workbook(out, "test", "1.0")) {
            Worksheet sheet = workbook.newWorksheet("名单");
            List.of("姓名", "身份证号", "日期", "数")
                    .forEach(name -> sheet.value(0, cell(sheet, name), name));
            row(sheet, 1, "张三", "330502199001010014", 45000, 12.5);
            row(sheet, 2, "李四", 330503198512311021d, 45001.5, 0.1 + 0.2);
            row(sheet, 4, "王五", "330521200002290032", 45002, 3);
        }
        ProbeResult probe = SourceProbe.probe(file, "a.xlsx", ReadOptions.NONE);
        assertThat(probe.sheets()).containsExactly("名单");

        LoadResult result =
                lake.loader.load(file, lake.plan(probe, "t", LoadMode.REPLACE), LoadListener.NONE);

        assertThat(result.rows()).isEqualTo(2);
        assertThat(result.faults()).containsExactly(java.util.Map.entry(RowFault.DIGITS_LOST, 1L));
        assertThat(lake.rows("t").getFirst())
                .startsWith("张三", "330502199001010014")
                .contains("12.5");
        assertThat(lake.rows("t").getFirst().get(2)).startsWith("2023-03-1");
        assertThat(rejects()).hasSize(1).first().asString().startsWith("3,\"身份证号\"");
    }

    private int column;

    private int cell(Worksheet sheet, String name) {
        return column++;
    }

    private static void row(
            Worksheet sheet, int row, String name, Object id, double date, double number) {
        sheet.value(row, 0, name);
        if (id instanceof String text) {
            sheet.value(row, 1, text);
        } else {
            sheet.value(row, 1, (Double) id);
        }
        sheet.value(row, 2, date);
        sheet.style(row, 2).format("yyyy-mm-dd hh:mm").set();
        sheet.value(row, 3, number);
    }

    @Test
    void aZipBombIsRefusedAtOnce() throws Exception {
        Path file = folder.resolve("bomb.xlsx");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("xl/workbook.xml"));
            zip.write("<workbook/>".getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("xl/worksheets/sheet1.xml"));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 300; i++) {
                zip.write(zeros);
            }
        }

        assertThatThrownBy(() -> SourceProbe.probe(file, "bomb.xlsx", ReadOptions.NONE))
                .isInstanceOfSatisfying(
                        LakeException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.WORKBOOK_TOO_LARGE));
    }

    @Test
    void entitiesInAWorkbookAreNotExpanded() throws Exception {
        Path file = folder.resolve("laughs.xlsx");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("[Content_Types].xml"));
            zip.write("<Types/>".getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("xl/workbook.xml"));
            zip.write(
                    ("<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><workbook><sheets>"
                                    + "<sheet name=\"&a;\" sheetId=\"1\"/></sheets></workbook>")
                            .getBytes(StandardCharsets.UTF_8));
        }

        assertThatThrownBy(() -> SourceProbe.probe(file, "laughs.xlsx", ReadOptions.NONE))
                .isInstanceOf(LakeException.class)
                .hasMessageNotContaining("root");
    }

    @Test
    void jsonLinesAreLoadedAndBrokenOnesRejected() throws Exception {
        Path file =
                lake.write(
                        "a.jsonl",
                        """
                {"name":"张三","n":1,"deep":{"a":[1,2]}}
                {"name":"李\\"四\\n","n":2.0}

                {"name":"王五","n":
                {"name":"赵六","n":null,"deep":"x"}
                """);

        LoadResult result = lake.load(file, "t");

        assertThat(lake.rows("t"))
                .containsExactly(
                        List.of("张三", "1", "{\"a\":[1,2]}"),
                        java.util.Arrays.asList("李\"四\n", "2", null),
                        java.util.Arrays.asList("赵六", null, "x"));
        assertThat(result.faults()).containsExactly(java.util.Map.entry(RowFault.JSON_BROKEN, 1L));
        assertThat(rejects()).hasSize(1).first().asString().startsWith("4,");
    }

    @Test
    void aRowThatIsAllBlankIsStillARow() throws Exception {
        Path file = lake.write("a.jsonl", "{\"a\":null}\n{\"a\":\"x\"}\n");

        LoadResult result = lake.load(file, "t");

        assertThat(result.rows()).isEqualTo(2);
    }

    @Test
    void plansThatDoNotFitAreRefused() throws Exception {
        Path file = lake.write("a.csv", "a,b\n1,2\n");
        assertThatThrownBy(() -> new LakeColumn("Robert'); DROP", "x", ColumnType.TEXT))
                .isInstanceOf(LakeException.class);
        assertThatThrownBy(
                        () ->
                                lake.loader.load(
                                        file,
                                        plan(
                                                file,
                                                new LakeColumn("a", "a", ColumnType.TEXT),
                                                new LakeColumn("a", "b", ColumnType.TEXT)),
                                        LoadListener.NONE))
                .isInstanceOfSatisfying(
                        LakeException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.COLUMN_NAME_TWICE));
        assertThat(lake.tables.list()).isEmpty();
    }

    private List<String> rejects() throws IOException {
        String text = Files.readString(lake.rejects());
        assertThat(text).startsWith("\ufeffline,column,reason,text\r\n");
        return text.lines().skip(1).toList();
    }

    private LoadPlan texts(Path file, String... names) {
        LakeColumn[] columns = new LakeColumn[names.length];
        for (int i = 0; i < names.length; i++) {
            columns[i] = new LakeColumn(names[i], names[i], ColumnType.TEXT);
        }
        return plan(file, columns);
    }

    private LoadPlan plan(Path file, LakeColumn... columns) {
        ProbeResult probe =
                SourceProbe.probe(file, "a.csv", new ReadOptions(null, ',', true, null));
        List<LoadColumn> loads = new java.util.ArrayList<>();
        for (int i = 0; i < columns.length; i++) {
            loads.add(new LoadColumn(i, columns[i]));
        }
        return new LoadPlan(
                probe.layout(),
                loads,
                "t",
                LoadMode.REPLACE,
                TestLake.ZONE,
                lake.rejects(),
                Locale.ENGLISH,
                "load");
    }
}
