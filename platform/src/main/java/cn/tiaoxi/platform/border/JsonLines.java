package cn.tiaoxi.platform.border;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * One JSON object a line (RFC 8259 each); the first row names the members, empty cells are left
 * out.
 */
final class JsonLines implements Sheet {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final byte[] LINE_END = "\n".getBytes(StandardCharsets.US_ASCII);

    private final OutputStream out;
    private @Nullable List<String> names;

    JsonLines(OutputStream out) {
        this.out = out;
    }

    @Override
    public void row(List<? extends @Nullable Object> cells) throws IOException {
        List<String> known = names;
        if (known == null) {
            names = cells.stream().map(String::valueOf).toList();
            return;
        }
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < cells.size(); i++) {
            Object cell = cells.get(i);
            if (cell != null) {
                object.put(known.get(i), cell);
            }
        }
        out.write(JSON.writeValueAsBytes(object));
        out.write(LINE_END);
    }

    @Override
    public void finish() throws IOException {
        out.flush();
    }
}
