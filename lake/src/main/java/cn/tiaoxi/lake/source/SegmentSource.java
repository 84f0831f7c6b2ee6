package cn.tiaoxi.lake.source;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a file, some megabytes at a time and in its order. Memory does not grow with the
 * file. Used by one thread.
 */
public interface SegmentSource extends Closeable {

    /** The next rows, or null after the last. */
    @Nullable Segment next() throws IOException;

    /** Opens the rows of a file as a probe laid them out. */
    static SegmentSource open(Path file, SourceLayout layout) throws IOException {
        return switch (layout.format()) {
            case CSV, TSV -> TextSegments.open(file, layout);
            case XLSX -> new WorkbookSegments(file, layout);
            case JSON_LINES -> new JsonSegments(file, layout);
            case PARQUET -> new ParquetSegments(file, layout);
        };
    }
}
