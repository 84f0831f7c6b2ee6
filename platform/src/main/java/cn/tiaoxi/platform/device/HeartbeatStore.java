package cn.tiaoxi.platform.device;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Writes heartbeats, a whole round with one statement each. */
@Repository
class HeartbeatStore {
    private final JdbcClient database;

    HeartbeatStore(JdbcClient database) {
        this.database = database;
    }

    /** A device as far as judging a heartbeat needs it. */
    record Known(
            String entry,
            String code,
            String organisation,
            String kind,
            boolean ended,
            boolean online) {}

    /** A heartbeat of a known device. */
    record Beat(
            String entry,
            Instant time,
            @Nullable Integer battery,
            @Nullable Integer signal,
            Heartbeat.@Nullable Status status) {}

    /** The devices of these codes, by code; their states stay locked until the transaction ends. */
    Map<String, Known> lock(Collection<String> codes) {
        Map<String, Known> known = new HashMap<>();
        database.sql(
                        """
                        SELECT d.entry, d.code, d.organisation, d.kind, d.ended IS NOT NULL AS ended,
                               s.state = 'ONLINE' AS online
                          FROM device.device d JOIN device.state s USING (entry)
                         WHERE d.code = ANY (:codes::text[])
                         ORDER BY d.entry FOR NO KEY UPDATE OF s
                        """)
                .param("codes", codes.toArray(String[]::new))
                .query(Known.class)
                .list()
                .forEach(k -> known.put(k.code(), k));
        return known;
    }

    /**
     * Writes the newest heartbeat of each device; one that is older than what is known changes
     * nothing.
     *
     * @return the entries that were changed
     */
    Set<String> write(List<Beat> beats) {
        return new HashSet<>(
                database.sql(
                                """
                                UPDATE device.state s
                                   SET state = 'ONLINE',
                                       since = CASE WHEN s.state = 'ONLINE' THEN s.since
                                                    ELSE b.time END,
                                       last_seen = b.time,
                                       battery = coalesce(b.battery, s.battery),
                                       signal = coalesce(b.signal, s.signal),
                                       status = coalesce(b.status, s.status)
                                  FROM unnest(:entries::uuid[], :times::timestamptz[],
                                              :batteries::smallint[], :signals::smallint[],
                                              :statuses::text[])
                                       AS b (entry, time, battery, signal, status)
                                 WHERE s.entry = b.entry
                                   AND (s.last_seen IS NULL OR s.last_seen < b.time)
                                RETURNING s.entry::text
                                """)
                        .param("entries", entries(beats))
                        .param("times", times(beats))
                        .param(
                                "batteries",
                                beats.stream().map(Beat::battery).toArray(Integer[]::new))
                        .param("signals", beats.stream().map(Beat::signal).toArray(Integer[]::new))
                        .param(
                                "statuses",
                                beats.stream()
                                        .map(b -> b.status() == null ? null : b.status().name())
                                        .toArray(String[]::new))
                        .query(String.class)
                        .list());
    }

    /**
     * Ends the outages of devices that were heard again. An outage that begins after the heartbeat
     * rests on a silence that was none, and goes.
     */
    void heardAgain(List<Beat> beats) {
        database.sql(
                        """
                        UPDATE device.outage o SET until = b.time
                          FROM unnest(:entries::uuid[], :times::timestamptz[]) AS b (entry, time)
                         WHERE o.entry = b.entry AND o.until IS NULL AND o.since < b.time
                        """)
                .param("entries", entries(beats))
                .param("times", times(beats))
                .update();
        database.sql(
                        """
                        DELETE FROM device.outage o
                         WHERE o.entry = ANY (:entries::uuid[]) AND o.until IS NULL
                        """)
                .param("entries", entries(beats))
                .update();
    }

    private static String[] entries(List<Beat> beats) {
        return beats.stream().map(Beat::entry).toArray(String[]::new);
    }

    private static String[] times(List<Beat> beats) {
        return beats.stream().map(b -> b.time().toString()).toArray(String[]::new);
    }

    /** What is counted, in one order for all writers. */
    record Count(String reporter, String outcome) implements Comparable<Count> {
        @Override
        public int compareTo(Count other) {
            int first = reporter.compareTo(other.reporter);
            return first == 0 ? outcome.compareTo(other.outcome) : first;
        }
    }

    /** Adds to the counts of a day. */
    void count(LocalDate day, SortedMap<Count, Long> counts) {
        database.sql(
                        """
                        INSERT INTO device.tally (day, reporter, outcome, row_count)
                        SELECT :day, c.reporter, c.outcome, c.row_count
                          FROM unnest(:reporters::text[], :outcomes::text[], :counts::bigint[])
                               AS c (reporter, outcome, row_count)
                            ON CONFLICT (day, reporter, outcome)
                            DO UPDATE SET row_count = tally.row_count + excluded.row_count
                        """)
                .param("day", day)
                .param(
                        "reporters",
                        counts.keySet().stream().map(Count::reporter).toArray(String[]::new))
                .param(
                        "outcomes",
                        counts.keySet().stream().map(Count::outcome).toArray(String[]::new))
                .param("counts", counts.values().toArray(Long[]::new))
                .update();
    }

    /** Notes that reporters were used, to the minute. */
    void used(Collection<String> reporters, Instant now) {
        database.sql(
                        """
                        UPDATE device.reporter SET last_used = :now
                         WHERE id::text = ANY (:reporters::text[])
                           AND (last_used IS NULL OR last_used < :now - interval '1 minute')
                        """)
                .param("reporters", reporters.stream().sorted().toArray(String[]::new))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }
}
