package cn.tiaoxi.platform.violation;

import cn.tiaoxi.platform.border.Identifiers;
import cn.tiaoxi.platform.city.City;
import cn.tiaoxi.platform.evidence.Evidence;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Actor;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** For whom which rules do not fire, until when, and why. */
@Service
public class RuleExemptions {
    private final JdbcClient database;
    private final ViolationTerms terms;
    private final Evidence evidence;
    private final Access access;
    private final City city;
    private final Clock clock;

    RuleExemptions(
            JdbcClient database,
            ViolationTerms terms,
            Evidence evidence,
            Access access,
            City city,
            Clock clock) {
        this.database = database;
        this.terms = terms;
        this.evidence = evidence;
        this.access = access;
        this.city = city;
        this.clock = clock;
    }

    /** Those in force today, the newest first. */
    @Transactional(readOnly = true)
    public List<RuleExemption> all() {
        return database.sql(
                        """
                        SELECT e.id::text AS id, e.violation::text AS violation, e.rule, e.subject,
                               v.subject_name, e.until, e.reason, e.given, e.given_by_name
                          FROM violation.exemption e
                          JOIN violation.violation v ON v.id = e.violation
                         WHERE e.ended IS NULL AND e.until >= :today
                         ORDER BY e.given DESC
                        """)
                .param("today", clock.instant().atZone(city.zone()).toLocalDate())
                .query(
                        (row, n) ->
                                new RuleExemption(
                                        row.getString("id"),
                                        row.getString("violation"),
                                        row.getString("rule"),
                                        row.getString("subject"),
                                        row.getString("subject_name"),
                                        row.getObject("until", LocalDate.class),
                                        row.getString("reason"),
                                        row.getObject("given", OffsetDateTime.class).toInstant(),
                                        row.getString("given_by_name")))
                .list();
    }

    /** Gives one in place of an earlier one. */
    void give(ViolationCase one, LocalDate until, String reason, Actor actor) {
        database.sql(
                        """
                        UPDATE violation.exemption SET ended = :now, ended_by = :by
                         WHERE rule = :rule AND subject = :subject AND ended IS NULL
                        """)
                .param("now", CaseStore.at(clock.instant()))
                .param("by", actor.username())
                .param("rule", one.rule())
                .param("subject", one.subject())
                .update();
        database.sql(
                        """
                        INSERT INTO violation.exemption (id, violation, rule, subject, until,
                               reason, given, given_by_name)
                        VALUES (:id::uuid, :violation::uuid, :rule, :subject, :until, :reason,
                                :now, :name)
                        """)
                .param("id", Identifiers.next())
                .param("violation", one.id())
                .param("rule", one.rule())
                .param("subject", one.subject())
                .param("until", until)
                .param("reason", reason)
                .param("now", CaseStore.at(clock.instant()))
                .param("name", actor.name())
                .update();
        evidence.changed(
                actor.who(),
                "violation.exempted",
                one.flow(),
                Map.of(
                        "rule", one.rule(),
                        "subject", one.subject(),
                        "until", until.toString(),
                        "reason", reason));
    }

    /**
     * Ends an exemption, so that the rule fires again.
     *
     * @throws ViolationException if there is none in force
     */
    @Transactional
    public void end(String id) {
        Actor actor = access.require(Violations.JUDGE, terms.office());
        boolean ended =
                Identifiers.isIdentifier(id)
                        && database.sql(
                                                """
                                                UPDATE violation.exemption
                                                   SET ended = :now, ended_by = :by
                                                 WHERE id = :id::uuid AND ended IS NULL
                                                """)
                                        .param("now", CaseStore.at(clock.instant()))
                                        .param("by", actor.username())
                                        .param("id", id)
                                        .update()
                                == 1;
        if (!ended) {
            throw ViolationException.noExemption(id);
        }
        evidence.changed(actor.who(), "violation.exemption-ended", "exemption:" + id, Map.of());
    }
}
