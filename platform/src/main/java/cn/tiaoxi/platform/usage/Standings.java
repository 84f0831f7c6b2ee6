package cn.tiaoxi.platform.usage;

import cn.tiaoxi.platform.border.Words;
import cn.tiaoxi.platform.city.City;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Sums up over the window of the rates where each grant stands. */
@Component
class Standings {
    private static final int AT_ONCE = 200;

    private final DayStore store;
    private final TallyStore tallies;
    private final UsageTerms terms;
    private final MessageSource texts;
    private final City city;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Standings(
            DayStore store,
            TallyStore tallies,
            UsageTerms terms,
            MessageSource texts,
            City city,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.tallies = tallies;
        this.terms = terms;
        this.texts = texts;
        this.city = city;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** With each new day the window moves on. */
    @Scheduled(initialDelay = 20_000, fixedDelayString = "PT5M")
    void refresh() {
        LocalDate today = clock.instant().atZone(city.zone()).toLocalDate();
        List<String> outdated = store.outdated(today, AT_ONCE);
        while (!outdated.isEmpty()) {
            List<String> some = outdated;
            transaction.executeWithoutResult(status -> some.forEach(g -> refresh(g, today)));
            outdated = store.outdated(today, AT_ONCE);
        }
    }

    /** Sums up a grant's days until that one. */
    void refresh(String grant, LocalDate today) {
        LocalDate from = today.minusDays(terms.effective().days() - 1L);
        List<UseDay> days = store.days(grant, from, today);
        List<UseDay> plausible = having(days, UseDay.Verdict.PLAUSIBLE);
        List<UseDay> implausible = having(days, UseDay.Verdict.IMPLAUSIBLE);
        long subjects = subjects(grant, plausible);
        boolean keyed = plausible.stream().anyMatch(d -> d.keyed() > 0);
        boolean enoughDays = plausible.size() >= terms.effective().plausibleDays();
        boolean enoughSubjects = !keyed || subjects >= terms.effective().subjects();
        DayStore.Lasts lasts = store.lasts(grant);
        store.stand(
                new Standing(
                        grant,
                        today,
                        plausible.size(),
                        implausible.size(),
                        days.stream().mapToLong(UseDay::answered).sum(),
                        subjects,
                        enoughDays && enoughSubjects,
                        lasts.plausible(),
                        lasts.answered(),
                        reasons(days, enoughDays, enoughSubjects, subjects)));
    }

    private static List<UseDay> having(List<UseDay> days, UseDay.Verdict verdict) {
        return days.stream().filter(d -> d.verdict() == verdict).toList();
    }

    /** Of the busiest day; only where that is too few those of all days together are looked at. */
    private long subjects(String grant, List<UseDay> plausible) {
        long most = plausible.stream().mapToLong(UseDay::subjects).max().orElse(0);
        if (most == 0 || most >= terms.effective().subjects()) {
            return most;
        }
        Set<LocalDate> days = plausible.stream().map(UseDay::day).collect(Collectors.toSet());
        Map<String, Sketch> sketches = new HashMap<>();
        for (Tally each :
                tallies.ofGrant(grant, plausible.getFirst().day(), plausible.getLast().day())) {
            if (days.contains(each.key.day())) {
                sketches.computeIfAbsent(each.key.origin(), o -> new Sketch()).add(each.subjects);
            }
        }
        return sketches.values().stream().mapToLong(Sketch::estimate).max().orElse(most);
    }

    private List<UseDay.Reason> reasons(
            List<UseDay> days, boolean enoughDays, boolean enoughSubjects, long subjects) {
        List<UseDay.Reason> reasons = new ArrayList<>();
        if (enoughDays && enoughSubjects) {
            return reasons;
        }
        Map<String, UseDay.Reason> fired = new LinkedHashMap<>();
        for (UseDay day : days) {
            for (UseDay.Reason each : day.reasons()) {
                fired.merge(each.rule(), each, Standings::again);
            }
        }
        reasons.addAll(fired.values());
        if (days.stream().allMatch(d -> d.answered() == 0)) {
            boolean refused = days.stream().anyMatch(d -> d.refused() > 0);
            reasons.add(own(refused ? "only-refused" : "no-calls", terms.effective().days()));
        } else if (enoughDays) {
            reasons.add(own("few-subjects", subjects));
        }
        return reasons;
    }

    /** The newest day's words, and on how many days it was so. */
    private static UseDay.Reason again(UseDay.Reason before, UseDay.Reason now) {
        return new UseDay.Reason(now.rule(), now.zh(), now.en(), now.plan(), before.days() + 1);
    }

    private UseDay.Reason own(String rule, long number) {
        Words words =
                new Words(
                        text(rule, number, Locale.SIMPLIFIED_CHINESE),
                        text(rule, number, Locale.ENGLISH));
        return new UseDay.Reason(rule, words.zh(), words.en(), "R1.2b", 1);
    }

    private String text(String rule, long number, Locale language) {
        return texts.getMessage("usage.reason." + rule, new Object[] {number}, language);
    }
}
