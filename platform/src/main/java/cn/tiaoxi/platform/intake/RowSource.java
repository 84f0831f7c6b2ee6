package cn.tiaoxi.platform.intake;

import cn.tiaoxi.lake.source.Format;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The rows of a file one after the other, in bounded memory. Used by one thread. */
sealed interface RowSource extends Closeable permits CsvRows, JsonRows, SheetRows {

    /** The next row that is not empty, or null after the last. */
    @Nullable SourceRow next() throws IOException;

    /** Bytes of the file read so far, as far as it is known, for progress. */
    long bytes();

    /** Opens all rows of a file, the heading among them. */
    static RowSource open(Path file, Layout layout, boolean fillMerged) throws IOException {
        return switch (layout.format()) {
            case CSV, TSV -> new CsvRows(file, layout);
            case JSON_LINES -> new JsonRows(file, layout);
            case XLSX -> new SheetRows(file, layout, fillMerged);
            case PARQUET -> throw IntakeException.formatUnsupported(Format.PARQUET.name());
        };
    }
}
