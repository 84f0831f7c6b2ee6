package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.contract.CallLimits;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.identity.Actor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Limits over all grants together, and what gateways have leased, in the database. */
@Repository
class QuotaStore {
    /** Days and months are numbered as {@code serving.lease_calls} numbers them. */
    private static final String SELECT =
            """
            SELECT l.kind, l.subject, l.per_second, l.per_day, l.per_month, l.reason, l.changed,
                   l.changed_by, l.version,
                   coalesce(a.name, i.name, '') AS name,
                   coalesce(a.organisation, i.organisation, l.subject) AS organisation,
                   used.today, used.this_month, used.in_all
              FROM sharing.call_limit l
              LEFT JOIN sharing.application a
                     ON l.kind = 'APPLICATION' AND a.id::text = l.subject
              LEFT JOIN sharing.interface i ON l.kind = 'INTERFACE' AND i.id = l.subject
              LEFT JOIN LATERAL (
            """
                    + used("l.kind || ':' || l.subject")
                    + ") used ON true";

    private static final Map<String, String> SORTS =
            new TreeMap<>(Map.of("changed", "l.changed::text", "subject", "l.subject"));

    private final JdbcClient database;
    private final Organisations organisations;

    QuotaStore(JdbcClient database, Organisations organisations) {
        this.database = database;
        this.organisations = organisations;
    }

    private static String used(String subject) {
        return """
               SELECT max(taken) FILTER (WHERE span = 'DAY' AND number = to_char(
                          now() AT TIME ZONE 'Asia/Shanghai', 'YYYYMMDD')::bigint) AS today,
                      max(taken) FILTER (WHERE span = 'MONTH' AND number = to_char(
                          now() AT TIME ZONE 'Asia/Shanghai', 'YYYYMM')::bigint) AS this_month,
                      max(taken) FILTER (WHERE span = 'WHOLE') AS in_all
                 FROM serving.quota_use WHERE subject = %s
               """
                .formatted(subject);
    }

    Page<Quota> list(String text, Quotas.@Nullable Kind kind, Slice slice) {
        Map<String, Object> parameters = new HashMap<>();
        StringBuilder where = new StringBuilder(" WHERE true");
        if (kind != null) {
            where.append(" AND l.kind = :kind");
            parameters.put("kind", kind.name());
        }
        if (!text.isBlank()) {
            where.append(
                    " AND strpos(lower(l.subject || ' ' || coalesce(a.name, i.name, '') || ' '"
                            + " || l.reason), :text) > 0");
            parameters.put("text", text.strip().toLowerCase(Locale.ROOT));
        }
        Slice.Order order = slice.order(SORTS, "-changed");
        long total =
                database.sql("SELECT count(*) FROM (" + SELECT + where + ") AS found")
                        .params(parameters)
                        .query(Long.class)
                        .single();
        String id = "(l.kind || ':' || l.subject)";
        List<Quota> rows =
                database.sql(
                                SELECT
                                        + where
                                        + order.condition(slice, id, "text")
                                        + order.clause(slice, id))
                        .params(parameters)
                        .params(slice.parameters())
                        .query(this::read)
                        .list();
        boolean bySubject = "subject".equals(slice.sort());
        return slice.page(
                rows,
                total,
                q ->
                        new Slice.Position(
                                bySubject ? q.subject() : q.changed().toString(),
                                q.kind() + ":" + q.subject()));
    }

    Optional<Quota> find(Quotas.Kind kind, String subject) {
        return database.sql(SELECT + " WHERE l.kind = :kind AND l.subject = :subject")
                .param("kind", kind.name())
                .param("subject", subject)
                .query(this::read)
                .optional();
    }

    CallUse used(Quotas.Kind kind, String subject) {
        return database.sql(used(":subject"))
                .param("subject", kind + ":" + subject)
                .query((row, number) -> use(row))
                .single();
    }

    /** The version in force, under a lock until the transaction ends; 0 if there is no limit. */
    long lock(Quotas.Kind kind, String subject) {
        return database.sql(
                        """
                        SELECT version FROM sharing.call_limit
                         WHERE kind = :kind AND subject = :subject FOR UPDATE
                        """)
                .param("kind", kind.name())
                .param("subject", subject)
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    void put(
            Quotas.Kind kind,
            String subject,
            CallLimits limits,
            String reason,
            Actor by,
            Instant now) {
        database.sql(
                        """
                        INSERT INTO sharing.call_limit (kind, subject, per_second, per_day,
                               per_month, reason, changed, changed_by)
                        VALUES (:kind, :subject, :perSecond, :perDay, :perMonth, :reason, :now, :by)
                            ON CONFLICT (kind, subject) DO UPDATE
                           SET per_second = excluded.per_second, per_day = excluded.per_day,
                               per_month = excluded.per_month, reason = excluded.reason,
                               changed = excluded.changed, changed_by = excluded.changed_by,
                               version = call_limit.version + 1
                        """)
                .param("kind", kind.name())
                .param("subject", subject)
                .param("perSecond", limits.perSecond())
                .param("perDay", limits.perDay())
                .param("perMonth", limits.perMonth())
                .param("reason", reason)
                .param("now", Columns.at(now))
                .param("by", by.name())
                .update();
    }

    boolean remove(Quotas.Kind kind, String subject) {
        return database.sql(
                                """
                                DELETE FROM sharing.call_limit
                                 WHERE kind = :kind AND subject = :subject
                                """)
                        .param("kind", kind.name())
                        .param("subject", subject)
                        .update()
                == 1;
    }

    private Quota read(ResultSet row, int number) throws SQLException {
        String subject = row.getString("subject");
        Quotas.Kind kind = Quotas.Kind.valueOf(row.getString("kind"));
        return new Quota(
                kind,
                subject,
                kind == Quotas.Kind.ORGANISATION
                        ? organisations.name(subject)
                        : row.getString("name"),
                row.getString("organisation"),
                new CallLimits(
                        row.getObject("per_second", Integer.class),
                        row.getObject("per_day", Long.class),
                        row.getObject("per_month", Long.class)),
                use(row),
                row.getString("reason"),
                Columns.time(row, "changed"),
                row.getString("changed_by"),
                row.getLong("version"));
    }

    private static CallUse use(ResultSet row) throws SQLException {
        return new CallUse(
                row.getObject("today", Long.class),
                row.getObject("this_month", Long.class),
                row.getObject("in_all", Long.class));
    }
}
