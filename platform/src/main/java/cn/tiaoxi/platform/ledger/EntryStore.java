package cn.tiaoxi.platform.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Entries in the database. */
@Repository
class EntryStore {
    /** Comes before every identifier. */
    static final String FIRST = new UUID(0, 0).toString();

    static final String COLUMNS =
            """
            id, type, code, title, organisation, state, fields, facts, findings, standardised,
            lost, version, type_version, created, updated, removed
            """;
    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};
    private static final TypeReference<List<Finding>> FINDINGS = new TypeReference<>() {};

    private final JdbcClient database;
    private final JsonMapper json;

    EntryStore(JdbcClient database, JsonMapper json) {
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

    /** The entries of these codes, locked until the transaction ends, by code. */
    Map<String, Entry> lockByCode(String type, Collection<String> codes) {
        return byCode(type, codes, " ORDER BY id FOR UPDATE");
    }

    /** The entries of these codes, by code. */
    Map<String, Entry> byCode(String type, Collection<String> codes) {
        return byCode(type, codes, "");
    }

    private Map<String, Entry> byCode(String type, Collection<String> codes, String end) {
        Map<String, Entry> found = new HashMap<>();
        if (!codes.isEmpty()) {
            database.sql(
                            "SELECT "
                                    + COLUMNS
                                    + """
                                      FROM ledger.entry
                                     WHERE type = :type AND code = ANY (:codes::text[])
                                    """
                                    + end)
                    .param("type", type)
                    .param("codes", codes.toArray(String[]::new))
                    .query(this::entry)
                    .list()
                    .forEach(e -> found.put(e.code(), e));
        }
        return found;
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
                                 WHERE type = :type AND id > :id::uuid AND removed IS NULL
                                 ORDER BY id LIMIT :limit
                                """)
                .param("type", type)
                .param("id", id)
                .param("limit", limit)
                .query(this::entry)
                .list();
    }

    /** An entry with the revision that it was read at. */
    record Revised(Entry entry, long revision) {}

    /** Takes an identifier and the revision of its entry. */
    interface Revisions {
        void take(String id, long revision);
    }

    /** Entries by identifier with their revisions, for walking through all of them. */
    List<Revised> revisedAfter(String type, String id, int limit) {
        return database.sql(
                        "SELECT "
                                + COLUMNS
                                + """
                                  , revision FROM ledger.entry
                                 WHERE type = :type AND id > :id::uuid AND removed IS NULL
                                 ORDER BY id LIMIT :limit
                                """)
                .param("type", type)
                .param("id", id)
                .param("limit", limit)
                .query(this::revised)
                .list();
    }

    /** The entries of these identifiers that are there, with their revisions. */
    List<Revised> revised(String type, Collection<String> ids) {
        return database.sql(
                        "SELECT "
                                + COLUMNS
                                + """
                                  , revision FROM ledger.entry
                                 WHERE type = :type AND id = ANY (:ids::uuid[]) AND removed IS NULL
                                """)
                .param("type", type)
                .param("ids", ids.toArray(String[]::new))
                .query(this::revised)
                .list();
    }

    /** Gives the revisions of a ledger's entries that are there. */
    void revisions(String type, Revisions taker) {
        walk(type, "revision", taker);
    }

    /** Gives the versions of a ledger's entries that are there. */
    void versions(String type, Revisions taker) {
        walk(type, "version", taker);
    }

    private void walk(String type, String number, Revisions taker) {
        String last = FIRST;
        int read;
        do {
            List<String> part =
                    database.sql(
                                    "SELECT id, "
                                            + number
                                            + """
                                             AS number FROM ledger.entry
                                             WHERE type = :type AND id > :id::uuid
                                               AND removed IS NULL
                                             ORDER BY id LIMIT 20000
                                            """)
                            .param("type", type)
                            .param("id", last)
                            .query(
                                    (row, n) -> {
                                        String id = row.getString("id");
                                        taker.take(id, row.getLong("number"));
                                        return id;
                                    })
                            .list();
            read = part.size();
            last = part.isEmpty() ? last : part.getLast();
        } while (read > 0);
    }

    /** Identifiers of the entries that were added or changed from then on. */
    List<String> changedSince(String type, Instant time) {
        return database.sql(
                        "SELECT id::text FROM ledger.entry WHERE type = :type AND updated >= :time")
                .param("type", type)
                .param("time", time.atOffset(ZoneOffset.UTC))
                .query(String.class)
                .list();
    }

    private Revised revised(ResultSet row, int number) throws SQLException {
        return new Revised(entry(row, number), row.getLong("revision"));
    }

    /** The entries that these refer to, by identifier, whatever their ledger. */
    Map<String, Entry> linked(ActiveType type, Collection<Entry> entries) {
        if (type.references().isEmpty()) {
            return Map.of();
        }
        Set<String> ids = new HashSet<>();
        for (Entry entry : entries) {
            type.references().forEach(f -> ids.addAll(entry.texts(f.id())));
        }
        return byId(ids);
    }

    /** Entries by identifier, whatever their ledger. */
    Map<String, Entry> byId(Collection<String> ids) {
        Map<String, Entry> found = new HashMap<>();
        if (!ids.isEmpty()) {
            database.sql("SELECT " + COLUMNS + " FROM ledger.entry WHERE id = ANY (:ids::uuid[])")
                    .param("ids", ids.toArray(String[]::new))
                    .query(this::entry)
                    .list()
                    .forEach(e -> found.put(e.id(), e));
        }
        return found;
    }

    void add(Entry entry) {
        bind(
                        database.sql(
                                """
                                INSERT INTO ledger.entry
                                       (id, type, code, title, organisation, state, fields, facts,
                                        findings, finding_count, blocking_count, standardised,
                                        lost, version, type_version, created, updated, removed)
                                VALUES (:id::uuid, :type, :code, :title, :organisation, :state,
                                        :fields::jsonb, :facts::jsonb, :findings::jsonb,
                                        :findingCount, :blockingCount, :standardised, :lost,
                                        :version, :typeVersion, :created, :updated, :removed)
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
                                               standardised = :standardised, lost = :lost,
                                               version = :version, type_version = :typeVersion,
                                               updated = :updated, removed = :removed
                                         WHERE id = :id::uuid AND version = :before
                                        """),
                                entry)
                        .param("version", entry.version())
                        .param("before", before)
                        .update()
                == 1;
    }

    private JdbcClient.StatementSpec bind(JdbcClient.StatementSpec statement, Entry entry) {
        Instant removed = entry.removed();
        return statement
                .param("lost", entry.lost())
                .param("typeVersion", entry.typeVersion())
                .param("removed", removed == null ? null : removed.atOffset(ZoneOffset.UTC))
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

    /** How many entries of a ledger stand in each value of a field, withdrawn ones left out. */
    Map<String, Long> countBy(String type, String field, Collection<String> values) {
        Map<String, Long> counts = new HashMap<>();
        database.sql(
                        """
                        SELECT fields ->> :field AS value, count(*) AS entries FROM ledger.entry
                         WHERE type = :type AND state <> 'WITHDRAWN' AND removed IS NULL
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
                          FROM ledger.entry WHERE type = :type AND removed IS NULL
                        """)
                .param("type", type)
                .query(
                        (row, n) ->
                                new Ledger.Totals(
                                        row.getLong("entries"), row.getLong("standardised")))
                .single();
    }

    /** The entry of a row of {@link #COLUMNS}. */
    Entry entry(ResultSet row, int number) throws SQLException {
        @Nullable OffsetDateTime removed = row.getObject("removed", OffsetDateTime.class);
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
                row.getInt("lost"),
                row.getLong("version"),
                row.getInt("type_version"),
                instant(row, "created"),
                instant(row, "updated"),
                removed == null ? null : removed.toInstant());
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
