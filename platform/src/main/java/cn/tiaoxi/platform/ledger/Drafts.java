package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.identity.Actor;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * What people have for themselves at a ledger: forms that they have not sent yet, and filters that
 * they keep. Nobody else sees them.
 */
@Service
public class Drafts {
    private static final int LARGEST = 500_000;
    private static final int MOST_VIEWS = 50;
    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

    private final JdbcClient database;
    private final JsonMapper json;
    private final Clock clock;

    Drafts(JdbcClient database, JsonMapper json, Clock clock) {
        this.database = database;
        this.json = json;
        this.clock = clock;
    }

    /** A form that was not sent yet. */
    public record Draft(Map<String, Object> content, Instant time) {}

    /** A filter that somebody keeps: the query of the list's address. */
    public record SavedView(String id, String name, String query) {}

    /**
     * The draft of a form.
     *
     * @param entry identifier of the entry that is being changed, empty for a new one
     */
    public Optional<Draft> find(Actor actor, String type, String entry) {
        return database.sql(
                        """
                        SELECT content, time FROM ledger.draft
                         WHERE username = :username AND type = :type AND entry = :entry
                        """)
                .param("username", actor.username())
                .param("type", type)
                .param("entry", entry)
                .query(
                        (row, n) ->
                                new Draft(
                                        json.readValue(row.getString("content"), MAP),
                                        row.getObject("time", OffsetDateTime.class).toInstant()))
                .optional();
    }

    /** Keeps a draft in place of the one before. */
    public void keep(Actor actor, String type, String entry, Map<String, ?> content) {
        String text = json.writeValueAsString(content);
        if (text.length() > LARGEST) {
            throw BorderException.invalid("content", "border.tooLong", LARGEST);
        }
        if (text.contains("\\u0000")) {
            throw BorderException.invalid("content", "ledger.controlCharacter");
        }
        database.sql(
                        """
                        INSERT INTO ledger.draft (username, type, entry, content, time)
                        VALUES (:username, :type, :entry, :content::jsonb, :time)
                            ON CONFLICT (username, type, entry)
                            DO UPDATE SET content = excluded.content, time = excluded.time
                        """)
                .param("username", actor.username())
                .param("type", type)
                .param("entry", entry)
                .param("content", text)
                .param("time", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Forgets a draft. */
    public void discard(Actor actor, String type, String entry) {
        database.sql(
                        """
                        DELETE FROM ledger.draft
                         WHERE username = :username AND type = :type AND entry = :entry
                        """)
                .param("username", actor.username())
                .param("type", type)
                .param("entry", entry)
                .update();
    }

    /** The filters that a person keeps, by name. */
    public List<SavedView> views(Actor actor, String type) {
        return database.sql(
                        """
                        SELECT id, name, query FROM ledger.saved_view
                         WHERE username = :username AND type = :type ORDER BY name
                        """)
                .param("username", actor.username())
                .param("type", type)
                .query(
                        (row, n) ->
                                new SavedView(
                                        row.getString("id"),
                                        row.getString("name"),
                                        row.getString("query")))
                .list();
    }

    /** Keeps a filter, in place of the one of that name. */
    public SavedView keepView(Actor actor, String type, String name, String query) {
        List<SavedView> views = views(actor, type);
        boolean known = views.stream().anyMatch(v -> v.name().equals(name));
        if (!known && views.size() >= MOST_VIEWS) {
            throw BorderException.invalid("name", "ledger.tooMany", MOST_VIEWS);
        }
        database.sql(
                        """
                        INSERT INTO ledger.saved_view (id, username, type, name, query, time)
                        VALUES (gen_random_uuid(), :username, :type, :name, :query, :time)
                            ON CONFLICT (username, type, name)
                            DO UPDATE SET query = excluded.query, time = excluded.time
                        """)
                .param("username", actor.username())
                .param("type", type)
                .param("name", name)
                .param("query", query)
                .param("time", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        return views(actor, type).stream()
                .filter(v -> v.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Forgets a filter. */
    public void discardView(Actor actor, String type, String id) {
        database.sql(
                        """
                        DELETE FROM ledger.saved_view
                         WHERE username = :username AND type = :type AND id::text = :id
                        """)
                .param("username", actor.username())
                .param("type", type)
                .param("id", id)
                .update();
    }
}
