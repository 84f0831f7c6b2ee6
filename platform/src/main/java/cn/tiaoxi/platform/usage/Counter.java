package cn.tiaoxi.platform.usage;

import cn.tiaoxi.platform.city.City;
import cn.tiaoxi.platform.city.WorkingCalendar;
import cn.tiaoxi.platform.evidence.CallsIngested;
import cn.tiaoxi.platform.evidence.Logs;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Counts the calls that were taken over from the gateways' logs. How far a log is counted stands in
 * the transaction that counts, so that each call counts once, whatever breaks off in between.
 */
@Component
class Counter {
    private static final Logger LOG = LoggerFactory.getLogger(Counter.class);
    private static final int STEP = 20_000;

    private final TallyStore store;
    private final Logs logs;
    private final WorkingCalendar calendar;
    private final City city;
    private final TransactionTemplate transaction;
    private final Set<String> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean looked;

    Counter(
            TallyStore store,
            Logs logs,
            WorkingCalendar calendar,
            City city,
            TransactionTemplate transaction) {
        this.store = store;
        this.logs = logs;
        this.calendar = calendar;
        this.city = city;
        this.transaction = transaction;
    }

    /** The follower goes on; the calls are counted within a second. */
    @EventListener
    void ingested(CallsIngested event) {
        waiting.add(event.origin());
    }

    @Scheduled(fixedDelay = 1_000, initialDelay = 5_000)
    void countWaiting() {
        List<String> origins = new ArrayList<>(looked ? waiting : origins());
        looked = true;
        origins.forEach(waiting::remove);
        for (String origin : origins) {
            try {
                count(origin);
            } catch (RuntimeException e) {
                waiting.add(origin);
                LOG.error("The calls of {} could not be counted; trying again", origin, e);
            }
        }
    }

    /** Counts what is not counted yet, of all logs. */
    void count() {
        origins().forEach(this::count);
    }

    private List<String> origins() {
        String own = logs.own();
        return logs.all().stream().map(Logs.Known::origin).filter(o -> !o.equals(own)).toList();
    }

    private void count(String origin) {
        while (Boolean.TRUE.equals(transaction.execute(status -> step(origin)))) {
            LOG.debug("Counted some calls of {}", origin);
        }
    }

    /**
     * Counts all calls again from the trace's copy in the database. Until it is done the numbers of
     * before stand.
     */
    void recount() {
        for (String origin : origins()) {
            transaction.executeWithoutResult(
                    status -> {
                        store.lock(origin);
                        store.forget(origin);
                        store.counted(origin, 0);
                        while (step(origin)) {
                            LOG.debug("Counted some calls of {} again", origin);
                        }
                    });
        }
    }

    /** Whether there may be more. */
    private boolean step(String origin) {
        long from = store.lock(origin);
        TallyStore.Stretch stretch = store.calls(origin, from, STEP);
        if (stretch.next() == from) {
            return false;
        }
        Map<Tally.Key, Tally> tallies = new HashMap<>();
        for (Tally part : parts(origin, stretch.calls())) {
            tallies.put(part.key, part);
        }
        for (Tally before : store.tallies(tallies.keySet())) {
            Tally part = java.util.Objects.requireNonNull(tallies.get(before.key));
            part.subjects.add(before.subjects);
            part.merge(before);
        }
        store.keep(tallies.values());
        store.counted(origin, stretch.next());
        return true;
    }

    private List<Tally> parts(String origin, List<TallyStore.Traced> calls) {
        Set<String> real =
                store.real(
                        calls.stream()
                                .map(TallyStore.Traced::grant)
                                .collect(Collectors.toCollection(HashSet::new)));
        Map<Tally.Key, Tally> parts = new HashMap<>();
        for (TallyStore.Traced call : calls) {
            if (real.contains(call.grant())) {
                ZonedDateTime local = call.time().atZone(city.zone());
                Tally.Key key = new Tally.Key(call.grant(), local.toLocalDate(), origin);
                parts.computeIfAbsent(key, Tally::new).add(seen(call, local.toLocalTime()));
            }
        }
        return new ArrayList<>(parts.values());
    }

    private Tally.Seen seen(TallyStore.Traced call, LocalTime time) {
        return new Tally.Seen(
                call.time(),
                time,
                calendar.isWorkingTime(call.time()),
                call.answered(),
                call.rows(),
                call.subject(),
                plain(call.matter()),
                call.address(),
                call.key());
    }

    /** What is no ASCII comes percent-encoded; what only looks so stays as it is. */
    private static String plain(String matter) {
        if (matter.indexOf('%') < 0) {
            return matter;
        }
        try {
            return URLDecoder.decode(matter, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return matter;
        }
    }
}
