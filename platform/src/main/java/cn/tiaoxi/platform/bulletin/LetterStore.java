package cn.tiaoxi.platform.bulletin;

import static cn.tiaoxi.platform.bulletin.BulletinStore.instant;
import static cn.tiaoxi.platform.bulletin.BulletinStore.time;

import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.city.Organisation;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Letters of bulletins in the database. Each change of state is guarded by the state before. */
@Repository
class LetterStore {
    private static final String COLUMNS =
            """
            id, month, organisation, kind, entries, standardised, score, change, place, places,
            sha256, left_out, state, sent, due, acknowledged, acknowledged_by,
            acknowledged_by_name, answered, answered_by, answered_by_name, measures, mended_by,
            decided, decided_by, decided_by_name, decided_reason, version
            """;

    private static final String RATE = "(standardised::double precision / entries)";

    private static final Map<String, String> SORTS =
            new TreeMap<>(
                    Map.of(
                            "organisation", "organisation",
                            "place", "place::double precision",
                            "rate", RATE,
                            "score", "(score / entries)",
                            "entries", "entries::double precision",
                            "change", "coalesce(change, 0)",
                            "due", "coalesce(extract(epoch FROM due)::double precision, 0)"));

    private final JdbcClient database;
    private final JsonMapper json;

    LetterStore(JdbcClient database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    /**
     * Which letters of a month. Empty texts and arrays filter nothing.
     *
     * @param reach codes of organisations
     * @param named codes of organisations whose name was searched for; null filters nothing
     * @param leftOut whether those that are not sent are among them
     */
    record Filter(
            YearMonth month,
            Collection<String> reach,
            @Nullable Collection<String> named,
            String kind,
            String state,
            boolean overdue,
            boolean leftOut,
            Instant now) {}

    void add(String id, YearMonth month, FigureMaker.ForOrganisation letter) {
        Figures figures = letter.figures();
        database.sql(
                        """
                        INSERT INTO bulletin.letter
                               (id, month, organisation, kind, entries, standardised, score, change,
                                place, places, figures, sha256, state)
                        VALUES (:id::uuid, :month, :organisation, :kind, :entries, :standardised,
                                :score, :change, :place, :places, :figures::jsonb,
                                encode(sha256(convert_to(:figures::jsonb::text, 'UTF8')), 'hex'),
                                'DRAFT')
                        """)
                .param("id", id)
                .param("month", month.atDay(1))
                .param("organisation", letter.organisation().code())
                .param("kind", letter.organisation().kind().name())
                .param("entries", figures.own().entries())
                .param("standardised", figures.own().standardised())
                .param("score", figures.own().score())
                .param("change", Figures.change(figures.own(), figures.before()))
                .param("place", letter.place())
                .param("places", letter.places())
                .param("figures", json.writeValueAsString(figures))
                .update();
    }

    Optional<Letter> find(String id) {
        return database.sql("SELECT " + COLUMNS + " FROM bulletin.letter WHERE id = :id::uuid")
                .param("id", id)
                .query(LetterStore::letter)
                .optional();
    }

    /** The frozen figures, as they are kept. */
    String figuresText(String id) {
        return database.sql("SELECT figures::text FROM bulletin.letter WHERE id = :id::uuid")
                .param("id", id)
                .query(String.class)
                .single();
    }

    Figures figures(String id) {
        return json.readValue(figuresText(id), Figures.class);
    }

    /** All letters of a month, in the order of their organisations. */
    List<Letter> ofMonth(YearMonth month) {
        return database.sql(
                        "SELECT "
                                + COLUMNS
                                + " FROM bulletin.letter WHERE month = :month"
                                + " ORDER BY organisation")
                .param("month", month.atDay(1))
                .query(LetterStore::letter)
                .list();
    }

    Page<Letter> list(Filter filter, Slice slice) {
        String where =
                """
                 WHERE month = :month AND (:leftOut OR NOT left_out)
                   AND (cardinality(:reach::text[]) = 0 OR organisation = ANY (:reach::text[]))
                   AND (:anyName OR organisation = ANY (:named::text[]))
                   AND (:kind = '' OR kind = :kind) AND (:state = '' OR state = :state)
                   AND (NOT :overdue OR due < :now
                        AND state IN ('SENT', 'ACKNOWLEDGED', 'RETURNED'))
                """;
        Slice.Order order = slice.order(SORTS, "place");
        Map<String, Object> parameters = new HashMap<>(slice.parameters());
        Collection<String> named = filter.named();
        parameters.put("month", filter.month().atDay(1));
        parameters.put("leftOut", filter.leftOut());
        parameters.put("reach", filter.reach().toArray(String[]::new));
        parameters.put("anyName", named == null);
        parameters.put("named", named == null ? new String[0] : named.toArray(String[]::new));
        parameters.put("kind", filter.kind());
        parameters.put("state", filter.state());
        parameters.put("overdue", filter.overdue());
        parameters.put("now", filter.now().atOffset(java.time.ZoneOffset.UTC));
        long total =
                database.sql("SELECT count(*) FROM bulletin.letter" + where)
                        .params(parameters)
                        .query(Long.class)
                        .single();
        String cast = order.expression().equals("organisation") ? "text" : "double precision";
        record Row(Letter letter, String position) {}
        List<Row> rows =
                database.sql(
                                "SELECT "
                                        + COLUMNS
                                        + ", ("
                                        + order.expression()
                                        + ")::text AS position FROM bulletin.letter"
                                        + where
                                        + order.condition(slice, "id", cast)
                                        + order.clause(slice, "id"))
                        .params(parameters)
                        .query((row, n) -> new Row(letter(row, n), row.getString("position")))
                        .list();
        return slice.page(rows, total, r -> new Slice.Position(r.position(), r.letter().id()))
                .map(Row::letter);
    }

    /** Leaves out just these organisations of a draft; the others of the month go out again. */
    void leaveOut(YearMonth month, Collection<String> organisations) {
        database.sql(
                        """
                        UPDATE bulletin.letter
                           SET left_out = organisation = ANY (:organisations::text[]),
                               version = version + 1
                         WHERE month = :month
                           AND left_out <> (organisation = ANY (:organisations::text[]))
                        """)
                .param("organisations", organisations.toArray(String[]::new))
                .param("month", month.atDay(1))
                .update();
    }

    void sent(String id, Instant now, Instant due) {
        database.sql(
                        """
                        UPDATE bulletin.letter
                           SET state = 'SENT', sent = :now, due = :due, version = version + 1
                         WHERE id = :id::uuid AND state = 'DRAFT'
                        """)
                .param("now", time(now))
                .param("due", time(due))
                .param("id", id)
                .update();
    }

    boolean acknowledge(String id, Letter.Act act) {
        return database.sql(
                                """
                                UPDATE bulletin.letter
                                   SET state = 'ACKNOWLEDGED', acknowledged = :time,
                                       acknowledged_by = :by, acknowledged_by_name = :byName,
                                       version = version + 1
                                 WHERE id = :id::uuid AND state = 'SENT'
                                """)
                        .params(parameters(id, act))
                        .update()
                == 1;
    }

    boolean answer(String id, Letter.Act act, String measures, LocalDate mendedBy) {
        return database.sql(
                                """
                                UPDATE bulletin.letter
                                   SET state = 'ANSWERED', answered = :time, answered_by = :by,
                                       answered_by_name = :byName, measures = :measures,
                                       mended_by = :mendedBy, version = version + 1
                                 WHERE id = :id::uuid AND state IN ('ACKNOWLEDGED', 'RETURNED')
                                """)
                        .params(parameters(id, act))
                        .param("measures", measures)
                        .param("mendedBy", mendedBy)
                        .update()
                == 1;
    }

    /**
     * Accepts or returns an answer.
     *
     * @param due when another answer is due, null where none is wanted
     */
    boolean decide(
            String id, Letter.State state, Letter.Act act, String reason, @Nullable Instant due) {
        return database.sql(
                                """
                                UPDATE bulletin.letter
                                   SET state = :state, decided = :time, decided_by = :by,
                                       decided_by_name = :byName, decided_reason = :reason,
                                       due = coalesce(:due::timestamptz, due),
                                       version = version + 1
                                 WHERE id = :id::uuid AND state = 'ANSWERED'
                                """)
                        .params(parameters(id, act))
                        .param("state", state.name())
                        .param("reason", reason)
                        .param("due", time(due))
                        .update()
                == 1;
    }

    private static Map<String, Object> parameters(String id, Letter.Act act) {
        return Map.of(
                "id",
                id,
                "time",
                act.time().atOffset(java.time.ZoneOffset.UTC),
                "by",
                act.by(),
                "byName",
                act.byName());
    }

    void addEvent(String letter, Letter.Event event) {
        database.sql(
                        """
                        INSERT INTO bulletin.event (letter, time, actor, actor_name, action, text)
                        VALUES (:letter::uuid, :time, :actor, :name, :action, :text)
                        """)
                .param("letter", letter)
                .param("time", time(event.time()))
                .param("actor", event.actor())
                .param("name", event.actorName())
                .param("action", event.action())
                .param("text", event.text())
                .update();
    }

    List<Letter.Event> events(String letter) {
        return database.sql(
                        """
                        SELECT time, actor, actor_name, action, text
                          FROM bulletin.event WHERE letter = :letter::uuid ORDER BY id
                        """)
                .param("letter", letter)
                .query(
                        (row, n) ->
                                new Letter.Event(
                                        row.getObject("time", java.time.OffsetDateTime.class)
                                                .toInstant(),
                                        row.getString("actor"),
                                        row.getString("actor_name"),
                                        row.getString("action"),
                                        row.getString("text")))
                .list();
    }

    private static Letter letter(ResultSet row, int number) throws SQLException {
        return new Letter(
                row.getString("id"),
                YearMonth.from(row.getObject("month", LocalDate.class)),
                row.getString("organisation"),
                Organisation.Kind.valueOf(row.getString("kind")),
                new Rate(
                        row.getLong("entries"),
                        row.getLong("standardised"),
                        row.getDouble("score")),
                row.getObject("change", Double.class),
                row.getInt("place"),
                row.getInt("places"),
                row.getString("sha256"),
                row.getBoolean("left_out"),
                Letter.State.valueOf(row.getString("state")),
                instant(row, "sent"),
                instant(row, "due"),
                act(row, "acknowledged"),
                act(row, "answered"),
                row.getString("measures"),
                row.getObject("mended_by", LocalDate.class),
                act(row, "decided"),
                row.getString("decided_reason"),
                row.getLong("version"));
    }

    private static Letter.@Nullable Act act(ResultSet row, String what) throws SQLException {
        Instant time = instant(row, what);
        return time == null
                ? null
                : new Letter.Act(
                        time, row.getString(what + "_by"), row.getString(what + "_by_name"));
    }
}
