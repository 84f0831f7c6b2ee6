package cn.tiaoxi.platform.device;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Adds up how long devices were watched and not heard. */
@Repository
class RateStore {
    /** Cuts what each device was watched, and its outages, to the time between two moments. */
    private static final String SUMS =
            """
            WITH watched AS (
                SELECT d.entry, d.kind, d.organisation, d.division,
                       greatest(d.since, :from::timestamptz) AS since,
                       least(coalesce(d.ended, :to), :to::timestamptz) AS until
                  FROM device.device d
                 WHERE d.since < :to AND (d.ended IS NULL OR d.ended > :from)),
            unheard AS (
                SELECT w.entry,
                       sum(extract(epoch FROM least(coalesce(o.until, w.until), w.until)
                                              - greatest(o.since, w.since))) AS seconds
                  FROM watched w JOIN device.outage o USING (entry)
                 WHERE o.since < w.until AND (o.until IS NULL OR o.until > w.since)
                 GROUP BY w.entry)
            SELECT :day::date AS day, w.kind, w.organisation, w.division, count(*) AS devices,
                   sum(extract(epoch FROM w.until - w.since))::float8 AS watched,
                   coalesce(sum(u.seconds), 0)::float8 AS unheard
              FROM watched w LEFT JOIN unheard u USING (entry)
             WHERE w.since < w.until
            """;

    private static final String GROUPS = " GROUP BY w.kind, w.organisation, w.division";

    private final JdbcClient database;

    RateStore(JdbcClient database) {
        this.database = database;
    }

    /** Devices of one kind, organisation and division on a day. */
    record Row(
            LocalDate day,
            String kind,
            String organisation,
            String division,
            long devices,
            double watched,
            double unheard) {}

    /** The days that are kept, from the first to before the second. */
    List<Row> kept(LocalDate from, LocalDate before, DeviceFilter filter) {
        Map<String, Object> parameters = new HashMap<>(filter.parameters());
        parameters.put("from", from);
        parameters.put("before", before);
        return database.sql(
                        """
                        SELECT w.day, w.kind, w.organisation, w.division, w.devices, w.watched,
                               w.unheard
                          FROM device.day w WHERE w.day >= :from AND w.day < :before
                        """
                                + conditions(filter))
                .params(parameters)
                .query(Row.class)
                .list();
    }

    /** A day as far as it has come. */
    List<Row> computed(LocalDate day, Instant from, Instant to, DeviceFilter filter) {
        Map<String, Object> parameters = new HashMap<>(filter.parameters());
        parameters.put("day", day);
        parameters.put("from", from.atOffset(ZoneOffset.UTC));
        parameters.put("to", to.atOffset(ZoneOffset.UTC));
        return database.sql(SUMS + conditions(filter) + GROUPS)
                .params(parameters)
                .query(Row.class)
                .list();
    }

    private static String conditions(DeviceFilter filter) {
        StringBuilder conditions = new StringBuilder();
        if (!filter.kind().isEmpty()) {
            conditions.append(" AND w.kind = :kind");
        }
        if (!filter.organisations().isEmpty()) {
            conditions.append(" AND w.organisation = ANY (:organisations::text[])");
        }
        if (!filter.division().isEmpty()) {
            conditions.append(" AND starts_with(w.division, :division)");
        }
        return conditions.toString();
    }

    /** One device between two moments. */
    OnlineRates.Share one(String entry, Instant from, Instant to) {
        return database.sql(
                        """
                        SELECT extract(epoch FROM w.until - w.since)::float8 AS watched,
                               coalesce((SELECT sum(extract(epoch FROM
                                                least(coalesce(o.until, w.until), w.until)
                                                - greatest(o.since, w.since)))
                                           FROM device.outage o
                                          WHERE o.entry = w.entry AND o.since < w.until
                                            AND (o.until IS NULL OR o.until > w.since)), 0)::float8
                                   AS unheard
                          FROM (SELECT d.entry, greatest(d.since, :from::timestamptz) AS since,
                                       least(coalesce(d.ended, :to), :to::timestamptz) AS until
                                  FROM device.device d WHERE d.entry = :entry::uuid) AS w
                        """)
                .param("entry", entry)
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("to", to.atOffset(ZoneOffset.UTC))
                .query(
                        (row, n) ->
                                new OnlineRates.Share(
                                        entry,
                                        1,
                                        row.getDouble("watched"),
                                        row.getDouble("unheard")))
                .single();
    }

    Optional<LocalDate> lastKept() {
        return database.sql("SELECT day FROM device.day ORDER BY day DESC LIMIT 1")
                .query(LocalDate.class)
                .optional();
    }

    /** Keeps a day, over what was kept of it before. */
    void keep(LocalDate day, Instant from, Instant to) {
        database.sql("DELETE FROM device.day WHERE day = :day").param("day", day).update();
        database.sql(
                        "INSERT INTO device.day (day, kind, organisation, division, devices,"
                                + " watched, unheard) "
                                + SUMS
                                + GROUPS)
                .param("day", day)
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("to", to.atOffset(ZoneOffset.UTC))
                .update();
    }
}
