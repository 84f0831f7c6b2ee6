package cn.tiaoxi.lake.table;

import cn.tiaoxi.lake.ErrorCode;
import cn.tiaoxi.lake.LakeColumn;
import cn.tiaoxi.lake.LakeException;
import cn.tiaoxi.lake.engine.Engine;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;

/** Reads pages of rows. */
final class RowReader {
    private static final int MOST = 10_000;

    private final LakeTables lake;

    RowReader(LakeTables lake) {
        this.lake = lake;
    }

    RowPage read(String name, List<String> wanted, long after, int limit) {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit must be 1 to " + MOST + ", not " + limit);
        }
        Table table = lake.load(name);
        List<LakeColumn> columns = pick(TableSchema.columns(table.schema()), wanted);
        long lastRow = LastRow.of(table);
        List<RowPage.Row> rows = new ArrayList<>();
        try (Connection connection = lake.engine().connect()) {
            long from = after;
            long window = Math.max(2_000, limit * 4L);
            while (rows.size() <= limit && from < lastRow) {
                long to = Math.min(lastRow, from + window);
                readWindow(connection, table, columns, from, to, limit + 1 - rows.size(), rows);
                from = to;
                window *= 8;
            }
        } catch (SQLException e) {
            throw new LakeException(e, ErrorCode.ENGINE_FAILED, String.valueOf(e.getMessage()));
        }
        boolean more = rows.size() > limit;
        List<RowPage.Row> page = more ? rows.subList(0, limit) : rows;
        return new RowPage(
                columns, page, more ? page.getLast().number() : null, LakeTables.totalRows(table));
    }

    void scan(String name, List<String> wanted, Consumer<@Nullable String[]> taker) {
        Table table = lake.load(name);
        List<LakeColumn> columns = pick(TableSchema.columns(table.schema()), wanted);
        String sql =
                columns.stream()
                        .map(RowReader::text)
                        .collect(
                                Collectors.joining(
                                        ", ", "SELECT ", " FROM " + TableScan.all(table)));
        @Nullable String[] values = new @Nullable String[columns.size()];
        try (Connection connection = lake.engine().connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                for (int i = 0; i < values.length; i++) {
                    values[i] = result.getString(i + 1);
                }
                taker.accept(values);
            }
        } catch (SQLException e) {
            throw new LakeException(e, ErrorCode.ENGINE_FAILED, String.valueOf(e.getMessage()));
        }
    }

    static List<LakeColumn> pick(List<LakeColumn> columns, List<String> wanted) {
        if (wanted.isEmpty()) {
            return columns;
        }
        return wanted.stream()
                .map(
                        name ->
                                columns.stream()
                                        .filter(column -> column.name().equals(name))
                                        .findFirst()
                                        .orElseThrow(
                                                () ->
                                                        new LakeException(
                                                                ErrorCode.COLUMN_UNKNOWN, name)))
                .toList();
    }

    private static void readWindow(
            Connection connection,
            Table table,
            List<LakeColumn> columns,
            long from,
            long to,
            int limit,
            List<RowPage.Row> rows)
            throws SQLException {
        String sql =
                "SELECT "
                        + LakeColumn.ROW
                        + columns.stream()
                                .map(column -> ", " + text(column))
                                .collect(Collectors.joining())
                        + " FROM "
                        + TableScan.rows(table, from, to)
                        + " WHERE "
                        + LakeColumn.ROW
                        + " > "
                        + from
                        + " AND "
                        + LakeColumn.ROW
                        + " <= "
                        + to
                        + " ORDER BY "
                        + LakeColumn.ROW
                        + " LIMIT "
                        + limit;
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                List<@Nullable String> values = new ArrayList<>(columns.size());
                for (int i = 0; i < columns.size(); i++) {
                    values.add(result.getString(i + 2));
                }
                rows.add(new RowPage.Row(result.getLong(1), values));
            }
        }
    }

    /** A column's values as text. */
    static String text(LakeColumn column) {
        String name = Engine.identifier(column.name());
        return switch (column.type()) {
            case TEXT -> name;
            case INTEGER, BOOLEAN, DATE -> "CAST(" + name + " AS VARCHAR)";
            case DECIMAL -> decimalText(name);
            case TIMESTAMP -> "strftime(" + name + ", '%Y-%m-%dT%H:%M:%S.%fZ')";
        };
    }

    /** A decimal without needless zeros. */
    static String decimalText(String expression) {
        return "rtrim(rtrim(CAST(" + expression + " AS VARCHAR), '0'), '.')";
    }
}
