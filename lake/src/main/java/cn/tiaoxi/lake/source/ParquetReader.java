package cn.tiaoxi.lake.source;

import cn.tiaoxi.lake.ColumnType;
import cn.tiaoxi.lake.ErrorCode;
import cn.tiaoxi.lake.LakeException;
import cn.tiaoxi.lake.engine.Engine;
import java.io.Closeable;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A Parquet file that DuckDB may read, and it alone. */
final class ParquetReader implements Closeable {
    private final Engine engine;
    private final Connection connection;
    private final String from;
    private final List<String> names = new ArrayList<>();
    private final List<ColumnType> types = new ArrayList<>();

    private ParquetReader(Path file, Engine engine) throws SQLException {
        this.engine = engine;
        connection = engine.connect();
        from = "read_parquet(" + Engine.literal(file.toAbsolutePath().toString()) + ")";
    }

    static ParquetReader open(Path file) {
        Engine engine = Engine.forFile(file);
        try {
            ParquetReader reader = new ParquetReader(file, engine);
            reader.describe();
            return reader;
        } catch (SQLException e) {
            engine.close();
            throw new LakeException(e, ErrorCode.PARQUET_BROKEN);
        }
    }

    private void describe() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet columns = statement.executeQuery("DESCRIBE SELECT * FROM " + from)) {
            while (columns.next()) {
                names.add(columns.getString("column_name"));
                types.add(type(columns.getString("column_type")));
            }
        }
    }

    private static ColumnType type(String type) {
        String name = type.toUpperCase(Locale.ROOT);
        if (name.endsWith("[]") || name.startsWith("STRUCT") || name.startsWith("MAP")) {
            return ColumnType.TEXT;
        }
        return switch (name.replaceAll("\\(.*", "")) {
            case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER" ->
                    ColumnType.INTEGER;
            case "UBIGINT", "HUGEINT", "UHUGEINT", "DECIMAL", "FLOAT", "DOUBLE" ->
                    ColumnType.DECIMAL;
            case "BOOLEAN" -> ColumnType.BOOLEAN;
            case "DATE" -> ColumnType.DATE;
            case "TIMESTAMP",
                    "TIMESTAMP WITH TIME ZONE",
                    "TIMESTAMP_S",
                    "TIMESTAMP_MS",
                    "TIMESTAMP_NS" ->
                    ColumnType.TIMESTAMP;
            default -> ColumnType.TEXT;
        };
    }

    Connection connection() {
        return connection;
    }

    List<String> names() {
        return names;
    }

    List<ColumnType> types() {
        return types;
    }

    long rowCount() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("SELECT count(*) FROM " + from)) {
            count.next();
            return count.getLong(1);
        }
    }

    /** Every column as text, in the file's order. */
    String selectAsText() {
        return names.stream()
                .map(name -> "CAST(" + Engine.identifier(name) + " AS VARCHAR)")
                .collect(Collectors.joining(", ", "SELECT ", " FROM " + from));
    }

    @Override
    public void close() {
        engine.close();
    }
}
