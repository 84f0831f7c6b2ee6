package cn.tiaoxi.platform.usage;

import cn.tiaoxi.platform.border.Words;
import cn.tiaoxi.platform.city.City;
import cn.tiaoxi.platform.city.WorkingCalendar;
import cn.tiaoxi.platform.rule.RuleBook;
import cn.tiaoxi.platform.rule.Rules;
import cn.tiaoxi.platform.rule.Verdict;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Judges by the rules of {@code plausible-use.yaml} whether a day of calls looks like use. Days are
 * judged when they were counted, and again when the rules have changed.
 */
@Component
class Judge {
    private static final Logger LOG = LoggerFactory.getLogger(Judge.class);
    private static final Set<String> VARIABLES = Set.of("day", "grant", "handled");
    private static final int AT_ONCE = 200;
    private static final int REJUDGED_DAYS = 90;
    private static final double UNKNOWN = -1;

    private final RuleBook<Detail> book;
    private final String fingerprint;
    private final TallyStore tallies;
    private final DayStore store;
    private final Standings standings;
    private final UsageTerms terms;
    private final WorkingCalendar calendar;
    private final City city;
    private final TransactionTemplate transaction;
    private final Clock clock;

    /** What a rule says when it fires. */
    record Detail(Words reason) {}

    Judge(
            Rules rules,
            TallyStore tallies,
            DayStore store,
            Standings standings,
            UsageTerms terms,
            WorkingCalendar calendar,
            City city,
            TransactionTemplate transaction,
            Clock clock) {
        this.book = rules.load("plausible-use", VARIABLES, Detail.class);
        this.fingerprint = Integer.toHexString(book.rules().hashCode() * 31 + terms.hash());
        this.tallies = tallies;
        this.store = store;
        this.standings = standings;
        this.terms = terms;
        this.calendar = calendar;
        this.city = city;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Judges all days that wait.
     *
     * @return how many
     */
    @Scheduled(
            fixedDelayString = "${tiaoxi.usage.judge-interval:15s}",
            initialDelayString = "${tiaoxi.usage.judge-interval:15s}")
    int work() {
        int count = 0;
        int judged;
        do {
            Integer done = transaction.execute(status -> some());
            judged = done == null ? 0 : done;
            count += judged;
        } while (judged == AT_ONCE);
        return count;
    }

    private int some() {
        LocalDate today = today();
        List<DayStore.Waiting> waiting =
                store.waiting(fingerprint, today.minusDays(REJUDGED_DAYS), AT_ONCE);
        Set<String> grants = new LinkedHashSet<>();
        for (DayStore.Waiting each : waiting) {
            store.judged(each.grant(), judge(each.grant(), each.day()), fingerprint);
            grants.add(each.grant());
        }
        grants.forEach(g -> standings.refresh(g, today));
        return waiting.size();
    }

    private LocalDate today() {
        return clock.instant().atZone(city.zone()).toLocalDate();
    }

    private UseDay judge(String grant, LocalDate day) {
        Tally sum = new Tally(new Tally.Key(grant, day, ""));
        List<Tally> all = tallies.ofGrant(grant, day.minusDays(terms.compareDays()), day);
        List<Tally> own = all.stream().filter(t -> t.key.day().equals(day)).toList();
        List<Tally> earlier = all.stream().filter(t -> t.key.day().isBefore(day)).toList();
        own.forEach(sum::merge);
        long subjects = own.stream().mapToLong(t -> t.subjects.estimate()).max().orElse(0);
        Double repeated = repeated(own, earlier);
        List<UseDay.Reason> reasons =
                sum.answered == 0
                        ? List.of()
                        : reasons(grant, sum, subjects, repeated, earlierDays(earlier));
        return new UseDay(
                day,
                sum.answered,
                sum.refused,
                sum.empty,
                sum.rows,
                sum.keyed,
                sum.withMatter,
                sum.inHours,
                subjects,
                sum.addresses.size(),
                sum.keys.size(),
                List.copyOf(sum.matters),
                Arrays.stream(sum.hours).boxed().toList(),
                sum.gapVariation(),
                repeated,
                sum.last,
                verdict(sum, reasons),
                reasons);
    }

    private static UseDay.Verdict verdict(Tally sum, List<UseDay.Reason> reasons) {
        if (sum.answered == 0) {
            return UseDay.Verdict.NONE;
        }
        return reasons.isEmpty() ? UseDay.Verdict.PLAUSIBLE : UseDay.Verdict.IMPLAUSIBLE;
    }

    private static long earlierDays(List<Tally> earlier) {
        return earlier.stream()
                .filter(t -> t.answered > 0)
                .map(t -> t.key.day())
                .distinct()
                .count();
    }

    /** Each gateway prints values in a way of its own, so that only those of one are compared. */
    private static @Nullable Double repeated(List<Tally> own, List<Tally> earlier) {
        Map<String, Sketch> before = new HashMap<>();
        for (Tally each : earlier) {
            before.computeIfAbsent(each.key.origin(), o -> new Sketch()).add(each.subjects);
        }
        double shared = 0;
        double all = 0;
        for (Tally each : own) {
            Sketch seen = before.get(each.key.origin());
            long estimate = each.subjects.estimate();
            shared += seen == null ? 0 : estimate * each.subjects.shareIn(seen);
            all += estimate;
        }
        return before.isEmpty() || all == 0 ? null : shared / all;
    }

    private List<UseDay.Reason> reasons(
            String grant, Tally sum, long subjects, @Nullable Double repeated, long earlierDays) {
        DayStore.Terms given = store.terms(grant).orElse(new DayStore.Terms("", 1, 0));
        Map<String, Object> day = new HashMap<>();
        day.put("answered", sum.answered);
        day.put("refused", sum.refused);
        day.put("empty", sum.empty);
        day.put("rows", sum.rows);
        day.put("keyed", sum.keyed);
        day.put("subjects", subjects);
        day.put("withMatter", sum.withMatter);
        day.put("inHours", sum.inHours);
        day.put("addresses", sum.addresses.size());
        day.put("keys", sum.keys.size());
        day.put("matters", sum.matters);
        day.put("gapVariation", Objects.requireNonNullElse(sum.gapVariation(), UNKNOWN));
        day.put("repeated", Objects.requireNonNullElse(repeated, UNKNOWN));
        day.put("earlierDays", earlierDays);
        day.put("workingDay", calendar.isWorkingDay(sum.key.day()));
        Map<String, Object> facts =
                Map.of(
                        "day",
                        day,
                        "grant",
                        Map.of(
                                "grade", given.grade(),
                                "matter", given.matter(),
                                "perDay", given.perDay()),
                        "handled",
                        terms.handled(given.matter()));
        return book.ask(facts).stream()
                .peek(v -> told(grant, v))
                .filter(Verdict::value)
                .map(Judge::reason)
                .toList();
    }

    /** A rule that fails over a day speaks neither for nor against it. */
    private static void told(String grant, Verdict<Detail> verdict) {
        if (verdict.failure() != null) {
            LOG.warn(
                    "The rule {} fails for the grant {}: {}",
                    verdict.rule().id(),
                    grant,
                    verdict.failure());
        }
    }

    private static UseDay.Reason reason(Verdict<Detail> verdict) {
        Words words = verdict.filled(verdict.rule().detail().reason());
        String plan = verdict.rule().plan();
        return new UseDay.Reason(
                verdict.rule().id(), words.zh(), words.en(), plan == null ? "" : plan, 1);
    }
}
