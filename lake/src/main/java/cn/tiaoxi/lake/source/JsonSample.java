package cn.tiaoxi.lake.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The first objects of a file of JSON lines. */
record JsonSample(List<String> keys, List<SampleRow> rows, List<Problem> problems) {
    private static final int OBJECTS = 20_000;
    private static final int ROWS = 5_000;
    private static final int TRIED = 20;

    /** Whether the first lines look like JSON objects and at least one of them is. */
    static boolean isJsonLines(Path file, TextEncoding encoding) throws IOException {
        try (LineReader reader = LineReader.open(file, encoding)) {
            int lines = 0;
            int objects = 0;
            int braces = 0;
            for (byte[] line = reader.next(); line != null && lines < TRIED; line = reader.next()) {
                lines++;
                String text = new String(line, StandardCharsets.UTF_8).strip();
                braces += text.startsWith("{") ? 1 : 0;
                objects += JsonObjects.parse(text) == null ? 0 : 1;
            }
            return objects > 0 && braces * 2 > lines;
        }
    }

    static JsonSample read(Path file, TextEncoding encoding) throws IOException {
        Set<String> keys = new LinkedHashSet<>();
        List<Map<String, @Nullable String>> objects = new ArrayList<>();
        List<Long> lines = new ArrayList<>();
        int broken = 0;
        long firstBroken = 0;
        try (LineReader reader = LineReader.open(file, encoding)) {
            int count = 0;
            for (byte[] line = reader.next();
                    line != null && count < OBJECTS;
                    line = reader.next()) {
                count++;
                Map<String, @Nullable String> object =
                        JsonObjects.parse(new String(line, StandardCharsets.UTF_8));
                if (object == null) {
                    broken++;
                    firstBroken = broken == 1 ? reader.line() : firstBroken;
                    continue;
                }
                keys.addAll(object.keySet());
                if (objects.size() < ROWS) {
                    objects.add(object);
                    lines.add(reader.line());
                }
            }
        }
        List<String> columns = List.copyOf(keys);
        List<SampleRow> rows = new ArrayList<>();
        for (int i = 0; i < objects.size(); i++) {
            Map<String, @Nullable String> object = objects.get(i);
            List<@Nullable String> values = new ArrayList<>();
            for (String column : columns) {
                String value = object.get(column);
                values.add(value == null || value.isBlank() ? null : value);
            }
            rows.add(
                    new SampleRow(
                            lines.get(i), null, values, Collections.nCopies(columns.size(), null)));
        }
        List<Problem> problems =
                broken == 0
                        ? List.of()
                        : List.of(Problem.of(ProblemCode.JSON_BROKEN, broken, firstBroken));
        return new JsonSample(columns, rows, problems);
    }
}
