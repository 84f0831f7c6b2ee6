package cn.tiaoxi.platform.proof;

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

    private final JdbcClient database;
    private final Clock clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    ProofNames(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    private record Known(String name, Instant read) {}

    public String application(String id) {
        return name(id, "SELECT name FROM published.application WHERE id::text = :id");
    }

    public String calledInterface(String id) {
        return name(id, "SELECT name FROM published.interface WHERE id::text = :id");
    }

    public String dataset(String id) {
        return name(
                id,
                "SELECT title FROM published.ledger_entry WHERE type = 'dataset' AND id::text = :id");
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
