package cn.tiaoxi.platform.conformance;

import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.ledger.Entry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Checklists as they were last computed, in the database. */
@Repository
class ChecklistStore {
    private static final Map<String, String> SORTS =
            new TreeMap<>(
                    Map.of(
                            "title", "title",
                            "code", "code",
                            "organisation", "organisation",
                            "state", "state",
                            "failed", "lpad(failed::text, 4, '0')"));

    private static final int AT_ONCE = 500;

    private final JdbcClient database;
    private final JdbcTemplate statements;

    ChecklistStore(JdbcClient database, JdbcTemplate statements) {
        this.database = database;
        this.statements = statements;
    }

    /**
     * A checklist to be kept.
     *
     * @param before whether the entry is in a state before the launch
     * @param ended whether it is in a state that does not count any more
     */
    record Kept(Entry entry, Checklist checklist, boolean before, boolean ended) {}

    /** Keeps checklists in place of those before, all computed at that time. */
    void save(List<Kept> all, Instant now) {
        statements.batchUpdate(
                """
                INSERT INTO conformance.checklist
                       (entry, code, title, organisation, state, before, ended, passed,
                        failed, waived, hindering, components, used, computed)
                VALUES (?::uuid, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::text[], ?, ?, ?)
                    ON CONFLICT (entry) DO UPDATE
                   SET code = excluded.code, title = excluded.title,
                       organisation = excluded.organisation, state = excluded.state,
                       before = excluded.before, ended = excluded.ended,
                       passed = excluded.passed, failed = excluded.failed,
                       waived = excluded.waived, hindering = excluded.hindering,
                       components = excluded.components, used = excluded.used,
                       computed = excluded.computed
                """,
                all,
                AT_ONCE,
                (statement, kept) -> {
                    Entry entry = kept.entry();
                    Checklist checklist = kept.checklist();
                    statement.setString(1, entry.id());
                    statement.setString(2, entry.code());
                    statement.setString(3, entry.title());
                    statement.setString(4, entry.organisation());
                    statement.setString(5, entry.state());
                    statement.setBoolean(6, kept.before());
                    statement.setBoolean(7, kept.ended());
                    statement.setInt(8, checklist.count(Checklist.Outcome.PASSED));
                    statement.setInt(
                            9,
                            checklist.count(Checklist.Outcome.FAILED)
                                    + checklist.count(Checklist.Outcome.UNDECIDED));
                    statement.setInt(10, checklist.count(Checklist.Outcome.WAIVED));
                    statement.setObject(
                            11,
                            checklist.obstacles().stream()
                                    .map(Checklist.Item::id)
                                    .toArray(String[]::new));
                    statement.setInt(12, checklist.mandatory());
                    statement.setInt(13, checklist.used());
                    statement.setObject(14, now.atOffset(ZoneOffset.UTC));
                });
    }

    void forget(String entry) {
        database.sql("DELETE FROM conformance.checklist WHERE entry = :entry::uuid")
                .param("entry", entry)
                .update();
    }

    Page<Conformance.Row> list(Conformance.Filter filter, Slice slice) {
        Map<String, Object> parameters = new HashMap<>();
        StringBuilder where = new StringBuilder(" WHERE before");
        if (!filter.reach().isEmpty()) {
            where.append(" AND organisation = ANY (:reach::text[])");
            parameters.put("reach", filter.reach().toArray(String[]::new));
        }
        put(
                where,
                parameters,
                "organisation",
                "organisation = :organisation",
                filter.organisation());
        put(where, parameters, "state", "state = :state", filter.state());
        put(where, parameters, "item", ":item = ANY (hindering)", filter.item());
        put(
                where,
                parameters,
                "text",
                "strpos(lower(title || ' ' || code), :text) > 0",
                filter.text().strip().toLowerCase(Locale.ROOT));
        switch (filter.outcome()) {
            case "conforming" -> where.append(" AND hindering = '{}'");
            case "failing" -> where.append(" AND hindering <> '{}'");
            case "waived" -> where.append(" AND waived > 0");
            default -> {}
        }
        Slice.Order order = slice.order(SORTS, "title");
        long total =
                database.sql("SELECT count(*) FROM conformance.checklist" + where)
                        .params(parameters)
                        .query(Long.class)
                        .single();
        record Placed(Conformance.Row row, String position) {}
        List<Placed> rows =
                database.sql(
                                """
                                SELECT entry::text AS id, code, title, organisation, state, passed,
                                       failed, waived, hindering, components, used, computed,
                                """
                                        + order.expression()
                                        + " AS position FROM conformance.checklist"
                                        + where
                                        + order.condition(slice, "entry", "text")
                                        + order.clause(slice, "entry"))
                        .params(parameters)
                        .params(slice.parameters())
                        .query((row, n) -> new Placed(read(row), row.getString("position")))
                        .list();
        return slice.page(rows, total, r -> new Slice.Position(r.position(), r.row().entry()))
                .map(Placed::row);
    }

    private static void put(
            StringBuilder where,
            Map<String, Object> parameters,
            String name,
            String condition,
            String value) {
        if (!value.isBlank()) {
            where.append(" AND ").append(condition);
            parameters.put(name, value);
        }
    }

    /** How many applications before going live conform, of how many. */
    Conformance.Totals totals(Collection<String> reach) {
        return database.sql(
                        """
                        SELECT count(*) AS applications,
                               count(*) FILTER (WHERE hindering = '{}') AS conforming,
                               coalesce(sum(components), 0) AS components,
                               coalesce(sum(used), 0) AS used
                          FROM conformance.checklist
                         WHERE before AND (cardinality(:reach::text[]) = 0
                                           OR organisation = ANY (:reach::text[]))
                        """)
                .param("reach", reach.toArray(String[]::new))
                .query(
                        (row, n) ->
                                new Conformance.Totals(
                                        row.getLong("applications"),
                                        row.getLong("conforming"),
                                        row.getLong("components"),
                                        row.getLong("used")))
                .single();
    }

    /** Applications written since their checklist was computed, at most so many. */
    List<String> stale(String type, int limit) {
        return database.sql(
                        """
                        SELECT e.id::text FROM published.ledger_entry e
                          LEFT JOIN conformance.checklist c ON c.entry = e.id
                         WHERE e.type = :type AND (c.entry IS NULL OR c.computed < e.updated)
                         LIMIT :limit
                        """)
                .param("type", type)
                .param("limit", limit)
                .query(String.class)
                .list();
    }

    /** Applications that refer to an entry. */
    List<String> referring(String type, String target) {
        return database.sql(
                        """
                        SELECT DISTINCT e.id::text FROM published.ledger_link l
                          JOIN published.ledger_entry e ON e.id = l.source
                         WHERE l.target = :target::uuid AND e.type = :type
                        """)
                .param("target", target)
                .param("type", type)
                .query(String.class)
                .list();
    }

    /** Applications whose waiver ended since their checklist was computed. */
    List<String> waiversEnded(LocalDate today, java.time.ZoneId zone) {
        return database.sql(
                        """
                        SELECT DISTINCT c.entry::text FROM conformance.checklist c
                          JOIN conformance.waiver w ON w.entry = c.entry
                         WHERE w.withdrawn IS NULL AND w.valid_until < :today
                           AND (c.computed AT TIME ZONE :zone)::date <= w.valid_until
                        """)
                .param("today", today)
                .param("zone", zone.getId())
                .query(String.class)
                .list();
    }

    private static Conformance.Row read(ResultSet row) throws SQLException {
        return new Conformance.Row(
                row.getString("id"),
                row.getString("code"),
                row.getString("title"),
                row.getString("organisation"),
                row.getString("state"),
                row.getInt("passed"),
                row.getInt("failed"),
                row.getInt("waived"),
                List.of((String[]) row.getArray("hindering").getArray()),
                row.getInt("components"),
                row.getInt("used"),
                row.getObject("computed", OffsetDateTime.class).toInstant());
    }
}
