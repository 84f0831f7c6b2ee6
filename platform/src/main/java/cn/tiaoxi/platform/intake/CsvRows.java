package cn.tiaoxi.platform.intake;

import cn.tiaoxi.lake.RowFault;
import cn.tiaoxi.lake.source.RecordCursor;
import cn.tiaoxi.lake.source.Segment;
import cn.tiaoxi.lake.source.SegmentSource;
import cn.tiaoxi.lake.source.SourceLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of delimited text. A row is known by the line that it begins on. */
final class CsvRows implements RowSource {
    private static final char REPLACEMENT = '\uFFFD';

    private final SegmentSource source;
    private final RecordCursor cursor = new RecordCursor();
    private final int width;
    private boolean open;
    private long bytes;

    CsvRows(Path file, Layout layout) throws IOException {
        width = layout.columns().size();
        source =
                SegmentSource.open(
                        file,
                        new SourceLayout(
                                layout.format(),
                                layout.encoding(),
                                layout.separator(),
                                false,
                                null,
                                List.of()));
    }

    @Override
    public @Nullable SourceRow next() throws IOException {
        while (true) {
            while (!open || !cursor.next()) {
                Segment segment = source.next();
                if (segment == null) {
                    return null;
                }
                cursor.reset(segment);
                bytes = segment.sourceBytes();
                open = true;
            }
            SourceRow row = row();
            if (!row.isBlank()) {
                return row;
            }
        }
    }

    private SourceRow row() {
        int count = cursor.fieldCount();
        @Nullable Object[] cells = new @Nullable Object[Math.max(count, width)];
        SourceRow row = new SourceRow(cursor.line(), cells);
        for (int i = 0; i < count; i++) {
            if (cursor.start(i) == cursor.end(i)) {
                continue;
            }
            String text = cursor.text(i);
            cells[i] = text;
            if (!cursor.isAscii(i) && text.indexOf(REPLACEMENT) >= 0) {
                row.note(CellNote.wrong(i, "intake.encoding"));
            }
        }
        if (cursor.fault() != null) {
            boolean open = cursor.fault() == RowFault.QUOTE_NOT_CLOSED;
            row.note(
                    CellNote.wrong(
                            CellNote.ROW,
                            open ? "intake.quoteNotClosed" : "intake.quoteMisplaced"));
        }
        if (width > 0) {
            beyond(row, count);
        }
        return row;
    }

    /** Values behind the last heading mean that a separator stands where none should. */
    private void beyond(SourceRow row, int count) {
        for (int i = width; i < count; i++) {
            if (row.cell(i) instanceof String text && !text.isBlank()) {
                row.note(CellNote.wrong(CellNote.ROW, "intake.beyond", width, count));
                return;
            }
        }
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
