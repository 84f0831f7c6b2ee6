package cn.tiaoxi.platform.device;

import cn.tiaoxi.platform.ledger.EntriesChanged;
import cn.tiaoxi.platform.ledger.EntryChanged;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
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

    private static final String ALL = "";
    private static final String SOME = " AND %s = ANY (:ids::uuid[])";

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

    private void follow(String which, Collection<String> ids) {
        String[] entries = ids.toArray(String[]::new);
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        run(TAKEN_OVER.formatted(which.formatted("e.id")), entries, now);
        run(GONE.formatted(which.formatted("d.entry")), entries, now);
        run(NEW_STATES.formatted(which.formatted("d.entry")), entries, now);
        run(ENDED_STATES.formatted(which.formatted("d.entry")), entries, now);
        run(ENDED_OUTAGES.formatted(which.formatted("d.entry")), entries, now);
        run(NEW_OUTAGES.formatted(which.formatted("d.entry")), entries, now);
    }

    private void run(String sql, String[] ids, OffsetDateTime now) {
        database.sql(sql)
                .param("ids", ids)
                .param("now", now)
                .param("watched", kinds.watched().toArray(String[]::new))
                .update();
    }

    private static final String TAKEN_OVER =
            """
            INSERT INTO device.device AS d
                   (entry, code, title, organisation, kind, division, lon, lat, since, ended)
            SELECT e.id, e.code, e.title, e.organisation, coalesce(e.fields ->> 'kind', ''),
                   coalesce(e.fields ->> 'division', ''), p.lon, p.lat, :now,
                   CASE WHEN e.state = ANY (:watched::text[]) THEN NULL ELSE :now END
              FROM published.ledger_entry e
              LEFT JOIN LATERAL (
                   SELECT (e.fields #>> '{location,coordinates,0}')::float8 AS lon,
                          (e.fields #>> '{location,coordinates,1}')::float8 AS lat
                    WHERE e.fields #>> '{location,type}' = 'Point') AS p ON true
             WHERE e.type = 'device'%s
                ON CONFLICT (entry) DO UPDATE
               SET code = excluded.code, title = excluded.title,
                   organisation = excluded.organisation, kind = excluded.kind,
                   division = excluded.division, lon = excluded.lon, lat = excluded.lat,
                   since = CASE WHEN d.ended IS NOT NULL AND excluded.ended IS NULL
                                THEN excluded.since ELSE d.since END,
                   ended = CASE WHEN excluded.ended IS NULL THEN NULL
                                ELSE coalesce(d.ended, excluded.ended) END
             WHERE (d.code, d.title, d.organisation, d.kind, d.division, d.lon, d.lat,
                    d.ended IS NULL)
                   IS DISTINCT FROM
                   (excluded.code, excluded.title, excluded.organisation, excluded.kind,
                    excluded.division, excluded.lon, excluded.lat, excluded.ended IS NULL)
            """;

    private static final String GONE =
            """
            UPDATE device.device d SET ended = :now
             WHERE d.ended IS NULL%s
               AND NOT EXISTS (SELECT 1 FROM published.ledger_entry e
                                WHERE e.id = d.entry AND e.type = 'device')
            """;

    private static final String NEW_STATES =
            """
            INSERT INTO device.state (entry, state, since)
            SELECT d.entry, 'UNSEEN', d.since FROM device.device d WHERE true%s
                ON CONFLICT DO NOTHING
            """;

    private static final String ENDED_STATES =
            """
            UPDATE device.state s SET state = 'OFFLINE', since = d.ended
              FROM device.device d
             WHERE s.entry = d.entry AND d.ended IS NOT NULL AND s.state = 'ONLINE'%s
            """;

    private static final String ENDED_OUTAGES =
            """
            UPDATE device.outage o SET until = greatest(d.ended, o.since + interval '1 microsecond')
              FROM device.device d
             WHERE o.entry = d.entry AND d.ended IS NOT NULL AND o.until IS NULL%s
            """;

    private static final String NEW_OUTAGES =
            """
            INSERT INTO device.outage (entry, since)
            SELECT d.entry, d.since
              FROM device.device d JOIN device.state s USING (entry)
             WHERE d.ended IS NULL AND s.state <> 'ONLINE'%s
               AND NOT EXISTS (SELECT 1 FROM device.outage o
                                WHERE o.entry = d.entry AND o.until IS NULL)
                ON CONFLICT (entry, since) DO UPDATE SET until = NULL
            """;
}
