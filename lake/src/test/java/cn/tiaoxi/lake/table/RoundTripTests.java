package cn.tiaoxi.lake.table;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.lake.ColumnType;
import cn.tiaoxi.lake.LakeColumn;
import cn.tiaoxi.lake.source.Format;
import cn.tiaoxi.lake.source.SourceLayout;
import cn.tiaoxi.lake.source.TextEncoding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Random tables written as text come back as they were. */
class RoundTripTests {
    private static Path folder;
    private static TestLake lake;

    @BeforeContainer
    static void open() throws Exception {
        folder = Files.createTempDirectory("round-trip");
        lake = new TestLake(folder);
    }

    @AfterContainer
    static void close() throws Exception {
        lake.close();
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Property(tries = 60)
    void aTableComesBack(
            @ForAll("tables") List<List<String>> table,
            @ForAll TextEncoding encoding,
            @ForAll("separators") char separator,
            @ForAll boolean carriageReturn)
            throws Exception {
        Path file = folder.resolve("table.csv");
        StringBuilder text = new StringBuilder();
        for (List<String> row : table) {
            List<String> fields = new ArrayList<>();
            row.forEach(
                    value ->
                            fields.add(
                                    value == null
                                            ? ""
                                            : "\"" + value.replace("\"", "\"\"") + "\""));
            text.append(String.join(String.valueOf(separator), fields))
                    .append(carriageReturn ? "\r\n" : "\n");
        }
        byte[] mark =
                switch (encoding) {
                    case UTF_8_BOM -> new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
                    case UTF_16LE_BOM -> new byte[] {(byte) 0xff, (byte) 0xfe};
                    case UTF_16BE_BOM -> new byte[] {(byte) 0xfe, (byte) 0xff};
                    case UTF_8, UTF_16LE, UTF_16BE, GB18030 -> new byte[0];
                };
        try (var out = Files.newOutputStream(file)) {
            out.write(mark);
            out.write(text.toString().getBytes(encoding.charset()));
        }
        int width = table.getFirst().size();
        List<LoadColumn> columns = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            columns.add(new LoadColumn(i, new LakeColumn("c" + i, "c" + i, ColumnType.TEXT)));
        }
        String[] names = new String[width];
        Arrays.fill(names, "");
        SourceLayout layout =
                new SourceLayout(Format.CSV, encoding, separator, false, null, List.of(names));
        LoadPlan plan =
                new LoadPlan(
                        layout,
                        columns,
                        "t",
                        LoadMode.REPLACE,
                        TestLake.ZONE,
                        lake.rejects(),
                        Locale.ENGLISH,
                        "load");

        LoadResult result = lake.loader.load(file, plan, LoadListener.NONE);

        assertThat(result.rejected()).as(() -> rejects()).isZero();
        assertThat(lake.rows("t")).isEqualTo(table);
    }

    private static String rejects() {
        try {
            return Files.readString(lake.rejects());
        } catch (java.io.IOException e) {
            return String.valueOf(e);
        }
    }

    @Provide
    Arbitrary<List<List<String>>> tables() {
        Arbitrary<String> value =
                Arbitraries.oneOf(
                                Arbitraries.strings()
                                        .withChars("ab,;|\t\"\r\n' 湖州=１，。")
                                        .ofMaxLength(12),
                                Arbitraries.strings()
                                        .withCharRange('\u4e00', '\u9fa5')
                                        .ofMaxLength(8),
                                Arbitraries.of(
                                        "𠮷", "\"", "\"\"", "\n", "é", "😀", "null", "NULL", "\\N"))
                        .map(text -> text.isBlank() || isWideBlank(text) ? null : text)
                        .injectNull(0.1);
        return Arbitraries.integers()
                .between(2, 6)
                .flatMap(width -> value.list().ofSize(width).list().ofMinSize(1).ofMaxSize(40));
    }

    private static boolean isWideBlank(String text) {
        return text.chars()
                .allMatch(c -> Character.isWhitespace(c) || c == '\u3000' || c == '\u00a0');
    }

    @Provide
    Arbitrary<Character> separators() {
        return Arbitraries.of(',', ';', '\t', '|');
    }
}
