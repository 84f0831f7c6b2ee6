package cn.tiaoxi.platform.superior;

import cn.tiaoxi.contract.Wire;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;

/** Calls by interface and hour in the database, counted from {@code published.call}. */
@Repository
class HourStore {
    private static final TypeReference<Map<String, Long>> COUNTS = new TypeReference<>() {};
    private static final int STEP = 20_000;

    private final JdbcClient database;

    HourStore(JdbcClient database) {
        this.database = database;
    }

    List<String> origins() {
        return database.sql(
                        """
                        WITH RECURSIVE o AS (
                            (SELECT min(origin) AS origin FROM published.call)
                            UNION ALL
                            SELECT (SELECT min(origin) FROM published.call
                                     WHERE origin > o.origin)
                              FROM o WHERE o.origin IS NOT NULL)
                        SELECT origin FROM o WHERE origin IS NOT NULL
                        """)
                .query(String.class)
                .list();
    }

    /**
     * Counts the next calls of a log, in the transaction that notes how far it is counted.
     *
     * @return whether there may be more
     */
    boolean count(String origin) {
        database.sql(
                        """
                        INSERT INTO superior.counted (origin, next) VALUES (:origin, 0)
                            ON CONFLICT DO NOTHING
                        """)
                .param("origin", origin)
                .update();
        long from =
                database.sql(
                                """
                                SELECT next FROM superior.counted
                                 WHERE origin = :origin FOR UPDATE
                                """)
                        .param("origin", origin)
                        .query(Long.class)
                        .single();
        long next =
                database.sql(
                                """
                                SELECT coalesce(max(log_index) + 1, :from) FROM (
                                    SELECT log_index FROM published.call
                                     WHERE origin = :origin AND log_index >= :from
                                     ORDER BY log_index LIMIT :step) AS stretch
                                """)
                        .param("from", from)
                        .param("origin", origin)
                        .param("step", STEP)
                        .query(Long.class)
                        .single();
        if (next == from) {
            return false;
        }
        add(origin, from, next);
        database.sql("UPDATE superior.counted SET next = :next WHERE origin = :origin")
                .param("next", next)
                .param("origin", origin)
                .update();
        return true;
    }

    /** Adds the calls of a stretch of a log; of unknown interfaces there is nothing to say. */
    private void add(String origin, long from, long next) {
        database.sql(
                        """
                        INSERT INTO superior.hour
                               (hour, interface, calls, answered, row_count, refused)
                        SELECT hour, interface, sum(n), coalesce(sum(n) FILTER (WHERE outcome = 'OK'), 0),
                               sum(row_count),
                               coalesce(jsonb_object_agg(outcome, n) FILTER (WHERE outcome <> 'OK'),
                                        '{}')
                          FROM (SELECT date_trunc('hour', time) AS hour, interface, outcome,
                                       count(*) AS n, sum(row_count) AS row_count
                                  FROM published.call
                                 WHERE origin = :origin AND log_index >= :from AND log_index < :next
                                   AND interface IN (SELECT id FROM published.interface)
                                 GROUP BY 1, 2, 3) AS part
                         GROUP BY hour, interface
                            ON CONFLICT (hour, interface) DO UPDATE
                               SET calls = hour.calls + excluded.calls,
                                   answered = hour.answered + excluded.answered,
                                   row_count = hour.row_count + excluded.row_count,
                                   refused = (
                                       SELECT coalesce(jsonb_object_agg(code, n), '{}')
                                         FROM (SELECT code, sum(n::bigint) AS n
                                                 FROM (SELECT * FROM jsonb_each_text(hour.refused)
                                                       UNION ALL
                                                       SELECT * FROM jsonb_each_text(excluded.refused))
                                                      AS both_counts (code, n)
                                                GROUP BY code) AS added),
                                   dirty = true
                        """)
                .param("origin", origin)
                .param("from", from)
                .param("next", next)
                .update();
    }

    /** Hours that changed and were not told of since that moment. */
    List<Hour> dirty(Instant before, int most) {
        return database.sql(
                        """
                        SELECT hour, interface, calls, answered, row_count, refused
                          FROM superior.hour
                         WHERE dirty AND (told IS NULL OR told < :before)
                         ORDER BY hour, interface LIMIT :most
                        """)
                .param("before", Times.at(before))
                .param("most", most)
                .query(HourStore::hour)
                .list();
    }

    private static Hour hour(ResultSet row, int number) throws SQLException {
        return new Hour(
                Times.time(row, "hour"),
                row.getString("interface"),
                row.getLong("calls"),
                row.getLong("answered"),
                row.getLong("row_count"),
                Wire.JSON.readValue(row.getString("refused"), COUNTS));
    }

    void told(Hour each, Instant now) {
        database.sql(
                        """
                        UPDATE superior.hour SET dirty = false, told = :now
                         WHERE hour = :hour AND interface = :interface
                        """)
                .param("now", Times.at(now))
                .param("hour", Times.at(each.hour()))
                .param("interface", each.interfaceId())
                .update();
    }
}
