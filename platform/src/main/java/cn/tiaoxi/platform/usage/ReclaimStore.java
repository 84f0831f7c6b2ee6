package cn.tiaoxi.platform.usage;

import static cn.tiaoxi.platform.usage.DayStore.instant;

import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.border.Words;
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
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Cases of idle grants in the database. Each change of state is guarded by the state before. */
@Repository
class ReclaimStore {
    private static final String COLUMNS =
            """
            id::text AS id, sharing_grant::text AS sharing_grant, organisation, owner, title_zh,
            title_en, grade, idle_since, idle_days, state, opened, claim, claimed, claimed_by,
            claimed_by_name, decision_reason, settled, settled_by, settled_by_name, kept_until,
            restorable, version
            """;
    private static final String OPEN = "state IN ('ASKED', 'LAST_CALL', 'CLAIMED', 'DOUBTFUL')";
    private static final Map<String, String> SORTS =
            new TreeMap<>(
                    Map.of(
                            "opened", "opened",
                            "idleDays", "idle_days::double precision",
                            "organisation", "organisation"));

    private final JdbcClient database;

    ReclaimStore(JdbcClient database) {
        this.database = database;
    }

    /**
     * Which cases. Empty texts filter nothing.
     *
     * @param received codes of receiving organisations in reach, empty for all, null for none
     * @param given codes of giving organisations in reach, empty for all, null for none
     * @param state a state, {@code OPEN} or {@code SETTLED}
     */
    record Filter(
            @Nullable Collection<String> received,
            @Nullable Collection<String> given,
            String state,
            String organisation,
            String owner,
            String text) {}

    /** Opens a case; false if the grant has an open one. */
    boolean open(ReclaimCase one) {
        return database.sql(
                                """
                                INSERT INTO usage.reclaim
                                       (id, sharing_grant, organisation, owner, title_zh, title_en,
                                        grade, idle_since, idle_days, state, opened)
                                VALUES (:id::uuid, :grant::uuid, :organisation, :owner, :zh, :en,
                                        :grade, :since, :days, 'ASKED', :opened)
                                    ON CONFLICT DO NOTHING
                                """)
                        .param("id", one.id())
                        .param("grant", one.grant())
                        .param("organisation", one.organisation())
                        .param("owner", one.owner())
                        .param("zh", one.title().zh())
                        .param("en", one.title().en())
                        .param("grade", one.grade())
                        .param("since", one.idleSince())
                        .param("days", one.idleDays())
                        .param("opened", at(one.opened()))
                        .update()
                == 1;
    }

    Optional<ReclaimCase> find(String id) {
        return database.sql("SELECT " + COLUMNS + " FROM usage.reclaim WHERE id = :id::uuid")
                .param("id", id)
                .query(ReclaimStore::read)
                .optional();
    }

    /** The grant's open case. */
    Optional<ReclaimCase> openOf(String grant) {
        return database.sql(
                        "SELECT "
                                + COLUMNS
                                + " FROM usage.reclaim WHERE sharing_grant = :grant::uuid AND "
                                + OPEN)
                .param("grant", grant)
                .query(ReclaimStore::read)
                .optional();
    }

    /** All cases of a grant, the newest first. */
    List<ReclaimCase> ofGrant(String grant) {
        return database.sql(
                        "SELECT "
                                + COLUMNS
                                + " FROM usage.reclaim WHERE sharing_grant = :grant::uuid"
                                + " ORDER BY opened DESC, id")
                .param("grant", grant)
                .query(ReclaimStore::read)
                .list();
    }

    /** Open cases whose grants were used since, or ended. */
    List<ReclaimCase> over(String zone, Instant now) {
        return database.sql(
                        "SELECT "
                                + COLUMNS
                                + " FROM usage.reclaim r WHERE "
                                + OPEN
                                + """
                                   AND (EXISTS (SELECT 1 FROM usage.standing s
                                                 WHERE s.sharing_grant = r.sharing_grant
                                                   AND s.last_plausible
                                                       >= (r.opened AT TIME ZONE :zone)::date)
                                    OR NOT EXISTS (SELECT 1 FROM published.sharing_grant g
                                                    WHERE g.id = r.sharing_grant
                                                      AND g.state = 'ACTIVE'
                                                      AND g.valid_until > :now))
                                  """)
                .param("zone", zone)
                .param("now", at(now))
                .query(ReclaimStore::read)
                .list();
    }

    long openedSince(Instant since) {
        return database.sql("SELECT count(*) FROM usage.reclaim WHERE opened >= :since")
                .param("since", at(since))
                .query(Long.class)
                .single();
    }

    boolean lastCall(String id) {
        return database.sql(
                                """
                                UPDATE usage.reclaim
                                   SET state = 'LAST_CALL', version = version + 1
                                 WHERE id = :id::uuid AND state = 'ASKED'
                                """)
                        .param("id", id)
                        .update()
                == 1;
    }

    boolean doubtful(String id) {
        return database.sql(
                                """
                                UPDATE usage.reclaim
                                   SET state = 'DOUBTFUL', version = version + 1
                                 WHERE id = :id::uuid AND state = 'LAST_CALL'
                                """)
                        .param("id", id)
                        .update()
                == 1;
    }

    boolean claim(String id, ReclaimCase.Act act, String claim) {
        return database.sql(
                                """
                                UPDATE usage.reclaim
                                   SET state = 'CLAIMED', claim = :claim, claimed = :time,
                                       claimed_by = :by, claimed_by_name = :byName,
                                       version = version + 1
                                 WHERE id = :id::uuid AND state IN ('ASKED', 'LAST_CALL')
                                """)
                        .params(parameters(id, act))
                        .param("claim", claim)
                        .update()
                == 1;
    }

    /**
     * Ends a case.
     *
     * @param before states in which it may stand now
     * @param keptUntil until which day the grant is left alone, or null
     * @param restorable last day on which the grant can be restored, or null
     */
    boolean settle(
            String id,
            Collection<ReclaimCase.State> before,
            ReclaimCase.State state,
            ReclaimCase.Act act,
            String reason,
            @Nullable LocalDate keptUntil,
            @Nullable LocalDate restorable) {
        return database.sql(
                                """
                                UPDATE usage.reclaim
                                   SET state = :state, settled = :time, settled_by = :by,
                                       settled_by_name = :byName, decision_reason = :reason,
                                       kept_until = :kept::date, restorable = :restorable::date,
                                       version = version + 1
                                 WHERE id = :id::uuid AND state = ANY (:before::text[])
                                """)
                        .params(parameters(id, act))
                        .param("state", state.name())
                        .param("reason", reason)
                        .param("kept", keptUntil)
                        .param("restorable", restorable)
                        .param("before", before.stream().map(Enum::name).toArray(String[]::new))
                        .update()
                == 1;
    }

    private static Map<String, Object> parameters(String id, ReclaimCase.Act act) {
        return Map.of("id", id, "time", at(act.time()), "by", act.by(), "byName", act.byName());
    }

    Page<ReclaimCase> list(Filter filter, Slice slice) {
        Map<String, Object> parameters = new HashMap<>();
        StringBuilder where = new StringBuilder(" WHERE (false");
        reach(where, parameters, "organisation", filter.received());
        reach(where, parameters, "owner", filter.given());
        where.append(")");
        switch (filter.state()) {
            case "" -> {}
            case "OPEN" -> where.append(" AND ").append(OPEN);
            case "SETTLED" -> where.append(" AND NOT ").append(OPEN);
            default -> equal(where, parameters, "state", filter.state());
        }
        equal(where, parameters, "organisation", filter.organisation());
        equal(where, parameters, "owner", filter.owner());
        if (!filter.text().isBlank()) {
            where.append(" AND strpos(lower(title_zh || ' ' || title_en), lower(:text)) > 0");
            parameters.put("text", filter.text().strip());
        }
        Slice.Order order = slice.order(SORTS, "-opened");
        long total =
                database.sql("SELECT count(*) FROM usage.reclaim" + where)
                        .params(parameters)
                        .query(Long.class)
                        .single();
        String cast =
                switch (order.expression()) {
                    case "opened" -> "timestamptz";
                    case "organisation" -> "text";
                    default -> "double precision";
                };
        record Row(ReclaimCase one, String position) {}
        List<Row> rows =
                database.sql(
                                "SELECT "
                                        + COLUMNS
                                        + ", ("
                                        + order.expression()
                                        + ")::text AS position FROM usage.reclaim"
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

    static void reach(
            StringBuilder where,
            Map<String, Object> parameters,
            String column,
            @Nullable Collection<String> codes) {
        if (codes == null) {
            return;
        }
        if (codes.isEmpty()) {
            where.append(" OR true");
            return;
        }
        String parameter = "reach" + column.replace('.', '_');
        where.append(" OR ").append(column).append(" = ANY (:").append(parameter);
        where.append("::text[])");
        parameters.put(parameter, codes.toArray(String[]::new));
    }

    private static void equal(
            StringBuilder where, Map<String, Object> parameters, String column, String value) {
        if (!value.isBlank()) {
            where.append(" AND ").append(column).append(" = :").append(column);
            parameters.put(column, value);
        }
    }

    void addEvent(String id, ReclaimCase.Event event) {
        database.sql(
                        """
                        INSERT INTO usage.reclaim_event
                               (reclaim, time, actor, actor_name, action, text)
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

    List<ReclaimCase.Event> events(String id) {
        return database.sql(
                        """
                        SELECT time, actor, actor_name, action, text
                          FROM usage.reclaim_event WHERE reclaim = :id::uuid ORDER BY id
                        """)
                .param("id", id)
                .query(
                        (row, n) ->
                                new ReclaimCase.Event(
                                        Objects.requireNonNull(instant(row, "time")),
                                        row.getString("actor"),
                                        row.getString("actor_name"),
                                        row.getString("action"),
                                        row.getString("text")))
                .list();
    }

    private static OffsetDateTime at(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    private static ReclaimCase read(ResultSet row, int number) throws SQLException {
        return new ReclaimCase(
                row.getString("id"),
                row.getString("sharing_grant"),
                row.getString("organisation"),
                row.getString("owner"),
                new Words(row.getString("title_zh"), row.getString("title_en")),
                row.getInt("grade"),
                row.getObject("idle_since", LocalDate.class),
                row.getInt("idle_days"),
                ReclaimCase.State.valueOf(row.getString("state")),
                Objects.requireNonNull(instant(row, "opened")),
                act(row, "claimed"),
                row.getString("claim"),
                act(row, "settled"),
                row.getString("decision_reason"),
                row.getObject("kept_until", LocalDate.class),
                row.getObject("restorable", LocalDate.class),
                row.getLong("version"));
    }

    private static ReclaimCase.@Nullable Act act(ResultSet row, String what) throws SQLException {
        Instant time = instant(row, what);
        return time == null
                ? null
                : new ReclaimCase.Act(
                        time, row.getString(what + "_by"), row.getString(what + "_by_name"));
    }
}
