package cn.tiaoxi.platform.intake;

import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What became of the chunks of imports, and what is wrong with their rows. */
@Repository
class ChunkStore {
    /** Findings that are kept of one import; the numbers of the rows are kept of all. */
    static final int MOST_FINDINGS = 50_000;

    private static final TypeReference<List<String>> ARGUMENTS = new TypeReference<>() {};

    private final JdbcClient database;
    private final JdbcTemplate statements;
    private final JsonMapper json;

    ChunkStore(JdbcClient database, JdbcTemplate statements, JsonMapper json) {
        this.database = database;
        this.statements = statements;
        this.json = json;
    }

    /** Of which kind a chunk's result is. */
    enum Phase {
        CHECK,
        APPLY
    }

    /**
     * Keeps what became of a chunk.
     *
     * @param room how many findings there is room for
     */
    void add(String job, Phase phase, int round, int number, ChunkResult result, int room) {
        database.sql(
                        """
                        INSERT INTO intake.chunk (import, phase, round, number, counts, refused,
                                                  deferred)
                        VALUES (:job::uuid, :phase, :round, :number, :counts::jsonb,
                                :refused::bigint[], :deferred::bigint[])
                        """)
                .param("job", job)
                .param("phase", phase.name())
                .param("round", round)
                .param("number", number)
                .param("counts", json.writeValueAsString(result.counts()))
                .param("refused", result.refused().toArray(Long[]::new))
                .param("deferred", result.deferred().toArray(Long[]::new))
                .update();
        Collection<Finding> kept =
                result.findings().subList(0, Math.min(room, result.findings().size()));
        statements.batchUpdate(
                """
                INSERT INTO intake.finding (import, line, col, code, value, arguments)
                VALUES (?::uuid, ?, ?, ?, ?, ?::jsonb)
                """,
                kept,
                500,
                (statement, finding) -> {
                    statement.setString(1, job);
                    statement.setLong(2, finding.row());
                    statement.setInt(3, finding.column());
                    statement.setString(4, finding.code());
                    statement.setString(5, withoutZero(finding.value()));
                    statement.setString(
                            6, withoutZero(json.writeValueAsString(finding.arguments())));
                });
    }

    /** PostgreSQL keeps no character 0, neither itself nor as JSON writes it. */
    private static String withoutZero(String text) {
        return text.replace("\0", "").replace("\\u0000", "");
    }

    /** How far the writing of an import is: the chunks of each round. */
    List<Integer> chunksByRound(String job) {
        List<Integer> counts = new ArrayList<>();
        database.sql(
                        """
                        SELECT round, count(*) AS chunks FROM intake.chunk
                         WHERE import = :job::uuid AND phase = 'APPLY' GROUP BY round ORDER BY round
                        """)
                .param("job", job)
                .query((row, n) -> counts.add(row.getInt("chunks")))
                .list();
        return counts;
    }

    /** The rows that a round left for the next. */
    Set<Long> deferred(String job, int round) {
        return rows(job, "deferred", ChunkStore.Phase.APPLY, " AND round = " + round);
    }

    /** The rows that were refused, in their order. */
    Set<Long> refused(String job, Phase phase) {
        return rows(job, "refused", phase, "");
    }

    private Set<Long> rows(String job, String column, Phase phase, String also) {
        Set<Long> rows = new TreeSet<>();
        database.sql(
                        "SELECT "
                                + column
                                + " AS lines FROM intake.chunk"
                                + " WHERE import = :job::uuid AND phase = :phase"
                                + also)
                .param("job", job)
                .param("phase", phase.name())
                .query((row, n) -> rows.addAll(longs(row.getArray("lines"))))
                .list();
        return rows;
    }

    private static List<Long> longs(Array array) throws SQLException {
        return List.of((Long[]) array.getArray());
    }

    Import.Counts counts(String job, Phase phase) {
        return database
                .sql(
                        """
                        SELECT counts FROM intake.chunk
                         WHERE import = :job::uuid AND phase = :phase
                        """)
                .param("job", job)
                .param("phase", phase.name())
                .query((row, n) -> json.readValue(row.getString("counts"), Import.Counts.class))
                .list()
                .stream()
                .reduce(Import.Counts.NONE, Import.Counts::plus);
    }

    int findings(String job) {
        return database.sql("SELECT count(*) FROM intake.finding WHERE import = :job::uuid")
                .param("job", job)
                .query(Integer.class)
                .single();
    }

    /** Findings by row. Empty filters filter nothing; a column below -1 is none. */
    Page<Finding> findings(String job, String code, int column, Slice slice) {
        String where =
                " WHERE import = :job::uuid"
                        + (code.isEmpty() ? "" : " AND code = :code")
                        + (column < CellNote.ROW ? "" : " AND col = :column");
        Map<String, Object> parameters = new HashMap<>(slice.parameters());
        parameters.put("job", job);
        parameters.put("code", code);
        parameters.put("column", column);
        long total =
                database.sql("SELECT count(*) FROM intake.finding" + where)
                        .params(parameters)
                        .query(Long.class)
                        .single();
        Slice.Order order = slice.order(Map.of("row", "lpad(line::text, 12, '0')"), "row");
        String id = "lpad(number::text, 18, '0')";
        record Row(Finding finding, String position, String id) {}
        List<Row> rows =
                database.sql(
                                "SELECT line, col, code, value, arguments, "
                                        + order.expression()
                                        + " AS position, "
                                        + id
                                        + " AS place FROM intake.finding"
                                        + where
                                        + order.condition(slice, id, "text")
                                        + order.clause(slice, id))
                        .params(parameters)
                        .query(
                                (row, n) ->
                                        new Row(
                                                finding(row),
                                                row.getString("position"),
                                                row.getString("place")))
                        .list();
        return slice.page(rows, total, r -> new Slice.Position(r.position(), r.id()))
                .map(Row::finding);
    }

    /** How many findings of each sort there are, the most frequent first. */
    List<FindingSort> sorts(String job) {
        return database.sql(
                        """
                        SELECT code, col, count(*) AS findings, min(line) AS line
                          FROM intake.finding WHERE import = :job::uuid
                         GROUP BY code, col ORDER BY findings DESC, code, col LIMIT 100
                        """)
                .param("job", job)
                .query(
                        (row, n) ->
                                new FindingSort(
                                        row.getString("code"),
                                        row.getInt("col"),
                                        row.getLong("findings"),
                                        row.getLong("line")))
                .list();
    }

    /** All findings about rows within a range, by row. */
    Map<Long, List<Finding>> between(String job, long from, long to) {
        Map<Long, List<Finding>> found = new HashMap<>();
        database.sql(
                        """
                        SELECT line, col, code, value, arguments FROM intake.finding
                         WHERE import = :job::uuid AND line BETWEEN :from AND :to
                         ORDER BY line, col, number
                        """)
                .param("job", job)
                .param("from", from)
                .param("to", to)
                .query((row, n) -> finding(row))
                .list()
                .forEach(f -> found.computeIfAbsent(f.row(), r -> new ArrayList<>()).add(f));
        return found;
    }

    private Finding finding(ResultSet row) throws SQLException {
        return new Finding(
                row.getLong("line"),
                row.getInt("col"),
                row.getString("code"),
                row.getString("value"),
                json.readValue(row.getString("arguments"), ARGUMENTS));
    }
}
