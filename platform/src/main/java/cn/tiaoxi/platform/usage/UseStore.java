package cn.tiaoxi.platform.usage;

import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Lists grants with their use. */
@Repository
class UseStore {
    private static final String NEVER = "timestamptz '1970-01-01Z'";
    private static final Map<String, String> SORTS =
            new TreeMap<>(
                    Map.of(
                            "lastAnswered", "coalesce(s.last_answered, " + NEVER + ")",
                            "validUntil", "g.valid_until",
                            "answered", "coalesce(s.answered, 0)::double precision",
                            "subjects", "coalesce(s.subjects, 0)::double precision",
                            "plausibleDays", "coalesce(s.plausible_days, 0)::double precision"));
    private static final String FROM =
            """
              FROM published.sharing_grant g
              LEFT JOIN published.application a ON a.id = g.application
              LEFT JOIN published.interface i ON i.id = g.interface
              LEFT JOIN usage.standing s ON s.sharing_grant = g.id
              LEFT JOIN usage.reclaim r ON r.sharing_grant = g.id
                   AND r.state IN ('ASKED', 'LAST_CALL', 'CLAIMED', 'DOUBTFUL')
              LEFT JOIN usage.exemption e ON e.sharing_grant = g.id AND e.ended IS NULL
                   AND e.until >= :today
            """;

    private final JdbcClient database;
    private final DayStore days;

    UseStore(JdbcClient database, DayStore days) {
        this.database = database;
        this.days = days;
    }

    /**
     * Which grants. Empty texts filter nothing.
     *
     * @param reach codes of organisations that received or gave, empty for all
     */
    record Filter(
            Collection<String> reach,
            String state,
            String verdict,
            String organisation,
            String owner,
            String interfaceId,
            String text,
            Instant now,
            LocalDate today) {}

    Page<GrantUse> list(Filter filter, Slice slice) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("today", filter.today());
        parameters.put("now", filter.now().atOffset(ZoneOffset.UTC));
        String where = where(filter, parameters);
        Slice.Order order = slice.order(SORTS, "lastAnswered");
        long total =
                database.sql("SELECT count(*)" + FROM + where)
                        .params(parameters)
                        .query(Long.class)
                        .single();
        String cast = order.expression().endsWith("precision") ? "double precision" : "timestamptz";
        record Row(GrantUse use, String position) {}
        List<Row> rows =
                database.sql(
                                """
                                SELECT g.id::text AS id, coalesce(a.name, '') AS application_name,
                                       g.application::text AS application, g.interface,
                                       coalesce(i.name, g.interface) AS interface_name,
                                       g.organisation, g.owner, g.valid_until,
                                       CASE WHEN g.state = 'ACTIVE' AND g.valid_until <= :now
                                            THEN 'EXPIRED' ELSE g.state END AS state,
                                       coalesce(s.plausible_days, 0) AS plausible_days,
                                       coalesce(s.implausible_days, 0) AS implausible_days,
                                       coalesce(s.answered, 0) AS answered,
                                       coalesce(s.subjects, 0) AS subjects,
                                       coalesce(s.effective, false) AS effective,
                                       s.last_plausible, s.last_answered,
                                       coalesce(s.reasons::text, '[]') AS reasons,
                                       r.id::text AS reclaim, e.until AS exempted, (
                                """
                                        + order.expression()
                                        + ")::text AS position"
                                        + FROM
                                        + where
                                        + order.condition(slice, "g.id", cast)
                                        + order.clause(slice, "g.id"))
                        .params(parameters)
                        .params(slice.parameters())
                        .query((row, n) -> new Row(read(row), row.getString("position")))
                        .list();
        return slice.page(rows, total, r -> new Slice.Position(r.position(), r.use().grant()))
                .map(Row::use);
    }

    private static String where(Filter filter, Map<String, Object> parameters) {
        StringBuilder where = new StringBuilder(" WHERE NOT g.trial AND (false");
        ReclaimStore.reach(where, parameters, "g.organisation", filter.reach());
        ReclaimStore.reach(where, parameters, "g.owner", filter.reach());
        where.append(")");
        switch (filter.state()) {
            case "ACTIVE" -> where.append(" AND g.state = 'ACTIVE' AND g.valid_until > :now");
            case "EXPIRED" -> where.append(" AND g.state = 'ACTIVE' AND g.valid_until <= :now");
            case "REVOKED" -> where.append(" AND g.state = 'REVOKED'");
            default -> {}
        }
        switch (filter.verdict()) {
            case "EFFECTIVE" -> where.append(" AND s.effective");
            case "NOT_EFFECTIVE" -> where.append(" AND NOT coalesce(s.effective, false)");
            case "DOUBTFUL" -> where.append(" AND NOT s.effective AND s.implausible_days > 0");
            case "UNUSED" -> where.append(" AND coalesce(s.answered, 0) = 0");
            case "ASKED" -> where.append(" AND r.id IS NOT NULL");
            case "EXEMPTED" -> where.append(" AND e.id IS NOT NULL");
            default -> {}
        }
        equal(where, parameters, "organisation", filter.organisation());
        equal(where, parameters, "owner", filter.owner());
        equal(where, parameters, "interface", filter.interfaceId());
        if (!filter.text().isBlank()) {
            where.append(" AND strpos(lower(concat_ws(' ', a.name, i.name, g.interface, g.purpose");
            where.append(")), lower(:text)) > 0");
            parameters.put("text", filter.text().strip());
        }
        return where.toString();
    }

    private static void equal(
            StringBuilder where, Map<String, Object> parameters, String column, String value) {
        if (!value.isBlank()) {
            where.append(" AND g.").append(column).append(" = :").append(column);
            parameters.put(column, value);
        }
    }

    private GrantUse read(ResultSet row) throws SQLException {
        return new GrantUse(
                row.getString("id"),
                row.getString("application"),
                row.getString("application_name"),
                row.getString("interface"),
                row.getString("interface_name"),
                row.getString("organisation"),
                row.getString("owner"),
                row.getString("state"),
                Objects.requireNonNull(row.getObject("valid_until", OffsetDateTime.class))
                        .toInstant(),
                row.getInt("plausible_days"),
                row.getInt("implausible_days"),
                row.getLong("answered"),
                row.getLong("subjects"),
                row.getBoolean("effective"),
                row.getObject("last_plausible", LocalDate.class),
                DayStore.instant(row, "last_answered"),
                days.reasons(row.getString("reasons")),
                row.getString("reclaim"),
                row.getObject("exempted", LocalDate.class));
    }
}
