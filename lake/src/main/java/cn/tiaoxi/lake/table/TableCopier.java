package cn.tiaoxi.lake.table;

import cn.tiaoxi.lake.ColumnType;
import cn.tiaoxi.lake.ErrorCode;
import cn.tiaoxi.lake.LakeColumn;
import cn.tiaoxi.lake.LakeException;
import cn.tiaoxi.lake.engine.Engine;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.iceberg.Table;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Copies a table of the lake into a new table of PostgreSQL, to be served from there. */
public final class TableCopier {
    private static final int CHUNK = 1 << 16;

    private final LakeTables lake;

    public TableCopier(LakeTables lake) {
        this.lake = lake;
    }

    /**
     * Makes a PostgreSQL table with the current rows of a table, streamed. It has the row column as
     * primary key and an index on the keys. Types become text, bigint, numeric, boolean, date and
     * timestamptz. Runs in the connection's transaction, which the caller ends: until then nobody
     * sees the table.
     *
     * @param table the table of the lake
     * @param connection to PostgreSQL, auto-commit off
     * @param schema the schema that the new table goes to
     * @param target its name; it must not exist
     * @param columns the columns to copy; empty for all
     * @param keys the columns that rows will be looked up by, each among the columns; may be empty
     * @return how many rows were copied
     */
    public long copy(
            String table,
            Connection connection,
            String schema,
            String target,
            List<String> columns,
            List<String> keys)
            throws SQLException {
        if (connection.getAutoCommit()) {
            throw new IllegalArgumentException("the connection must be in a transaction");
        }
        Table source = lake.load(table);
        List<LakeColumn> chosen = RowReader.pick(TableSchema.columns(source.schema()), columns);
        List<LakeColumn> keyColumns = keys.isEmpty() ? List.of() : RowReader.pick(chosen, keys);
        String qualified = Engine.identifier(schema) + "." + Engine.identifier(target);
        try (Statement statement = connection.createStatement()) {
            statement.execute(definition(qualified, chosen));
            long rows = stream(source, chosen, connection.unwrap(PGConnection.class), qualified);
            statement.execute(
                    "ALTER TABLE " + qualified + " ADD PRIMARY KEY (" + LakeColumn.ROW + ")");
            if (!keyColumns.isEmpty()) {
                statement.execute(
                        "CREATE INDEX ON "
                                + qualified
                                + keyColumns.stream()
                                        .map(key -> Engine.identifier(key.name()))
                                        .collect(
                                                Collectors.joining(
                                                        ", ", " (", ", " + LakeColumn.ROW + ")")));
            }
            statement.execute("ANALYZE " + qualified);
            return rows;
        }
    }

    private static String definition(String qualified, List<LakeColumn> columns) {
        return columns.stream()
                .map(column -> ", " + Engine.identifier(column.name()) + " " + type(column.type()))
                .collect(
                        Collectors.joining(
                                "",
                                "CREATE TABLE "
                                        + qualified
                                        + " ("
                                        + LakeColumn.ROW
                                        + " bigint NOT NULL",
                                ")"));
    }

    private static String type(ColumnType type) {
        return switch (type) {
            case TEXT -> "text";
            case INTEGER -> "bigint";
            case DECIMAL -> "numeric";
            case BOOLEAN -> "boolean";
            case DATE -> "date";
            case TIMESTAMP -> "timestamptz";
        };
    }

    private long stream(
            Table source, List<LakeColumn> columns, PGConnection target, String qualified)
            throws SQLException {
        String names =
                columns.stream()
                        .map(column -> ", " + Engine.identifier(column.name()))
                        .collect(Collectors.joining("", "(" + LakeColumn.ROW, ")"));
        String lines =
                columns.stream()
                                .map(column -> " || '\t' || " + field(column))
                                .collect(
                                        Collectors.joining(
                                                "",
                                                "SELECT CAST(" + LakeColumn.ROW + " AS VARCHAR)",
                                                ""))
                        + " FROM "
                        + TableScan.all(source);
        CopyIn copy = target.getCopyAPI().copyIn("COPY " + qualified + " " + names + " FROM STDIN");
        try (Connection engine = lake.engine().connect();
                Statement statement = engine.createStatement();
                ResultSet rows = statement.executeQuery(lines)) {
            StringBuilder chunk = new StringBuilder(CHUNK + 4_096);
            while (rows.next()) {
                chunk.append(rows.getString(1)).append('\n');
                if (chunk.length() >= CHUNK) {
                    write(copy, chunk);
                }
            }
            write(copy, chunk);
            return copy.endCopy();
        } catch (SQLException e) {
            throw new LakeException(e, ErrorCode.ENGINE_FAILED, String.valueOf(e.getMessage()));
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private static void write(CopyIn copy, StringBuilder chunk) throws SQLException {
        byte[] bytes = chunk.toString().getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(bytes, 0, bytes.length);
        chunk.setLength(0);
    }

    /** A value as PostgreSQL's COPY reads it. */
    private static String field(LakeColumn column) {
        String text = RowReader.text(column);
        String escaped =
                column.type() == ColumnType.TEXT
                        ? "replace(replace(replace(replace("
                                + text
                                + ", '\\', '\\\\'), chr(9), '\\t'), chr(10), '\\n'), chr(13), '\\r')"
                        : text;
        return "coalesce(" + escaped + ", '\\N')";
    }
}
