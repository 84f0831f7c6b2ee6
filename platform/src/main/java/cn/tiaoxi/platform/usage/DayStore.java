package cn.tiaoxi.platform.usage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Judged days and the standing of grants in the database. */
@Repository
class DayStore {
    private static final TypeReference<List<UseDay.Reason>> REASONS = new TypeReference<>() {};

    private final JdbcClient database;
    private final JsonMapper json;

    DayStore(JdbcClient database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    /** A day that waits to be judged. */
    record Waiting(String grant, LocalDate day) {}

    /** What a grant was given for. */
    record Terms(String matter, int grade, long perDay) {}

    /**
     * Days that wait, the oldest first; nobody else judges them until the transaction ends.
     *
     * @param rules fingerprint of the rules in force
     * @param since days before it are judged again only when they were counted again
     */
    List<Waiting> waiting(String rules, LocalDate since, int most) {
        return database.sql(
                        """
                        SELECT sharing_grant::text AS grant, day FROM usage.day
                         WHERE stale OR rules <> :rules AND day >= :since
                         ORDER BY day, sharing_grant LIMIT :most
                           FOR UPDATE SKIP LOCKED
                        """)
                .param("rules", rules)
                .param("since", since)
                .param("most", most)
                .query(Waiting.class)
                .list();
    }

    Optional<Terms> terms(String grant) {
        return database.sql(
                        """
                        SELECT matter, grade, per_day FROM published.grant_terms
                         WHERE id = :grant::uuid
                        """)
                .param("grant", grant)
                .query(Terms.class)
                .optional();
    }

    void judged(String grant, UseDay day, String rules) {
        Instant last = day.last();
        database.sql(
                        """
                        UPDATE usage.day
                           SET stale = false, rules = :rules, answered = :answered,
                               refused = :refused, empty = :empty, row_count = :rows,
                               keyed = :keyed, with_matter = :withMatter, in_hours = :inHours,
                               subjects = :subjects, addresses = :addresses, keys = :keys,
                               matters = :matters::text[], hours = :hours::bigint[],
                               gap_variation = :gaps, repeated = :repeated, last = :last,
                               verdict = :verdict, reasons = :reasons::jsonb
                         WHERE sharing_grant = :grant::uuid AND day = :day
                        """)
                .param("rules", rules)
                .param("answered", day.answered())
                .param("refused", day.refused())
                .param("empty", day.empty())
                .param("rows", day.rows())
                .param("keyed", day.keyed())
                .param("withMatter", day.withMatter())
                .param("inHours", day.inHours())
                .param("subjects", day.subjects())
                .param("addresses", day.addresses())
                .param("keys", day.keys())
                .param("matters", day.matters().toArray(String[]::new))
                .param("hours", day.hours().toArray(Long[]::new))
                .param("gaps", day.gapVariation())
                .param("repeated", day.repeated())
                .param("last", last == null ? null : last.atOffset(ZoneOffset.UTC))
                .param("verdict", day.verdict().name())
                .param("reasons", json.writeValueAsString(day.reasons()))
                .param("grant", grant)
                .param("day", day.day())
                .update();
    }

    /** Judged days of a grant, both ends included, oldest first. */
    List<UseDay> days(String grant, LocalDate from, LocalDate until) {
        return database.sql(
                        """
                        SELECT day, answered, refused, empty, row_count, keyed, with_matter,
                               in_hours, subjects, addresses, keys, matters, hours, gap_variation,
                               repeated, last, verdict, reasons
                          FROM usage.day
                         WHERE sharing_grant = :grant::uuid AND day BETWEEN :from AND :until
                         ORDER BY day
                        """)
                .param("grant", grant)
                .param("from", from)
                .param("until", until)
                .query(this::readDay)
                .list();
    }

    private UseDay readDay(ResultSet row, int number) throws SQLException {
        return new UseDay(
                row.getObject("day", LocalDate.class),
                row.getLong("answered"),
                row.getLong("refused"),
                row.getLong("empty"),
                row.getLong("row_count"),
                row.getLong("keyed"),
                row.getLong("with_matter"),
                row.getLong("in_hours"),
                row.getLong("subjects"),
                row.getInt("addresses"),
                row.getInt("keys"),
                List.of((String[]) row.getArray("matters").getArray()),
                List.of((Long[]) row.getArray("hours").getArray()),
                row.getObject("gap_variation", Double.class),
                row.getObject("repeated", Double.class),
                instant(row, "last"),
                UseDay.Verdict.valueOf(row.getString("verdict")),
                json.readValue(row.getString("reasons"), REASONS));
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    void stand(Standing standing) {
        Instant last = standing.lastAnswered();
        database.sql(
                        """
                        INSERT INTO usage.standing
                        VALUES (:grant::uuid, :asOf, :plausible, :implausible, :answered, :subjects,
                                :effective, :lastPlausible, :lastAnswered, :reasons::jsonb)
                            ON CONFLICT (sharing_grant) DO UPDATE
                           SET as_of = excluded.as_of, plausible_days = excluded.plausible_days,
                               implausible_days = excluded.implausible_days,
                               answered = excluded.answered, subjects = excluded.subjects,
                               effective = excluded.effective,
                               last_plausible = excluded.last_plausible,
                               last_answered = excluded.last_answered, reasons = excluded.reasons
                        """)
                .param("grant", standing.grant())
                .param("asOf", standing.asOf())
                .param("plausible", standing.plausibleDays())
                .param("implausible", standing.implausibleDays())
                .param("answered", standing.answered())
                .param("subjects", standing.subjects())
                .param("effective", standing.effective())
                .param("lastPlausible", standing.lastPlausible())
                .param("lastAnswered", last == null ? null : last.atOffset(ZoneOffset.UTC))
                .param("reasons", json.writeValueAsString(standing.reasons()))
                .update();
    }

    Optional<Standing> standing(String grant) {
        return database.sql(
                        """
                        SELECT sharing_grant::text AS grant, as_of, plausible_days,
                               implausible_days, answered, subjects, effective, last_plausible,
                               last_answered, reasons
                          FROM usage.standing WHERE sharing_grant = :grant::uuid
                        """)
                .param("grant", grant)
                .query(this::read)
                .optional();
    }

    private Standing read(ResultSet row, int number) throws SQLException {
        return new Standing(
                row.getString("grant"),
                row.getObject("as_of", LocalDate.class),
                row.getInt("plausible_days"),
                row.getInt("implausible_days"),
                row.getLong("answered"),
                row.getLong("subjects"),
                row.getBoolean("effective"),
                row.getObject("last_plausible", LocalDate.class),
                instant(row, "last_answered"),
                reasons(row.getString("reasons")));
    }

    List<UseDay.Reason> reasons(String text) {
        return json.readValue(text, REASONS);
    }

    /** Last day that looks like use, and when a call was last answered, of all that is kept. */
    Lasts lasts(String grant) {
        return database.sql(
                        """
                        SELECT max(day) FILTER (WHERE verdict = 'PLAUSIBLE') AS plausible,
                               max(last) AS answered
                          FROM usage.day WHERE sharing_grant = :grant::uuid
                        """)
                .param("grant", grant)
                .query(
                        (row, n) ->
                                new Lasts(
                                        row.getObject("plausible", LocalDate.class),
                                        instant(row, "answered")))
                .single();
    }

    /** The last of something. */
    record Lasts(@Nullable LocalDate plausible, @Nullable Instant answered) {}

    /** Grants whose standing is of an earlier day and can have changed since. */
    List<String> outdated(LocalDate today, int most) {
        return database.sql(
                        """
                        SELECT sharing_grant::text FROM usage.standing
                         WHERE as_of < :today AND (plausible_days > 0 OR implausible_days > 0)
                         ORDER BY as_of, sharing_grant LIMIT :most
                        """)
                .param("today", today)
                .param("most", most)
                .query(String.class)
                .list();
    }
}
