package cn.tiaoxi.platform.intake;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.springframework.web.util.HtmlUtils;

/** Workbooks for tests. */
final class Sheets {
    private Sheets() {}

    /** Writes something into a sheet. */
    @FunctionalInterface
    interface Writing {
        void write(Worksheet sheet) throws IOException;
    }

    /** A workbook of one sheet. */
    static byte[] workbook(Writing writing) {
        Map<String, Writing> sheets = new LinkedHashMap<>();
        sheets.put("表一", writing);
        return workbook(sheets);
    }

    static byte[] workbook(Map<String, Writing> sheets) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Workbook book = new Workbook(out, "test", "1.0")) {
            for (Map.Entry<String, Writing> each : sheets.entrySet()) {
                each.getValue().write(book.newWorksheet(each.getKey()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Text in rows from the first. */
    static Writing rows(List<List<String>> rows) {
        return sheet -> {
            for (int i = 0; i < rows.size(); i++) {
                for (int k = 0; k < rows.get(i).size(); k++) {
                    if (!rows.get(i).get(k).isEmpty()) {
                        sheet.value(i, k, rows.get(i).get(k));
                    }
                }
            }
        };
    }

    /** The texts of the first sheet. */
    static List<List<String>> read(byte[] workbook) {
        try (ReadableWorkbook book = new ReadableWorkbook(new ByteArrayInputStream(workbook))) {
            List<List<String>> rows = new ArrayList<>();
            for (Row row : book.getFirstSheet().read()) {
                List<String> cells = new ArrayList<>();
                for (int i = 0; i < row.getCellCount(); i++) {
                    cells.add(row.getCellText(i));
                }
                rows.add(cells);
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A workbook with one of its parts changed. */
    static byte[] changed(byte[] workbook, String part, String from, String to) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> each : parts(workbook).entrySet()) {
                byte[] bytes = each.getValue();
                if (each.getKey().equals(part)) {
                    bytes =
                            new String(bytes, StandardCharsets.UTF_8)
                                    .replace(from, to)
                                    .getBytes(StandardCharsets.UTF_8);
                }
                zip.putNextEntry(new ZipEntry(each.getKey()));
                zip.write(bytes);
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** One part of a workbook. */
    static String part(byte[] workbook, String name) {
        byte[] part = parts(workbook).get(name);
        if (part == null) {
            throw new AssertionError("no part " + name);
        }
        return HtmlUtils.htmlUnescape(new String(part, StandardCharsets.UTF_8));
    }

    private static Map<String, byte[]> parts(byte[] workbook) {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        try {
            Path file = Files.createTempFile("tiaoxi-test", ".xlsx");
            try {
                Files.write(file, workbook);
                try (ZipFile zip = new ZipFile(file.toFile())) {
                    for (ZipEntry each : Collections.list(zip.entries())) {
                        parts.put(each.getName(), zip.getInputStream(each).readAllBytes());
                    }
                }
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return parts;
    }
}
