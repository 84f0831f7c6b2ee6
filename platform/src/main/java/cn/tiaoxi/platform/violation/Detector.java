package cn.tiaoxi.platform.violation;

import cn.tiaoxi.platform.city.City;
import cn.tiaoxi.platform.evidence.CallsIngested;
import cn.tiaoxi.platform.evidence.Logs;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Counts by the rules what was taken over from the gateways' logs, and opens cases. How far a log
 * is looked at stands in the transaction that counts and opens, so that each call counts once,
 * whatever breaks off in between.
 */
@Component
class Detector {
    private static final Logger LOG = LoggerFactory.getLogger(Detector.class);
    private static final int STEP = 10_000;
    private static final Duration KEPT = Duration.ofDays(60);

    private final SeenStore store;
    private final WindowStore tallies;
    private final ViolationTerms terms;
    private final Matching matching;
    private final Findings findings;
    private final Logs logs;
    private final City city;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Set<String> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean looked;

    Detector(
            SeenStore store,
            WindowStore tallies,
            ViolationTerms terms,
            Matching matching,
            Findings findings,
            Logs logs,
            City city,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.tallies = tallies;
        this.terms = terms;
        this.matching = matching;
        this.findings = findings;
        this.logs = logs;
        this.city = city;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** The follower goes on; the calls are looked at within a second. */
    @EventListener
    void ingested(CallsIngested event) {
        waiting.add(event.origin());
    }

    @Scheduled(
            fixedDelayString = "${tiaoxi.violation.look-interval:500ms}",
            initialDelayString = "${tiaoxi.violation.look-interval:500ms}")
    void lookAtWaiting() {
        List<String> origins = new ArrayList<>(looked ? waiting : origins());
        looked = true;
        origins.forEach(waiting::remove);
        for (String origin : origins) {
            try {
                look(origin);
            } catch (RuntimeException e) {
                waiting.add(origin);
                LOG.error("The calls of {} could not be looked at; trying again", origin, e);
            }
        }
    }

    /** Looks at what is new, of all logs. */
    void look() {
        origins().forEach(this::look);
    }

    private List<String> origins() {
        String own = logs.own();
        return logs.all().stream().map(Logs.Known::origin).filter(o -> !o.equals(own)).toList();
    }

    private void look(String origin) {
        while (Boolean.TRUE.equals(transaction.execute(status -> step(origin)))) {
            LOG.debug("Looked at some calls of {}", origin);
        }
    }

    /** Whether there may be more. */
    private boolean step(String origin) {
        long from = store.lock(origin);
        SeenStore.Stretch stretch = store.stretch(origin, from, STEP);
        if (stretch.next() == from) {
            return false;
        }
        Matching.Known known = matching.known(stretch.seen(), today());
        Map<Tally.Key, Tally> parts = new HashMap<>();
        for (Seen seen : stretch.seen()) {
            for (ViolationRule rule : terms.rules()) {
                String subject = matching.subject(rule, seen, known);
                if (subject != null) {
                    Instant window = rule.windowOf(seen.time(), city.zone());
                    parts.computeIfAbsent(
                                    new Tally.Key(rule.id(), subject, window),
                                    k -> new Tally(k, seen.time(), seen.time()))
                            .add(seen, rule.sign().isTold(), terms.samples());
                }
            }
        }
        count(parts, known);
        store.seen(origin, stretch.next());
        return true;
    }

    private void count(Map<Tally.Key, Tally> parts, Matching.Known known) {
        if (parts.isEmpty()) {
            return;
        }
        for (Tally before : tallies.tallies(parts.keySet())) {
            parts.computeIfPresent(before.key, (k, part) -> sum(before, part));
        }
        parts.values().forEach(t -> fire(t, known.organisations()));
        tallies.keep(parts.values());
    }

    private Tally sum(Tally before, Tally part) {
        ViolationRule rule = terms.rule(part.key.rule()).orElseThrow();
        before.amount =
                rule.sign().isTold()
                        ? Math.max(before.amount, part.amount)
                        : before.amount + part.amount;
        before.first = before.first.isBefore(part.first) ? before.first : part.first;
        before.last = before.last.isAfter(part.last) ? before.last : part.last;
        before.grants.addAll(part.grants);
        before.keys.addAll(part.keys);
        before.interfaces.addAll(part.interfaces);
        int room = terms.samples() - before.samples.size();
        before.samples.addAll(part.samples.subList(0, Math.clamp(room, 0, part.samples.size())));
        return before;
    }

    private void fire(Tally tally, Map<String, String> organisations) {
        ViolationRule rule = terms.rule(tally.key.rule()).orElseThrow();
        if (tally.amount >= rule.threshold()) {
            String organisation = organisations.getOrDefault(tally.key.subject(), "");
            findings.found(rule, tally, organisation);
            tally.fired = true;
        }
    }

    /** Looks at days that only lift a rate, and forgets what is long over. */
    @Scheduled(
            fixedDelayString = "${tiaoxi.violation.round-interval:5m}",
            initialDelayString = "${tiaoxi.violation.round-interval:5m}")
    void round() {
        for (ViolationRule rule : terms.rules()) {
            if (rule.sign() == ViolationRule.Sign.VERDICT) {
                transaction.executeWithoutResult(status -> judged(rule));
            }
        }
        tallies.forget(clock.instant().minus(KEPT));
    }

    private void judged(ViolationRule rule) {
        store.lock("");
        Instant window = rule.windowOf(clock.instant(), city.zone());
        LocalDate from = window.atZone(city.zone()).toLocalDate();
        Map<String, List<SeenStore.Lifting>> all = new TreeMap<>();
        store.lifting(from)
                .forEach(d -> all.computeIfAbsent(d.application(), a -> new ArrayList<>()).add(d));
        Set<String> exempted = tallies.exempted(today());
        Map<String, String> organisations = store.real(all.keySet());
        all.keySet().removeIf(a -> exempted.contains(rule.id() + "/" + a));
        for (Map.Entry<String, List<SeenStore.Lifting>> each : all.entrySet()) {
            Tally tally = tally(rule, each.getKey(), window, each.getValue());
            if (tally.amount >= rule.threshold()) {
                tallies.tallies(List.of(tally.key)).forEach(b -> tally.fired = b.fired);
                fire(tally, organisations);
                tallies.keep(List.of(tally));
            }
        }
    }

    private Tally tally(
            ViolationRule rule,
            String application,
            Instant window,
            Collection<SeenStore.Lifting> days) {
        Tally tally = new Tally(new Tally.Key(rule.id(), application, window), window, window);
        for (SeenStore.Lifting day : days) {
            tally.grants.add(day.grant());
            tally.interfaces.add(day.interfaceId());
            Instant noon = day.day().atTime(12, 0).atZone(city.zone()).toInstant();
            tally.last = noon.isAfter(tally.last) ? noon : tally.last;
        }
        tally.amount = days.stream().map(SeenStore.Lifting::day).distinct().count();
        return tally;
    }

    private LocalDate today() {
        return clock.instant().atZone(city.zone()).toLocalDate();
    }
}
