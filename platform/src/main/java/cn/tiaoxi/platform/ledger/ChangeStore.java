package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The history of entries in the database. */
@Repository
class ChangeStore {
    private static final String SELECT =
            """
            SELECT version, time, username, name, organisation, action, reason, differences, batch
              FROM ledger.change
            """;
    private static final TypeReference<List<Change.Difference>> DIFFERENCES =
            new TypeReference<>() {};

    private final JdbcClient database;
    private final JsonMapper json;

    ChangeStore(JdbcClient database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    void add(String entry, Change change) {
        database.sql(
                        """
                        INSERT INTO ledger.change
                               (entry, version, time, username, name, organisation, action, reason,
                                differences, batch)
                        VALUES (:entry::uuid, :version, :time, :username, :name, :organisation,
                                :action, :reason, :differences::jsonb, :batch::uuid)
                        """)
                .param("entry", entry)
                .param("version", change.version())
                .param("time", change.time().atOffset(ZoneOffset.UTC))
                .param("username", change.author().username())
                .param("name", change.author().name())
                .param("organisation", change.author().organisation())
                .param("action", change.action())
                .param("reason", change.reason())
                .param("differences", json.writeValueAsString(change.changes()))
                .param("batch", change.batch())
                .update();
    }

    /** The history, newest first. */
    Page<Change> history(String entry, Slice slice) {
        Slice.Order order = slice.order(Map.of("version", "version"), "-version");
        Map<String, Object> parameters = new HashMap<>(slice.parameters());
        parameters.put("entry", entry);
        long total =
                database.sql("SELECT count(*) FROM ledger.change WHERE entry = :entry::uuid")
                        .param("entry", entry)
                        .query(Long.class)
                        .single();
        List<Change> rows =
                database.sql(
                                SELECT
                                        + " WHERE entry = :entry::uuid"
                                        + order.condition(slice, "version", "bigint")
                                        + order.clause(slice, "version"))
                        .params(parameters)
                        .query(this::change)
                        .list();
        return slice.page(
                rows,
                total,
                c -> new Slice.Position(Long.toString(c.version()), Long.toString(c.version())));
    }

    /** The changes after a version, newest first. */
    List<Change> after(String entry, long version) {
        return database.sql(
                        SELECT
                                + """
                                 WHERE entry = :entry::uuid AND version > :version
                                 ORDER BY version DESC
                                """)
                .param("entry", entry)
                .param("version", version)
                .query(this::change)
                .list();
    }

    /** The entries of a batch, with the version that each got by it. */
    Map<String, Long> batch(String batch) {
        Map<String, Long> versions = new HashMap<>();
        database.sql("SELECT entry, version FROM ledger.change WHERE batch = :batch::uuid")
                .param("batch", batch)
                .query((row, n) -> versions.put(row.getString("entry"), row.getLong("version")))
                .list();
        return versions;
    }

    private Change change(ResultSet row, int number) throws SQLException {
        @Nullable String reason = row.getString("reason");
        @Nullable String batch = row.getString("batch");
        return new Change(
                row.getLong("version"),
                row.getObject("time", OffsetDateTime.class).toInstant(),
                new Author(
                        row.getString("username"),
                        row.getString("name"),
                        row.getString("organisation")),
                row.getString("action"),
                reason,
                json.readValue(row.getString("differences"), DIFFERENCES),
                batch);
    }
}
