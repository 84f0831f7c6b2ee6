package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.platform.city.City;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * How standardised the ledgers are. An entry counts while it is neither removed nor in an ended
 * state; it is standardised if no rule but advice finds anything. Rate = standardised / entries;
 * the score of an entry is the share of the rules' weight that it keeps, and a mean score is the
 * mean of its entries' (formulas of this platform).
 */
@Service
public class Rates {
    private static final Logger LOG = LoggerFactory.getLogger(Rates.class);
    private static final String COUNTED =
            " WHERE e.removed IS NULL AND NOT (e.type || ' ' || e.state) = ANY (:ended::text[])";

    private static final String WEIGHT =
            "JOIN ledger.type_version v ON v.type = e.type AND v.state = 'ACTIVE'";
    private static final String SCORE =
            """
            CASE WHEN v.weight > 0 THEN greatest(0, 1 - e.lost::double precision / v.weight)
                 ELSE 1 END
            """;

    private final JdbcClient database;
    private final LedgerTypes types;
    private final City city;
    private final Clock clock;

    Rates(JdbcClient database, LedgerTypes types, City city, Clock clock) {
        this.database = database;
        this.types = types;
        this.city = city;
        this.clock = clock;
    }

    /**
     * The entries of an organisation in a ledger.
     *
     * @param score sum of their scores
     */
    public record Rate(
            String type, String organisation, long entries, long standardised, double score) {}

    /** How many entries of an organisation in a ledger break a rule. */
    public record RuleRate(String type, String rule, String organisation, long failed) {}

    /** A day of the trend. */
    public record Day(LocalDate day, long entries, long standardised, double score) {}

    /** The rates of now, by ledger and organisation. */
    public List<Rate> now() {
        return database.sql(
                        """
                        SELECT e.type, e.organisation, count(*) AS entries,
                               count(*) FILTER (WHERE e.standardised) AS standardised,
                               sum(%s) AS score
                          FROM ledger.entry e %s
                        """
                                        .formatted(SCORE, WEIGHT)
                                + COUNTED
                                + " GROUP BY e.type, e.organisation ORDER BY e.type, e.organisation")
                .param("ended", ended())
                .query(Rate.class)
                .list();
    }

    /** How many entries break each rule now. */
    public List<RuleRate> rulesNow() {
        return database.sql(
                        """
                        SELECT e.type, f.value ->> 'rule' AS rule, e.organisation,
                               count(DISTINCT e.id) AS failed
                          FROM ledger.entry e
                         CROSS JOIN LATERAL jsonb_array_elements(e.findings) AS f (value)
                        """
                                + COUNTED
                                + """
                                 AND e.findings <> '[]' AND f.value ->> 'severity' <> 'ADVICE'
                                GROUP BY e.type, f.value ->> 'rule', e.organisation
                                ORDER BY failed DESC, rule
                                """)
                .param("ended", ended())
                .query(RuleRate.class)
                .list();
    }

    private String[] ended() {
        return types.all().stream()
                .flatMap(
                        t ->
                                t.states().stream()
                                        .filter(LedgerType.State::isEnd)
                                        .map(s -> t.id() + " " + s.id()))
                .toArray(String[]::new);
    }

    /**
     * The rates day by day, oldest first.
     *
     * @param type only this ledger, empty for all
     * @param organisations only these organisations, empty for all
     */
    public List<Day> trend(String type, Collection<String> organisations, LocalDate since) {
        return database.sql(
                        """
                        SELECT day, sum(entries)::bigint AS entries,
                               sum(standardised)::bigint AS standardised, sum(score) AS score
                          FROM ledger.rate
                         WHERE day >= :since AND (:type = '' OR type = :type)
                           AND (cardinality(:organisations::text[]) = 0
                                OR organisation = ANY (:organisations::text[]))
                         GROUP BY day ORDER BY day
                        """)
                .param("since", since)
                .param("type", type)
                .param("organisations", organisations.toArray(String[]::new))
                .query(Day.class)
                .list();
    }

    /** Keeps the rates of today in place of those kept before today. */
    @Scheduled(initialDelay = 40_000, fixedDelayString = "PT1H")
    @Transactional
    public void keep() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), city.zone());
        Map<String, Object> day = new HashMap<>(Map.of("day", today, "ended", ended()));
        database.sql("SELECT pg_advisory_xact_lock(hashtextextended('ledger rates', 0))")
                .query((row, n) -> 0)
                .list();
        database.sql("DELETE FROM ledger.rate WHERE day = :day").params(day).update();
        int kept =
                database.sql(
                                """
                                INSERT INTO ledger.rate
                                       (day, type, organisation, entries, standardised, score)
                                SELECT :day, e.type, e.organisation, count(*),
                                       count(*) FILTER (WHERE e.standardised), sum(%s)
                                  FROM ledger.entry e %s
                                """
                                                .formatted(SCORE, WEIGHT)
                                        + COUNTED
                                        + " GROUP BY e.type, e.organisation")
                        .params(day)
                        .update();
        database.sql("DELETE FROM ledger.rule_rate WHERE day = :day").params(day).update();
        database.sql(
                        """
                        INSERT INTO ledger.rule_rate (day, type, rule, organisation, failed)
                        SELECT :day, e.type, f.value ->> 'rule', e.organisation,
                               count(DISTINCT e.id)
                          FROM ledger.entry e
                         CROSS JOIN LATERAL jsonb_array_elements(e.findings) AS f (value)
                        """
                                + COUNTED
                                + """
                                 AND e.findings <> '[]' AND f.value ->> 'severity' <> 'ADVICE'
                                GROUP BY e.type, f.value ->> 'rule', e.organisation
                                """)
                .params(day)
                .update();
        LOG.debug("kept {} rates of {}", kept, today);
    }
}
