package cn.tiaoxi.platform.bulletin;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads what the ledger publishes about rates, rules and entries. */
@Repository
class RateReader {
    /** Entries of the ledgers that count, in states that count. */
    private static final String COUNTED =
            """
             published.ledger_entry e
              JOIN unnest(:types::text[], :states::text[]) AS c (type, state)
                ON c.type = e.type AND c.state = e.state
            """;

    private final JdbcClient database;

    RateReader(JdbcClient database) {
        this.database = database;
    }

    /** A ledger and a state in which its entries count. */
    record Counted(String type, String state) {}

    /** The rate of a ledger in an organisation. */
    record Cell(String type, String organisation, Rate rate) {}

    /** How many entries of an organisation break a rule. */
    record Broken(String type, String organisation, String rule, long failed) {}

    /** An entry of an organisation. */
    record Place(String type, String organisation, String rule, String id) {}

    /** The last day of a month for which rates were kept. */
    Optional<LocalDate> lastDay(YearMonth month) {
        return database.sql(
                        "SELECT max(day) FROM published.ledger_rate"
                                + " WHERE day BETWEEN :first AND :last")
                .param("first", month.atDay(1))
                .param("last", month.atEndOfMonth())
                .query((row, n) -> Optional.ofNullable(row.getObject(1, LocalDate.class)))
                .single();
    }

    /** The rates kept for a day. */
    List<Cell> rates(LocalDate day, Collection<String> types) {
        return database.sql(
                        """
                        SELECT type, organisation, entries, standardised, score
                          FROM published.ledger_rate
                         WHERE day = :day AND type = ANY (:types::text[]) AND entries > 0
                        """)
                .param("day", day)
                .param("types", types.toArray(String[]::new))
                .query(RateReader::cell)
                .list();
    }

    private static Cell cell(ResultSet row, int number) throws SQLException {
        return new Cell(
                row.getString("type"),
                row.getString("organisation"),
                new Rate(
                        row.getLong("entries"),
                        row.getLong("standardised"),
                        row.getDouble("score")));
    }

    private static Map<String, Object> counted(List<Counted> counted) {
        return Map.of(
                "types", counted.stream().map(Counted::type).toArray(String[]::new),
                "states", counted.stream().map(Counted::state).toArray(String[]::new));
    }

    /** All ledgers together by organisation at the end of each month but the last one named. */
    Map<YearMonth, Map<String, Rate>> trend(
            YearMonth first, YearMonth last, Collection<String> types) {
        Map<YearMonth, Map<String, Rate>> trend = new HashMap<>();
        database.sql(
                        """
                        SELECT r.day, r.organisation, sum(r.entries) AS entries,
                               sum(r.standardised) AS standardised, sum(r.score) AS score
                          FROM published.ledger_rate r
                          JOIN (SELECT max(day) AS day FROM published.ledger_rate
                                 WHERE day >= :first AND day < :last
                                 GROUP BY date_trunc('month', day)) AS ends USING (day)
                         WHERE r.type = ANY (:types::text[]) AND r.entries > 0
                         GROUP BY r.day, r.organisation
                        """)
                .param("first", first.atDay(1))
                .param("last", last.atDay(1))
                .param("types", types.toArray(String[]::new))
                .query(
                        row -> {
                            YearMonth month = YearMonth.from(row.getObject("day", LocalDate.class));
                            Rate rate =
                                    new Rate(
                                            row.getLong("entries"),
                                            row.getLong("standardised"),
                                            row.getDouble("score"));
                            trend.computeIfAbsent(month, m -> new HashMap<>())
                                    .put(row.getString("organisation"), rate);
                        });
        return trend;
    }

    /** How often rules were broken on a day. */
    List<Broken> broken(LocalDate day, Collection<String> types) {
        return database.sql(
                        """
                        SELECT type, organisation, rule, failed FROM published.ledger_rule_rate
                         WHERE day = :day AND type = ANY (:types::text[]) AND failed > 0
                        """)
                .param("day", day)
                .param("types", types.toArray(String[]::new))
                .query(Broken.class)
                .list();
    }

    /** For each rule that an organisation breaks one entry that does. */
    List<Place> examples(List<Counted> counted) {
        return database.sql(
                        """
                        SELECT DISTINCT ON (e.type, e.organisation, f.rule)
                               e.type, e.organisation, f.rule, e.id::text AS id
                          FROM published.ledger_finding f JOIN
                        """
                                + COUNTED
                                + """
                                 ON f.entry = e.id
                                 WHERE f.severity <> 'ADVICE'
                                 ORDER BY e.type, e.organisation, f.rule, e.id
                                """)
                .params(counted(counted))
                .query(Place.class)
                .list();
    }

    /** The entries of each organisation that are furthest from standardised, the worst first. */
    List<Place> worst(List<Counted> counted, int most) {
        return database.sql(
                        """
                        SELECT type, organisation, '' AS rule, id FROM (
                            SELECT e.type, e.organisation, e.id::text AS id,
                                   row_number() OVER (
                                       PARTITION BY e.organisation
                                       ORDER BY e.score, e.blocking DESC, e.findings DESC, e.code
                                   ) AS place
                              FROM
                        """
                                + COUNTED
                                + """
                                 WHERE NOT e.standardised) AS ordered
                                 WHERE place <= :most ORDER BY organisation, place
                                """)
                .params(counted(counted))
                .param("most", most)
                .query(Place.class)
                .list();
    }
}
