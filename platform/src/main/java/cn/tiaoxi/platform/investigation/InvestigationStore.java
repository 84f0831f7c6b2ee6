package cn.tiaoxi.platform.investigation;

import cn.tiaoxi.lake.source.SourceLayout;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.identity.Actor;
import cn.tiaoxi.platform.investigation.Investigation.Consent;
import cn.tiaoxi.platform.investigation.Investigation.LeakedFile;
import cn.tiaoxi.platform.investigation.Investigation.State;
import cn.tiaoxi.platform.investigation.Investigation.Type;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Investigations in the database. */
@Repository
class InvestigationStore {
    private static final Map<String, String> SORTS = Map.of("opened", "opened", "number", "number");
    private static final TypeReference<HashMap<String, Long>> DIGESTS = new TypeReference<>() {};

    private final JdbcClient database;
    private final NamedParameterJdbcTemplate batches;
    private final JsonMapper json;

    InvestigationStore(JdbcClient database, NamedParameterJdbcTemplate batches, JsonMapper json) {
        this.database = database;
        this.batches = batches;
        this.json = json;
    }

    /** Adds one; its number is made up by the database. */
    void add(Investigation each) {
        database.sql(
                        """
                        INSERT INTO investigation.investigation
                               (id, type, state, dataset, grade, reason, basis, kind, shown,
                                digests, opened, opened_by, opened_by_name, organisation)
                        VALUES (:id::uuid, :type, :state, :dataset, :grade, :reason, :basis, :kind,
                                :shown, :digests::jsonb, :opened, :by, :byName, :organisation)
                        """)
                .param("id", each.id())
                .param("type", each.type().name())
                .param("state", each.state().name())
                .param("dataset", each.dataset())
                .param("grade", each.grade())
                .param("reason", each.reason())
                .param("basis", each.basis())
                .param("kind", each.kind())
                .param("shown", each.shown())
                .param("digests", json.writeValueAsString(each.digests()))
                .param("opened", at(each.opened()))
                .param("by", each.openedBy())
                .param("byName", each.openedByName())
                .param("organisation", each.organisation())
                .update();
    }

    Optional<Investigation> find(String id) {
        return database.sql("SELECT * FROM investigation.investigation WHERE id::text = :id")
                .param("id", id)
                .query(this::read)
                .optional();
    }

    Optional<Investigation> lock(String id) {
        return database.sql(
                        "SELECT * FROM investigation.investigation WHERE id::text = :id FOR UPDATE")
                .param("id", id)
                .query(this::read)
                .optional();
    }

    Page<Investigation> list(String text, String type, String state, Slice slice) {
        String where =
                """
                 WHERE (:type = '' OR type = :type) AND (:state = '' OR state = :state)
                   AND (:text = '' OR strpos(lower(number || ' ' || reason || ' ' || basis || ' '
                        || shown || ' ' || file_name || ' ' || opened_by_name), :text) > 0)
                """;
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("type", type);
        parameters.put("state", state);
        parameters.put("text", text.strip().toLowerCase(java.util.Locale.ROOT));
        Slice.Order order = slice.order(SORTS, "-opened");
        boolean byTime = order.expression().equals("opened");
        long total =
                database.sql("SELECT count(*) FROM investigation.investigation" + where)
                        .params(parameters)
                        .query(Long.class)
                        .single();
        parameters.putAll(slice.parameters());
        List<Investigation> rows =
                database.sql(
                                "SELECT * FROM investigation.investigation"
                                        + where
                                        + order.condition(
                                                slice, "id", byTime ? "timestamptz" : "bigint")
                                        + order.clause(slice, "id"))
                        .params(parameters)
                        .query(this::read)
                        .list();
        return slice.page(
                rows,
                total,
                i ->
                        new Slice.Position(
                                byTime ? i.opened().toString() : Long.toString(i.number()),
                                i.id()));
    }

    void file(String id, LeakedFile file, State next) {
        database.sql(
                        """
                        UPDATE investigation.investigation
                           SET file_name = :name, file_bytes = :bytes, file_sha256 = :sha256,
                               layout = :layout, state = :state
                         WHERE id = :id::uuid
                        """)
                .param("name", file.name())
                .param("bytes", file.bytes())
                .param("sha256", file.sha256())
                .param("layout", json.writeValueAsString(file.layout()))
                .param("state", next.name())
                .param("id", id)
                .update();
    }

    void consent(String id, Actor actor, String reason, Instant now, State next) {
        database.sql(
                        """
                        UPDATE investigation.investigation
                           SET consented = :now, consented_by = :by, consented_by_name = :byName,
                               consent_reason = :reason, state = :state
                         WHERE id = :id::uuid
                        """)
                .param("now", at(now))
                .param("by", actor.username())
                .param("byName", actor.name())
                .param("reason", reason)
                .param("state", next.name())
                .param("id", id)
                .update();
    }

    void end(String id, State state, String error, @Nullable LeakResult result, Instant now) {
        database.sql(
                        """
                        UPDATE investigation.investigation
                           SET state = :state, error = :error, result = :result::jsonb,
                               finished = :now, progress = 1
                         WHERE id = :id::uuid
                        """)
                .param("state", state.name())
                .param("error", error)
                .param("result", result == null ? null : json.writeValueAsString(result))
                .param("now", at(now))
                .param("id", id)
                .update();
    }

    void found(String id, List<LeakResult.Held> deliveries) {
        batches.batchUpdate(
                """
                INSERT INTO investigation.hit (investigation, delivery, rows)
                VALUES (:id::uuid, :delivery, :rows)
                    ON CONFLICT (investigation, delivery) DO NOTHING
                """,
                deliveries.stream()
                        .map(
                                held ->
                                        new MapSqlParameterSource("id", id)
                                                .addValue("delivery", held.delivery())
                                                .addValue("rows", held.rows()))
                        .toArray(SqlParameterSource[]::new));
    }

    /** Takes one that waits, or that a platform which died has left; nothing if there is none. */
    Optional<Investigation> claim(Instant now, Instant deadSince) {
        return database.sql(
                        """
                        UPDATE investigation.investigation
                           SET state = 'RUNNING', alive = :now, progress = 0
                         WHERE id = (SELECT id FROM investigation.investigation
                                      WHERE state = 'WAITING'
                                         OR state = 'RUNNING' AND alive < :dead
                                      ORDER BY number LIMIT 1 FOR UPDATE SKIP LOCKED)
                        RETURNING *
                        """)
                .param("now", at(now))
                .param("dead", at(deadSince))
                .query(this::read)
                .optional();
    }

    /** Notes how far one is; false if it was cancelled. */
    boolean progress(String id, double done, Instant now) {
        return database.sql(
                                """
                                UPDATE investigation.investigation
                                   SET progress = :done, alive = :now
                                 WHERE id = :id::uuid AND state = 'RUNNING'
                                """)
                        .param("done", done)
                        .param("now", at(now))
                        .param("id", id)
                        .update()
                == 1;
    }

    /** Identifiers of those whose file is still needed. */
    List<String> withFile() {
        return database.sql(
                        """
                        SELECT id::text FROM investigation.investigation
                         WHERE type = 'LEAK' AND state IN
                               ('AWAITING_FILE', 'AWAITING_CONSENT', 'WAITING', 'RUNNING')
                        """)
                .query(String.class)
                .list();
    }

    private Investigation read(ResultSet row, int number) throws SQLException {
        String digests = row.getString("digests");
        String layout = row.getString("layout");
        String result = row.getString("result");
        Instant consented = instant(row, "consented");
        return new Investigation(
                row.getString("id"),
                row.getLong("number"),
                Type.valueOf(row.getString("type")),
                State.valueOf(row.getString("state")),
                row.getString("dataset"),
                row.getString("grade"),
                row.getString("reason"),
                row.getString("basis"),
                row.getString("kind"),
                row.getString("shown"),
                digests == null ? Map.of() : json.readValue(digests, DIGESTS),
                layout == null
                        ? null
                        : new LeakedFile(
                                row.getString("file_name"),
                                row.getLong("file_bytes"),
                                row.getString("file_sha256"),
                                json.readValue(layout, SourceLayout.class)),
                row.getObject("opened", OffsetDateTime.class).toInstant(),
                row.getString("opened_by"),
                row.getString("opened_by_name"),
                row.getString("organisation"),
                consented == null
                        ? null
                        : new Consent(
                                consented,
                                row.getString("consented_by"),
                                row.getString("consented_by_name"),
                                row.getString("consent_reason")),
                row.getDouble("progress"),
                instant(row, "finished"),
                row.getString("error"),
                result == null ? null : json.readValue(result, LeakResult.class));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static OffsetDateTime at(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
