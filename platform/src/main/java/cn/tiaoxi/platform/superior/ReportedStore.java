package cn.tiaoxi.platform.superior;

import cn.tiaoxi.contract.Wire;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;

/** What subordinates reported, in the database. */
@Repository
class ReportedStore {
    private static final Map<String, String> SORTS =
            Map.of("time", "time::text", "title", "title", "id", "id");

    private final JdbcClient database;

    ReportedStore(JdbcClient database) {
        this.database = database;
    }

    /** Keeps the newest state of a thing. */
    void put(String subordinate, Protocol.Report report, JsonNode body, Instant now) {
        database.sql(
                        """
                        INSERT INTO superior.reported_object
                               (subordinate, kind, id, number, time, received, title, organisation,
                                state, body)
                        VALUES (:subordinate::uuid, :kind, :id, :number, :time, :now, :title,
                                :organisation, :state, :body::jsonb)
                            ON CONFLICT (subordinate, kind, id) DO UPDATE
                               SET number = excluded.number, time = excluded.time,
                                   received = excluded.received, title = excluded.title,
                                   organisation = excluded.organisation, state = excluded.state,
                                   body = excluded.body
                        """)
                .param("subordinate", subordinate)
                .param("kind", report.kind())
                .param("id", report.object())
                .param("number", report.number())
                .param("time", Times.at(report.time()))
                .param("now", Times.at(now))
                .param("title", cut(body.path("title").asString("")))
                .param("organisation", cut(body.path("organisationName").asString("")))
                .param("state", cut(body.path("state").asString("")))
                .param("body", Wire.JSON.writeValueAsString(body))
                .update();
    }

    private static String cut(String text) {
        return text.length() > 500 ? text.substring(0, 500) : text;
    }

    void remove(String subordinate, Protocol.Report report) {
        database.sql(
                        """
                        DELETE FROM superior.reported_object
                         WHERE subordinate = :subordinate::uuid AND kind = :kind AND id = :id
                        """)
                .param("subordinate", subordinate)
                .param("kind", report.kind())
                .param("id", report.object())
                .update();
    }

    /** Keeps an hour's figures of an interface, in the place of those before. */
    void putHour(String subordinate, Protocol.Report report, Hour hour) {
        database.sql(
                        """
                        INSERT INTO superior.reported_hour
                               (subordinate, hour, interface, number, calls, answered, row_count,
                                refused)
                        VALUES (:subordinate::uuid, :hour, :interface, :number, :calls, :answered,
                                :rows, :refused::jsonb)
                            ON CONFLICT (subordinate, hour, interface) DO UPDATE
                               SET number = excluded.number, calls = excluded.calls,
                                   answered = excluded.answered, row_count = excluded.row_count,
                                   refused = excluded.refused
                        """)
                .param("subordinate", subordinate)
                .param("hour", Times.at(hour.hour()))
                .param("interface", hour.interfaceId())
                .param("number", report.number())
                .param("calls", hour.calls())
                .param("answered", hour.answered())
                .param("rows", hour.rows())
                .param("refused", Wire.JSON.writeValueAsString(hour.refused()))
                .update();
    }

    Page<Reported> list(String subordinate, String kind, String text, Slice slice) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("subordinate", subordinate);
        parameters.put("kind", kind);
        parameters.put("text", text.strip().toLowerCase(Locale.ROOT));
        String where =
                """
                 WHERE subordinate = :subordinate::uuid AND kind = :kind
                   AND strpos(lower(id || ' ' || title || ' ' || organisation), :text) > 0
                """;
        Slice.Order order = slice.order(SORTS, "-time");
        long total =
                database.sql("SELECT count(*) FROM superior.reported_object" + where)
                        .params(parameters)
                        .query(Long.class)
                        .single();
        return slice.page(
                database.sql(
                                """
                                SELECT id, number, time, time::text AS at, received, title,
                                       organisation, state, body
                                  FROM superior.reported_object
                                """
                                        + where
                                        + order.condition(slice, "id", "text")
                                        + order.clause(slice, "id"))
                        .params(parameters)
                        .params(slice.parameters())
                        .query(ReportedStore::reported)
                        .list(),
                total,
                r -> new Slice.Position(sortValue(order, r), r.id()));
    }

    private String sortValue(Slice.Order order, Reported each) {
        return switch (order.expression()) {
            case "title" -> each.title();
            case "id" -> each.id();
            default ->
                    database.sql("SELECT :at::timestamptz::text")
                            .param("at", Times.at(each.time()))
                            .query(String.class)
                            .single();
        };
    }

    private static Reported reported(ResultSet row, int number) throws SQLException {
        return new Reported(
                row.getString("id"),
                row.getLong("number"),
                Times.time(row, "time"),
                Times.time(row, "received"),
                row.getString("title"),
                row.getString("organisation"),
                row.getString("state"),
                Wire.JSON.readTree(row.getString("body")));
    }

    /** A subordinate's calls day by day, without days of none. */
    List<Reported.Day> days(String subordinate, String zone, Instant from) {
        return database.sql(
                        """
                        SELECT (hour AT TIME ZONE :zone)::date AS day, sum(calls) AS calls,
                               sum(answered) AS answered, sum(row_count) AS row_count
                          FROM superior.reported_hour
                         WHERE subordinate = :subordinate::uuid AND hour >= :from
                         GROUP BY 1 ORDER BY 1
                        """)
                .param("zone", zone)
                .param("subordinate", subordinate)
                .param("from", Times.at(from))
                .query(
                        (row, n) ->
                                new Reported.Day(
                                        row.getObject("day", LocalDate.class),
                                        row.getLong("calls"),
                                        row.getLong("answered"),
                                        row.getLong("row_count")))
                .list();
    }
}
