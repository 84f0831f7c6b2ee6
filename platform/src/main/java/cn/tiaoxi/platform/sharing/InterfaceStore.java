package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.contract.ExportRule;
import cn.tiaoxi.contract.HttpUpstream;
import cn.tiaoxi.contract.Wire;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;

/** Interfaces in the database. */
@Repository
class InterfaceStore {
    private static final String COLUMNS =
            """
            id, name, dataset, dataset_title, organisation, keys, fields, page_limit, state,
            generation, table_name, row_count, error, published, published_by, published_by_name,
            version, upstream, own_sharing, ranges, exports, subject
            """;
    private static final TypeReference<List<ServedField>> FIELDS = new TypeReference<>() {};
    private static final Map<String, String> SORTS =
            new TreeMap<>(Map.of("published", "published::text", "name", "name", "id", "id"));

    private final JdbcClient database;

    InterfaceStore(JdbcClient database) {
        this.database = database;
    }

    /** Which interfaces to list; empty text means no filter. */
    record Filter(String text, String dataset, String organisation, String state) {}

    /** Adds an interface; false if the identifier is taken. */
    boolean add(Interface wanted) {
        return database.sql(
                                """
                                INSERT INTO sharing.interface (id, name, dataset, dataset_title,
                                       organisation, keys, fields, page_limit, state, generation,
                                       published, published_by, published_by_name, upstream,
                                       own_sharing, ranges, exports)
                                VALUES (:id, :name, :dataset, :title, :organisation,
                                       :keys::text[], :fields::jsonb, :pageLimit, :state, 1,
                                       :published, :by, :byName, :upstream::jsonb, :sharing,
                                       :ranges::text[], :exports::jsonb)
                                    ON CONFLICT (id) DO NOTHING
                                """)
                        .param("id", wanted.id())
                        .param("name", wanted.name())
                        .param("dataset", wanted.dataset())
                        .param("title", wanted.datasetTitle())
                        .param("organisation", wanted.organisation())
                        .param("keys", Columns.array(wanted.keys()))
                        .param("fields", Columns.json(wanted.fields()))
                        .param("pageLimit", wanted.pageLimit())
                        .param("state", wanted.state().name())
                        .param("published", Columns.at(wanted.published()))
                        .param("by", wanted.publishedBy())
                        .param("byName", wanted.publishedByName())
                        .param("upstream", upstream(wanted))
                        .param("sharing", wanted.ownSharing())
                        .param("ranges", Columns.array(wanted.ranges()))
                        .param("exports", exports(wanted))
                        .update()
                == 1;
    }

    private static @Nullable String upstream(Interface each) {
        HttpUpstream upstream = each.upstream();
        return upstream == null ? null : Wire.JSON.writeValueAsString(upstream);
    }

    private static @Nullable String exports(Interface each) {
        ExportRule exports = each.exports();
        return exports == null ? null : Wire.JSON.writeValueAsString(exports);
    }

    /** Registers a service otherwise. */
    void change(Interface after) {
        database.sql(
                        """
                        UPDATE sharing.interface
                           SET name = :name, dataset_title = :title, keys = :keys::text[],
                               fields = :fields::jsonb, upstream = :upstream::jsonb,
                               own_sharing = :sharing, generation = generation + 1,
                               version = version + 1
                         WHERE id = :id
                        """)
                .param("name", after.name())
                .param("title", after.datasetTitle())
                .param("keys", Columns.array(after.keys()))
                .param("fields", Columns.json(after.fields()))
                .param("upstream", upstream(after))
                .param("sharing", after.ownSharing())
                .param("id", after.id())
                .update();
    }

    Optional<Interface> find(String id) {
        return database.sql("SELECT " + COLUMNS + " FROM sharing.interface WHERE id = :id")
                .param("id", id)
                .query(InterfaceStore::read)
                .optional();
    }

    Optional<Interface> lock(String id) {
        return database.sql(
                        "SELECT " + COLUMNS + " FROM sharing.interface WHERE id = :id FOR UPDATE")
                .param("id", id)
                .query(InterfaceStore::read)
                .optional();
    }

    List<Interface> ofDataset(String dataset) {
        return database.sql(
                        "SELECT "
                                + COLUMNS
                                + " FROM sharing.interface WHERE dataset = :dataset ORDER BY id")
                .param("dataset", dataset)
                .query(InterfaceStore::read)
                .list();
    }

    List<String> toMaterialise() {
        return database.sql(
                        "SELECT id FROM sharing.interface WHERE state = 'MATERIALISING' ORDER BY id")
                .query(String.class)
                .list();
    }

    Page<Interface> list(Filter filter, Slice slice) {
        Map<String, Object> parameters = new HashMap<>();
        String where = where(filter, parameters);
        Slice.Order order = slice.order(SORTS, "-published");
        long total =
                database.sql("SELECT count(*) FROM sharing.interface" + where)
                        .params(parameters)
                        .query(Long.class)
                        .single();
        List<Interface> rows =
                database.sql(
                                "SELECT "
                                        + COLUMNS
                                        + " FROM sharing.interface"
                                        + where
                                        + order.condition(slice, "id", "text")
                                        + order.clause(slice, "id"))
                        .params(parameters)
                        .params(slice.parameters())
                        .query(InterfaceStore::read)
                        .list();
        return slice.page(rows, total, i -> new Slice.Position(sortValue(order, i), i.id()));
    }

    private String sortValue(Slice.Order order, Interface each) {
        return switch (order.expression()) {
            case "name" -> each.name();
            case "id" -> each.id();
            default ->
                    database.sql("SELECT :at::timestamptz::text")
                            .param("at", Columns.at(each.published()))
                            .query(String.class)
                            .single();
        };
    }

    private static String where(Filter filter, Map<String, Object> parameters) {
        StringBuilder where = new StringBuilder(" WHERE true");
        if (!filter.text().isBlank()) {
            where.append(
                    " AND strpos(lower(id || ' ' || name || ' ' || dataset_title), :text) > 0");
            parameters.put("text", filter.text().strip().toLowerCase(java.util.Locale.ROOT));
        }
        equal(where, parameters, "dataset", filter.dataset());
        equal(where, parameters, "organisation", filter.organisation());
        equal(where, parameters, "state", filter.state());
        return where.toString();
    }

    private static void equal(
            StringBuilder where, Map<String, Object> parameters, String column, String value) {
        if (!value.isBlank()) {
            where.append(" AND ").append(column).append(" = :").append(column);
            parameters.put(column, value);
        }
    }

    /** Moves to another state, if the version still is the one given. */
    boolean move(Interface before, Interface.State state, int generation) {
        return database.sql(
                                """
                                UPDATE sharing.interface
                                   SET state = :state, generation = :generation, error = NULL,
                                       version = version + 1
                                 WHERE id = :id AND version = :version
                                """)
                        .param("state", state.name())
                        .param("generation", generation)
                        .param("id", before.id())
                        .param("version", before.version())
                        .update()
                == 1;
    }

    /** Lets the policy's items of all interfaces be made anew. */
    void touchAll() {
        database.sql(
                        """
                        SELECT count(sharing.touch_policy('INTERFACE', id)) FROM sharing.interface
                        """)
                .query(Long.class)
                .single();
    }

    /** Writes down what the fields are called, and how sensitive they are now. */
    void describe(Interface each, List<ServedField> fields, @Nullable Subject subject) {
        database.sql(
                        """
                        UPDATE sharing.interface
                           SET fields = :fields::jsonb, subject = :subject::jsonb,
                               version = version + 1
                         WHERE id = :id
                        """)
                .param("fields", Columns.json(fields))
                .param("subject", subject == null ? null : Columns.json(subject))
                .param("id", each.id())
                .update();
    }

    /** Puts a finished table into service, unless something else was asked for meanwhile. */
    boolean serve(
            Interface each, List<ServedField> fields, Subject subject, String table, long rows) {
        return database.sql(
                                """
                                UPDATE sharing.interface
                                   SET state = 'LIVE', fields = :fields::jsonb,
                                       subject = :subject::jsonb, table_name = :table,
                                       row_count = :rows, error = NULL, version = version + 1
                                 WHERE id = :id AND generation = :generation
                                   AND state = 'MATERIALISING'
                                """)
                        .param("fields", Columns.json(fields))
                        .param("subject", Columns.json(subject))
                        .param("table", table)
                        .param("rows", rows)
                        .param("id", each.id())
                        .param("generation", each.generation())
                        .update()
                == 1;
    }

    boolean fail(Interface each, String error) {
        return database.sql(
                                """
                                UPDATE sharing.interface
                                   SET state = 'FAILED', error = :error, version = version + 1
                                 WHERE id = :id AND generation = :generation
                                   AND state = 'MATERIALISING'
                                """)
                        .param("error", error)
                        .param("id", each.id())
                        .param("generation", each.generation())
                        .update()
                == 1;
    }

    void retire(String table, long policyVersion, Instant now) {
        database.sql(
                        """
                        INSERT INTO sharing.retired_table (table_name, policy_version, retired)
                        VALUES (:table, :version, :now)
                        """)
                .param("table", table)
                .param("version", policyVersion)
                .param("now", Columns.at(now))
                .update();
    }

    /** Tables that no gateway seen since then can still be reading. */
    List<String> droppable(Instant retiredBefore, Instant seenSince) {
        return database.sql(
                        """
                        SELECT t.table_name FROM sharing.retired_table t
                         WHERE t.retired < :retired
                           AND NOT EXISTS (SELECT 1 FROM sharing.gateway g
                                            WHERE g.last_seen > :seen
                                              AND g.policy_version < t.policy_version)
                        """)
                .param("retired", Columns.at(retiredBefore))
                .param("seen", Columns.at(seenSince))
                .query(String.class)
                .list();
    }

    void drop(String table) {
        database.sql("DROP TABLE IF EXISTS serving." + table).update();
        database.sql("DELETE FROM sharing.retired_table WHERE table_name = :table")
                .param("table", table)
                .update();
    }

    /** How many grants on each interface are in force. */
    Map<String, Long> grants(Instant now) {
        Map<String, Long> counts = new HashMap<>();
        database.sql(
                        """
                        SELECT interface, count(*) AS count FROM sharing.sharing_grant
                         WHERE revoked IS NULL AND valid_until > :now AND NOT trial
                         GROUP BY interface
                        """)
                .param("now", Columns.at(now))
                .query(
                        (ResultSet row) -> {
                            counts.put(row.getString("interface"), row.getLong("count"));
                        });
        return counts;
    }

    private static Interface read(ResultSet row, int number) throws SQLException {
        return new Interface(
                row.getString("id"),
                row.getString("name"),
                row.getString("dataset"),
                row.getString("dataset_title"),
                row.getString("organisation"),
                Columns.list(row, "keys"),
                Columns.read(row.getString("fields"), FIELDS),
                row.getInt("page_limit"),
                Interface.State.valueOf(row.getString("state")),
                row.getInt("generation"),
                row.getString("table_name"),
                row.getLong("row_count"),
                row.getString("error"),
                Columns.time(row, "published"),
                row.getString("published_by"),
                row.getString("published_by_name"),
                row.getLong("version"),
                Columns.upstream(row),
                row.getString("own_sharing"),
                Columns.list(row, "ranges"),
                Columns.exports(row),
                Columns.subject(row));
    }
}
