package cn.tiaoxi.lake.table;

import cn.tiaoxi.lake.ColumnType;
import cn.tiaoxi.lake.LakeColumn;
import cn.tiaoxi.lake.engine.Engine;
import java.math.BigDecimal;
import java.math.MathContext;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Bins of equal width. */
final class Histogram {
    private static final int BINS = 20;
    private static final MathContext SHOWN = new MathContext(6);

    private Histogram() {}

    static List<ColumnProfile.Bin> of(
            Connection connection,
            String from,
            LakeColumn column,
            String measure,
            double low,
            double high)
            throws SQLException {
        if (Double.isNaN(low) || Double.isInfinite(high - low)) {
            return List.of();
        }
        boolean whole =
                column.type() == ColumnType.INTEGER
                        || column.type() == ColumnType.DATE
                        || column.type() == ColumnType.TEXT
                        || column.type() == ColumnType.BOOLEAN;
        double span = whole ? high - low + 1 : high - low;
        int bins = (int) (whole ? Math.clamp((long) span, 1, BINS) : span == 0 ? 1 : BINS);
        double width = whole ? Math.ceil(span / bins) : span == 0 ? 1 : span / bins;
        int used = whole ? (int) Math.ceil(span / width) : bins;
        long[] counts = new long[used];
        String sql =
                "SELECT CAST(floor(("
                        + measure
                        + " - "
                        + low
                        + ") / "
                        + width
                        + ") AS INTEGER) AS b, count(*) FROM "
                        + from
                        + " WHERE "
                        + Engine.identifier(column.name())
                        + " IS NOT NULL GROUP BY b";
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                counts[Math.clamp(result.getInt(1), 0, used - 1)] += result.getLong(2);
            }
        }
        if (Arrays.stream(counts).sum() == 0) {
            return List.of();
        }
        List<ColumnProfile.Bin> histogram = new ArrayList<>();
        for (int i = 0; i < used; i++) {
            double to = i == used - 1 ? high : low + (i + 1) * width;
            histogram.add(
                    new ColumnProfile.Bin(
                            bound(column, low + i * width), bound(column, to), counts[i]));
        }
        return histogram;
    }

    private static String bound(LakeColumn column, double value) {
        return switch (column.type()) {
            case TEXT, INTEGER, BOOLEAN -> BigDecimal.valueOf(value).toBigInteger().toString();
            case DECIMAL ->
                    BigDecimal.valueOf(value).round(SHOWN).stripTrailingZeros().toPlainString();
            case DATE -> LocalDate.ofEpochDay((long) value).toString();
            case TIMESTAMP -> Instant.ofEpochSecond((long) value).toString();
        };
    }
}
