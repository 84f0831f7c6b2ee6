package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lists straight from the database: of ledgers that a module keeps and of what was removed, which
 * the index does not list.
 */
@Repository
class StoredLists {
    private static final Map<String, String> SORTS =
            Map.of(
                    "title", "title",
                    "code", "code",
                    "organisation", "organisation",
                    "state", "state",
                    "findings", "lpad(finding_count::text, 9, '0')",
                    "score", "lpad((100000000 - lost)::text, 9, '0')",
                    "rows", "lpad(coalesce(facts ->> 'rows', '0'), 18, '0')",
                    "updated",
                            "to_char(updated AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US')");

    private final EntryStore entries;
    private final JdbcClient database;
    private final JsonMapper json;

    StoredLists(EntryStore entries, JdbcClient database, JsonMapper json) {
        this.entries = entries;
        this.database = database;
        this.json = json;
    }

    /** The entries that a filter lets through, part by part. */
    Page<Entry> page(EntryFilter filter, Slice slice) {
        StringBuilder where =
                new StringBuilder(
                        filter.removed()
                                ? " WHERE type = :type AND removed IS NOT NULL"
                                : " WHERE type = :type AND removed IS NULL");
        Map<String, Object> parameters = new HashMap<>(slice.parameters());
        parameters.put("type", filter.type());
        List<String> ids = filter.ids();
        if (ids != null) {
            where.append(" AND id = ANY (:ids::uuid[])");
            parameters.put("ids", ids.toArray(String[]::new));
        }
        if (!filter.organisations().isEmpty()) {
            where.append(" AND organisation = ANY (:organisations::text[])");
            parameters.put("organisations", filter.organisations().toArray(String[]::new));
        }
        if (!filter.state().isEmpty()) {
            where.append(" AND state = :state");
            parameters.put("state", filter.state());
        }
        if (!filter.finding().isEmpty()) {
            where.append(" AND findings @> :finding::jsonb");
            parameters.put(
                    "finding", json.writeValueAsString(List.of(Map.of("rule", filter.finding()))));
        }
        if (!filter.standardised().isEmpty()) {
            where.append(" AND standardised = :standardised");
            parameters.put("standardised", Boolean.parseBoolean(filter.standardised()));
        }
        if (!filter.fields().isEmpty()) {
            where.append(" AND fields @> :fields::jsonb");
            parameters.put("fields", json.writeValueAsString(filter.fields()));
        }
        if (!filter.facts().isEmpty()) {
            where.append(" AND facts @> :facts::jsonb");
            parameters.put("facts", json.writeValueAsString(filter.facts()));
        }
        long total =
                database.sql("SELECT count(*) FROM ledger.entry" + where)
                        .params(parameters)
                        .query(Long.class)
                        .single();
        Slice.Order order = slice.order(SORTS, "-updated");
        record Row(Entry entry, String position) {}
        List<Row> rows =
                database.sql(
                                "SELECT "
                                        + EntryStore.COLUMNS
                                        + ", "
                                        + order.expression()
                                        + " AS position FROM ledger.entry"
                                        + where
                                        + order.condition(slice, "id", "text")
                                        + order.clause(slice, "id"))
                        .params(parameters)
                        .query(
                                (row, n) ->
                                        new Row(entries.entry(row, n), row.getString("position")))
                        .list();
        return slice.page(rows, total, r -> new Slice.Position(r.position(), r.entry().id()))
                .map(Row::entry);
    }
}
