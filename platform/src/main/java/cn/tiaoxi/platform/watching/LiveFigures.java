package cn.tiaoxi.platform.watching;

import cn.tiaoxi.contract.GatewayFigures;
import cn.tiaoxi.contract.GatewayFigures.Now;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.proof.ProofNames;
import cn.tiaoxi.platform.sharing.Gateways;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * The last hour of all gateways together, in memory: a restart begins anew, as the trace has every
 * call. Safe for use by threads.
 */
@Service
public class LiveFigures {
    private static final Duration FORGOTTEN = Duration.ofSeconds(20);
    private static final int MOST_GATEWAYS = 1_000;

    /** Points that may still change, as gateways tell them a little late. */
    private static final int UNSETTLED_SECONDS = 12;

    private final Gateways gateways;
    private final ProofNames names;
    private final Organisations organisations;
    private final Clock clock;
    private final Hour hour = new Hour();
    private final Map<String, Told> told = new ConcurrentHashMap<>();

    /** Guarded by itself. */
    private final Map<Window, Sums> sums = new EnumMap<>(Window.class);

    private record Told(Now now, Instant time) {}

    private record Sums(long second, Live.Sum sum, List<Live.State> states) {}

    LiveFigures(Gateways gateways, ProofNames names, Organisations organisations, Clock clock) {
        this.gateways = gateways;
        this.names = names;
        this.organisations = organisations;
        this.clock = clock;
    }

    /**
     * Counts what a gateway tells.
     *
     * @throws WatchingException if it cannot be counted
     */
    public void heard(GatewayFigures figures) {
        Instant now = clock.instant();
        try {
            hour.add(figures, now);
        } catch (IllegalArgumentException e) {
            throw WatchingException.malformed();
        }
        if (told.size() < MOST_GATEWAYS || told.containsKey(figures.gateway())) {
            told.put(figures.gateway(), new Told(figures.now(), now));
        }
    }

    /**
     * What is to be seen now.
     *
     * @param since points that were seen until then and cannot change any more are left out; in
     *     seconds since 1970, 0 for all
     */
    public Live live(Window window, long since) {
        Instant now = clock.instant();
        long from = since == 0 ? 0 : since - UNSETTLED_SECONDS - window.step();
        Sums all = sums(window, now);
        return new Live(
                now.getEpochSecond(),
                window.minutes(),
                window.step(),
                hour.points(window, from, now).stream().map(Live.Point::of).toList(),
                all.sum(),
                all.states());
    }

    /** The same for all who look within a second. */
    private Sums sums(Window window, Instant now) {
        synchronized (sums) {
            Sums known = sums.get(window);
            if (known != null && known.second() == now.getEpochSecond()) {
                return known;
            }
            Sums made =
                    new Sums(
                            now.getEpochSecond(),
                            Live.Sum.of(hour.sum(window, now), names, organisations),
                            gateways.all().stream().map(g -> state(g, now)).toList());
            sums.put(window, made);
            return made;
        }
    }

    private Live.State state(Gateways.Gateway gateway, Instant now) {
        Told last = told.get(gateway.id());
        @Nullable Now fresh =
                last == null || last.time().plus(FORGOTTEN).isBefore(now) ? null : last.now();
        return new Live.State(
                gateway.id(), gateway.state(), gateway.policyVersion(), gateway.lastSeen(), fresh);
    }
}
