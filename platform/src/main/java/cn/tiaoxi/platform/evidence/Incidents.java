package cn.tiaoxi.platform.evidence;

import cn.tiaoxi.contract.TimeOrderedId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What logs did that no honest log does: showed less or another history than before, or signed with
 * a key that they never announced. Each stays, with both signed checkpoints as proof, and its log
 * stays marked until a person has acknowledged it with a reason.
 */
@Component
public class Incidents {
    private final JdbcClient database;
    private final WitnessStore cosigned;
    private final Evidence evidence;
    private final Clock clock;

    Incidents(JdbcClient database, WitnessStore cosigned, Evidence evidence, Clock clock) {
        this.database = database;
        this.cosigned = cosigned;
        this.evidence = evidence;
        this.clock = clock;
    }

    /** Kinds of incidents; the names are those of a log's problem. */
    enum Kind {
        /** Less, or another history than before: a rollback or a fork. */
        ROLLED_BACK,
        /** Signed with a key that the log did not announce. */
        KEY_CHANGED
    }

    /**
     * An incident.
     *
     * @param kind {@code ROLLED_BACK} or {@code KEY_CHANGED}
     * @param time when it was noticed
     * @param detail what was seen, in English
     * @param before the checkpoint believed last, with its signatures; empty if none was kept
     * @param shown the checkpoint that does not continue it, as the log gave it
     * @param acknowledged when somebody took note, null while nobody did
     * @param acknowledgedBy user name of who did
     * @param reason what they found
     */
    public record Incident(
            UUID id,
            String origin,
            String kind,
            Instant time,
            String detail,
            String before,
            String shown,
            @Nullable Instant acknowledged,
            @Nullable String acknowledgedBy,
            @Nullable String reason) {}

    /** Incidents of a log, the newest first. */
    public List<Incident> of(String origin) {
        return database.sql(
                        """
                        SELECT id, origin, kind, time, detail, before_note, shown_note,
                               acknowledged, acknowledged_by, reason
                          FROM evidence.incident
                         WHERE origin = :origin
                         ORDER BY time DESC
                         LIMIT 100
                        """)
                .param("origin", origin)
                .query(Incidents::toIncident)
                .list();
    }

    /** Kind of an incident that nobody has acknowledged. */
    Optional<String> open(String origin) {
        return of(origin).stream()
                .filter(incident -> incident.acknowledged() == null)
                .map(Incident::kind)
                .findFirst();
    }

    /**
     * Keeps an incident and traces it, once as long as it lasts: not again while it is not
     * acknowledged, nor after that before the log was found sound again.
     */
    @Transactional
    void notice(String origin, Kind kind, String detail, String shown) {
        int added =
                database.sql(
                                """
                                INSERT INTO evidence.incident
                                       (id, origin, kind, time, detail, before_note, shown_note)
                                SELECT :id, :origin, :kind, :time, :detail, :before, :shown
                                 WHERE NOT EXISTS (
                                       SELECT FROM evidence.incident i
                                         LEFT JOIN evidence.log l ON l.origin = i.origin
                                         LEFT JOIN evidence.cosigned c ON c.origin = i.origin
                                        WHERE i.origin = :origin AND i.kind = :kind
                                          AND (i.acknowledged IS NULL
                                               OR i.acknowledged > coalesce(l.checked, c.time,
                                                                            '-infinity')))
                                    ON CONFLICT DO NOTHING
                                """)
                        .param("id", TimeOrderedId.next())
                        .param("origin", origin)
                        .param("kind", kind.name())
                        .param("time", clock.instant().atOffset(ZoneOffset.UTC))
                        .param("detail", detail)
                        .param("before", cosigned.note(origin))
                        .param("shown", shown)
                        .update();
        if (added == 1) {
            evidence.changed(
                    Who.SYSTEM,
                    "log.incident",
                    "log:" + origin,
                    Map.of("kind", kind.name(), "detail", detail));
        }
    }

    /**
     * Takes note of an incident. Of a changed key that means: the key that the gateway tells now is
     * believed from here on.
     *
     * @param reason what was found, for the trace
     * @return whether there was such an incident that nobody had acknowledged
     */
    @Transactional
    public boolean acknowledge(UUID id, Who who, String reason) {
        Optional<Incident> incident =
                database.sql(
                                """
                                UPDATE evidence.incident
                                   SET acknowledged = :time, acknowledged_by = :who, reason = :reason
                                 WHERE id = :id AND acknowledged IS NULL
                             RETURNING id, origin, kind, time, detail, before_note, shown_note,
                                       acknowledged, acknowledged_by, reason
                                """)
                        .param("id", id)
                        .param("time", clock.instant().atOffset(ZoneOffset.UTC))
                        .param("who", who.name())
                        .param("reason", reason)
                        .query(Incidents::toIncident)
                        .optional();
        incident.ifPresent(
                one -> {
                    if (one.kind().equals(Kind.KEY_CHANGED.name())) {
                        database.sql(
                                        """
                                        UPDATE evidence.log SET key = coalesce(told_key, key)
                                         WHERE origin = :origin
                                        """)
                                .param("origin", one.origin())
                                .update();
                    }
                    evidence.changed(
                            who,
                            "log.incident.acknowledged",
                            "log:" + one.origin(),
                            Map.of(
                                    "incident", id.toString(),
                                    "kind", one.kind(),
                                    "reason", reason));
                });
        return incident.isPresent();
    }

    private static Incident toIncident(ResultSet row, int number) throws SQLException {
        OffsetDateTime acknowledged = row.getObject("acknowledged", OffsetDateTime.class);
        return new Incident(
                row.getObject("id", UUID.class),
                row.getString("origin"),
                row.getString("kind"),
                row.getObject("time", OffsetDateTime.class).toInstant(),
                row.getString("detail"),
                row.getString("before_note"),
                row.getString("shown_note"),
                acknowledged == null ? null : acknowledged.toInstant(),
                row.getString("acknowledged_by"),
                row.getString("reason"));
    }
}
