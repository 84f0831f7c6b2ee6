package cn.tiaoxi.platform.border;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CSV by RFC 4180, with a byte order mark so that spreadsheets read Chinese right. */
final class CsvSheet implements Sheet {
    private final Writer out;

    CsvSheet(Writer out) throws IOException {
        this.out = out;
        out.write('\uFEFF');
    }

    @Override
    public void row(List<? extends @Nullable Object> cells) throws IOException {
        for (int i = 0; i < cells.size(); i++) {
            if (i > 0) {
                out.write(',');
            }
            Object cell = cells.get(i);
            if (cell instanceof Number) {
                out.write(cell.toString());
            } else if (cell != null) {
                out.write(quoted(Sheet.harmless(cell.toString())));
            }
        }
        out.write("\r\n");
    }

    private static String quoted(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    @Override
    public void finish() throws IOException {
        out.flush();
    }
}
