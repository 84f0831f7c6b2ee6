package cn.tiaoxi.platform.proof;

import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
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

/** Reads what the published views of the evidence hold. */
@Repository
class ProofStore {
    private static final String HAPPENINGS =
            "(%s UNION ALL %s UNION ALL %s) AS happening"
                    .formatted(HappeningRows.CHANGES, HappeningRows.CALLS, HappeningRows.FINDINGS);
    private static final String CALL_COLUMNS =
            """
            record, time, application, organisation, interface, dataset, owner, sharing_grant,
            purpose, matter, fields, row_count, byte_count, outcome, status, milliseconds, address,
            key, request, ended, over_returned
            """;
    private static final Map<String, String> BY_TIME = Map.of("time", "time");

    private final JdbcClient database;
    private final HappeningRows rows;

    ProofStore(JdbcClient database, HappeningRows rows) {
        this.database = database;
        this.rows = rows;
    }

    /**
     * Which records to show; empty text means no filter.
     *
     * @param reach codes of the organisations whose records may be seen, empty for all
     */
    record Filter(
            Set<String> reach,
            Map<String, String> equal,
            String text,
            @Nullable Instant from,
            @Nullable Instant until) {}

    Page<Happening> happenings(Filter filter, Slice slice) {
        Condition condition = new Condition(filter);
        condition.search("actor || ' ' || action || ' ' || object");
        return page(HAPPENINGS, "*", condition, slice, rows::read, Happening::time, Happening::id);
    }

    Optional<Happening> happening(String id) {
        return database.sql("SELECT * FROM " + HAPPENINGS + " WHERE record::text = :id")
                .param("id", id)
                .query(rows::read)
                .optional();
    }

    List<Happening> ofRequest(String id) {
        return oldestFirst(
                "object = 'request:' || :of OR record IN"
                        + " (SELECT record FROM published.call WHERE request = :of)",
                id);
    }

    List<Happening> doneTo(String object) {
        return oldestFirst("object = :of", object);
    }

    private List<Happening> oldestFirst(String condition, String of) {
        return database.sql(
                        "SELECT * FROM "
                                + HAPPENINGS
                                + " WHERE "
                                + condition
                                + " ORDER BY time, record LIMIT 2000")
                .param("of", of)
                .query(rows::read)
                .list();
    }

    Page<Call> calls(Filter filter, Slice slice) {
        Condition condition = new Condition(filter);
        condition.search("application || ' ' || interface || ' ' || request || ' ' || purpose");
        return page(
                "published.call",
                CALL_COLUMNS,
                condition,
                slice,
                ProofStore::toCall,
                Call::time,
                Call::id);
    }

    Optional<Call> call(String id) {
        return database.sql(
                        "SELECT "
                                + CALL_COLUMNS
                                + " FROM published.call WHERE record::text = :id OR request = :id"
                                + " LIMIT 1")
                .param("id", id)
                .query(ProofStore::toCall)
                .optional();
    }

    List<Disclosure> disclosures(String dataset) {
        return database.sql(
                        """
                        SELECT c.sharing_grant, min(c.application) AS application,
                               min(c.organisation) AS organisation, min(c.purpose) AS purpose,
                               count(*) FILTER (WHERE c.outcome = 'OK') AS calls,
                               count(*) FILTER (WHERE c.outcome <> 'OK') AS refused,
                               coalesce(sum(c.row_count), 0) AS rows,
                               min(c.time) AS first, max(c.time) AS last,
                               (SELECT array_agg(DISTINCT f)
                                  FROM published.call d, unnest(d.fields) AS f
                                 WHERE d.sharing_grant = c.sharing_grant
                                   AND d.outcome = 'OK') AS fields
                          FROM published.call c
                         WHERE c.dataset = :dataset AND c.sharing_grant <> ''
                         GROUP BY c.sharing_grant
                         ORDER BY max(c.time) DESC
                        """)
                .param("dataset", dataset)
                .query(ProofStore::toDisclosure)
                .list();
    }

    /** Organisation that owns the dataset, as the ledger says. */
    Optional<String> owner(String dataset) {
        return database.sql(
                        """
                        SELECT organisation FROM published.ledger_entry
                         WHERE type = 'dataset' AND id::text = :dataset
                        """)
                .param("dataset", dataset)
                .query(String.class)
                .optional();
    }

    private <T> Page<T> page(
            String from,
            String columns,
            Condition condition,
            Slice slice,
            org.springframework.jdbc.core.RowMapper<T> mapper,
            java.util.function.Function<T, Instant> time,
            java.util.function.Function<T, String> id) {
        Slice.Order order = slice.order(BY_TIME, "-time");
        Map<String, Object> parameters = new HashMap<>(condition.parameters);
        long total =
                database.sql("SELECT count(*) FROM " + from + condition.sql)
                        .params(parameters)
                        .query(Long.class)
                        .single();
        parameters.putAll(slice.parameters());
        List<T> found =
                database.sql(
                                "SELECT "
                                        + columns
                                        + " FROM "
                                        + from
                                        + condition.sql
                                        + order.condition(slice, "record", "timestamptz")
                                        + order.clause(slice, "record"))
                        .params(parameters)
                        .query(mapper)
                        .list();
        return slice.page(
                found, total, row -> new Slice.Position(time.apply(row).toString(), id.apply(row)));
    }

    /** Builds a WHERE clause of named parameters; column names come from code alone. */
    private static final class Condition {
        private final StringBuilder sql = new StringBuilder(" WHERE true");
        private final Map<String, Object> parameters = new HashMap<>();
        private final Filter filter;

        Condition(Filter filter) {
            this.filter = filter;
            if (!filter.reach().isEmpty()) {
                add(
                        "(organisation = ANY (:reach::text[]) OR owner = ANY (:reach::text[]))",
                        "reach",
                        filter.reach().toArray(String[]::new));
            }
            filter.equal()
                    .forEach(
                            (column, value) -> {
                                if (!value.isBlank()) {
                                    add(column + " = :" + column, column, value.strip());
                                }
                            });
            Instant from = filter.from();
            if (from != null) {
                add("time >= :from", "from", from.atOffset(ZoneOffset.UTC));
            }
            Instant until = filter.until();
            if (until != null) {
                add("time < :until", "until", until.atOffset(ZoneOffset.UTC));
            }
        }

        void search(String expression) {
            if (!filter.text().isBlank()) {
                add(
                        "position(lower(:text) IN lower(" + expression + ")) > 0",
                        "text",
                        filter.text().strip());
            }
        }

        private void add(String condition, String name, Object value) {
            sql.append(" AND ").append(condition);
            parameters.put(name, value);
        }
    }

    private static Call toCall(ResultSet row, int number) throws SQLException {
        return new Call(
                row.getString("record"),
                row.getObject("time", OffsetDateTime.class).toInstant(),
                row.getString("application"),
                row.getString("organisation"),
                row.getString("interface"),
                row.getString("dataset"),
                row.getString("owner"),
                row.getString("sharing_grant"),
                row.getString("purpose"),
                row.getString("matter"),
                texts(row.getArray("fields")),
                row.getLong("row_count"),
                row.getLong("byte_count"),
                row.getString("outcome"),
                row.getInt("status"),
                row.getDouble("milliseconds"),
                row.getString("address"),
                row.getString("key"),
                row.getString("request"),
                row.getString("ended"),
                row.getLong("over_returned"));
    }

    private static Disclosure toDisclosure(ResultSet row, int number) throws SQLException {
        return new Disclosure(
                row.getString("sharing_grant"),
                row.getString("application"),
                row.getString("organisation"),
                row.getString("purpose"),
                texts(row.getArray("fields")),
                row.getLong("calls"),
                row.getLong("refused"),
                row.getLong("rows"),
                row.getObject("first", OffsetDateTime.class).toInstant(),
                row.getObject("last", OffsetDateTime.class).toInstant());
    }

    private static List<String> texts(@Nullable Array array) throws SQLException {
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }
}
