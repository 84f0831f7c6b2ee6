package cn.tiaoxi.lake.table;

import cn.tiaoxi.lake.ColumnType;
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
import java.util.stream.Collectors;
import org.apache.iceberg.Table;

/**
 * Profiles the columns of a table: one pass over all of them for the figures, then one over each.
 */
public final class Profiler {
    /** Up to this many rows different values are counted; above they are estimated. */
    public static final long EXACT_ROWS = 1_000_000;

    /** Up to this many rows top values and patterns come from all rows; above from every n-th. */
    public static final long SAMPLE_ROWS = 2_000_000;

    private static final int MOST = 10;

    private final LakeTables lake;

    public Profiler(LakeTables lake) {
        this.lake = lake;
    }

    /** Profiles the current rows of a table. */
    public TableProfile profile(String name) {
        Table table = lake.load(name);
        List<LakeColumn> columns = TableSchema.columns(table.schema());
        long rows = LakeTables.totalRows(table);
        String from = TableScan.all(table);
        long step = Math.max(1, (rows + SAMPLE_ROWS - 1) / SAMPLE_ROWS);
        String sample =
                step == 1
                        ? from
                        : "(SELECT * FROM "
                                + from
                                + " WHERE "
                                + LakeColumn.ROW
                                + " % "
                                + step
                                + " = 0)";
        try (Connection connection = lake.engine().connect()) {
            List<Figures> figures = figures(connection, from, columns, rows <= EXACT_ROWS);
            long sampled = step == 1 ? rows : count(connection, sample);
            List<ColumnProfile> profiles = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                profiles.add(
                        profile(connection, from, sample, columns.get(i), figures.get(i), rows));
            }
            return new TableProfile(rows, sampled, profiles);
        } catch (SQLException e) {
            throw new LakeException(e, ErrorCode.ENGINE_FAILED, String.valueOf(e.getMessage()));
        }
    }

    /** A column's figures; the bounds of its histogram as numbers, NaN if there are none. */
    private record Figures(
            long values,
            long distinct,
            boolean exact,
            @org.jspecify.annotations.Nullable String min,
            @org.jspecify.annotations.Nullable String max,
            double low,
            double high) {}

    private static List<Figures> figures(
            Connection connection, String from, List<LakeColumn> columns, boolean exact)
            throws SQLException {
        List<Figures> figures = new ArrayList<>();
        String select =
                columns.stream()
                        .map(
                                column -> {
                                    String name = Engine.identifier(column.name());
                                    String distinct =
                                            exact
                                                    ? "count(DISTINCT " + name + ")"
                                                    : "approx_count_distinct(" + name + ")";
                                    String measure = measure(column);
                                    return "count("
                                            + name
                                            + "), "
                                            + distinct
                                            + ", "
                                            + text(column, "min(" + name + ")")
                                            + ", "
                                            + text(column, "max(" + name + ")")
                                            + ", min("
                                            + measure
                                            + "), max("
                                            + measure
                                            + ")";
                                })
                        .collect(Collectors.joining(", "));
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT " + select + " FROM " + from)) {
            result.next();
            for (int i = 0; i < columns.size(); i++) {
                int at = i * 6;
                long values = result.getLong(at + 1);
                double low = result.getDouble(at + 5);
                double high = result.getDouble(at + 6);
                figures.add(
                        new Figures(
                                values,
                                Math.min(values, result.getLong(at + 2)),
                                exact,
                                result.getString(at + 3),
                                result.getString(at + 4),
                                values == 0 ? Double.NaN : low,
                                values == 0 ? Double.NaN : high));
            }
        }
        return figures;
    }

    private static ColumnProfile profile(
            Connection connection,
            String from,
            String sample,
            LakeColumn column,
            Figures figures,
            long rows)
            throws SQLException {
        boolean text = column.type() == ColumnType.TEXT;
        String name = Engine.identifier(column.name());
        return new ColumnProfile(
                column,
                rows,
                rows - figures.values(),
                figures.distinct(),
                figures.exact(),
                figures.min(),
                figures.max(),
                most(connection, sample, name, text(column, name)),
                text ? most(connection, sample, name, shape(name)) : List.of(),
                Histogram.of(
                        connection, from, column, measure(column), figures.low(), figures.high()));
    }

    private static List<ColumnProfile.ValueCount> most(
            Connection connection, String from, String name, String expression)
            throws SQLException {
        String sql =
                "SELECT "
                        + expression
                        + " AS v, count(*) AS n FROM "
                        + from
                        + " WHERE "
                        + name
                        + " IS NOT NULL GROUP BY v ORDER BY n DESC, v LIMIT "
                        + MOST;
        List<ColumnProfile.ValueCount> counts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                counts.add(new ColumnProfile.ValueCount(result.getString(1), result.getLong(2)));
            }
        }
        return counts;
    }

    private static long count(Connection connection, String from) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT count(*) FROM " + from)) {
            result.next();
            return result.getLong(1);
        }
    }

    /**
     * What a histogram is made of: the number, the moment in seconds, or the length of the text.
     */
    private static String measure(LakeColumn column) {
        String name = Engine.identifier(column.name());
        return switch (column.type()) {
            case TEXT -> "CAST(length(" + name + ") AS DOUBLE)";
            case INTEGER, DECIMAL -> "CAST(" + name + " AS DOUBLE)";
            case BOOLEAN -> "CAST(CAST(" + name + " AS INTEGER) AS DOUBLE)";
            case DATE -> "CAST(date_diff('day', DATE '1970-01-01', " + name + ") AS DOUBLE)";
            case TIMESTAMP -> "epoch(" + name + ")";
        };
    }

    private static String text(LakeColumn column, String expression) {
        return switch (column.type()) {
            case TEXT -> "left(" + expression + ", 200)";
            case INTEGER, BOOLEAN, DATE -> "CAST(" + expression + " AS VARCHAR)";
            case DECIMAL -> RowReader.decimalText(expression);
            case TIMESTAMP -> "strftime(" + expression + ", '%Y-%m-%dT%H:%M:%S.%fZ')";
        };
    }

    private static String shape(String name) {
        String start = "left(" + name + ", 20)";
        String digits = "regexp_replace(" + start + ", '\\p{Nd}', '9', 'g')";
        String upper = "regexp_replace(" + digits + ", '[A-Z]', 'A', 'g')";
        String lower = "regexp_replace(" + upper + ", '[a-z]', 'a', 'g')";
        return "regexp_replace("
                + lower
                + ", '\\p{Han}', '汉', 'g') || CASE WHEN length("
                + name
                + ") > 20 THEN '…' ELSE '' END";
    }
}
