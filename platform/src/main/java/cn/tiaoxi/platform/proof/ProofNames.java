package cn.tiaoxi.platform.proof;

import cn.tiaoxi.platform.border.Words;
import cn.tiaoxi.platform.evidence.Who;
import cn.tiaoxi.platform.identity.People;
import cn.tiaoxi.platform.identity.Person;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Names of what the trace names by identifier, remembered for half a minute. */
@Component
public class ProofNames {
    private static final Duration FRESH = Duration.ofSeconds(30);

    private static final Words PLATFORM = new Words("平台", "The platform");

    private final JdbcClient database;
    private final People people;
    private final Clock clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    ProofNames(JdbcClient database, People people, Clock clock) {
        this.database = database;
        this.people = people;
        this.clock = clock;
    }

    private record Known(String name, Instant read) {}

    public String application(String id) {
        return name(id, "SELECT name FROM published.application WHERE id::text = :id");
    }

    /** Code of the organisation that answers for an application; its identifier if unknown. */
    public String organisationOf(String application) {
        return name(
                application, "SELECT organisation FROM published.application WHERE id::text = :id");
    }

    public String calledInterface(String id) {
        return name(id, "SELECT name FROM published.interface WHERE id::text = :id");
    }

    public String dataset(String id) {
        return name(
                id,
                "SELECT title FROM published.ledger_entry WHERE type = 'dataset' AND id::text = :id");
    }

    /** Who did something: a person, an application that called, or the platform itself. */
    public String actor(Happening happening) {
        String actor = happening.actor();
        if (happening.kind().equals("CALL")) {
            return application(actor);
        }
        return actor.equals(Who.SYSTEM.name()) ? PLATFORM.shown() : person(actor);
    }

    /** What a timeline is about, as people call it; empty where it has no name. */
    public String about(Timelines.About about) {
        String id = about.id();
        String name =
                switch (about.kind()) {
                    case PERSON -> person(id);
                    case APPLICATION -> application(id);
                    case DATASET -> dataset(id);
                    case GRANT -> id;
                };
        return name.equals(id) ? "" : name;
    }

    private String person(String username) {
        return people.byUsername(username).map(Person::name).orElse(username);
    }

    /** What something was done to, as people call it; empty where it has no name. */
    public String object(Happening happening) {
        String object = happening.object();
        int colon = object.indexOf(':');
        String kind = object.substring(0, Math.max(colon, 0));
        String id = object.substring(colon + 1);
        String name =
                switch (kind) {
                    case "dataset" -> dataset(id);
                    case "interface" -> calledInterface(id);
                    case "application" -> application(id);
                    case "request" -> request(id);
                    case "person" -> person(id);
                    case "upload" -> happening.detail().getOrDefault("file", id);
                    default -> id;
                };
        return name.equals(id) ? "" : name;
    }

    private String request(String id) {
        return name(id, "SELECT number FROM published.request WHERE id::text = :id");
    }

    private String name(String id, String sql) {
        if (id.isEmpty()) {
            return "";
        }
        Instant now = clock.instant();
        Known before = known.get(sql + id);
        if (before != null && before.read().plus(FRESH).isAfter(now)) {
            return before.name();
        }
        String name = database.sql(sql).param("id", id).query(String.class).optional().orElse(id);
        if (known.size() > 10_000) {
            known.clear();
        }
        known.put(sql + id, new Known(name, now));
        return name;
    }
}
