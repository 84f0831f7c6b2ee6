package cn.tiaoxi.platform.intake;

import cn.tiaoxi.lake.source.TextEncoding;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Objects of a file with one JSON object a line; a column is a member of that name. */
final class JsonRows implements RowSource {
    private static final int LONGEST_LINE = 4 << 20;
    private static final int DEEPEST = 20;
    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                    .build();

    private final Lines lines;
    private final Map<String, Integer> columns = new HashMap<>();
    private final int width;

    JsonRows(Path file, Layout layout) throws IOException {
        lines = open(file, Objects.requireNonNull(layout.encoding()));
        width = layout.columns().size();
        for (int i = 0; i < width; i++) {
            columns.put(layout.columns().get(i).name(), i);
        }
    }

    /** The names of all members of all objects of a file, in the order of their first sight. */
    static Set<String> keys(Path file, TextEncoding encoding, int most) throws IOException {
        Map<String, Boolean> keys = new LinkedHashMap<>();
        try (Lines lines = open(file, encoding)) {
            while (lines.next() && keys.size() <= most) {
                try (JsonParser parser = lines.parser()) {
                    if (parser.nextToken() != JsonToken.START_OBJECT) {
                        continue;
                    }
                    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                        keys.put(parser.currentName(), true);
                        parser.nextToken();
                        parser.skipChildren();
                    }
                } catch (JacksonException e) {
                    continue; // The check tells the line.
                }
            }
        }
        return keys.keySet();
    }

    @Override
    public @Nullable SourceRow next() throws IOException {
        while (lines.next()) {
            SourceRow row = new SourceRow(lines.number, new @Nullable Object[width]);
            if (lines.tooLong) {
                row.note(CellNote.wrong(CellNote.ROW, "intake.lineTooLong"));
                return row;
            }
            try (JsonParser parser = lines.parser()) {
                read(parser, row);
            } catch (JacksonException e) {
                row.note(
                        CellNote.wrong(CellNote.ROW, "intake.json", shown(e.getOriginalMessage())));
            }
            if (!row.isBlank()) {
                return row;
            }
        }
        return null;
    }

    private static String shown(@Nullable String message) {
        String text = String.valueOf(message);
        return text.length() > 160 ? text.substring(0, 160) + "…" : text;
    }

    private void read(JsonParser parser, SourceRow row) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            row.note(CellNote.wrong(CellNote.ROW, "intake.json", "{ … }"));
            return;
        }
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            Integer column = columns.get(name);
            parser.nextToken();
            if (column == null) {
                parser.skipChildren();
                row.note(CellNote.wrong(CellNote.ROW, "intake.keyUnknown", shown(name)));
            } else if (row.cell(column) != null) {
                parser.skipChildren();
                row.note(CellNote.wrong(column, "intake.keyTwice", shown(name)));
            } else {
                row.replace(column, value(parser));
            }
        }
        if (parser.nextToken() != null) {
            row.note(CellNote.wrong(CellNote.ROW, "intake.json", "} …"));
        }
    }

    private static @Nullable Object value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> parser.getString();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NUMBER_INT -> parser.getNumberValue();
            case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
            case START_ARRAY -> {
                List<Object> all = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    Object one = value(parser);
                    if (one != null) {
                        all.add(one);
                    }
                }
                yield all;
            }
            case START_OBJECT -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    String name = parser.currentName();
                    parser.nextToken();
                    map.put(name, value(parser));
                }
                yield map;
            }
            default -> null;
        };
    }

    @Override
    public long bytes() {
        return lines.read;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    private static Lines open(Path file, TextEncoding encoding) throws IOException {
        InputStream in = Files.newInputStream(file);
        if (encoding.charset().equals(StandardCharsets.UTF_8)) {
            return new Lines(in, null);
        }
        return new Lines(in, new BufferedReader(new InputStreamReader(in, encoding.charset())));
    }

    /** Lines as UTF-8; those with nothing in them are left out. */
    private static final class Lines implements Closeable {
        private final InputStream in;
        private final @Nullable BufferedReader decoded;
        private final byte[] buffer = new byte[1 << 17];
        private int at;
        private int limit;
        private byte[] line = new byte[0];
        private int from;
        private int length;
        private long number;
        private boolean tooLong;
        private long read;

        Lines(InputStream in, @Nullable BufferedReader decoded) {
            this.in = in;
            this.decoded = decoded;
        }

        JsonParser parser() {
            return JSON.createParser(ObjectReadContext.empty(), line, from, length);
        }

        boolean next() throws IOException {
            do {
                if (!(decoded == null ? nextBytes() : nextDecoded(decoded))) {
                    return false;
                }
                number++;
                if (number == 1) {
                    skipMark();
                }
            } while (isBlank());
            return true;
        }

        private void skipMark() {
            if (length >= 3
                    && line[from] == (byte) 0xef
                    && line[from + 1] == (byte) 0xbb
                    && line[from + 2] == (byte) 0xbf) {
                from += 3;
                length -= 3;
            }
        }

        private boolean nextDecoded(BufferedReader reader) throws IOException {
            String text = reader.readLine();
            if (text == null) {
                return false;
            }
            line = text.getBytes(StandardCharsets.UTF_8);
            from = 0;
            length = line.length;
            tooLong = length > LONGEST_LINE;
            read += length + 1;
            return true;
        }

        /** The next line, in the buffer if it lies there whole. */
        private boolean nextBytes() throws IOException {
            tooLong = false;
            ByteArrayOutputStream parts = null;
            while (true) {
                if (at == limit) {
                    limit = Math.max(0, in.read(buffer));
                    at = 0;
                    if (limit == 0) {
                        return parts != null && take(parts);
                    }
                }
                int end = at;
                while (end < limit && buffer[end] != '\n') {
                    end++;
                }
                boolean whole = end < limit;
                read += end - at + (whole ? 1 : 0);
                if (whole && parts == null) {
                    line = buffer;
                    from = at;
                    length = end - at;
                    at = end + 1;
                    return true;
                }
                parts = parts == null ? new ByteArrayOutputStream() : parts;
                if (parts.size() <= LONGEST_LINE) {
                    parts.write(buffer, at, end - at);
                }
                at = whole ? end + 1 : end;
                if (whole) {
                    return take(parts);
                }
            }
        }

        private boolean take(ByteArrayOutputStream parts) {
            line = parts.toByteArray();
            from = 0;
            length = line.length;
            tooLong = length > LONGEST_LINE;
            return true;
        }

        private boolean isBlank() {
            for (int i = from; i < from + length; i++) {
                if (line[i] > ' ' || line[i] < 0) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
