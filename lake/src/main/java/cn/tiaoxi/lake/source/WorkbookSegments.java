package cn.tiaoxi.lake.source;

import cn.tiaoxi.lake.ErrorCode;
import cn.tiaoxi.lake.LakeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;

/** The rows of a workbook's sheet, streamed. Rows without any value are no rows. */
final class WorkbookSegments extends GeneratedSegments {
    private final ReadableWorkbook workbook;
    private final Stream<Row> stream;
    private final Iterator<Row> rows;
    private final WorkbookCells cells;
    private final int width;
    private final long fileBytes;
    private boolean headerPending;

    WorkbookSegments(Path file, SourceLayout layout) throws IOException {
        WorkbookGuard.check(file);
        width = layout.columns().size();
        headerPending = layout.header();
        fileBytes = Files.size(file);
        workbook = open(file);
        try {
            Sheet sheet =
                    workbook.findSheet(String.valueOf(layout.sheet()))
                            .orElseThrow(
                                    () ->
                                            new LakeException(
                                                    ErrorCode.SHEET_UNKNOWN,
                                                    String.valueOf(layout.sheet())));
            stream = sheet.openStream();
            rows = stream.iterator();
            cells = new WorkbookCells(workbook.isDate1904());
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
    boolean writeRow() {
        while (hasNext()) {
            Row row = rows.next();
            int count = Math.max(width, WorkbookCells.usedWidth(row));
            if (WorkbookCells.usedWidth(row) == 0) {
                continue;
            }
            if (headerPending) {
                headerPending = false;
                continue;
            }
            beginRow(row.getRowNum());
            for (int i = 0; i < count; i++) {
                WorkbookCells.Value value = cells.read(row.getOptionalCell(i).orElse(null));
                field(value.fault(), value.text());
            }
            return true;
        }
        return false;
    }

    private boolean hasNext() {
        try {
            return rows.hasNext();
        } catch (RuntimeException e) {
            throw new LakeException(e, ErrorCode.WORKBOOK_BROKEN);
        }
    }

    @Override
    long sourceBytes() {
        return fileBytes;
    }

    @Override
    public void close() throws IOException {
        stream.close();
        workbook.close();
    }
}
