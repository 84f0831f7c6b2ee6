package cn.tiaoxi.platform.violation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Calls and marks as the trace has them, how far they are looked at, and what they are about. */
@Repository
class SeenStore {
    private final JdbcClient database;

    SeenStore(JdbcClient database) {
        this.database = database;
    }

    /**
     * Calls and marks of a log, in its order.
     *
     * @param next place behind the last of them
     */
    record Stretch(List<Seen> seen, long next) {}

    /** How far a log is looked at; nobody else looks at any until the transaction ends. */
    long lock(String origin) {
        database.sql("SELECT only_row FROM violation.turn FOR UPDATE")
                .query(Boolean.class)
                .single();
        database.sql(
                        "INSERT INTO violation.seen (origin) VALUES (:origin)"
                                + " ON CONFLICT (origin) DO NOTHING")
                .param("origin", origin)
                .update();
        return database.sql("SELECT next FROM violation.seen WHERE origin = :origin")
                .param("origin", origin)
                .query(Long.class)
                .single();
    }

    void seen(String origin, long next) {
        database.sql("UPDATE violation.seen SET next = :next WHERE origin = :origin")
                .param("next", next)
                .param("origin", origin)
                .update();
    }

    /** A log is taken over in its order, so that what stands before a known place is all there. */
    Stretch stretch(String origin, long from, int most) {
        Long last =
                database.sql(
                                """
                                SELECT max(log_index) FROM (
                                    SELECT log_index FROM (
                                        SELECT log_index FROM published.call
                                         WHERE origin = :origin AND log_index >= :from
                                         ORDER BY log_index LIMIT :most) AS calls
                                     UNION
                                    SELECT log_index FROM (
                                        SELECT log_index FROM published.call_mark
                                         WHERE origin = :origin AND log_index >= :from
                                         ORDER BY log_index LIMIT :most) AS marks
                                     ORDER BY log_index LIMIT :most) AS due
                                """)
                        .param("origin", origin)
                        .param("from", from)
                        .param("most", most)
                        .query((row, n) -> row.getObject(1, Long.class))
                        .list()
                        .getFirst();
        if (last == null) {
            return new Stretch(List.of(), from);
        }
        List<Seen> all = new ArrayList<>();
        all.addAll(read(CALLS, origin, from, last));
        all.addAll(read(MARKS, origin, from, last));
        all.sort(Comparator.comparingLong(Seen::index));
        return new Stretch(all, last + 1);
    }

    private static final String CALLS =
            """
            SELECT record::text AS record, origin, log_index, time, application, interface, owner,
                   sharing_grant, key, outcome, matter, '' AS mark, 0::bigint AS amount
              FROM published.call
             WHERE origin = :origin AND log_index BETWEEN :from AND :last
            """;

    private static final String MARKS =
            """
            SELECT record::text AS record, origin, log_index, time, application, interface, owner,
                   sharing_grant, key, '' AS outcome, '' AS matter, name AS mark, amount
              FROM published.call_mark
             WHERE origin = :origin AND log_index BETWEEN :from AND :last
            """;

    private List<Seen> read(String sql, String origin, long from, long last) {
        return database.sql(sql)
                .param("origin", origin)
                .param("from", from)
                .param("last", last)
                .query(SeenStore::seen)
                .list();
    }

    private static Seen seen(ResultSet row, int number) throws SQLException {
        return new Seen(
                row.getString("record"),
                row.getString("origin"),
                row.getLong("log_index"),
                row.getObject("time", OffsetDateTime.class).toInstant(),
                row.getString("application"),
                row.getString("interface"),
                row.getString("owner"),
                row.getString("sharing_grant"),
                row.getString("key"),
                row.getString("outcome"),
                row.getString("matter"),
                row.getString("mark"),
                row.getLong("amount"));
    }

    /** The matters that grants were asked for, by grant; trial grants have none. */
    Map<String, String> matters(Collection<String> grants) {
        return pairs(
                "SELECT id::text AS key, matter AS value FROM published.grant_terms"
                        + " WHERE id::text = ANY (:ids)",
                grants);
    }

    /** The applications of keys. */
    Map<String, String> applicationsOf(Collection<String> keys) {
        return pairs(
                "SELECT id AS key, application::text AS value FROM published.application_key"
                        + " WHERE id = ANY (:ids)",
                keys);
    }

    /** Organisations of applications that are there and not for trial calls. */
    Map<String, String> real(Collection<String> applications) {
        return pairs(
                "SELECT id::text AS key, organisation AS value FROM published.application"
                        + " WHERE id::text = ANY (:ids) AND NOT trial",
                applications);
    }

    /** Owners of interfaces that are there. */
    Map<String, String> owners(Collection<String> interfaces) {
        return pairs(
                "SELECT id AS key, organisation AS value FROM published.interface"
                        + " WHERE id = ANY (:ids)",
                interfaces);
    }

    /** Those of the applications that somebody's loss of access suspended. */
    Map<String, String> suspended(Collection<String> applications) {
        return pairs(
                "SELECT DISTINCT application::text AS key, '' AS value FROM published.suspension"
                        + " WHERE application::text = ANY (:ids) AND lifted IS NULL",
                applications);
    }

    private Map<String, String> pairs(String sql, Collection<String> ids) {
        Map<String, String> all = new HashMap<>();
        if (!ids.isEmpty()) {
            database.sql(sql)
                    .param("ids", ids.toArray(String[]::new))
                    .query(
                            row -> {
                                all.put(row.getString("key"), row.getString("value"));
                            });
        }
        return all;
    }

    /** Days that only lift a rate. */
    record Lifting(String application, String grant, String interfaceId, java.time.LocalDate day) {}

    /** Days from one on on which calls did not look like use, of grants that are no trial. */
    List<Lifting> lifting(java.time.LocalDate from) {
        return database.sql(
                        """
                        SELECT g.application::text AS application, g.id::text AS grant,
                               g.interface AS interface_id, d.day
                          FROM published.grant_day d
                          JOIN published.sharing_grant g ON g.id = d.sharing_grant
                         WHERE d.day >= :from AND d.verdict = 'IMPLAUSIBLE' AND NOT g.trial
                         ORDER BY g.id, d.day
                        """)
                .param("from", from)
                .query(Lifting.class)
                .list();
    }

    /** Key persons who answer for an application; none for an interface. */
    @Nullable String responsible(String application) {
        return database.sql(
                        "SELECT responsible::text FROM published.application_answer"
                                + " WHERE id::text = :id AND responsible IS NOT NULL")
                .param("id", application)
                .query(String.class)
                .optional()
                .orElse(null);
    }

    /** Names of applications and interfaces. */
    String name(ViolationRule.Against against, String id) {
        String table = against == ViolationRule.Against.APPLICATION ? "application" : "interface";
        return database.sql("SELECT name FROM published." + table + " WHERE id::text = :id")
                .param("id", id)
                .query(String.class)
                .optional()
                .orElse(id);
    }

    /** Those of the grants that are in force. */
    List<String> active(Collection<String> grants) {
        return database.sql(
                        """
                        SELECT id::text FROM published.sharing_grant
                         WHERE id::text = ANY (:ids) AND state = 'ACTIVE' ORDER BY id
                        """)
                .param("ids", grants.toArray(String[]::new))
                .query(String.class)
                .list();
    }
}
