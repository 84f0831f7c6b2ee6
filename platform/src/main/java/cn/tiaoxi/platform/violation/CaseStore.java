package cn.tiaoxi.platform.violation;

import static cn.tiaoxi.platform.violation.WindowStore.texts;

import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.border.Words;
import cn.tiaoxi.platform.violation.ViolationCase.Act;
import cn.tiaoxi.platform.violation.ViolationCase.State;
import cn.tiaoxi.platform.violation.ViolationRule.Against;
import cn.tiaoxi.platform.violation.ViolationRule.Severity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Cases in the database. Each change of state is guarded by the state before. */
@Repository
class CaseStore {
    private static final String SELECT =
            """
            SELECT id::text AS id, number, rule, rule_zh, rule_en, against, subject, subject_name,
                   organisation, severity, state, opened, found, answer, answer_false, answered,
                   answered_by, answered_by_name, judgement, judgement_reason, judged, judged_by,
                   judged_by_name, rectify_due, rectification, proof, rectified, rectified_by,
                   rectified_by_name, settled, version%s
              FROM violation.violation
            """;
    private static final Map<String, String> SORTS =
            new TreeMap<>(
                    Map.of(
                            "opened", "opened",
                            "found", "found",
                            "severity", "severity::double precision",
                            "organisation", "organisation"));

    private final JdbcClient database;
    private final NamedParameterJdbcTemplate batches;
    private final JsonMapper json;

    CaseStore(JdbcClient database, NamedParameterJdbcTemplate batches, JsonMapper json) {
        this.database = database;
        this.batches = batches;
        this.json = json;
    }

    long nextNumber() {
        return database.sql("SELECT nextval('violation.case_number')").query(Long.class).single();
    }

    void add(ViolationCase one) {
        database.sql(
                        """
                        INSERT INTO violation.violation
                               (id, number, rule, rule_zh, rule_en, against, subject,
                                subject_name, organisation, severity, state, opened, found)
                        VALUES (:id::uuid, :number, :rule, :zh, :en, :against, :subject, :name,
                                :organisation, :severity, :state, :opened, :opened)
                        """)
                .param("id", one.id())
                .param("number", one.number())
                .param("rule", one.rule())
                .param("zh", one.ruleName().zh())
                .param("en", one.ruleName().en())
                .param("against", one.against().name())
                .param("subject", one.subject())
                .param("name", one.subjectName())
                .param("organisation", one.organisation())
                .param("severity", one.severity().ordinal() + 1)
                .param("state", one.state().name())
                .param("opened", at(one.opened()))
                .update();
    }

    Optional<ViolationCase> find(String id) {
        return database.sql(SELECT.formatted("") + " WHERE id = :id::uuid")
                .param("id", id)
                .query(CaseStore::read)
                .optional();
    }

    /** The open case of a rule against one. */
    Optional<ViolationCase> openOf(String rule, String subject) {
        return database.sql(
                        SELECT.formatted("")
                                + " WHERE rule = :rule AND subject = :subject AND settled IS NULL")
                .param("rule", rule)
                .param("subject", subject)
                .query(CaseStore::read)
                .optional();
    }

    /** Notes a window in which the rule fired; true if it is a new one. */
    boolean put(String id, Tally tally) {
        Boolean added =
                batches.queryForObject(
                        """
                INSERT INTO violation.finding
                VALUES (:id::uuid, :window, :amount, :first, :last, :grants::text[],
                        :keys::text[], :interfaces::text[], :samples::jsonb)
                    ON CONFLICT (violation, window_start) DO UPDATE
                   SET amount = excluded.amount, first = excluded.first, last = excluded.last,
                       grants = excluded.grants, keys = excluded.keys,
                       interfaces = excluded.interfaces, samples = excluded.samples
                RETURNING xmax = 0
                """,
                        WindowStore.row(tally, json).addValue("id", id),
                        Boolean.class);
        return Boolean.TRUE.equals(added);
    }

    void raise(String id, Severity severity, Instant now) {
        database.sql(
                        """
                        UPDATE violation.violation
                           SET severity = :severity, found = :now, version = version + 1
                         WHERE id = :id::uuid
                        """)
                .param("severity", severity.ordinal() + 1)
                .param("now", at(now))
                .param("id", id)
                .update();
    }

    /** What was found, the newest first. */
    List<ViolationCase.Finding> findings(String id) {
        return database.sql(
                        """
                        SELECT window_start, amount, first, last, grants, keys, interfaces, samples
                          FROM violation.finding WHERE violation = :id::uuid
                         ORDER BY window_start DESC
                        """)
                .param("id", id)
                .query(
                        (row, n) ->
                                new ViolationCase.Finding(
                                        WindowStore.instant(row, "window_start"),
                                        row.getLong("amount"),
                                        WindowStore.instant(row, "first"),
                                        WindowStore.instant(row, "last"),
                                        texts(row, "grants"),
                                        texts(row, "keys"),
                                        texts(row, "interfaces"),
                                        json.readValue(
                                                row.getString("samples"), WindowStore.SAMPLES)))
                .list();
    }

    /** Whether the rule fired in a window that began after a moment. */
    boolean isFoundAfter(String id, Instant moment) {
        return database.sql(
                        """
                        SELECT EXISTS (SELECT FROM violation.finding
                                        WHERE violation = :id::uuid AND window_start > :moment)
                        """)
                .param("id", id)
                .param("moment", at(moment))
                .query(Boolean.class)
                .single();
    }

    boolean answer(String id, Act act, String answer, boolean falseAlarm) {
        return change(
                id,
                State.NOTICED,
                State.JUDGING,
                "answer = :answer, answer_false = :false, answered = :time, answered_by = :by,"
                        + " answered_by_name = :byName",
                parameters(act, Map.of("answer", answer, "false", falseAlarm)));
    }

    boolean judge(
            String id,
            State after,
            Act act,
            ViolationCase.Judgement judgement,
            String reason,
            @Nullable Instant due) {
        Map<String, Object> more = new HashMap<>();
        more.put("judgement", judgement.name());
        more.put("reason", reason);
        more.put("due", due == null ? null : at(due));
        more.put("settledAt", after.isOpen() ? null : at(act.time()));
        return change(
                id,
                State.JUDGING,
                after,
                "judgement = :judgement, judgement_reason = :reason, judged = :time,"
                        + " judged_by = :by, judged_by_name = :byName,"
                        + " rectify_due = coalesce(:due::timestamptz, rectify_due),"
                        + " settled = :settledAt::timestamptz",
                parameters(act, more));
    }

    boolean rectify(String id, Act act, String text, String proof) {
        return change(
                id,
                State.RECTIFYING,
                State.RECHECKING,
                "rectification = :text, proof = :proof, rectified = :time, rectified_by = :by,"
                        + " rectified_by_name = :byName",
                parameters(act, Map.of("text", text, "proof", proof)));
    }

    boolean move(String id, State before, State after, Instant now) {
        return change(
                id,
                before,
                after,
                "settled = :settledAt::timestamptz",
                new HashMap<>(
                        after.isOpen()
                                ? java.util.Collections.singletonMap("settledAt", null)
                                : Map.of("settledAt", at(now))));
    }

    private boolean change(
            String id, State before, State after, String columns, Map<String, Object> parameters) {
        return database.sql(
                                "UPDATE violation.violation SET state = :after, "
                                        + columns
                                        + ", version = version + 1"
                                        + " WHERE id = :id::uuid AND state = :before")
                        .params(parameters)
                        .param("after", after.name())
                        .param("before", before.name())
                        .param("id", id)
                        .update()
                == 1;
    }

    private static Map<String, Object> parameters(Act act, Map<String, ?> more) {
        Map<String, Object> all = new HashMap<>(more);
        all.put("time", at(act.time()));
        all.put("by", act.by());
        all.put("byName", act.byName());
        return all;
    }

    /**
     * Which cases. Empty texts filter nothing.
     *
     * @param reach codes of organisations in reach, empty for all
     * @param state a state, {@code OPEN} or {@code SETTLED}
     */
    record Filter(
            Collection<String> reach,
            String state,
            String rule,
            String organisation,
            @Nullable Severity severity,
            String application,
            String interfaceId,
            String grant,
            String text) {}

    Page<ViolationCase> list(Filter filter, Slice slice) {
        Map<String, Object> parameters = new HashMap<>();
        StringBuilder where = new StringBuilder(" WHERE true");
        if (!filter.reach().isEmpty()) {
            where.append(" AND organisation = ANY (:reach::text[])");
            parameters.put("reach", filter.reach().toArray(String[]::new));
        }
        switch (filter.state()) {
            case "" -> {}
            case "OPEN" -> where.append(" AND settled IS NULL");
            case "SETTLED" -> where.append(" AND settled IS NOT NULL");
            default -> add(where, parameters, "state = :state", "state", filter.state());
        }
        add(where, parameters, "rule = :rule", "rule", filter.rule());
        add(where, parameters, "organisation = :org", "org", filter.organisation());
        Severity severity = filter.severity();
        if (severity != null) {
            where.append(" AND severity = ").append(severity.ordinal() + 1);
        }
        add(
                where,
                parameters,
                "against = 'APPLICATION' AND subject = :app",
                "app",
                filter.application());
        add(
                where,
                parameters,
                ABOUT + ":lookup = ANY (f.interfaces))",
                "lookup",
                filter.interfaceId());
        add(where, parameters, ABOUT + ":grant = ANY (f.grants))", "grant", filter.grant());
        add(
                where,
                parameters,
                "strpos(lower(number || ' ' || rule_zh || ' ' || rule_en || ' ' || subject_name"
                        + " || ' ' || subject), lower(:text)) > 0",
                "text",
                filter.text().strip());
        return page(where.toString(), parameters, slice);
    }

    private static final String ABOUT =
            "EXISTS (SELECT FROM violation.finding f WHERE f.violation = violation.id AND ";

    private static void add(
            StringBuilder where,
            Map<String, Object> parameters,
            String condition,
            String name,
            String value) {
        if (!value.isBlank()) {
            where.append(" AND ").append(condition);
            parameters.put(name, value);
        }
    }

    private Page<ViolationCase> page(String where, Map<String, Object> parameters, Slice slice) {
        Slice.Order order = slice.order(SORTS, "-opened");
        long total =
                database.sql("SELECT count(*) FROM violation.violation" + where)
                        .params(parameters)
                        .query(Long.class)
                        .single();
        String cast =
                switch (order.expression()) {
                    case "opened", "found" -> "timestamptz";
                    case "organisation" -> "text";
                    default -> "double precision";
                };
        record Row(ViolationCase one, String position) {}
        String position = ", (" + order.expression() + ")::text AS position";
        List<Row> rows =
                database.sql(
                                SELECT.formatted(position)
                                        + where
                                        + order.condition(slice, "id", cast)
                                        + order.clause(slice, "id"))
                        .params(parameters)
                        .params(slice.parameters())
                        .query((row, n) -> new Row(read(row, n), row.getString("position")))
                        .list();
        return slice.page(rows, total, r -> new Slice.Position(r.position(), r.one().id()))
                .map(Row::one);
    }

    void addEvent(String id, ViolationCase.Event event) {
        database.sql(
                        """
                        INSERT INTO violation.event
                               (violation, time, actor, actor_name, action, text)
                        VALUES (:id::uuid, :time, :actor, :name, :action, :text)
                        """)
                .param("id", id)
                .param("time", at(event.time()))
                .param("actor", event.actor())
                .param("name", event.actorName())
                .param("action", event.action())
                .param("text", event.text())
                .update();
    }

    List<ViolationCase.Event> events(String id) {
        return database.sql(
                        """
                        SELECT time, actor, actor_name, action, text
                          FROM violation.event WHERE violation = :id::uuid ORDER BY id
                        """)
                .param("id", id)
                .query(
                        (row, n) ->
                                new ViolationCase.Event(
                                        WindowStore.instant(row, "time"),
                                        row.getString("actor"),
                                        row.getString("actor_name"),
                                        row.getString("action"),
                                        row.getString("text")))
                .list();
    }

    static OffsetDateTime at(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static @Nullable Act act(ResultSet row, String column) throws SQLException {
        Instant time = instant(row, column);
        return time == null
                ? null
                : new Act(time, row.getString(column + "_by"), row.getString(column + "_by_name"));
    }

    private static ViolationCase read(ResultSet row, int number) throws SQLException {
        String judgement = row.getString("judgement");
        return new ViolationCase(
                row.getString("id"),
                row.getString("number"),
                row.getString("rule"),
                new Words(row.getString("rule_zh"), row.getString("rule_en")),
                Against.valueOf(row.getString("against")),
                row.getString("subject"),
                row.getString("subject_name"),
                row.getString("organisation"),
                Severity.values()[row.getInt("severity") - 1],
                State.valueOf(row.getString("state")),
                WindowStore.instant(row, "opened"),
                WindowStore.instant(row, "found"),
                act(row, "answered"),
                row.getString("answer"),
                row.getBoolean("answer_false"),
                act(row, "judged"),
                judgement == null ? null : ViolationCase.Judgement.valueOf(judgement),
                row.getString("judgement_reason"),
                instant(row, "rectify_due"),
                act(row, "rectified"),
                row.getString("rectification"),
                row.getString("proof"),
                instant(row, "settled"),
                row.getLong("version"));
    }
}
