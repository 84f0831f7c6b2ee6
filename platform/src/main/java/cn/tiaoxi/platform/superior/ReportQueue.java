package cn.tiaoxi.platform.superior;

import cn.tiaoxi.contract.Wire;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reports that are not acknowledged, in the database: of one thing only the newest state. */
@Repository
class ReportQueue {
    private static final int MOST_BYTES = 1_000_000;

    private final JdbcClient database;
    private final UplinkStore uplinks;

    ReportQueue(JdbcClient database, UplinkStore uplinks) {
        this.database = database;
        this.uplinks = uplinks;
    }

    /** A thing's state to report; null if it is gone. */
    record New(Protocol.Kind kind, String object, @Nullable Object body) {}

    /**
     * Numbers reports and keeps them in the transaction under way, in the place of those on the
     * same things. Numbers are given under the uplink's lock, so that they become visible in order
     * and an acknowledgement of one is an acknowledgement of all before.
     */
    void add(Uplink locked, List<New> reports, Instant now) {
        long number = locked.lastNumber();
        for (New each : reports) {
            number++;
            database.sql(
                            """
                            INSERT INTO superior.report (number, kind, object, time, body)
                            VALUES (:number, :kind, :object, :now, :body)
                                ON CONFLICT (kind, object) DO UPDATE
                                   SET number = excluded.number, time = excluded.time,
                                       body = excluded.body
                            """)
                    .param("number", number)
                    .param("kind", each.kind().name())
                    .param("object", each.object())
                    .param("now", Times.at(now))
                    .param("body", Wire.JSON.writeValueAsString(each.body()))
                    .update();
        }
        if (!reports.isEmpty()) {
            uplinks.number(number);
        }
    }

    /** The first reports that are not acknowledged, as many as go into one message. */
    List<Protocol.Report> next() {
        List<Protocol.Report> reports = new ArrayList<>();
        int[] bytes = {0};
        database.sql(
                        """
                        SELECT number, kind, object, time, body FROM superior.report
                         ORDER BY number LIMIT :most
                        """)
                .param("most", Protocol.MOST_REPORTS)
                .query(
                        row -> {
                            String body = row.getString("body");
                            bytes[0] += body.length() * 3 + 200;
                            if (reports.isEmpty() || bytes[0] <= MOST_BYTES) {
                                reports.add(
                                        new Protocol.Report(
                                                row.getLong("number"),
                                                row.getString("kind"),
                                                row.getString("object"),
                                                Times.time(row, "time"),
                                                Wire.JSON.readTree(body)));
                            } else {
                                bytes[0] = MOST_BYTES + 1;
                            }
                        });
        return reports;
    }

    /** How many reports of each kind wait. */
    Map<String, Long> waiting() {
        Map<String, Long> waiting = new HashMap<>();
        database.sql("SELECT kind, count(*) AS count FROM superior.report GROUP BY kind")
                .query(
                        row -> {
                            waiting.put(row.getString("kind"), row.getLong("count"));
                        });
        return waiting;
    }
}
