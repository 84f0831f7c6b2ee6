package cn.tiaoxi.platform.device;

import cn.tiaoxi.platform.ledger.EntriesChanged;
import cn.tiaoxi.platform.ledger.EntryChanged;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Follows the ledger of devices. A change of an entry is followed in its own transaction, so that a
 * device may report as soon as it is in the ledger; every night, and at the start, all are
 * compared.
 *
 * <p>A device that goes out of use, or is removed, is no longer watched: its outage ends then. One
 * that comes into use is not heard yet: its first outage begins at once.
 */
@Component
public class DeviceRegister {
    /** The ledger that is followed. */
    public static final String LEDGER = "device";

    private final JdbcClient database;
    private final DeviceKinds kinds;
    private final Clock clock;

    DeviceRegister(JdbcClient database, DeviceKinds kinds, Clock clock) {
        this.database = database;
        this.kinds = kinds;
        this.clock = clock;
    }

    @EventListener
    @Transactional
    public void changed(EntryChanged event) {
        if (event.type().equals(LEDGER)) {
            follow(SOME, List.of(event.id()));
        }
    }

    @EventListener
    @Transactional
    public void changed(EntriesChanged event) {
        if (event.type().equals(LEDGER)) {
            follow(SOME, event.ids());
        }
    }

    /** Compares all devices with the ledger. */
    @EventListener(ApplicationReadyEvent.class)
    @Scheduled(cron = "0 10 3 * * *", zone = "Asia/Shanghai")
    @Transactional
    public void compare() {
        follow(ALL, List.of());
    }

    private void follow(String sql, List<String> ids) {
        database.sql(sql)
                .param("ids", ids.toArray(String[]::new))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("watched", kinds.watched().toArray(String[]::new))
                .update();
    }

    /**
     * The parts of a statement see the tables as they stood before it, so that each takes what the
     * others did from their answers. Devices that are as the ledger has them are read, not written.
     */
    private static final String FOLLOW =
            """
            WITH asked AS MATERIALIZED (%s),
            standing AS MATERIALIZED (
                SELECT e.id, e.code, e.title, e.organisation,
                       coalesce(e.fields ->> 'kind', '') AS kind,
                       coalesce(e.fields ->> 'division', '') AS division,
                       CASE WHEN p.point
                            THEN (e.fields #>> '{location,coordinates,0}')::float8 END AS lon,
                       CASE WHEN p.point
                            THEN (e.fields #>> '{location,coordinates,1}')::float8 END AS lat,
                       e.state = ANY (:watched::text[]) AS watched
                  FROM asked
                  JOIN published.ledger_entry e USING (id)
                 CROSS JOIN LATERAL (
                       SELECT e.fields #>> '{location,type}' = 'Point' AS point) AS p
                 WHERE e.type = 'device'),
            taken AS (
                INSERT INTO device.device AS d
                       (entry, code, title, organisation, kind, division, lon, lat, since, ended)
                SELECT s.id, s.code, s.title, s.organisation, s.kind, s.division, s.lon, s.lat,
                       :now, CASE WHEN s.watched THEN NULL ELSE :now END
                  FROM standing s
                 WHERE NOT EXISTS (
                       SELECT 1 FROM device.device k
                        WHERE k.entry = s.id
                          AND (k.code, k.title, k.organisation, k.kind, k.division, k.lon, k.lat,
                               k.ended IS NULL)
                              IS NOT DISTINCT FROM
                              (s.code, s.title, s.organisation, s.kind, s.division, s.lon, s.lat,
                               s.watched))
                    ON CONFLICT (entry) DO UPDATE
                   SET code = excluded.code, title = excluded.title,
                       organisation = excluded.organisation, kind = excluded.kind,
                       division = excluded.division, lon = excluded.lon, lat = excluded.lat,
                       since = CASE WHEN d.ended IS NOT NULL AND excluded.ended IS NULL
                                    THEN excluded.since ELSE d.since END,
                       ended = CASE WHEN excluded.ended IS NULL THEN NULL
                                    ELSE coalesce(d.ended, excluded.ended) END
                RETURNING d.entry, d.since, d.ended),
            gone AS (
                UPDATE device.device d SET ended = :now
                  FROM asked
                 WHERE d.entry = asked.id AND d.ended IS NULL
                   AND NOT EXISTS (SELECT 1 FROM standing s WHERE s.id = d.entry)
                RETURNING d.entry, d.since, d.ended),
            moved AS MATERIALIZED (
                SELECT entry, since, ended FROM taken
                 UNION ALL SELECT entry, since, ended FROM gone%s),
            unseen AS (
                INSERT INTO device.state (entry, state, since)
                SELECT m.entry, 'UNSEEN', m.since
                  FROM moved m LEFT JOIN device.state s USING (entry)
                 WHERE s.entry IS NULL
                    ON CONFLICT DO NOTHING),
            silenced AS (
                UPDATE device.state s SET state = 'OFFLINE', since = m.ended
                  FROM moved m
                 WHERE s.entry = m.entry AND m.ended IS NOT NULL AND s.state = 'ONLINE'),
            closed AS (
                UPDATE device.outage o
                   SET until = greatest(m.ended, o.since + interval '1 microsecond')
                  FROM moved m
                 WHERE o.entry = m.entry AND m.ended IS NOT NULL AND o.until IS NULL)
            INSERT INTO device.outage (entry, since)
            SELECT m.entry, m.since
              FROM moved m LEFT JOIN device.state s USING (entry)
             WHERE m.ended IS NULL AND s.state IS DISTINCT FROM 'ONLINE'
               AND NOT EXISTS (SELECT 1 FROM device.outage o
                                WHERE o.entry = m.entry AND o.until IS NULL)
                ON CONFLICT (entry, since) DO UPDATE SET until = NULL
            """;

    private static final String SOME =
            FOLLOW.formatted("SELECT DISTINCT unnest(:ids::uuid[]) AS id", "");

    /** Looks at what hangs on every device too, so that whatever went wrong is mended. */
    private static final String ALL =
            FOLLOW.formatted(
                    """
                    SELECT id FROM published.ledger_entry WHERE type = 'device'
                     UNION SELECT entry FROM device.device
                    """,
                    """

                     UNION ALL
                    SELECT d.entry, d.since, d.ended FROM device.device d
                     WHERE NOT EXISTS (SELECT 1 FROM taken t WHERE t.entry = d.entry)
                       AND NOT EXISTS (SELECT 1 FROM gone g WHERE g.entry = d.entry)
                    """);
}
