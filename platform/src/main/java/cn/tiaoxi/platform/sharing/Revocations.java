package cn.tiaoxi.platform.sharing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** How long revocations took from their commit to being in force at each gateway. */
@Service
public class Revocations {
    private static final int NEWEST = 10;

    private final JdbcClient database;
    private final Clock clock;

    Revocations(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * One revocation at one gateway.
     *
     * @param milliseconds from the commit to being in force
     */
    public record Enforcement(
            String grant, String gateway, Instant committed, Instant applied, long milliseconds) {}

    /**
     * What they took in a period.
     *
     * @param days of the period, up to now
     * @param count of revocations at gateways
     * @param p50 milliseconds that half of them took at most, null if there were none
     * @param p99 milliseconds that 99 of 100 took at most, null if there were none
     * @param newest the last of them
     */
    public record Summary(
            int days,
            long count,
            @Nullable Long p50,
            @Nullable Long p99,
            List<Enforcement> newest) {}

    private record Figures(long count, @Nullable Long p50, @Nullable Long p99) {}

    /** Of the last days. */
    @Transactional(readOnly = true)
    public Summary last(int days) {
        Instant since = clock.instant().minus(Duration.ofDays(days));
        Figures figures =
                database.sql(
                                """
                                SELECT count(*) AS count,
                                       percentile_disc(0.5) WITHIN GROUP (ORDER BY milliseconds)
                                           AS p50,
                                       percentile_disc(0.99) WITHIN GROUP (ORDER BY milliseconds)
                                           AS p99
                                  FROM published.revocation WHERE committed > :since
                                """)
                        .param("since", Columns.at(since))
                        .query(
                                (row, n) ->
                                        new Figures(
                                                row.getLong("count"),
                                                row.getObject("p50", Long.class),
                                                row.getObject("p99", Long.class)))
                        .single();
        List<Enforcement> newest =
                database.sql(
                                """
                                SELECT sharing_grant::text AS sharing_grant, gateway, committed,
                                       applied, milliseconds
                                  FROM published.revocation WHERE committed > :since
                                 ORDER BY committed DESC, gateway LIMIT :newest
                                """)
                        .param("since", Columns.at(since))
                        .param("newest", NEWEST)
                        .query(
                                (row, n) ->
                                        new Enforcement(
                                                row.getString("sharing_grant"),
                                                row.getString("gateway"),
                                                Columns.time(row, "committed"),
                                                Columns.time(row, "applied"),
                                                row.getLong("milliseconds")))
                        .list();
        return new Summary(days, figures.count(), figures.p50(), figures.p99(), newest);
    }

    /** When the changes of a policy version were committed, or null if that is not known. */
    public @Nullable Instant committed(long policyVersion) {
        return database.sql(
                        """
                        SELECT committed FROM sharing.policy_version WHERE version = :version
                        """)
                .param("version", policyVersion)
                .query((row, n) -> Columns.time(row, "committed"))
                .optional()
                .orElse(null);
    }
}
