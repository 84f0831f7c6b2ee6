package cn.tiaoxi.lake.source;

import cn.tiaoxi.lake.ErrorCode;
import cn.tiaoxi.lake.LakeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The rows of a Parquet file, read by DuckDB as text. */
final class ParquetSegments extends GeneratedSegments {
    private final ParquetReader reader;
    private final Statement statement;
    private final ResultSet rows;
    private final int width;
    private final long fileBytes;
    private final long total;
    private long row;

    ParquetSegments(Path file, SourceLayout layout) throws IOException {
        fileBytes = Files.size(file);
        width = layout.columns().size();
        reader = ParquetReader.open(file);
        try {
            total = Math.max(1, reader.rowCount());
            statement = reader.connection().createStatement();
            rows = statement.executeQuery(reader.selectAsText());
        } catch (SQLException e) {
            reader.close();
            throw new LakeException(e, ErrorCode.PARQUET_BROKEN);
        }
    }

    @Override
    boolean writeRow() {
        try {
            if (!rows.next()) {
                return false;
            }
            row++;
            beginRow(row);
            for (int i = 1; i <= width; i++) {
                field(rows.getString(i));
            }
            return true;
        } catch (SQLException e) {
            throw new LakeException(e, ErrorCode.PARQUET_BROKEN);
        }
    }

    @Override
    long sourceBytes() {
        return (long) (fileBytes * ((double) row / total));
    }

    @Override
    public void close() {
        reader.close();
    }
}
