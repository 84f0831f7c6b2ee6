package cn.tiaoxi.command;

import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SequenceWriter;
import tools.jackson.databind.json.JsonMapper;

/** One object a line; an empty cell is null, a missing cell is left out. */
final class JsonLinesSink implements RowSink {
    private final SequenceWriter out;
    private final List<String> columns;

    JsonLinesSink(OutputStream out, List<String> columns) {
        this.out =
                JsonMapper.shared()
                        .writer()
                        .withRootValueSeparator("\n")
                        .writeValues(new BufferedOutputStream(out, 1 << 16));
        this.columns = List.copyOf(columns);
    }

    @Override
    public void write(String[] cells) {
        Map<String, @Nullable String> row = new LinkedHashMap<>();
        for (int i = 0; i < cells.length; i++) {
            String name = i < columns.size() ? columns.get(i) : "column" + (i + 1);
            row.put(name, cells[i].isEmpty() ? null : cells[i]);
        }
        out.write(row);
    }

    @Override
    public void close() {
        out.close();
    }
}
