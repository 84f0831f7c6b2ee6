package cn.tiaoxi.platform.usage;

import cn.tiaoxi.platform.city.City;
import cn.tiaoxi.platform.evidence.Who;
import cn.tiaoxi.platform.flow.FlowStep;
import cn.tiaoxi.platform.sharing.Grants;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * The step {@code reclaimSettle}: the last call went unanswered. A grant that is used again stays;
 * one with calls that do not look like use, or whose calls cannot all be read, is left to its
 * owner; any other is taken back by rule.
 */
@Component
class SettleStep implements FlowStep {
    private final ReclaimStore store;
    private final IdleStore idle;
    private final DayStore days;
    private final Reclaims reclaims;
    private final ReclaimRound round;
    private final ReclaimNotices notices;
    private final Grants grants;
    private final UsageTerms terms;
    private final MessageSource texts;
    private final City city;
    private final Clock clock;

    SettleStep(
            ReclaimStore store,
            IdleStore idle,
            DayStore days,
            Reclaims reclaims,
            ReclaimRound round,
            ReclaimNotices notices,
            Grants grants,
            UsageTerms terms,
            MessageSource texts,
            City city,
            Clock clock) {
        this.store = store;
        this.idle = idle;
        this.days = days;
        this.reclaims = reclaims;
        this.round = round;
        this.notices = notices;
        this.grants = grants;
        this.terms = terms;
        this.texts = texts;
        this.city = city;
        this.clock = clock;
    }

    /** What became of a case. */
    private enum Outcome {
        RESUMED,
        DOUBTFUL,
        RECLAIM
    }

    @Override
    public String name() {
        return "reclaimSettle";
    }

    @Override
    public Map<String, Object> run(String subject, Map<String, Object> variables) {
        ReclaimCase one = store.find(String.valueOf(variables.get("case"))).orElseThrow();
        Outcome outcome = outcome(one);
        switch (outcome) {
            case RESUMED -> settle(one, ReclaimCase.State.USED_AGAIN, "used_again", "");
            case DOUBTFUL -> {
                store.doubtful(one.id());
                reclaims.note(Who.SYSTEM, "", one, "doubtful", "");
            }
            case RECLAIM -> {
                String reason =
                        texts.getMessage(
                                "usage.byRule",
                                new Object[] {one.idleDays()},
                                Locale.SIMPLIFIED_CHINESE);
                settle(one, ReclaimCase.State.RECLAIMED, "reclaimed", reason);
                grants.takeBack(one.grant(), Who.SYSTEM, city.platform().zh(), reason);
            }
        }
        return Map.of("outcome", outcome.name());
    }

    private Outcome outcome(ReclaimCase one) {
        LocalDate opened = one.opened().atZone(city.zone()).toLocalDate();
        LocalDate used = days.lasts(one.grant()).plausible();
        if (used != null && !used.isBefore(opened)) {
            return Outcome.RESUMED;
        }
        return round.isBlind() || idle.isCalled(one.grant(), one.opened())
                ? Outcome.DOUBTFUL
                : Outcome.RECLAIM;
    }

    private void settle(ReclaimCase one, ReclaimCase.State state, String action, String reason) {
        LocalDate today = clock.instant().atZone(city.zone()).toLocalDate();
        boolean taken = state == ReclaimCase.State.RECLAIMED;
        store.settle(
                one.id(),
                Set.of(ReclaimCase.State.LAST_CALL),
                state,
                new ReclaimCase.Act(clock.instant(), Who.SYSTEM.name(), ""),
                reason,
                null,
                taken ? today.plusDays(terms.restoreDays()) : null);
        reclaims.note(Who.SYSTEM, "", one, action, reason);
        store.find(one.id()).ifPresent(notices::settled);
    }
}
