package cn.tiaoxi.platform.flow;

import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.border.Words;
import cn.tiaoxi.platform.identity.Actor;
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
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Processes, tasks and clocks in the database. */
@Repository
class FlowStore {
    private static final String TASK =
            """
            id, subject, node, kind, title_zh, title_en, link, permission, organisation, person,
            created, due, escalated
            """;
    private static final String INSTANCE = "subject, engine_id, definition, ended, path";

    /** Who holds a permission for the whole city sees a task of others only once it escalated. */
    private static final String MINE =
            """
             done IS NULL
             AND (person = :username
                  OR person IS NULL
                     AND (jsonb_exists(:reach::jsonb -> permission, organisation)
                          OR permission = ANY (:everywhere::text[])
                             AND (escalated IS NOT NULL OR organisation = :own)))
            """;

    private static final Map<String, String> SORTS =
            new TreeMap<>(
                    Map.of("due", "coalesce(due, 'infinity'::timestamptz)", "created", "created"));

    private final JdbcClient database;
    private final JsonMapper json;

    FlowStore(JdbcClient database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    /** A running or ended process; the path is kept once its history is pruned. */
    record Instance(
            String subject,
            String engineId,
            String definition,
            @Nullable Instant ended,
            @Nullable List<String> path) {}

    /** What a clock is for. */
    enum ClockKind {
        REMINDER,
        ESCALATION
    }

    /** A clock that went off. */
    record DueClock(long id, ClockKind kind, FlowTask task) {}

    void started(String subject, String engineId, String definition, Instant now) {
        database.sql(
                        """
                        INSERT INTO flow.instance (subject, engine_id, definition, started)
                        VALUES (:subject, :engineId, :definition, :now)
                        """)
                .param("subject", subject)
                .param("engineId", engineId)
                .param("definition", definition)
                .param("now", time(now))
                .update();
    }

    Optional<Instance> find(String subject) {
        return database.sql("SELECT " + INSTANCE + " FROM flow.instance WHERE subject = :subject")
                .param("subject", subject)
                .query(FlowStore::instance)
                .optional();
    }

    /** Locks the process until the transaction ends. */
    Optional<Instance> lock(String subject) {
        return database.sql(
                        "SELECT "
                                + INSTANCE
                                + " FROM flow.instance WHERE subject = :subject FOR UPDATE")
                .param("subject", subject)
                .query(FlowStore::instance)
                .optional();
    }

    void ended(String subject, Instant now) {
        database.sql("UPDATE flow.instance SET ended = :now WHERE subject = :subject")
                .param("now", time(now))
                .param("subject", subject)
                .update();
    }

    List<Instance> toPrune(Instant endedBefore, int limit) {
        return database.sql(
                        "SELECT "
                                + INSTANCE
                                + """
                                   FROM flow.instance
                                  WHERE path IS NULL AND ended < :before
                                  ORDER BY ended LIMIT :limit FOR UPDATE SKIP LOCKED
                                """)
                .param("before", time(endedBefore))
                .param("limit", limit)
                .query(FlowStore::instance)
                .list();
    }

    void keepPath(String subject, List<String> path) {
        database.sql("UPDATE flow.instance SET path = :path::text[] WHERE subject = :subject")
                .param("path", path.toArray(String[]::new))
                .param("subject", subject)
                .update();
    }

    void add(FlowTask task) {
        database.sql(
                        """
                        INSERT INTO flow.task (id, subject, node, kind, title_zh, title_en, link,
                               permission, organisation, person, created, due)
                        VALUES (:id, :subject, :node, :kind, :titleZh, :titleEn, :link,
                               :permission, :organisation, :person, :created, :due)
                        """)
                .param("id", task.id())
                .param("subject", task.subject())
                .param("node", task.node())
                .param("kind", task.kind())
                .param("titleZh", task.title().zh())
                .param("titleEn", task.title().en())
                .param("link", task.link())
                .param("permission", task.permission())
                .param("organisation", task.organisation())
                .param("person", task.person())
                .param("created", time(task.created()))
                .param("due", time(task.due()))
                .update();
    }

    FlowTask get(String id) {
        return database.sql("SELECT " + TASK + " FROM flow.task WHERE id = :id")
                .param("id", id)
                .query(FlowStore::task)
                .single();
    }

    List<FlowTask> open(String subject) {
        return database.sql(
                        "SELECT "
                                + TASK
                                + " FROM flow.task WHERE subject = :subject AND done IS NULL"
                                + " ORDER BY created, id")
                .param("subject", subject)
                .query(FlowStore::task)
                .list();
    }

    /** Closes a task; its clocks go off no more. */
    void done(String id, Instant now, String by) {
        database.sql("UPDATE flow.task SET done = :now, done_by = :by WHERE id = :id")
                .param("now", time(now))
                .param("by", by)
                .param("id", id)
                .update();
        database.sql("DELETE FROM flow.clock WHERE task = :id AND fired IS NULL")
                .param("id", id)
                .update();
    }

    void escalated(String id, Instant now) {
        database.sql("UPDATE flow.task SET escalated = coalesce(escalated, :now) WHERE id = :id")
                .param("now", time(now))
                .param("id", id)
                .update();
    }

    /** What waits for that person, by their permissions. */
    Page<FlowTask> tasks(Actor actor, Slice slice) {
        Map<String, Object> parameters = reach(actor);
        Slice.Order order = slice.order(SORTS, "due");
        long total =
                database.sql("SELECT count(*) FROM flow.task WHERE" + MINE)
                        .params(parameters)
                        .query(Long.class)
                        .single();
        List<FlowTask> rows =
                database.sql(
                                "SELECT "
                                        + TASK
                                        + " FROM flow.task WHERE"
                                        + MINE
                                        + order.condition(slice, "id", "timestamptz")
                                        + order.clause(slice, "id"))
                        .params(parameters)
                        .params(slice.parameters())
                        .query(FlowStore::task)
                        .list();
        boolean byCreation = order.expression().equals("created");
        return slice.page(
                rows,
                total,
                task -> {
                    Instant at = byCreation ? task.created() : task.due();
                    return new Slice.Position(at == null ? "infinity" : at.toString(), task.id());
                });
    }

    /** Whether a task waits for that person, by the same rule as the list. */
    boolean concerns(FlowTask task, Actor actor) {
        return database.sql("SELECT count(*) FROM flow.task WHERE id = :id AND" + MINE)
                        .param("id", task.id())
                        .params(reach(actor))
                        .query(Long.class)
                        .single()
                > 0;
    }

    private Map<String, Object> reach(Actor actor) {
        Map<String, Set<String>> near = new HashMap<>();
        actor.permissions()
                .forEach(
                        (permission, organisations) -> {
                            if (!organisations.isEmpty()) {
                                near.put(permission, organisations);
                            }
                        });
        String[] everywhere =
                actor.permissions().keySet().stream()
                        .filter(actor::mayEverywhere)
                        .toArray(String[]::new);
        return Map.of(
                "username", actor.username(),
                "reach", json.writeValueAsString(near),
                "everywhere", everywhere,
                "own", actor.organisation());
    }

    void addClock(String task, ClockKind kind, Instant due) {
        database.sql(
                        """
                        INSERT INTO flow.clock (task, kind, due, not_before)
                        VALUES (:task, :kind, :due, :due)
                        """)
                .param("task", task)
                .param("kind", kind.name())
                .param("due", time(due))
                .update();
    }

    /**
     * The clock that is due longest, with its process locked; passes over processes that somebody
     * else is moving.
     */
    Optional<DueClock> claim(Instant now) {
        return database.sql(
                        """
                        SELECT c.id AS clock, c.kind AS clock_kind, t.*
                          FROM flow.clock c
                          JOIN flow.task t ON t.id = c.task
                          JOIN flow.instance i ON i.subject = t.subject
                         WHERE c.fired IS NULL AND c.not_before <= :now AND t.done IS NULL
                         ORDER BY c.not_before, c.id
                         LIMIT 1 FOR UPDATE OF i, c SKIP LOCKED
                        """)
                .param("now", time(now))
                .query(
                        (row, n) ->
                                new DueClock(
                                        row.getLong("clock"),
                                        ClockKind.valueOf(row.getString("clock_kind")),
                                        task(row, n)))
                .optional();
    }

    void fired(long clock, Instant now) {
        database.sql("UPDATE flow.clock SET fired = :now WHERE id = :clock")
                .param("now", time(now))
                .param("clock", clock)
                .update();
    }

    /** Puts a clock off that could not be handled; it is tried again. */
    void postpone(long clock, Instant until) {
        database.sql(
                        """
                        UPDATE flow.clock SET attempts = attempts + 1, not_before = :until
                         WHERE id = :clock AND fired IS NULL
                        """)
                .param("until", time(until))
                .param("clock", clock)
                .update();
    }

    private static FlowTask task(ResultSet row, int number) throws SQLException {
        return new FlowTask(
                row.getString("id"),
                row.getString("subject"),
                row.getString("node"),
                row.getString("kind"),
                new Words(row.getString("title_zh"), row.getString("title_en")),
                row.getString("link"),
                row.getString("permission"),
                row.getString("organisation"),
                row.getString("person"),
                row.getObject("created", OffsetDateTime.class).toInstant(),
                instant(row, "due"),
                instant(row, "escalated"));
    }

    private static Instance instance(ResultSet row, int number) throws SQLException {
        var path = row.getArray("path");
        return new Instance(
                row.getString("subject"),
                row.getString("engine_id"),
                row.getString("definition"),
                instant(row, "ended"),
                path == null ? null : List.of((String[]) path.getArray()));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
