package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.border.Characters;
import cn.tiaoxi.platform.border.Identifiers;
import cn.tiaoxi.platform.evidence.Evidence;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What people say about entries. */
@Service
public class Comments {
    private static final int LONGEST = 2_000;
    private static final int MOST_SHOWN = 500;
    private static final String SELECT =
            "SELECT id, entry, time, username, name, organisation, text FROM ledger.comment";

    private final JdbcClient database;
    private final Evidence evidence;
    private final Clock clock;

    Comments(JdbcClient database, Evidence evidence, Clock clock) {
        this.database = database;
        this.evidence = evidence;
        this.clock = clock;
    }

    /** The newest comments on an entry, oldest first. */
    public List<Comment> of(Entry entry) {
        return database.sql(
                        SELECT
                                + """
                                 WHERE entry = :entry::uuid AND removed IS NULL
                                 ORDER BY time DESC, id LIMIT :limit
                                """)
                .param("entry", entry.id())
                .param("limit", MOST_SHOWN)
                .query(Comments::comment)
                .list()
                .reversed();
    }

    /**
     * Says something about an entry.
     *
     * @throws BorderException if the text is blank, too long or has hidden characters
     */
    @Transactional
    public Comment add(Author author, Entry entry, String text) {
        String kept = text.strip().replace("\r\n", "\n");
        if (kept.isEmpty()) {
            throw BorderException.invalid("text", "border.required");
        }
        if (kept.codePointCount(0, kept.length()) > LONGEST) {
            throw BorderException.invalid("text", "border.tooLong", LONGEST);
        }
        if (Characters.hasHidden(kept, "\n\t")) {
            throw BorderException.invalid("text", "ledger.controlCharacter");
        }
        Comment comment =
                new Comment(Identifiers.next(), entry.id(), clock.instant(), author, kept);
        database.sql(
                        """
                        INSERT INTO ledger.comment
                               (id, entry, time, username, name, organisation, text)
                        VALUES (:id::uuid, :entry::uuid, :time, :username, :name, :organisation,
                                :text)
                        """)
                .param("id", comment.id())
                .param("entry", entry.id())
                .param("time", comment.time().atOffset(ZoneOffset.UTC))
                .param("username", author.username())
                .param("name", author.name())
                .param("organisation", author.organisation())
                .param("text", kept)
                .update();
        note(author, entry, "comment", comment.id());
        return comment;
    }

    /** A comment on an entry, if it is there. */
    public Optional<Comment> find(Entry entry, String id) {
        return Identifiers.isIdentifier(id)
                ? database.sql(
                                SELECT
                                        + """
                                         WHERE entry = :entry::uuid AND id = :id::uuid
                                           AND removed IS NULL
                                        """)
                        .param("entry", entry.id())
                        .param("id", id)
                        .query(Comments::comment)
                        .optional()
                : Optional.empty();
    }

    /** Takes a comment away; the trace keeps that it was there. */
    @Transactional
    public void remove(Author author, Entry entry, Comment comment) {
        database.sql("UPDATE ledger.comment SET removed = :time WHERE id = :id::uuid")
                .param("time", clock.instant().atOffset(ZoneOffset.UTC))
                .param("id", comment.id())
                .update();
        note(author, entry, "uncomment", comment.id());
    }

    private void note(Author author, Entry entry, String act, String comment) {
        evidence.changed(
                author.who(),
                entry.type() + "." + act,
                entry.type() + ":" + entry.id(),
                Map.of("comment", comment));
    }

    private static Comment comment(ResultSet row, int number) throws SQLException {
        return new Comment(
                row.getString("id"),
                row.getString("entry"),
                row.getObject("time", OffsetDateTime.class).toInstant(),
                new Author(
                        row.getString("username"),
                        row.getString("name"),
                        row.getString("organisation")),
                row.getString("text"));
    }
}
