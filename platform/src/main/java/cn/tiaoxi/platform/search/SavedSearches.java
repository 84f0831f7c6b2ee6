package cn.tiaoxi.platform.search;

import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.identity.Actor;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Searches that people keep under a name. Nobody else sees them. */
@Service
public class SavedSearches {
    private static final int MOST = 50;

    private final JdbcClient database;
    private final Clock clock;

    SavedSearches(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * A search that somebody keeps.
     *
     * @param query the query of the address of the page that shows what it finds
     */
    public record SavedSearch(String id, String name, String query) {}

    /** What a person keeps, by name. */
    public List<SavedSearch> of(Actor actor) {
        return database.sql(
                        """
                        SELECT id::text AS id, name, query FROM search.saved_search
                         WHERE username = :username ORDER BY name
                        """)
                .param("username", actor.username())
                .query(SavedSearch.class)
                .list();
    }

    /**
     * Keeps a search, in place of the one of that name.
     *
     * @throws BorderException if the person keeps too many already
     */
    public SavedSearch keep(Actor actor, String name, String query) {
        List<SavedSearch> kept = of(actor);
        if (kept.size() >= MOST && kept.stream().noneMatch(s -> s.name().equals(name))) {
            throw BorderException.invalid("name", "search.tooMany", MOST);
        }
        return database.sql(
                        """
                        INSERT INTO search.saved_search (id, username, name, query, time)
                        VALUES (gen_random_uuid(), :username, :name, :query, :time)
                            ON CONFLICT (username, name)
                            DO UPDATE SET query = excluded.query, time = excluded.time
                        RETURNING id::text AS id, name, query
                        """)
                .param("username", actor.username())
                .param("name", name)
                .param("query", query)
                .param("time", clock.instant().atOffset(ZoneOffset.UTC))
                .query(SavedSearch.class)
                .single();
    }

    /** Forgets a search; nothing happens if the person keeps none of that identifier. */
    public void forget(Actor actor, String id) {
        database.sql(
                        """
                        DELETE FROM search.saved_search
                         WHERE username = :username AND id::text = :id
                        """)
                .param("username", actor.username())
                .param("id", id)
                .update();
    }
}
