package cn.tiaoxi.platform.device;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Finds the devices that have been silent for longer than their kind may be, and begins an outage
 * for each. The outage begins when the permitted silence was over, whenever that is noticed.
 * Silence counts only while the platform listens: after a restart each device has its whole time
 * again.
 */
@Component
public class Silence {
    private static final Logger LOG = LoggerFactory.getLogger(Silence.class);

    private final JdbcClient database;
    private final DeviceKinds kinds;
    private final DeviceProperties properties;
    private final Clock clock;
    private final Instant listening;

    Silence(JdbcClient database, DeviceKinds kinds, DeviceProperties properties, Clock clock) {
        this.database = database;
        this.kinds = kinds;
        this.properties = properties;
        this.clock = clock;
        this.listening = clock.instant();
    }

    /**
     * Turns all silent devices offline.
     *
     * @return how many
     */
    @Scheduled(
            fixedDelayString = "${tiaoxi.device.sweep:15s}",
            initialDelayString = "${tiaoxi.device.sweep:15s}")
    @Transactional
    public int sweep() {
        int count = turn(null, clock.instant());
        if (count > 0) {
            LOG.info("{} devices went offline", count);
        }
        return count;
    }

    /** Turns those of these devices offline again whose heartbeat came too late. */
    void end(Collection<String> entries, Instant now) {
        turn(entries.toArray(String[]::new), now);
    }

    private int turn(String @Nullable [] entries, Instant now) {
        List<DeviceKinds.Kind> all = List.copyOf(kinds.all());
        return database.sql(
                        """
                        WITH silent AS (
                            SELECT s.entry,
                                   greatest(s.last_seen, :listening)
                                       + make_interval(secs => coalesce(k.seconds, :otherwise))
                                       AS since
                              FROM device.state s
                              JOIN device.device d USING (entry)
                              LEFT JOIN unnest(:kinds::text[], :seconds::float8[])
                                        AS k (kind, seconds) USING (kind)
                             WHERE s.state = 'ONLINE' AND d.ended IS NULL
                               AND (:any OR s.entry = ANY (:entries::uuid[]))
                               AND greatest(s.last_seen, :listening)
                                   + make_interval(secs => coalesce(k.seconds, :otherwise)) <= :now
                             ORDER BY s.entry
                               FOR NO KEY UPDATE OF s SKIP LOCKED),
                        turned AS (
                            UPDATE device.state s SET state = 'OFFLINE', since = silent.since
                              FROM silent WHERE s.entry = silent.entry
                            RETURNING s.entry, s.since)
                        INSERT INTO device.outage (entry, since)
                        SELECT entry, since FROM turned
                            ON CONFLICT (entry, since) DO UPDATE SET until = NULL
                        """)
                .param("listening", listening.atOffset(ZoneOffset.UTC))
                .param("otherwise", DeviceKinds.OTHERWISE.toSeconds() * 1.0)
                .param("kinds", all.stream().map(DeviceKinds.Kind::code).toArray(String[]::new))
                .param(
                        "seconds",
                        all.stream()
                                .map(k -> k.offlineAfter().toSeconds() * 1.0)
                                .toArray(Double[]::new))
                .param("any", entries == null)
                .param("entries", entries == null ? new String[0] : entries)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Forgets outages that ended long ago. */
    @Scheduled(cron = "0 50 3 * * *", zone = "Asia/Shanghai")
    @Transactional
    public void forget() {
        database.sql("DELETE FROM device.outage WHERE until < :oldest")
                .param(
                        "oldest",
                        clock.instant().minus(properties.keepOutages()).atOffset(ZoneOffset.UTC))
                .update();
    }
}
