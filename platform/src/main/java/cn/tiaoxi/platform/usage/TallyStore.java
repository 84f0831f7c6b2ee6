package cn.tiaoxi.platform.usage;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Counted calls in the database, and how far they are counted. */
@Repository
class TallyStore {
    private static final String COLUMNS =
            """
            sharing_grant::text AS sharing_grant, day, origin, answered, refused, empty, row_count,
            keyed, with_matter, in_hours, hours, seconds, subjects, addresses, keys, matters, last
            """;

    private final JdbcClient database;
    private final NamedParameterJdbcTemplate batches;

    TallyStore(JdbcClient database, NamedParameterJdbcTemplate batches) {
        this.database = database;
        this.batches = batches;
    }

    /** A traced call that named a grant. */
    record Traced(
            Instant time,
            String grant,
            String matter,
            long rows,
            boolean answered,
            String address,
            String key,
            String subject) {}

    /**
     * Calls of a log.
     *
     * @param next place behind the last of them
     */
    record Stretch(List<Traced> calls, long next) {}

    /** How far a log is counted; nobody else counts it until the transaction ends. */
    long lock(String origin) {
        database.sql(
                        "INSERT INTO usage.counted (origin) VALUES (:origin)"
                                + " ON CONFLICT (origin) DO NOTHING")
                .param("origin", origin)
                .update();
        return database.sql("SELECT next FROM usage.counted WHERE origin = :origin FOR UPDATE")
                .param("origin", origin)
                .query(Long.class)
                .single();
    }

    void counted(String origin, long next) {
        database.sql("UPDATE usage.counted SET next = :next WHERE origin = :origin")
                .param("next", next)
                .param("origin", origin)
                .update();
    }

    /** The calls from a place on, at most so many, without those that named no grant. */
    Stretch calls(String origin, long from, int most) {
        List<Traced> calls = new ArrayList<>();
        long[] next = {from};
        database.sql(
                        """
                        SELECT log_index, time, sharing_grant, matter, row_count,
                               outcome = 'OK' AS answered, address, key, subject
                          FROM published.call
                         WHERE origin = :origin AND log_index >= :from
                         ORDER BY log_index LIMIT :most
                        """)
                .param("origin", origin)
                .param("from", from)
                .param("most", most)
                .query(
                        row -> {
                            next[0] = row.getLong("log_index") + 1;
                            String grant = row.getString("sharing_grant");
                            if (grant.length() == 36) {
                                calls.add(traced(row, grant));
                            }
                        });
        return new Stretch(calls, next[0]);
    }

    private static Traced traced(ResultSet row, String grant) throws SQLException {
        return new Traced(
                row.getObject("time", OffsetDateTime.class).toInstant(),
                grant,
                row.getString("matter"),
                row.getLong("row_count"),
                row.getBoolean("answered"),
                row.getString("address"),
                row.getString("key"),
                row.getString("subject"));
    }

    /** Those of the grants that are there and not for trial calls. */
    Set<String> real(Collection<String> grants) {
        return new HashSet<>(
                database.sql(
                                """
                                SELECT id::text FROM published.sharing_grant
                                 WHERE id = ANY (:grants::uuid[]) AND NOT trial
                                """)
                        .param("grants", grants.toArray(String[]::new))
                        .query(String.class)
                        .list());
    }

    /** What is counted of these so far. */
    List<Tally> tallies(Collection<Tally.Key> keys) {
        return database.sql(
                        "SELECT "
                                + COLUMNS
                                + """
                                   FROM usage.tally
                                  WHERE (sharing_grant, day, origin) IN (
                                        SELECT * FROM unnest(:grants::uuid[], :days::date[],
                                                             :origins::text[]))
                                  """)
                .param("grants", keys.stream().map(Tally.Key::grant).toArray(String[]::new))
                .param("days", keys.stream().map(k -> k.day().toString()).toArray(String[]::new))
                .param("origins", keys.stream().map(Tally.Key::origin).toArray(String[]::new))
                .query(TallyStore::tally)
                .list();
    }

    /** A grant's tallies of these days, both included. */
    List<Tally> ofGrant(String grant, LocalDate from, LocalDate until) {
        return database.sql(
                        "SELECT "
                                + COLUMNS
                                + """
                                   FROM usage.tally
                                  WHERE sharing_grant = :grant::uuid
                                    AND day BETWEEN :from AND :until
                                  ORDER BY day, origin
                                  """)
                .param("grant", grant)
                .param("from", from)
                .param("until", until)
                .query(TallyStore::tally)
                .list();
    }

    /** Writes tallies as they stand now, and marks their days to be judged again. */
    void keep(Collection<Tally> tallies) {
        List<Tally> ordered =
                tallies.stream()
                        .sorted(
                                Comparator.comparing((Tally t) -> t.key.grant())
                                        .thenComparing(t -> t.key.day()))
                        .toList();
        batches.batchUpdate(
                """
                INSERT INTO usage.tally
                VALUES (:grant::uuid, :day, :origin, :answered, :refused, :empty, :rows, :keyed,
                        :withMatter, :inHours, :hours::bigint[], :seconds::integer[], :subjects,
                        :addresses::text[], :keys::text[], :matters::text[], :last)
                    ON CONFLICT (sharing_grant, day, origin) DO UPDATE
                   SET answered = excluded.answered, refused = excluded.refused,
                       empty = excluded.empty, row_count = excluded.row_count,
                       keyed = excluded.keyed, with_matter = excluded.with_matter,
                       in_hours = excluded.in_hours, hours = excluded.hours,
                       seconds = excluded.seconds, subjects = excluded.subjects,
                       addresses = excluded.addresses, keys = excluded.keys,
                       matters = excluded.matters, last = excluded.last
                """,
                ordered.stream().map(TallyStore::row).toArray(SqlParameterSource[]::new));
        batches.batchUpdate(
                """
                INSERT INTO usage.day (sharing_grant, day) VALUES (:grant::uuid, :day)
                    ON CONFLICT (sharing_grant, day) DO UPDATE SET stale = true
                """,
                ordered.stream().map(TallyStore::row).toArray(SqlParameterSource[]::new));
    }

    /** Forgets what was counted of a log; its days are judged again. */
    void forget(String origin) {
        database.sql(
                        """
                        WITH gone AS (DELETE FROM usage.tally WHERE origin = :origin
                                      RETURNING sharing_grant, day)
                        UPDATE usage.day d SET stale = true FROM gone
                         WHERE d.sharing_grant = gone.sharing_grant AND d.day = gone.day
                        """)
                .param("origin", origin)
                .update();
    }

    private static MapSqlParameterSource row(Tally tally) {
        Instant last = tally.last;
        return new MapSqlParameterSource()
                .addValue("grant", tally.key.grant())
                .addValue("day", tally.key.day())
                .addValue("origin", tally.key.origin())
                .addValue("answered", tally.answered)
                .addValue("refused", tally.refused)
                .addValue("empty", tally.empty)
                .addValue("rows", tally.rows)
                .addValue("keyed", tally.keyed)
                .addValue("withMatter", tally.withMatter)
                .addValue("inHours", tally.inHours)
                .addValue(
                        "hours", java.util.Arrays.stream(tally.hours).boxed().toArray(Long[]::new))
                .addValue("seconds", tally.seconds.toArray(Integer[]::new))
                .addValue("subjects", tally.subjects.bytes())
                .addValue("addresses", tally.addresses.toArray(String[]::new))
                .addValue("keys", tally.keys.toArray(String[]::new))
                .addValue("matters", tally.matters.toArray(String[]::new))
                .addValue("last", last == null ? null : last.atOffset(ZoneOffset.UTC));
    }

    private static Tally tally(ResultSet row, int number) throws SQLException {
        Tally tally =
                new Tally(
                        new Tally.Key(
                                row.getString("sharing_grant"),
                                row.getObject("day", LocalDate.class),
                                row.getString("origin")));
        tally.answered = row.getLong("answered");
        tally.refused = row.getLong("refused");
        tally.empty = row.getLong("empty");
        tally.rows = row.getLong("row_count");
        tally.keyed = row.getLong("keyed");
        tally.withMatter = row.getLong("with_matter");
        tally.inHours = row.getLong("in_hours");
        Long[] hours = (Long[]) row.getArray("hours").getArray();
        for (int i = 0; i < hours.length; i++) {
            tally.hours[i] = hours[i];
        }
        tally.seconds.addAll(List.of((Integer[]) row.getArray("seconds").getArray()));
        tally.subjects.add(Sketch.of(row.getBytes("subjects")));
        tally.addresses.addAll(texts(row.getArray("addresses")));
        tally.keys.addAll(texts(row.getArray("keys")));
        tally.matters.addAll(texts(row.getArray("matters")));
        @Nullable OffsetDateTime last = row.getObject("last", OffsetDateTime.class);
        tally.last = last == null ? null : last.toInstant();
        return tally;
    }

    private static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }
}
