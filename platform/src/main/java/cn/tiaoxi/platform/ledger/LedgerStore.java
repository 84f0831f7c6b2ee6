package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Entries and their history in the database. */
@Repository
class LedgerStore {
    private static final String COLUMNS =
            """
            id, type, code, title, organisation, state, fields, facts, findings, standardised,
            version, created, updated
            """;
    private static final Map<String, String> SORTS =
            Map.of(
                    "title", "title",
                    "code", "code",
                    "organisation", "organisation",
                    "state", "state",
                    "findings", "lpad(finding_count::text, 9, '0')",
                    "rows", "lpad(coalesce(facts ->> 'rows', '0'), 18, '0')",
                    "updated",
                            "to_char(updated AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US')");
    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};
    private static final TypeReference<List<Finding>> FINDINGS = new TypeReference<>() {};
    private static final TypeReference<List<Change.Difference>> DIFFERENCES =
            new TypeReference<>() {};

    private final JdbcClient database;
    private final JsonMapper json;

    LedgerStore(JdbcClient database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    Optional<Entry> find(String type, String id) {
        return database.sql(
                        "SELECT "
                                + COLUMNS
                                + " FROM ledger.entry WHERE type = :type AND id = :id::uuid")
                .param("type", type)
                .param("id", id)
                .query(this::entry)
                .optional();
    }

    Optional<Entry> lock(String type, String id) {
        return database.sql(
                        "SELECT "
                                + COLUMNS
                                + " FROM ledger.entry WHERE type = :type AND id = :id::uuid FOR UPDATE")
                .param("type", type)
                .param("id", id)
                .query(this::entry)
                .optional();
    }

    /** The entries of that ledger and these identifiers, in any order. */
    List<Entry> all(String type, Collection<String> ids) {
        return database.sql(
                        "SELECT "
                                + COLUMNS
                                + " FROM ledger.entry WHERE type = :type AND id = ANY (:ids::uuid[])")
                .param("type", type)
                .param("ids", ids.toArray(String[]::new))
                .query(this::entry)
                .list();
    }

    /** Entries of a ledger by identifier, for walking through all of them. */
    List<Entry> after(String type, String id, int limit) {
        return database.sql(
                        "SELECT "
                                + COLUMNS
                                + """
                                  FROM ledger.entry
                                 WHERE type = :type AND id > :id::uuid ORDER BY id LIMIT :limit
                                """)
                .param("type", type)
                .param("id", id)
                .param("limit", limit)
                .query(this::entry)
                .list();
    }

    /** The next number within a scope; others wait until the transaction ends. */
    long nextNumber(String type, String scope) {
        return database.sql(
                        """
                        INSERT INTO ledger.sequence (type, scope, last) VALUES (:type, :scope, 1)
                            ON CONFLICT (type, scope) DO UPDATE SET last = sequence.last + 1
                        RETURNING last
                        """)
                .param("type", type)
                .param("scope", scope)
                .query(Long.class)
                .single();
    }

    void add(Entry entry) {
        bind(
                        database.sql(
                                """
                                INSERT INTO ledger.entry
                                       (id, type, code, title, organisation, state, fields, facts,
                                        findings, finding_count, blocking_count, standardised,
                                        version, created, updated)
                                VALUES (:id::uuid, :type, :code, :title, :organisation, :state,
                                        :fields::jsonb, :facts::jsonb, :findings::jsonb,
                                        :findingCount, :blockingCount, :standardised, :version,
                                        :created, :updated)
                                """),
                        entry)
                .param("type", entry.type())
                .param("code", entry.code())
                .param("created", entry.created().atOffset(ZoneOffset.UTC))
                .param("version", entry.version())
                .update();
    }

    /** Writes an entry over the version before it; false if that is another by now. */
    boolean update(Entry entry, long before) {
        return bind(
                                database.sql(
                                        """
                                        UPDATE ledger.entry
                                           SET title = :title, organisation = :organisation,
                                               state = :state, fields = :fields::jsonb,
                                               facts = :facts::jsonb, findings = :findings::jsonb,
                                               finding_count = :findingCount,
                                               blocking_count = :blockingCount,
                                               standardised = :standardised, version = :version,
                                               updated = :updated
                                         WHERE id = :id::uuid AND version = :before
                                        """),
                                entry)
                        .param("version", entry.version())
                        .param("before", before)
                        .update()
                == 1;
    }

    private JdbcClient.StatementSpec bind(JdbcClient.StatementSpec statement, Entry entry) {
        return statement
                .param("id", entry.id())
                .param("title", entry.title())
                .param("organisation", entry.organisation())
                .param("state", entry.state())
                .param("fields", json.writeValueAsString(entry.fields()))
                .param("facts", json.writeValueAsString(entry.facts()))
                .param("findings", json.writeValueAsString(entry.findings()))
                .param("findingCount", entry.open())
                .param("blockingCount", entry.blocking().size())
                .param("standardised", entry.standardised())
                .param("updated", entry.updated().atOffset(ZoneOffset.UTC));
    }

    void addChange(String id, Change change) {
        database.sql(
                        """
                        INSERT INTO ledger.change
                               (entry, version, time, username, name, organisation, action, reason,
                                differences)
                        VALUES (:entry::uuid, :version, :time, :username, :name, :organisation,
                                :action, :reason, :differences::jsonb)
                        """)
                .param("entry", id)
                .param("version", change.version())
                .param("time", change.time().atOffset(ZoneOffset.UTC))
                .param("username", change.author().username())
                .param("name", change.author().name())
                .param("organisation", change.author().organisation())
                .param("action", change.action())
                .param("reason", change.reason())
                .param("differences", json.writeValueAsString(change.changes()))
                .update();
    }

    /** The history, newest first. */
    Page<Change> history(String id, Slice slice) {
        Slice.Order order = slice.order(Map.of("version", "version"), "-version");
        Map<String, Object> parameters = new HashMap<>(slice.parameters());
        parameters.put("entry", id);
        long total =
                database.sql("SELECT count(*) FROM ledger.change WHERE entry = :entry::uuid")
                        .param("entry", id)
                        .query(Long.class)
                        .single();
        List<Change> rows =
                database.sql(
                                """
                                SELECT version, time, username, name, organisation, action, reason,
                                       differences
                                  FROM ledger.change WHERE entry = :entry::uuid
                                """
                                        + order.condition(slice, "version", "bigint")
                                        + order.clause(slice, "version"))
                        .params(parameters)
                        .query(this::change)
                        .list();
        return slice.page(
                rows,
                total,
                c -> new Slice.Position(Long.toString(c.version()), Long.toString(c.version())));
    }

    Page<Entry> list(EntryFilter filter, Slice slice) {
        StringBuilder where = new StringBuilder(" WHERE type = :type");
        Map<String, Object> parameters = new HashMap<>(slice.parameters());
        parameters.put("type", filter.type());
        List<String> ids = filter.ids();
        if (ids != null) {
            where.append(" AND id = ANY (:ids::uuid[])");
            parameters.put("ids", ids.toArray(String[]::new));
        }
        if (!filter.organisations().isEmpty()) {
            where.append(" AND organisation = ANY (:organisations::text[])");
            parameters.put("organisations", filter.organisations().toArray(String[]::new));
        }
        if (!filter.state().isEmpty()) {
            where.append(" AND state = :state");
            parameters.put("state", filter.state());
        }
        if (!filter.finding().isEmpty()) {
            where.append(" AND findings @> :finding::jsonb");
            parameters.put(
                    "finding", json.writeValueAsString(List.of(Map.of("rule", filter.finding()))));
        }
        if (!filter.fields().isEmpty()) {
            where.append(" AND fields @> :fields::jsonb");
            parameters.put("fields", json.writeValueAsString(filter.fields()));
        }
        if (!filter.facts().isEmpty()) {
            where.append(" AND facts @> :facts::jsonb");
            parameters.put("facts", json.writeValueAsString(filter.facts()));
        }
        long total =
                database.sql("SELECT count(*) FROM ledger.entry" + where)
                        .params(parameters)
                        .query(Long.class)
                        .single();
        Slice.Order order = slice.order(SORTS, "-updated");
        record Row(Entry entry, String position) {}
        List<Row> rows =
                database.sql(
                                "SELECT "
                                        + COLUMNS
                                        + ", "
                                        + order.expression()
                                        + " AS position FROM ledger.entry"
                                        + where
                                        + order.condition(slice, "id", "text")
                                        + order.clause(slice, "id"))
                        .params(parameters)
                        .query((row, n) -> new Row(entry(row, n), row.getString("position")))
                        .list();
        return slice.page(rows, total, r -> new Slice.Position(r.position(), r.entry().id()))
                .map(Row::entry);
    }

    /** How many entries of a ledger stand in each value of a field, withdrawn ones left out. */
    Map<String, Long> countBy(String type, String field, Collection<String> values) {
        Map<String, Long> counts = new HashMap<>();
        database.sql(
                        """
                        SELECT fields ->> :field AS value, count(*) AS entries FROM ledger.entry
                         WHERE type = :type AND state <> 'WITHDRAWN'
                           AND fields ->> :field = ANY (:values::text[])
                         GROUP BY 1
                        """)
                .param("type", type)
                .param("field", field)
                .param("values", values.toArray(String[]::new))
                .query((row, n) -> counts.put(row.getString("value"), row.getLong("entries")))
                .list();
        return counts;
    }

    Ledger.Totals totals(String type) {
        return database.sql(
                        """
                        SELECT count(*) AS entries,
                               count(*) FILTER (WHERE standardised) AS standardised
                          FROM ledger.entry WHERE type = :type
                        """)
                .param("type", type)
                .query(
                        (row, n) ->
                                new Ledger.Totals(
                                        row.getLong("entries"), row.getLong("standardised")))
                .single();
    }

    private Entry entry(ResultSet row, int number) throws SQLException {
        return new Entry(
                row.getString("id"),
                row.getString("type"),
                row.getString("code"),
                row.getString("title"),
                row.getString("organisation"),
                row.getString("state"),
                json.readValue(row.getString("fields"), MAP),
                json.readValue(row.getString("facts"), MAP),
                json.readValue(row.getString("findings"), FINDINGS),
                row.getBoolean("standardised"),
                row.getLong("version"),
                instant(row, "created"),
                instant(row, "updated"));
    }

    private Change change(ResultSet row, int number) throws SQLException {
        @Nullable String reason = row.getString("reason");
        return new Change(
                row.getLong("version"),
                instant(row, "time"),
                new Author(
                        row.getString("username"),
                        row.getString("name"),
                        row.getString("organisation")),
                row.getString("action"),
                reason,
                json.readValue(row.getString("differences"), DIFFERENCES));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
