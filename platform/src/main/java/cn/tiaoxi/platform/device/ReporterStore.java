package cn.tiaoxi.platform.device;

import cn.tiaoxi.platform.border.Identifiers;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reporters in the database. */
@Repository
class ReporterStore {
    private static final String SELECT =
            """
            SELECT r.id, r.name, r.organisation, r.token_start, r.created, r.created_by,
                   r.last_used, r.revoked, coalesce(t.accepted, 0) AS accepted,
                   coalesce(t.refused, 0) AS refused
            """;
    private static final String FROM =
            """
              FROM device.reporter r
              LEFT JOIN (SELECT reporter,
                                sum(row_count) FILTER (WHERE outcome = 'ACCEPTED') AS accepted,
                                sum(row_count) FILTER (WHERE outcome <> 'ACCEPTED') AS refused
                           FROM device.tally WHERE day = :today GROUP BY reporter) t
                     ON t.reporter = r.id::text
            """;

    private final JdbcClient database;

    ReporterStore(JdbcClient database) {
        this.database = database;
    }

    /** Adds a reporter; false if the organisation has one of that name whose token holds. */
    boolean add(Reporter reporter, byte[] hash) {
        return database.sql(
                                """
                                INSERT INTO device.reporter
                                       (id, name, organisation, token_hash, token_start, created,
                                        created_by)
                                VALUES (:id::uuid, :name, :organisation, :hash, :start, :created,
                                        :createdBy)
                                    ON CONFLICT DO NOTHING
                                """)
                        .param("id", reporter.id())
                        .param("name", reporter.name())
                        .param("organisation", reporter.organisation())
                        .param("hash", hash)
                        .param("start", reporter.tokenStart())
                        .param("created", reporter.created().atOffset(ZoneOffset.UTC))
                        .param("createdBy", reporter.createdBy())
                        .update()
                == 1;
    }

    /** Takes the token away; false if it was already. */
    boolean revoke(String id, String by, Instant now) {
        return database.sql(
                                """
                                UPDATE device.reporter SET revoked = :now, revoked_by = :by
                                 WHERE id = :id::uuid AND revoked IS NULL
                                """)
                        .param("id", id)
                        .param("by", by)
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    Optional<Reporter> find(String id, LocalDate today) {
        return Identifiers.isIdentifier(id)
                ? database.sql(SELECT + FROM + " WHERE r.id = :id::uuid")
                        .param("id", id)
                        .param("today", today)
                        .query(ReporterStore::read)
                        .optional()
                : Optional.empty();
    }

    /** Whose token that is, while it holds. */
    record Holder(String id, String organisation) {}

    Optional<Holder> holder(byte[] hash) {
        return database.sql(
                        """
                        SELECT id::text AS id, organisation FROM device.reporter
                         WHERE token_hash = :hash AND revoked IS NULL
                        """)
                .param("hash", hash)
                .query(Holder.class)
                .optional();
    }

    /**
     * Part of the list, those that may report first.
     *
     * @param organisations only those of these; empty means all
     */
    Page<Reporter> list(Set<String> organisations, Slice slice, LocalDate today) {
        Slice.Order order =
                slice.order(
                        Map.of(
                                "name", "(r.revoked IS NOT NULL)::int || r.name",
                                "organisation", "r.organisation"),
                        "name");
        String where =
                organisations.isEmpty()
                        ? " WHERE true"
                        : " WHERE r.organisation = ANY (:organisations::text[])";
        Map<String, Object> parameters = new HashMap<>(slice.parameters());
        parameters.put("organisations", organisations.toArray(String[]::new));
        parameters.put("today", today);
        record Row(Reporter reporter, String position) {}
        List<Row> rows =
                database.sql(
                                SELECT
                                        + ", "
                                        + order.expression()
                                        + " AS position"
                                        + FROM
                                        + where
                                        + order.condition(slice, "r.id", "text")
                                        + order.clause(slice, "r.id"))
                        .params(parameters)
                        .query((row, n) -> new Row(read(row, n), row.getString("position")))
                        .list();
        long total =
                database.sql("SELECT count(*) FROM device.reporter r" + where)
                        .params(parameters)
                        .query(Long.class)
                        .single();
        return slice.page(rows, total, r -> new Slice.Position(r.position(), r.reporter().id()))
                .map(Row::reporter);
    }

    /** Rows by outcome and day, newest day first. */
    List<Tally> tallies(String reporter, LocalDate from) {
        return database.sql(
                        """
                        SELECT day, outcome, row_count AS rows FROM device.tally
                         WHERE reporter = :reporter AND day >= :from ORDER BY day DESC, outcome
                        """)
                .param("reporter", reporter)
                .param("from", from)
                .query(Tally.class)
                .list();
    }

    private static Reporter read(ResultSet row, int number) throws SQLException {
        return new Reporter(
                row.getString("id"),
                row.getString("name"),
                row.getString("organisation"),
                row.getString("token_start"),
                row.getObject("created", OffsetDateTime.class).toInstant(),
                row.getString("created_by"),
                instant(row, "last_used"),
                instant(row, "revoked"),
                row.getLong("accepted"),
                row.getLong("refused"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
