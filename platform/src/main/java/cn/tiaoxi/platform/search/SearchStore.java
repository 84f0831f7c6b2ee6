package cn.tiaoxi.platform.search;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps what the last comparison of each index found. */
@Repository
class SearchStore {
    private final JdbcClient database;

    SearchStore(JdbcClient database) {
        this.database = database;
    }

    /** A comparison and when it ended. */
    record Comparison(Instant time, Drift drift) {}

    void keep(String kind, Comparison comparison) {
        Drift drift = comparison.drift();
        database.sql(
                        """
                        INSERT INTO search.comparison
                               (kind, time, compared, missing, outdated, surplus, millis)
                        VALUES (:kind, :time, :compared, :missing, :outdated, :surplus, :millis)
                            ON CONFLICT (kind) DO UPDATE
                           SET time = :time, compared = :compared, missing = :missing,
                               outdated = :outdated, surplus = :surplus, millis = :millis
                        """)
                .param("kind", kind)
                .param("time", comparison.time().atOffset(ZoneOffset.UTC))
                .param("compared", drift.compared())
                .param("missing", drift.missing())
                .param("outdated", drift.outdated())
                .param("surplus", drift.surplus())
                .param("millis", drift.millis())
                .update();
    }

    /** The last comparison of each kind. */
    Map<String, Comparison> all() {
        Map<String, Comparison> all = new HashMap<>();
        database.sql(
                        """
                        SELECT kind, time, compared, missing, outdated, surplus, millis
                          FROM search.comparison
                        """)
                .query(
                        (row, n) ->
                                all.put(
                                        row.getString("kind"),
                                        new Comparison(
                                                row.getObject("time", OffsetDateTime.class)
                                                        .toInstant(),
                                                new Drift(
                                                        row.getLong("compared"),
                                                        row.getLong("missing"),
                                                        row.getLong("outdated"),
                                                        row.getLong("surplus"),
                                                        row.getLong("millis")))))
                .list();
        return all;
    }
}
