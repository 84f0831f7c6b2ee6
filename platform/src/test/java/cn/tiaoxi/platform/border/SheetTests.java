package cn.tiaoxi.platform.border;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SheetTests {
    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\r=1"})
    void textThatASpreadsheetWouldRunIsMadeHarmless(String text) {
        assertThat(Sheet.harmless(text)).isEqualTo("'" + text);
    }

    @Test
    void csvQuotesAndKeepsNumbers() throws IOException {
        StringWriter out = new StringWriter();
        CsvSheet sheet = new CsvSheet(out);
        sheet.row(Arrays.asList("湖州, \"市\"", -5, null, "=1\n2"));
        sheet.finish();

        assertThat(out).hasToString("\uFEFF\"湖州, \"\"市\"\"\",-5,,\"'=1\n2\"\r\n");
    }

    @Test
    void aWorkbookHoldsTextThatXmlCannotAndNoFormula() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Workbook sheet = new Workbook(out, "数据集");
        sheet.row(List.of("=HYPERLINK(\"x\")", "a\u0000b", 3));
        sheet.finish();

        String xml = entries(out.toByteArray());
        assertThat(xml).contains("&apos;=HYPERLINK").contains("ab").doesNotContain("<f>");
    }

    private String entries(byte[] zip) throws IOException {
        Path file = Files.write(folder.resolve("sheet.xlsx"), zip);
        StringBuilder all = new StringBuilder();
        try (ZipFile in = new ZipFile(file.toFile())) {
            for (ZipEntry entry : Collections.list(in.entries())) {
                all.append(
                        new String(
                                in.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return all.toString();
    }
}
