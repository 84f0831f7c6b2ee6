package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.contract.Restriction;
import cn.tiaoxi.platform.border.Identifiers;
import cn.tiaoxi.platform.evidence.Evidence;
import cn.tiaoxi.platform.evidence.Who;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Slows applications down or cuts them off for cases of misuse. Gateways follow as they follow the
 * policy, and end by themselves what ends by time. The caller of this has checked who may.
 */
@Service
public class Restrictions {
    private final JdbcClient database;
    private final Policies policies;
    private final Evidence evidence;
    private final Clock clock;

    Restrictions(JdbcClient database, Policies policies, Evidence evidence, Clock clock) {
        this.database = database;
        this.policies = policies;
        this.evidence = evidence;
        this.clock = clock;
    }

    /** Imposes a restriction, in place of the one that the same case imposed before. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void impose(String application, Restriction restriction, String reason, Who who) {
        Instant now = clock.instant();
        end(application, restriction.reference(), now, who.name(), reason);
        Instant until = restriction.until();
        database.sql(
                        """
                        INSERT INTO sharing.restriction
                               (id, application, reference, per_second, since, until, reason)
                        VALUES (:id::uuid, :application::uuid, :reference, :perSecond, :now,
                                :until, :reason)
                        """)
                .param("id", Identifiers.next())
                .param("application", application)
                .param("reference", restriction.reference())
                .param("perSecond", restriction.perSecond())
                .param("now", Columns.at(now))
                .param("until", until == null ? null : Columns.at(until))
                .param("reason", reason)
                .update();
        policies.changed();
        Map<String, String> detail = new TreeMap<>();
        detail.put("reference", restriction.reference());
        detail.put("reason", reason);
        detail.put("perSecond", String.valueOf(restriction.perSecond()));
        detail.put("until", String.valueOf(until));
        evidence.changed(who, "application.restricted", "application:" + application, detail);
    }

    /** Lifts what a case imposed; false if nothing was in force. */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean lift(String application, String reference, String reason, Who who) {
        Instant now = clock.instant();
        if (!end(application, reference, now, who.name(), reason)) {
            return false;
        }
        policies.changed();
        evidence.changed(
                who,
                "application.restriction-lifted",
                "application:" + application,
                Map.of("reference", reference, "reason", reason));
        return true;
    }

    /** What a case imposes on an application now, or null. */
    public @Nullable Restriction of(String application, String reference) {
        return database.sql(
                        """
                        SELECT per_second, until FROM sharing.restriction
                         WHERE application = :application::uuid AND reference = :reference
                           AND lifted IS NULL AND (until IS NULL OR until > :now)
                        """)
                .param("application", application)
                .param("reference", reference)
                .param("now", Columns.at(clock.instant()))
                .query(
                        (row, n) ->
                                new Restriction(
                                        reference,
                                        row.getObject("per_second", Integer.class),
                                        Columns.instant(row, "until")))
                .optional()
                .orElse(null);
    }

    private boolean end(String application, String reference, Instant now, String by, String why) {
        return database.sql(
                                """
                                UPDATE sharing.restriction
                                   SET lifted = :now, lifted_by = :by, lifted_reason = :why
                                 WHERE application = :application::uuid AND reference = :reference
                                   AND lifted IS NULL
                                """)
                        .param("now", Columns.at(now))
                        .param("by", by)
                        .param("why", why)
                        .param("application", application)
                        .param("reference", reference)
                        .update()
                > 0;
    }
}
