package cn.tiaoxi.lake.source;

import cn.tiaoxi.lake.ErrorCode;
import cn.tiaoxi.lake.LakeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Reads all rows of a file as texts, as far as they can be read; memory does not grow with it. */
public final class FileRows {
    private FileRows() {}

    /** Takes rows. */
    public interface Taker {
        /**
         * Takes a row.
         *
         * @param line line of the file, spreadsheet row or record, from 1
         * @param values in the file's order, as many as the file has columns; null where empty
         */
        void row(long line, List<@Nullable String> values);
    }

    /**
     * Reads a file.
     *
     * @param layout as a probe found it
     * @param progress told how many bytes of the file were read, some times a second
     * @return rows that could not be read
     */
    public static long each(Path file, SourceLayout layout, Taker taker, LongConsumer progress) {
        int width = layout.columns().size();
        long faulty = 0;
        RecordCursor cursor = new RecordCursor();
        try (SegmentSource source = SegmentSource.open(file, layout)) {
            for (Segment segment = source.next(); segment != null; segment = source.next()) {
                cursor.reset(segment);
                while (cursor.next()) {
                    if (cursor.fault() != null) {
                        faulty++;
                        continue;
                    }
                    List<@Nullable String> values = new ArrayList<>(width);
                    for (int i = 0; i < width; i++) {
                        String text = i < cursor.fieldCount() ? cursor.text(i) : "";
                        values.add(text.isEmpty() ? null : text);
                    }
                    taker.row(cursor.line(), values);
                }
                progress.accept(segment.sourceBytes());
            }
        } catch (IOException e) {
            throw new LakeException(
                    e, ErrorCode.STORAGE_FAILED, String.valueOf(file.getFileName()));
        }
        return faulty;
    }
}
