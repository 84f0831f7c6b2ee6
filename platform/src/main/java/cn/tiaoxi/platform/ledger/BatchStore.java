package cn.tiaoxi.platform.ledger;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
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
                               finding_count, blocking_count, standardised, score, version,
                               type_version, created, updated)
            FROM STDIN
            """;
    private static final String COPY_CHANGES =
            """
            COPY ledger.change (entry, version, time, username, name, organisation, action, reason,
                                differences, batch)
            FROM STDIN
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
        Rows rows = new Rows();
        for (Entry e : entries) {
            rows.text(e.id()).text(e.type()).text(e.code()).text(e.title()).text(e.organisation());
            rows.text(e.state()).json(e.fields()).json(e.facts()).json(e.findings());
            rows.text(Integer.toString(e.open())).text(Integer.toString(e.blocking().size()));
            rows.text(Boolean.toString(e.standardised())).text(Double.toString(e.score()));
            rows.text(Long.toString(e.version())).text(Integer.toString(e.typeVersion()));
            rows.text(e.created().toString()).text(e.updated().toString()).end();
        }
        copy(COPY_ENTRIES, rows);
    }

    void addChanges(Map<String, Change> changes) {
        Rows rows = new Rows();
        changes.forEach(
                (entry, c) -> {
                    rows.text(entry).text(Long.toString(c.version())).text(c.time().toString());
                    rows.text(c.author().username()).text(c.author().name());
                    rows.text(c.author().organisation()).text(c.action()).text(c.reason());
                    rows.json(c.changes()).text(c.batch()).end();
                });
        copy(COPY_CHANGES, rows);
    }

    void addLinks(Collection<Link> links) {
        Rows rows = new Rows();
        links.forEach(l -> rows.text(l.source()).text(l.field()).text(l.target()).end());
        copy("COPY ledger.link (source, field, target) FROM STDIN", rows);
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
        Rows rows = new Rows();
        keys.forEach((key, entry) -> rows.text(type).text(key).text(entry).end());
        copy("COPY ledger.unique_key (type, key, entry) FROM STDIN", rows);
    }

    /** Writes entries over the versions before them; the caller holds them locked. */
    void update(List<Entry> entries) {
        statements.batchUpdate(
                """
                UPDATE ledger.entry
                   SET title = ?, organisation = ?, state = ?, fields = ?::jsonb,
                       findings = ?::jsonb, finding_count = ?, blocking_count = ?,
                       standardised = ?, score = ?, version = ?, type_version = ?, updated = ?
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
                    statement.setDouble(9, e.score());
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
        int[][] written =
                statements.batchUpdate(
                        """
                        UPDATE ledger.entry
                           SET findings = ?::jsonb, finding_count = ?, blocking_count = ?,
                               standardised = ?, score = ?
                         WHERE id = ?::uuid AND version = ?
                        """,
                        entries,
                        500,
                        (statement, e) -> {
                            statement.setString(1, json.writeValueAsString(e.findings()));
                            statement.setInt(2, e.open());
                            statement.setInt(3, e.blocking().size());
                            statement.setBoolean(4, e.standardised());
                            statement.setDouble(5, e.score());
                            statement.setString(6, e.id());
                            statement.setLong(7, e.version());
                        });
        int sum = 0;
        for (int[] part : written) {
            for (int one : part) {
                sum += Math.max(0, one);
            }
        }
        return sum;
    }

    private static Timestamp timestamp(Instant time) {
        return Timestamp.from(time);
    }

    private void copy(String sql, Rows rows) {
        if (rows.text.isEmpty()) {
            return;
        }
        Connection connection = DataSourceUtils.getConnection(source);
        try {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(sql, new StringReader(rows.text.toString()));
        } catch (SQLException e) {
            throw java.util.Objects.requireNonNull(
                    statements.getExceptionTranslator().translate("copy", sql, e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            DataSourceUtils.releaseConnection(connection, source);
        }
    }

    /** Rows in the text format of COPY. */
    private final class Rows {
        private final StringBuilder text = new StringBuilder();
        private boolean begun;

        Rows text(@Nullable String value) {
            if (begun) {
                text.append('\t');
            }
            begun = true;
            if (value == null) {
                text.append("\\N");
                return this;
            }
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                switch (c) {
                    case '\\' -> text.append("\\\\");
                    case '\t' -> text.append("\\t");
                    case '\n' -> text.append("\\n");
                    case '\r' -> text.append("\\r");
                    default -> text.append(c);
                }
            }
            return this;
        }

        Rows json(Object value) {
            return text(json.writeValueAsString(value));
        }

        void end() {
            text.append('\n');
            begun = false;
        }
    }
}
