package cn.tiaoxi.command;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import java.util.List;

/** Comma-separated values by RFC 4180, except that lines end with a bare line feed. */
final class CsvSink implements RowSink {
    private final Writer out;

    CsvSink(OutputStream out, Charset charset, List<String> columns) throws IOException {
        this.out = new BufferedWriter(new OutputStreamWriter(out, charset), 1 << 16);
        write(columns.toArray(String[]::new));
    }

    @Override
    public void write(String[] cells) throws IOException {
        for (int i = 0; i < cells.length; i++) {
            if (i > 0) {
                out.write(',');
            }
            cell(cells[i]);
        }
        out.write('\n');
    }

    private void cell(String text) throws IOException {
        if (text.indexOf(',') < 0 && text.indexOf('"') < 0 && text.indexOf('\n') < 0) {
            out.write(text);
        } else {
            out.write('"');
            out.write(text.replace("\"", "\"\""));
            out.write('"');
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
