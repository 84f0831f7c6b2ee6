package cn.tiaoxi.platform.usage;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** UseRates over grants in force, now and day by day. */
@Repository
class UseRateStore {
    private static final String IN_FORCE =
            """
              FROM published.sharing_grant g
              JOIN published.grant_use u ON u.sharing_grant = g.id
             WHERE g.state = 'ACTIVE' AND g.valid_from <= :now AND g.valid_until > :now
            """;

    private final JdbcClient database;

    UseRateStore(JdbcClient database) {
        this.database = database;
    }

    /**
     * A rate of now.
     *
     * @param name title of an interface, empty for organisations
     */
    record Counted(String code, String name, long granted, long used, long doubtful) {}

    /** A rate of a day. */
    record Kept(LocalDate day, long granted, long used) {}

    List<Counted> now(UseRates.Kind kind, Instant now) {
        String code =
                switch (kind) {
                    case CITY -> "''";
                    case INTERFACE -> "g.interface";
                    case RECEIVER -> "g.organisation";
                    case OWNER -> "g.owner";
                };
        return database.sql(
                        "SELECT c.code, coalesce(i.name, '') AS name, c.granted, c.used, c.doubtful"
                                + " FROM (SELECT "
                                + code
                                + """
                                   AS code, count(*) AS granted,
                                   count(*) FILTER (WHERE u.effective) AS used,
                                   count(*) FILTER (WHERE NOT u.effective
                                                      AND u.implausible_days > 0) AS doubtful
                                  """
                                + IN_FORCE
                                + """
                                   GROUP BY 1) AS c
                                    LEFT JOIN published.interface i ON i.id = c.code
                                   ORDER BY c.used::double precision / c.granted, c.granted DESC,
                                            c.code
                                  """)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query(Counted.class)
                .list();
    }

    void keep(UseRates.Kind kind, LocalDate day, Instant now) {
        for (Counted each : now(kind, now)) {
            database.sql(
                            """
                            INSERT INTO usage.rate (day, kind, code, granted, used)
                            VALUES (:day, :kind, :code, :granted, :used)
                                ON CONFLICT (kind, code, day) DO UPDATE
                               SET granted = excluded.granted, used = excluded.used
                            """)
                    .param("day", day)
                    .param("kind", kind.name())
                    .param("code", each.code())
                    .param("granted", each.granted())
                    .param("used", each.used())
                    .update();
        }
    }

    List<Kept> trend(UseRates.Kind kind, String code, LocalDate since) {
        return database.sql(
                        """
                        SELECT day, granted, used FROM usage.rate
                         WHERE kind = :kind AND code = :code AND day >= :since ORDER BY day
                        """)
                .param("kind", kind.name())
                .param("code", code)
                .param("since", since)
                .query(Kept.class)
                .list();
    }
}
