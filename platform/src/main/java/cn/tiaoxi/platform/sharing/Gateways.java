package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.contract.GatewayHeartbeat;
import cn.tiaoxi.contract.UpstreamHealth;
import cn.tiaoxi.contract.Wire;
import cn.tiaoxi.platform.evidence.Logs;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Which gateways there are, and which policy each has in force. */
@Service
public class Gateways {
    private static final Duration LATE = Duration.ofSeconds(15);
    private static final Duration DOWN = Duration.ofSeconds(60);

    private final JdbcClient database;
    private final GatewayKeys keys;
    private final Logs logs;
    private final PolicyRefusals refusals;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition heard = lock.newCondition();

    Gateways(
            JdbcClient database,
            GatewayKeys keys,
            Logs logs,
            PolicyRefusals refusals,
            TransactionTemplate transaction,
            Clock clock) {
        this.database = database;
        this.keys = keys;
        this.logs = logs;
        this.refusals = refusals;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** How a gateway fares. */
    public enum State {
        UP,
        LATE,
        DOWN
    }

    /**
     * A gateway as it was last heard of.
     *
     * @param traceSize records in its log
     * @param ingested how many of them the platform has checked and taken over
     * @param refused the policy that it was given and did not take, or null
     */
    public record Gateway(
            String id,
            String address,
            long policyVersion,
            Instant policyApplied,
            String traceOrigin,
            long traceSize,
            long ingested,
            Instant started,
            Instant lastSeen,
            State state,
            @Nullable Refused refused) {}

    /** A policy that a gateway did not take: the version, 0 if that is not known, and why. */
    public record Refused(long version, String reason, Instant time) {}

    /** When a gateway put a policy into force that takes a grant away. */
    public record Enforced(String gateway, Instant time) {}

    /** Whether that is the gateways' token. */
    public boolean knows(String token) {
        return keys.fits(token);
    }

    /** Notes what a gateway tells about itself, and follows its trace. */
    public void heard(GatewayHeartbeat beat) {
        transaction.executeWithoutResult(status -> note(beat));
        logs.follow(
                beat.id(),
                beat.address(),
                beat.traceOrigin(),
                beat.traceKey(),
                beat.nationalTraceKey(),
                keys.token());
        logs.durable(beat.traceOrigin(), beat.traceSize());
        lock.lock();
        try {
            heard.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void note(GatewayHeartbeat beat) {
        Instant applied = beat.policyApplied() == null ? beat.started() : beat.policyApplied();
        database.sql(
                        """
                        INSERT INTO sharing.gateway (id, address, policy_version, policy_applied,
                               trace_origin, trace_size, started, last_seen, upstreams)
                        VALUES (:id, :address, :version, :applied, :origin, :size, :started, :now,
                                :upstreams::jsonb)
                            ON CONFLICT (id) DO UPDATE
                           SET address = excluded.address,
                               policy_version = excluded.policy_version,
                               policy_applied = excluded.policy_applied,
                               trace_origin = excluded.trace_origin,
                               trace_size = excluded.trace_size, started = excluded.started,
                               last_seen = excluded.last_seen, upstreams = excluded.upstreams
                        """)
                .param("id", beat.id())
                .param("address", beat.address())
                .param("version", beat.policyVersion())
                .param("applied", Columns.at(applied))
                .param("origin", beat.traceOrigin())
                .param("size", beat.traceSize())
                .param("started", Columns.at(beat.started()))
                .param("now", Columns.at(clock.instant()))
                .param("upstreams", Wire.JSON.writeValueAsString(beat.upstreams()))
                .update();
        database.sql(
                        """
                        INSERT INTO sharing.policy_applied (gateway, version, applied)
                        VALUES (:id, :version, :applied) ON CONFLICT DO NOTHING
                        """)
                .param("id", beat.id())
                .param("version", beat.policyVersion())
                .param("applied", Columns.at(applied))
                .update();
        refusals.note(beat);
    }

    /** How a service fares, as a gateway that is up tells it. */
    public record ServiceHealth(String gateway, Instant heard, UpstreamHealth health) {}

    /** How the service of an interface fares at each gateway that is not down. */
    public List<ServiceHealth> services(String interfaceId) {
        return database.sql(
                        """
                        SELECT g.id, g.last_seen, u.value::text AS health
                          FROM sharing.gateway g, jsonb_array_elements(g.upstreams) u
                         WHERE u.value ->> 'interfaceId' = :interface AND g.last_seen > :since
                         ORDER BY g.id
                        """)
                .param("interface", interfaceId)
                .param("since", Columns.at(clock.instant().minus(DOWN)))
                .query(
                        (row, n) ->
                                new ServiceHealth(
                                        row.getString("id"),
                                        Columns.time(row, "last_seen"),
                                        Wire.JSON.readValue(
                                                row.getString("health"), UpstreamHealth.class)))
                .list();
    }

    /** All gateways that were ever heard of. */
    public List<Gateway> all() {
        Instant now = clock.instant();
        Map<String, Long> ingested = new HashMap<>();
        logs.all().forEach(l -> ingested.put(l.origin(), l.size()));
        return database.sql(
                        """
                        SELECT id, address, policy_version, policy_applied, trace_origin,
                               trace_size, started, last_seen, refused_version,
                               refused_reason, refused_time
                          FROM sharing.gateway ORDER BY id
                        """)
                .query((row, n) -> read(row, now, ingested))
                .list();
    }

    private static Gateway read(ResultSet row, Instant now, Map<String, Long> ingested)
            throws java.sql.SQLException {
        Instant lastSeen = Columns.time(row, "last_seen");
        Duration silent = Duration.between(lastSeen, now);
        State up = silent.compareTo(LATE) < 0 ? State.UP : State.LATE;
        return new Gateway(
                row.getString("id"),
                row.getString("address"),
                row.getLong("policy_version"),
                Columns.time(row, "policy_applied"),
                row.getString("trace_origin"),
                row.getLong("trace_size"),
                ingested.getOrDefault(row.getString("trace_origin"), 0L),
                Columns.time(row, "started"),
                lastSeen,
                silent.compareTo(DOWN) < 0 ? up : State.DOWN,
                refused(row));
    }

    private static @Nullable Refused refused(ResultSet row) throws java.sql.SQLException {
        String reason = row.getString("refused_reason");
        return reason == null
                ? null
                : new Refused(
                        row.getLong("refused_version"), reason, Columns.time(row, "refused_time"));
    }

    /** When each gateway first had that policy or a newer one in force. */
    public List<Enforced> enforced(long policyVersion) {
        return database.sql(
                        """
                        SELECT gateway, min(applied) AS applied FROM sharing.policy_applied
                         WHERE version >= :version GROUP BY gateway ORDER BY gateway
                        """)
                .param("version", policyVersion)
                .query(
                        (row, n) ->
                                new Enforced(
                                        row.getString("gateway"), Columns.time(row, "applied")))
                .list();
    }

    /** Waits until all gateways that are up have that policy, or until patience ends. */
    boolean await(long policyVersion, Duration patience) throws InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        lock.lockInterruptibly();
        try {
            while (isBehind(policyVersion)) {
                long left = until - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                heard.await(
                        Math.min(left, TimeUnit.MILLISECONDS.toNanos(200)), TimeUnit.NANOSECONDS);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean isBehind(long policyVersion) {
        return database.sql(
                                """
                                SELECT count(*) FROM sharing.gateway
                                 WHERE last_seen > :since AND policy_version < :version
                                """)
                        .param("since", Columns.at(clock.instant().minus(LATE)))
                        .param("version", policyVersion)
                        .query(Long.class)
                        .single()
                > 0;
    }
}
