package cn.tiaoxi.lake.source;

import static java.util.Objects.requireNonNull;

import cn.tiaoxi.lake.RowFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The objects of a file with one JSON object a line. Nested values stay JSON text. */
final class JsonSegments extends GeneratedSegments {
    private final LineReader reader;
    private final List<String> columns;

    JsonSegments(Path file, SourceLayout layout) throws IOException {
        columns = layout.columns();
        reader = LineReader.open(file, requireNonNull(layout.encoding()));
    }

    @Override
    boolean writeRow() throws IOException {
        byte[] line = reader.next();
        if (line == null) {
            return false;
        }
        beginRow(reader.line());
        String text = new String(line, StandardCharsets.UTF_8);
        Map<String, @Nullable String> values = reader.isTooLong() ? null : JsonObjects.parse(text);
        if (values == null) {
            writeFault(reader.isTooLong() ? RowFault.ROW_TOO_LONG : RowFault.JSON_BROKEN, text);
            return true;
        }
        Map<String, @Nullable String> left = new LinkedHashMap<>(values);
        columns.forEach(left::remove);
        if (!left.isEmpty()) {
            writeFault(RowFault.JSON_UNKNOWN_KEY, text);
            return true;
        }
        columns.forEach(column -> field(values.get(column)));
        return true;
    }

    private void writeFault(RowFault fault, String text) {
        field(fault, text);
        for (int i = 1; i < columns.size(); i++) {
            field(null);
        }
    }

    @Override
    long sourceBytes() {
        return reader.sourceBytes();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
