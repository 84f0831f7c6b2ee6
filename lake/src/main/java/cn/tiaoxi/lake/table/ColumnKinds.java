package cn.tiaoxi.lake.table;

import cn.tiaoxi.lake.ErrorCode;
import cn.tiaoxi.lake.LakeColumn;
import cn.tiaoxi.lake.LakeException;
import cn.tiaoxi.lake.engine.Engine;
import cn.tiaoxi.lake.kind.KindMatch;
import cn.tiaoxi.lake.kind.KindTally;
import cn.tiaoxi.lake.kind.Kinds;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Table;

/** Recognises what the columns of a table hold. */
public final class ColumnKinds {
    private static final long SAMPLE = 20_000;

    private final LakeTables lake;
    private final Kinds kinds;

    public ColumnKinds(LakeTables lake, Kinds kinds) {
        this.lake = lake;
        this.kinds = kinds;
    }

    /**
     * Recognises the columns of a table, by name. A sample from all over the table finds the kind;
     * where the kind has a check, all rows are then counted, so that its failures are exact.
     * Columns that are nothing known are left out.
     */
    public Map<String, KindMatch> recognise(String name) {
        Table table = lake.load(name);
        long step = Math.max(1, LastRow.of(table) / SAMPLE);
        String from = TableScan.all(table);
        String sample = " AND " + LakeColumn.ROW + " % " + step + " = 0";
        Map<String, KindMatch> found = new LinkedHashMap<>();
        try (Connection connection = lake.engine().connect()) {
            for (LakeColumn column : TableSchema.columns(table.schema())) {
                Optional<KindMatch> match =
                        tally(connection, from, step == 1 ? "" : sample, column, kinds);
                if (match.isPresent() && step > 1 && match.get().kind().hasCheck()) {
                    Kinds only = new Kinds(java.util.List.of(match.get().kind()));
                    match = tally(connection, from, "", column, only);
                }
                match.ifPresent(value -> found.put(column.name(), value));
            }
        } catch (SQLException e) {
            throw new LakeException(e, ErrorCode.ENGINE_FAILED, String.valueOf(e.getMessage()));
        }
        return found;
    }

    private static Optional<KindMatch> tally(
            Connection connection, String from, String filter, LakeColumn column, Kinds kinds)
            throws SQLException {
        KindTally tally = kinds.tally(column);
        String sql =
                "SELECT "
                        + RowReader.text(column)
                        + " AS v, count(*) FROM "
                        + from
                        + " WHERE "
                        + Engine.identifier(column.name())
                        + " IS NOT NULL"
                        + filter
                        + " GROUP BY v";
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                tally.add(rows.getString(1), rows.getLong(2));
            }
        }
        return tally.best();
    }
}
