package cn.tiaoxi.platform.intake;

import cn.tiaoxi.lake.ErrorCode;
import cn.tiaoxi.lake.LakeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a workbook's sheet. Of merged cells the first has the value; the others are told, or get
 * the same value if that is wanted.
 */
final class SheetRows implements RowSource {
    private final ReadableWorkbook workbook;
    private final Stream<Row> stream;
    private final Iterator<Row> rows;
    private final CellText cells;
    private final int width;
    private final boolean fill;
    private final long headerRow;
    private final Deque<WorkbookParts.Merged> coming = new ArrayDeque<>();
    private final List<WorkbookParts.Merged> here = new ArrayList<>();
    private final Map<WorkbookParts.Merged, @Nullable Object> values = new HashMap<>();
    private final long size;
    private long read;

    SheetRows(Path file, Layout layout, boolean fillMerged) throws IOException {
        String name = String.valueOf(layout.sheet());
        width = layout.columns().size();
        fill = fillMerged;
        headerRow = layout.headerRow();
        size = Files.size(file);
        if (width > 0) {
            WorkbookParts.merged(file, name).stream()
                    .filter(m -> m.bottom() > headerRow)
                    .sorted(Comparator.comparingInt(WorkbookParts.Merged::top))
                    .forEach(coming::add);
        }
        workbook = open(file);
        try {
            Sheet sheet =
                    workbook.findSheet(name)
                            .orElseThrow(() -> new LakeException(ErrorCode.SHEET_UNKNOWN, name));
            stream = sheet.openStream();
            rows = stream.iterator();
            cells = new CellText(workbook.isDate1904());
        } catch (IOException | RuntimeException e) {
            workbook.close();
            throw e;
        }
    }

    static ReadableWorkbook open(Path file) throws IOException {
        try {
            return new ReadableWorkbook(file.toFile(), new ReadingOptions(true, true));
        } catch (IOException | RuntimeException e) {
            throw new LakeException(e, ErrorCode.WORKBOOK_BROKEN);
        }
    }

    @Override
    public @Nullable SourceRow next() {
        try {
            while (rows.hasNext()) {
                read++;
                SourceRow row = row(rows.next());
                if (!row.isBlank()) {
                    return row;
                }
            }
            return null;
        } catch (LakeException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new LakeException(e, ErrorCode.WORKBOOK_BROKEN);
        }
    }

    private SourceRow row(Row row) {
        @Nullable Object[] values = new @Nullable Object[Math.max(width, row.getCellCount())];
        SourceRow read = new SourceRow(row.getRowNum(), values);
        for (Cell cell : row) {
            if (cell != null && cell.getColumnIndex() < values.length) {
                values[cell.getColumnIndex()] = cells.read(cell, read);
            }
        }
        if (read.number() > headerRow && width > 0) {
            merge(read);
        }
        return read;
    }

    private void merge(SourceRow row) {
        here.removeIf(
                m -> {
                    boolean over = m.bottom() < row.number();
                    if (over) {
                        values.remove(m);
                    }
                    return over;
                });
        while (!coming.isEmpty() && coming.getFirst().top() <= row.number()) {
            WorkbookParts.Merged range = coming.removeFirst();
            if (range.bottom() >= row.number()) {
                here.add(range);
                if (range.top() == row.number()) {
                    values.put(range, row.cell(range.left()));
                }
            }
        }
        if (!here.isEmpty() && !row.isBlank()) {
            here.forEach(m -> merge(row, m));
        }
    }

    private void merge(SourceRow row, WorkbookParts.Merged range) {
        Object value = values.get(range);
        for (int i = range.left(); i <= range.right() && i < width; i++) {
            boolean first = i == range.left() && range.top() == row.number();
            if (first || value == null) {
                continue;
            }
            if (fill) {
                row.replace(i, value);
                row.note(CellNote.told(i, "intake.mergedFilled"));
            } else {
                row.note(CellNote.wrong(i, "intake.merged", SourceRow.text(value)));
            }
        }
    }

    /** An estimate: a workbook does not tell how far its reader is. */
    @Override
    public long bytes() {
        return Math.min(size, read * 60);
    }

    @Override
    public void close() throws IOException {
        stream.close();
        workbook.close();
    }
}
