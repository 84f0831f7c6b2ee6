package cn.tiaoxi.platform.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Writes many entries at once, by COPY and by batches of updates. */
@Repository
class BatchStore {
    private static final String COPY_ENTRIES =
            """
            COPY ledger.entry (id, type, code, title, organisation, state, fields, facts, findings,
                               finding_count, blocking_count, standardised, lost, version,
                               type_version, created, updated)
            FROM STDIN WITH BINARY
            """;
    private static final String COPY_CHANGES =
            """
            COPY ledger.change (entry, version, time, username, name, organisation, action, reason,
                                differences, batch)
            FROM STDIN WITH BINARY
            """;

    private final DataSource source;
    private final JdbcTemplate statements;
    private final JdbcClient database;
    private final JsonMapper json;

    BatchStore(DataSource source, JdbcTemplate statements, JdbcClient database, JsonMapper json) {
        this.source = source;
        this.statements = statements;
        this.database = database;
        this.json = json;
    }

    void add(Collection<Entry> entries) {
        CopyRows rows = new CopyRows(json, 17);
        for (Entry e : entries) {
            rows.row().uuid(e.id()).text(e.type()).text(e.code()).text(e.title());
            rows.text(e.organisation()).text(e.state());
            rows.json(e.fields()).json(e.facts()).json(e.findings());
            rows.integer(e.open()).integer(e.blocking().size());
            rows.bool(e.standardised()).integer(e.lost());
            rows.bigint(e.version()).integer(e.typeVersion());
            rows.time(e.created()).time(e.updated());
        }
        copy(COPY_ENTRIES, rows);
    }

    void addChanges(Map<String, Change> changes) {
        CopyRows rows = new CopyRows(json, 10);
        changes.forEach(
                (entry, c) -> {
                    rows.row().uuid(entry).bigint(c.version()).time(c.time());
                    rows.text(c.author().username()).text(c.author().name());
                    rows.text(c.author().organisation()).text(c.action()).text(c.reason());
                    rows.json(c.changes()).uuid(c.batch());
                });
        copy(COPY_CHANGES, rows);
    }

    void addLinks(Collection<Link> links) {
        CopyRows rows = new CopyRows(json, 3);
        links.forEach(l -> rows.row().uuid(l.source()).text(l.field()).uuid(l.target()));
        copy("COPY ledger.link (source, field, target) FROM STDIN WITH BINARY", rows);
    }

    void removeLinks(Collection<String> sources) {
        database.sql("DELETE FROM ledger.link WHERE source = ANY (:sources::uuid[])")
                .param("sources", sources.toArray(String[]::new))
                .update();
    }

    /** The entries that have these values already. */
    Map<String, String> holders(String type, Collection<String> keys) {
        Map<String, String> holders = new HashMap<>();
        database.sql(
                        """
                        SELECT key, entry::text AS entry FROM ledger.unique_key
                         WHERE type = :type AND key = ANY (:keys::text[])
                        """)
                .param("type", type)
                .param("keys", keys.toArray(String[]::new))
                .query((row, n) -> holders.put(row.getString("key"), row.getString("entry")))
                .list();
        return holders;
    }

    /** Gives entries the values that they alone may have, in place of those before. */
    void claim(String type, Collection<String> entries, Map<String, String> keys) {
        database.sql("DELETE FROM ledger.unique_key WHERE entry = ANY (:entries::uuid[])")
                .param("entries", entries.toArray(String[]::new))
                .update();
        CopyRows rows = new CopyRows(json, 3);
        keys.forEach((key, entry) -> rows.row().text(type).text(key).uuid(entry));
        copy("COPY ledger.unique_key (type, key, entry) FROM STDIN WITH BINARY", rows);
    }

    /** Writes entries over the versions before them; the caller holds them locked. */
    void update(List<Entry> entries) {
        statements.batchUpdate(
                """
                UPDATE ledger.entry
                   SET title = ?, organisation = ?, state = ?, fields = ?::jsonb,
                       findings = ?::jsonb, finding_count = ?, blocking_count = ?,
                       standardised = ?, lost = ?, version = ?, type_version = ?, updated = ?
                 WHERE id = ?::uuid
                """,
                entries,
                500,
                (statement, e) -> {
                    statement.setString(1, e.title());
                    statement.setString(2, e.organisation());
                    statement.setString(3, e.state());
                    statement.setString(4, json.writeValueAsString(e.fields()));
                    statement.setString(5, json.writeValueAsString(e.findings()));
                    statement.setInt(6, e.open());
                    statement.setInt(7, e.blocking().size());
                    statement.setBoolean(8, e.standardised());
                    statement.setInt(9, e.lost());
                    statement.setLong(10, e.version());
                    statement.setInt(11, e.typeVersion());
                    statement.setTimestamp(12, timestamp(e.updated()));
                    statement.setString(13, e.id());
                });
    }

    /**
     * Writes what the rules found, where the entry is still of the version that they looked at.
     * Answers how many were written.
     */
    int findings(List<Entry> entries) {
        return database.sql(
                        """
                        UPDATE ledger.entry AS e
                           SET findings = n.findings::jsonb, finding_count = n.finding_count,
                               blocking_count = n.blocking_count, standardised = n.standardised,
                               lost = n.lost
                          FROM unnest(:ids::uuid[], :versions::bigint[], :findings::text[],
                                      :counts::integer[], :blocking::integer[],
                                      :standardised::boolean[], :lost::integer[])
                               AS n (id, version, findings, finding_count, blocking_count,
                                     standardised, lost)
                         WHERE e.id = n.id AND e.version = n.version
                        """)
                .param("ids", all(entries, Entry::id, String[]::new))
                .param("versions", all(entries, Entry::version, Long[]::new))
                .param(
                        "findings",
                        all(entries, e -> json.writeValueAsString(e.findings()), String[]::new))
                .param("counts", all(entries, Entry::open, Integer[]::new))
                .param("blocking", all(entries, e -> e.blocking().size(), Integer[]::new))
                .param("standardised", all(entries, Entry::standardised, Boolean[]::new))
                .param("lost", all(entries, Entry::lost, Integer[]::new))
                .update();
    }

    private static <T> T[] all(
            List<Entry> entries, Function<Entry, T> value, IntFunction<T[]> array) {
        return entries.stream().map(value).toArray(array);
    }

    private static Timestamp timestamp(Instant time) {
        return Timestamp.from(time);
    }

    private void copy(String sql, CopyRows rows) {
        if (rows.isEmpty()) {
            return;
        }
        Connection connection = DataSourceUtils.getConnection(source);
        try {
            rows.send(connection, sql);
        } catch (SQLException e) {
            throw java.util.Objects.requireNonNull(
                    statements.getExceptionTranslator().translate("copy", sql, e));
        } finally {
            DataSourceUtils.releaseConnection(connection, source);
        }
    }
}
