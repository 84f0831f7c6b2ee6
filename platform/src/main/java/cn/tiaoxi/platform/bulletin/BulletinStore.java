package cn.tiaoxi.platform.bulletin;

import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Bulletins in the database. */
@Repository
class BulletinStore {
    private static final String COLUMNS =
            """
            b.month, b.state, b.figures, b.sha256, b.word, b.made, b.made_by, b.made_by_name,
            b.sent, b.sent_by, b.sent_by_name, b.version
            """;

    /** How far the letters within reach are; an empty reach is the whole city. */
    private static final String COUNTED =
            "SELECT "
                    + COLUMNS
                    + """
                      , count(l.id) FILTER (WHERE NOT l.left_out) AS letters,
                        count(l.id) FILTER (WHERE l.left_out) AS left_out,
                        count(l.id) FILTER (WHERE l.state NOT IN ('DRAFT', 'SENT')) AS received,
                        count(l.id) FILTER (WHERE l.state IN ('ANSWERED', 'ACCEPTED')) AS replied,
                        count(l.id) FILTER (WHERE l.state = 'ACCEPTED') AS accepted,
                        count(l.id) FILTER (WHERE l.due < :now
                            AND l.state IN ('SENT', 'ACKNOWLEDGED', 'RETURNED')) AS overdue
                      FROM bulletin.bulletin b
                      LEFT JOIN bulletin.letter l ON l.month = b.month
                           AND (cardinality(:reach::text[]) = 0
                                OR l.organisation = ANY (:reach::text[]))
                    """;

    private final JdbcClient database;
    private final JsonMapper json;

    BulletinStore(JdbcClient database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    /**
     * Adds a draft.
     *
     * @return false if the month has a bulletin; of two who add at once one waits for the other
     */
    boolean add(YearMonth month, Figures figures, Instant made, String by, String byName) {
        return database.sql(
                                """
                                INSERT INTO bulletin.bulletin
                                       (month, state, figures, sha256, made, made_by, made_by_name)
                                VALUES (:month, 'DRAFT', :figures::jsonb,
                                        encode(sha256(convert_to(:figures::jsonb::text, 'UTF8')),
                                               'hex'),
                                        :made, :by, :byName)
                                    ON CONFLICT DO NOTHING
                                """)
                        .param("month", month.atDay(1))
                        .param("figures", json.writeValueAsString(figures))
                        .param("made", time(made))
                        .param("by", by)
                        .param("byName", byName)
                        .update()
                == 1;
    }

    boolean exists(YearMonth month) {
        return database.sql("SELECT count(*) FROM bulletin.bulletin WHERE month = :month")
                        .param("month", month.atDay(1))
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Locks the bulletin until the transaction ends. */
    Optional<Bulletin> lock(YearMonth month) {
        return database.sql(
                        "SELECT "
                                + COLUMNS
                                + " FROM bulletin.bulletin b WHERE b.month = :month FOR UPDATE")
                .param("month", month.atDay(1))
                .query(this::bulletin)
                .optional();
    }

    /** A bulletin with how far the letters within reach are. */
    Optional<Bulletin.Counted> find(YearMonth month, String[] reach, Instant now) {
        return database.sql(COUNTED + " WHERE b.month = :month GROUP BY b.month")
                .param("month", month.atDay(1))
                .param("reach", reach)
                .param("now", time(now))
                .query(this::counted)
                .optional();
    }

    /**
     * Bulletins, newest first.
     *
     * @param drafts whether those that were not sent are among them
     */
    Page<Bulletin.Counted> list(String[] reach, boolean drafts, Instant now, Slice slice) {
        String where =
                """
                 WHERE (:drafts OR b.state = 'SENT')
                   AND (cardinality(:reach::text[]) = 0 OR EXISTS (
                        SELECT 1 FROM bulletin.letter r
                         WHERE r.month = b.month AND NOT r.left_out
                           AND r.organisation = ANY (:reach::text[])))
                """;
        Slice.Order order = slice.order(Map.of("month", "b.month"), "-month");
        Map<String, Object> parameters = new HashMap<>(slice.parameters());
        parameters.put("drafts", drafts);
        parameters.put("reach", reach);
        long total =
                database.sql("SELECT count(*) FROM bulletin.bulletin b" + where)
                        .params(parameters)
                        .query(Long.class)
                        .single();
        List<Bulletin.Counted> rows =
                database.sql(
                                COUNTED
                                        + where
                                        + order.condition(slice, "b.month", "date")
                                        + " GROUP BY b.month"
                                        + order.clause(slice, "b.month"))
                        .params(parameters)
                        .param("now", time(now))
                        .query(this::counted)
                        .list();
        return slice.page(rows, total, c -> position(c.bulletin().month()));
    }

    private static Slice.Position position(YearMonth month) {
        String day = month.atDay(1).toString();
        return new Slice.Position(day, day);
    }

    /** Writes the data office's word. */
    void word(YearMonth month, String word) {
        database.sql(
                        """
                        UPDATE bulletin.bulletin SET word = :word, version = version + 1
                         WHERE month = :month
                        """)
                .param("word", word)
                .param("month", month.atDay(1))
                .update();
    }

    void sent(YearMonth month, Instant now, String by, String byName) {
        database.sql(
                        """
                        UPDATE bulletin.bulletin
                           SET state = 'SENT', sent = :now, sent_by = :by, sent_by_name = :byName,
                               version = version + 1
                         WHERE month = :month
                        """)
                .param("now", time(now))
                .param("by", by)
                .param("byName", byName)
                .param("month", month.atDay(1))
                .update();
    }

    private Bulletin.Counted counted(ResultSet row, int number) throws SQLException {
        return new Bulletin.Counted(
                bulletin(row, number),
                new Bulletin.Counts(
                        row.getLong("letters"),
                        row.getLong("left_out"),
                        row.getLong("received"),
                        row.getLong("replied"),
                        row.getLong("accepted"),
                        row.getLong("overdue")));
    }

    private Bulletin bulletin(ResultSet row, int number) throws SQLException {
        return new Bulletin(
                YearMonth.from(row.getObject("month", LocalDate.class)),
                Bulletin.State.valueOf(row.getString("state")),
                json.readValue(row.getString("figures"), Figures.class),
                row.getString("sha256"),
                row.getString("word"),
                row.getObject("made", OffsetDateTime.class).toInstant(),
                row.getString("made_by"),
                row.getString("made_by_name"),
                instant(row, "sent"),
                row.getString("sent_by"),
                row.getString("sent_by_name"),
                row.getLong("version"));
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
