package cn.tiaoxi.platform.violation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What is counted, in the database. */
@Repository
class WindowStore {
    static final TypeReference<List<ViolationCase.Sample>> SAMPLES = new TypeReference<>() {};

    private final JdbcClient database;
    private final NamedParameterJdbcTemplate batches;
    private final JsonMapper json;

    WindowStore(JdbcClient database, NamedParameterJdbcTemplate batches, JsonMapper json) {
        this.database = database;
        this.batches = batches;
        this.json = json;
    }

    /** What is counted of these so far. */
    List<Tally> tallies(Collection<Tally.Key> keys) {
        return database.sql(
                        """
                        SELECT rule, subject, window_start, amount, first, last, fired, grants,
                               keys, interfaces, samples
                          FROM violation.tally
                         WHERE (rule, subject, window_start) IN (
                               SELECT * FROM unnest(:rules::text[], :subjects::text[],
                                                    :windows::timestamptz[]))
                        """)
                .param("rules", keys.stream().map(Tally.Key::rule).toArray(String[]::new))
                .param("subjects", keys.stream().map(Tally.Key::subject).toArray(String[]::new))
                .param(
                        "windows",
                        keys.stream().map(k -> k.window().toString()).toArray(String[]::new))
                .query(this::tally)
                .list();
    }

    private Tally tally(ResultSet row, int number) throws SQLException {
        Tally tally =
                new Tally(
                        new Tally.Key(
                                row.getString("rule"),
                                row.getString("subject"),
                                instant(row, "window_start")),
                        instant(row, "first"),
                        instant(row, "last"));
        tally.amount = row.getLong("amount");
        tally.fired = row.getBoolean("fired");
        tally.grants.addAll(texts(row, "grants"));
        tally.keys.addAll(texts(row, "keys"));
        tally.interfaces.addAll(texts(row, "interfaces"));
        tally.samples.addAll(json.readValue(row.getString("samples"), SAMPLES));
        return tally;
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }

    /** Writes tallies as they stand now. */
    void keep(Collection<Tally> tallies) {
        batches.batchUpdate(
                """
                INSERT INTO violation.tally
                VALUES (:rule, :subject, :window, :amount, :first, :last, :fired, :grants::text[],
                        :keys::text[], :interfaces::text[], :samples::jsonb)
                    ON CONFLICT (rule, subject, window_start) DO UPDATE
                   SET amount = excluded.amount, first = excluded.first, last = excluded.last,
                       fired = excluded.fired, grants = excluded.grants, keys = excluded.keys,
                       interfaces = excluded.interfaces, samples = excluded.samples
                """,
                tallies.stream().map(t -> row(t, json)).toArray(SqlParameterSource[]::new));
    }

    static MapSqlParameterSource row(Tally tally, JsonMapper json) {
        return new MapSqlParameterSource()
                .addValue("rule", tally.key.rule())
                .addValue("subject", tally.key.subject())
                .addValue("window", tally.key.window().atOffset(ZoneOffset.UTC))
                .addValue("amount", tally.amount)
                .addValue("first", tally.first.atOffset(ZoneOffset.UTC))
                .addValue("last", tally.last.atOffset(ZoneOffset.UTC))
                .addValue("fired", tally.fired)
                .addValue("grants", tally.grants.toArray(String[]::new))
                .addValue("keys", tally.keys.toArray(String[]::new))
                .addValue("interfaces", tally.interfaces.toArray(String[]::new))
                .addValue("samples", json.writeValueAsString(tally.samples));
    }

    /** Forgets windows that are over for long; cases keep what they need. */
    int forget(Instant before) {
        return database.sql("DELETE FROM violation.tally WHERE window_start < :before")
                .param("before", before.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Of which rules and subjects, as {@code rule/subject}, nothing is counted on a day. */
    Set<String> exempted(LocalDate day) {
        return new HashSet<>(
                database.sql(
                                """
                                SELECT rule || '/' || subject FROM violation.exemption
                                 WHERE ended IS NULL AND until >= :day
                                """)
                        .param("day", day)
                        .query(String.class)
                        .list());
    }
}
