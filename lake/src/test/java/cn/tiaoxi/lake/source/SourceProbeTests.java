package cn.tiaoxi.lake.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.tiaoxi.lake.ColumnType;
import cn.tiaoxi.lake.ErrorCode;
import cn.tiaoxi.lake.LakeException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SourceProbeTests {
    private static final Charset GB18030 = Charset.forName("GB18030");
    private static final String RESIDENTS =
            """
            姓名,身份证号,手机号,编码,年龄,金额,出生日期,登记时间,是否户主
            张三,330502199001010014,13812345678,00123,33,"1,234.50",1990-01-01,2023-01-05 08:00:00,是
            李四,330503198512311021,13912345678,00456,38,88.00,1985/12/31,2023-01-06 09:30:00,否
            王五,330521200002290032,13712345678,00789,23,７５.5,2000年2月29日,2023-01-07 10:00:00,是
            """;

    @TempDir Path folder;

    @Test
    void typesAreInferredAndIdentifiersStayText() throws IOException {
        ProbeResult probe = probe("a.csv", RESIDENTS.getBytes(StandardCharsets.UTF_8));

        assertThat(probe.layout().format()).isEqualTo(Format.CSV);
        assertThat(probe.layout().header()).isTrue();
        assertThat(probe.columns())
                .extracting(ProbedColumn::type)
                .containsExactly(
                        ColumnType.TEXT,
                        ColumnType.TEXT,
                        ColumnType.TEXT,
                        ColumnType.TEXT,
                        ColumnType.INTEGER,
                        ColumnType.DECIMAL,
                        ColumnType.DATE,
                        ColumnType.TIMESTAMP,
                        ColumnType.BOOLEAN);
        assertThat(probe.columns())
                .extracting(ProbedColumn::name)
                .allMatch(cn.tiaoxi.lake.LakeColumn::isValidName)
                .doesNotHaveDuplicates()
                .contains("xing_ming");
        assertThat(probe.columns().getFirst().label()).isEqualTo("姓名");
        assertThat(probe.preview()).hasSize(3).first().asList().contains("张三", "00123");
        assertThat(codes(probe.columns().get(5))).contains(ProblemCode.FULL_WIDTH_DIGITS);
    }

    @ParameterizedTest
    @EnumSource(TextEncoding.class)
    void everyEncodingIsDetected(TextEncoding encoding) throws IOException {
        byte[] text = RESIDENTS.getBytes(encoding.charset());
        byte[] mark =
                switch (encoding) {
                    case UTF_8_BOM -> new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
                    case UTF_16LE_BOM -> new byte[] {(byte) 0xff, (byte) 0xfe};
                    case UTF_16BE_BOM -> new byte[] {(byte) 0xfe, (byte) 0xff};
                    case UTF_8, UTF_16LE, UTF_16BE, GB18030 -> new byte[0];
                };
        byte[] bytes = new byte[mark.length + text.length];
        System.arraycopy(mark, 0, bytes, 0, mark.length);
        System.arraycopy(text, 0, bytes, mark.length, text.length);

        ProbeResult probe = probe("a.csv", bytes);

        assertThat(probe.layout().encoding()).isEqualTo(encoding);
        assertThat(probe.problems()).isEmpty();
        assertThat(probe.columns().getFirst().sourceName()).isEqualTo("姓名");
        assertThat(probe.preview().getFirst()).contains("张三");
        assertThat(probe.encodingReason().text(Locale.CHINA)).isNotBlank();
    }

    @Test
    void aWrongEncodingIsReportedWithItsMend() throws IOException {
        byte[] mixed = (RESIDENTS + "赵六").getBytes(StandardCharsets.UTF_8);
        byte[] tail = "钱七".getBytes(GB18030);
        byte[] bytes = java.util.Arrays.copyOf(mixed, mixed.length + tail.length);
        System.arraycopy(tail, 0, bytes, mixed.length, tail.length);
        Path file = Files.write(folder.resolve("a.csv"), bytes);

        ProbeResult forced =
                SourceProbe.probe(
                        file, "a.csv", new ReadOptions(TextEncoding.UTF_8, null, null, null));

        assertThat(forced.problems())
                .extracting(Problem::code)
                .contains(ProblemCode.ENCODING_WRONG);
        assertThat(forced.problems().getFirst().mend(Locale.CHINA)).contains("编码");
        assertThat(forced.problems().getFirst().message(Locale.ENGLISH)).contains("UTF_8");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {"','", "';'", "'|'", "'\t'"})
    void everySeparatorIsDetected(char separator) throws IOException {
        String text = "name,age,note\n张三,12,\"a,b;c|d\"\n李四,13,x\n".replace(',', separator);

        ProbeResult probe = probe("a.csv", text.getBytes(StandardCharsets.UTF_8));

        assertThat(probe.layout().separator()).isEqualTo(separator);
        assertThat(probe.layout().format()).isEqualTo(separator == '\t' ? Format.TSV : Format.CSV);
        assertThat(probe.columns()).hasSize(3);
    }

    @Test
    void aFileWithoutHeaderIsSeen() throws IOException {
        ProbeResult probe =
                probe("a.csv", "张三,12,330502\n李四,13,330503\n".getBytes(StandardCharsets.UTF_8));

        assertThat(probe.layout().header()).isFalse();
        assertThat(probe.problems()).extracting(Problem::code).contains(ProblemCode.HEADER_MISSING);
        assertThat(probe.columns())
                .extracting(ProbedColumn::name)
                .containsExactly("column_1", "column_2", "column_3");
        assertThat(probe.preview()).hasSize(2);
    }

    @Test
    void emptyAndDuplicateNamesAreMendedAndReported() throws IOException {
        ProbeResult probe =
                probe("a.csv", "姓名,,姓名,select\n张三,1,李四,x\n".getBytes(StandardCharsets.UTF_8));

        assertThat(probe.columns())
                .extracting(ProbedColumn::name)
                .containsExactly("xing_ming", "column_2", "xing_ming_2", "select_");
        assertThat(probe.columns()).extracting(ProbedColumn::label).doesNotHaveDuplicates();
        assertThat(codes(probe.columns().get(1))).contains(ProblemCode.COLUMN_NAME_EMPTY);
        assertThat(codes(probe.columns().get(2))).contains(ProblemCode.COLUMN_NAME_TWICE);
    }

    @ParameterizedTest
    @EnumSource(ColumnType.class)
    void problemsNameTypesInWords(ColumnType type) {
        Problem problem = Problem.of(ProblemCode.TYPES_MIXED, type.name(), 2, "x", 7L);
        assertThat(problem.message(Locale.CHINA)).doesNotContain(type.name());
        assertThat(problem.message(Locale.ENGLISH))
                .doesNotContain(type.name())
                .endsWith("but 2 values of the sample are not (line 7: x)");
    }

    @Test
    void problemsCountInTheRightNumber() {
        assertThat(Problem.of(ProblemCode.TYPES_MIXED, "DATE", 1, "x", 7L).message(Locale.CHINA))
                .startsWith("大多是日期类型，但抽样中有 1 个值不是");
        for (ProblemCode code : List.of(ProblemCode.ROWS_RAGGED, ProblemCode.QUOTES_BROKEN)) {
            assertThat(Problem.of(code, 1, 3, 2, 4).message(Locale.ENGLISH))
                    .startsWith("1 row of the sample has ");
            assertThat(Problem.of(code, 1_200, 3, 2, 4).message(Locale.ENGLISH))
                    .startsWith("1,200 rows of the sample have ");
        }
        assertThat(Problem.of(ProblemCode.JSON_BROKEN, 1, 3).message(Locale.ENGLISH))
                .startsWith("1 line of the sample is no JSON object (");
        assertThat(Problem.of(ProblemCode.TYPES_MIXED, "DATE", 1, "x", 7L).message(Locale.ENGLISH))
                .isEqualTo("Mostly dates, but 1 value of the sample is not (line 7: x)");
    }

    @Test
    void oddValuesAreReported() throws IOException {
        StringBuilder text = new StringBuilder("日期,数量,说明\n");
        for (int i = 1; i < 40; i++) {
            text.append("2023-01-").append(i % 28 + 1).append(',').append(i).append(",x\n");
        }
        text.append("2023-02-30,many,=cmd()\n");
        text.append("2023-03-01,2,a\u0001b\n2023-03-01,2\n");

        ProbeResult probe = probe("a.csv", text.toString().getBytes(StandardCharsets.UTF_8));

        assertThat(probe.columns().get(0).type()).isEqualTo(ColumnType.DATE);
        assertThat(codes(probe.columns().get(0)))
                .contains(ProblemCode.IMPOSSIBLE_DATES, ProblemCode.TYPES_MIXED);
        assertThat(codes(probe.columns().get(1))).contains(ProblemCode.TYPES_MIXED);
        assertThat(codes(probe.columns().get(2)))
                .contains(ProblemCode.FORMULA_LIKE, ProblemCode.CONTROL_CHARACTERS);
        assertThat(probe.problems())
                .extracting(Problem::code)
                .containsExactly(ProblemCode.ROWS_RAGGED);
        for (ProbedColumn column : probe.columns()) {
            for (Problem problem : column.problems()) {
                assertThat(problem.message(Locale.CHINA)).isNotBlank();
                assertThat(problem.mend(Locale.ENGLISH)).isNotBlank();
            }
        }
    }

    @Test
    void whatAPersonSaysOverrulesTheProbe() throws IOException {
        Path file = Files.writeString(folder.resolve("a.csv"), "a;b,c\n1;2,3\n");

        ProbeResult probe =
                SourceProbe.probe(
                        file, "a.csv", new ReadOptions(TextEncoding.GB18030, ',', false, null));

        assertThat(probe.layout().encoding()).isEqualTo(TextEncoding.GB18030);
        assertThat(probe.layout().separator()).isEqualTo(',');
        assertThat(probe.preview()).hasSize(2);
        assertThat(probe.preview().getFirst()).containsExactly("a;b", "c");
    }

    @Test
    void jsonLinesAreToldByTheirContent() throws IOException {
        String text =
                "{\"name\":\"张三\",\"age\":3,\"tags\":[1,2]}\n{\"name\":\"李四\",\"more\":{\"a\":true}}\n";

        ProbeResult probe = probe("a.csv", text.getBytes(StandardCharsets.UTF_8));

        assertThat(probe.layout().format()).isEqualTo(Format.JSON_LINES);
        assertThat(probe.layout().columns()).containsExactly("name", "age", "tags", "more");
        assertThat(probe.preview().getFirst()).startsWith("张三", "3", "[1,2]");
        assertThat(probe.problems())
                .extracting(Problem::code)
                .containsExactly(ProblemCode.NAME_DIFFERS);
    }

    @ParameterizedTest
    @CsvSource({
        "D0CF11E0A1B11AE1, FILE_OLD_EXCEL",
        "25504446, FILE_NOT_A_TABLE",
        "1F8B0800, FILE_NOT_A_TABLE",
        "3C68746D6C3E, FILE_WEB_PAGE",
        "5B7B2261223A317D5D, FILE_JSON_DOCUMENT",
        "50415245, FILE_ENCRYPTED",
        "504B0304FFFF, WORKBOOK_BROKEN",
        "50415231FFFF, PARQUET_BROKEN",
        "'', FILE_EMPTY"
    })
    void otherFilesAreRefusedWithAReason(String hex, ErrorCode code) throws IOException {
        byte[] bytes = java.util.HexFormat.of().parseHex(hex);

        assertThatThrownBy(() -> probe("a.csv", bytes))
                .isInstanceOfSatisfying(
                        LakeException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo(code);
                            assertThat(e.message(Locale.CHINA)).isNotBlank();
                            assertThat(e.mend(Locale.ENGLISH)).isNotBlank();
                        });
    }

    @Test
    void everyCodeHasItsWordsInBothLanguages() {
        List<Locale> locales = List.of(Locale.CHINA, Locale.ENGLISH);
        for (Locale locale : locales) {
            for (ErrorCode code : ErrorCode.values()) {
                assertThat(new LakeException(code, 1, 2, 3, 4).message(locale)).isNotBlank();
                assertThat(new LakeException(code, 1, 2, 3, 4).mend(locale)).isNotBlank();
            }
            for (ProblemCode code : ProblemCode.values()) {
                Problem problem = Problem.of(code, 1, 2, 3, 4);
                assertThat(problem.message(locale)).isNotBlank();
                assertThat(problem.mend(locale)).isNotBlank();
            }
            for (cn.tiaoxi.lake.RowFault fault : cn.tiaoxi.lake.RowFault.values()) {
                assertThat(fault.reason(locale, 1, 2)).isNotBlank();
            }
            for (ProbeResult.EncodingReason reason : ProbeResult.EncodingReason.values()) {
                assertThat(reason.text(locale)).isNotBlank();
            }
        }
    }

    private static List<ProblemCode> codes(ProbedColumn column) {
        return column.problems().stream().map(Problem::code).toList();
    }

    private ProbeResult probe(String name, byte[] bytes) throws IOException {
        return SourceProbe.probe(
                Files.write(folder.resolve("file"), bytes), name, ReadOptions.NONE);
    }
}
