package cn.tiaoxi.platform.usage;

import cn.tiaoxi.platform.border.Words;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Finds grants that nobody uses or that are about to end, and keeps exemptions. */
@Repository
class IdleStore {
    private static final String NAMES =
            """
              LEFT JOIN published.application a ON a.id = g.application
              LEFT JOIN published.interface i ON i.id = g.interface
            """;

    private final JdbcClient database;

    IdleStore(JdbcClient database) {
        this.database = database;
    }

    /**
     * A grant as far as its idleness needs it.
     *
     * @param applicant user name of who asked, or empty
     * @param responsible entry of the key person who answers for the application, or empty
     * @param since first day without use
     */
    record Idle(
            String grant,
            String application,
            String applicationName,
            String interfaceId,
            String interfaceName,
            String organisation,
            String owner,
            String applicant,
            String responsible,
            int grade,
            LocalDate since,
            Instant validUntil) {
        Words title() {
            return new Words(
                    interfaceName + " → " + applicationName,
                    interfaceName + " → " + applicationName);
        }
    }

    private static final String IDLE =
            """
            SELECT g.id::text AS id, g.application::text AS application,
                   coalesce(a.name, '') AS application_name, g.interface,
                   coalesce(i.name, g.interface) AS interface_name, g.organisation, g.owner,
                   t.applicant, coalesce(t.responsible::text, '') AS responsible, t.grade,
                   g.valid_until, since.day AS since
              FROM published.sharing_grant g
              JOIN published.grant_terms t ON t.id = g.id
            """
                    + NAMES
                    + """
                       LEFT JOIN usage.standing s ON s.sharing_grant = g.id
                      CROSS JOIN LATERAL (
                            SELECT greatest((g.valid_from AT TIME ZONE :zone)::date,
                                            s.last_plausible + 1,
                                            max(r.kept_until) + 1) AS day
                              FROM usage.reclaim r WHERE r.sharing_grant = g.id) AS since
                      WHERE g.state = 'ACTIVE' AND NOT g.trial
                        AND g.valid_from <= :now AND g.valid_until > :now
                      """;

    /**
     * Grants in force that were not used for the days of their grade, that nobody is asked about
     * and that are not exempted, the longest idle first.
     *
     * @param days days without use, by grade from 1 on
     */
    List<Idle> idle(Instant now, LocalDate today, String zone, List<Integer> days, int most) {
        return database.sql(
                        IDLE
                                + """
                                    AND since.day + (:days::integer[])[t.grade] <= :today
                                    AND NOT EXISTS (
                                        SELECT 1 FROM usage.reclaim r
                                         WHERE r.sharing_grant = g.id
                                           AND r.state IN ('ASKED', 'LAST_CALL', 'CLAIMED',
                                                           'DOUBTFUL'))
                                    AND NOT EXISTS (
                                        SELECT 1 FROM usage.exemption e
                                         WHERE e.sharing_grant = g.id AND e.ended IS NULL
                                           AND e.until >= :today)
                                  ORDER BY since.day, g.id LIMIT :most
                                  """)
                .param("now", at(now))
                .param("today", today)
                .param("zone", zone)
                .param("days", days.toArray(Integer[]::new))
                .param("most", most)
                .query(IdleStore::read)
                .list();
    }

    /** A grant in force, and since when it is not used. */
    Optional<Idle> find(String grant, Instant now, String zone) {
        return database.sql(IDLE + " AND g.id = :grant::uuid")
                .param("now", at(now))
                .param("zone", zone)
                .param("grant", grant)
                .query(IdleStore::read)
                .optional();
    }

    /** Grants that end within so many days and whose sides were not told so yet. */
    List<Idle> ending(Instant now, Instant until, int daysBefore, String zone, int most) {
        return database.sql(
                        IDLE
                                + """
                                    AND g.valid_until <= :until
                                    AND NOT EXISTS (
                                        SELECT 1 FROM usage.expiry_notice n
                                         WHERE n.sharing_grant = g.id AND n.until = g.valid_until
                                           AND n.days_before <= :daysBefore)
                                  ORDER BY g.valid_until, g.id LIMIT :most
                                  """)
                .param("now", at(now))
                .param("until", at(until))
                .param("daysBefore", daysBefore)
                .param("zone", zone)
                .param("most", most)
                .query(IdleStore::read)
                .list();
    }

    void told(Idle grant, int daysBefore, Instant now) {
        database.sql(
                        """
                        INSERT INTO usage.expiry_notice
                        VALUES (:grant::uuid, :until, :daysBefore, :now) ON CONFLICT DO NOTHING
                        """)
                .param("grant", grant.grant())
                .param("until", at(grant.validUntil()))
                .param("daysBefore", daysBefore)
                .param("now", at(now))
                .update();
    }

    /** Whether a call was answered under the grant since then, counted yet or not. */
    boolean isCalled(String grant, Instant since) {
        return database.sql(
                        """
                        SELECT EXISTS (SELECT 1 FROM published.call
                                        WHERE sharing_grant = :grant AND outcome = 'OK'
                                          AND time >= :since)
                        """)
                .param("grant", grant)
                .param("since", at(since))
                .query(Boolean.class)
                .single();
    }

    void exempt(Exemption exemption, String by) {
        database.sql(
                        """
                        INSERT INTO usage.exemption
                               (id, sharing_grant, until, reason, given, given_by, given_by_name)
                        VALUES (:id::uuid, :grant::uuid, :until, :reason, :given, :by, :byName)
                        """)
                .param("id", exemption.id())
                .param("grant", exemption.grant())
                .param("until", exemption.until())
                .param("reason", exemption.reason())
                .param("given", at(exemption.given()))
                .param("by", by)
                .param("byName", exemption.givenBy())
                .update();
    }

    /** Ends the grant's exemption; false if there is none. */
    boolean endExemption(String grant, String by, Instant now) {
        return database.sql(
                                """
                                UPDATE usage.exemption SET ended = :now, ended_by = :by
                                 WHERE sharing_grant = :grant::uuid AND ended IS NULL
                                """)
                        .param("now", at(now))
                        .param("by", by)
                        .param("grant", grant)
                        .update()
                == 1;
    }

    /** The grant's exemption that is in force on that day. */
    Optional<Exemption> exemption(String grant, LocalDate today) {
        return database.sql(
                        """
                        SELECT id::text AS id, sharing_grant::text AS sharing_grant, until, reason,
                               given, given_by_name
                          FROM usage.exemption
                         WHERE sharing_grant = :grant::uuid AND ended IS NULL AND until >= :today
                        """)
                .param("grant", grant)
                .param("today", today)
                .query(
                        (row, n) ->
                                new Exemption(
                                        row.getString("id"),
                                        row.getString("sharing_grant"),
                                        row.getObject("until", LocalDate.class),
                                        row.getString("reason"),
                                        Objects.requireNonNull(DayStore.instant(row, "given")),
                                        row.getString("given_by_name")))
                .optional();
    }

    private static Idle read(ResultSet row, int number) throws SQLException {
        return new Idle(
                row.getString("id"),
                row.getString("application"),
                row.getString("application_name"),
                row.getString("interface"),
                row.getString("interface_name"),
                row.getString("organisation"),
                row.getString("owner"),
                row.getString("applicant"),
                row.getString("responsible"),
                row.getInt("grade"),
                row.getObject("since", LocalDate.class),
                Objects.requireNonNull(DayStore.instant(row, "valid_until")));
    }

    private static OffsetDateTime at(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
