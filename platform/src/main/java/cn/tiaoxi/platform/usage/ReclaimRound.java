package cn.tiaoxi.platform.usage;

import cn.tiaoxi.platform.city.City;
import cn.tiaoxi.platform.city.WorkingCalendar;
import cn.tiaoxi.platform.evidence.Logs;
import cn.tiaoxi.platform.evidence.Who;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Looks for idle grants and opens their cases, ends cases of grants that are used again or ended,
 * and tells of grants that are about to end. Each grant is handled in a transaction of its own;
 * what is done already is not done again.
 */
@Component
class ReclaimRound {
    private static final Logger LOG = LoggerFactory.getLogger(ReclaimRound.class);
    private static final int AT_ONCE = 500;

    private final IdleStore idle;
    private final ReclaimStore store;
    private final Reclaims reclaims;
    private final ReclaimNotices notices;
    private final UsageTerms terms;
    private final Logs logs;
    private final WorkingCalendar calendar;
    private final City city;
    private final TransactionTemplate transaction;
    private final Clock clock;

    ReclaimRound(
            IdleStore idle,
            ReclaimStore store,
            Reclaims reclaims,
            ReclaimNotices notices,
            UsageTerms terms,
            Logs logs,
            WorkingCalendar calendar,
            City city,
            TransactionTemplate transaction,
            Clock clock) {
        this.idle = idle;
        this.store = store;
        this.reclaims = reclaims;
        this.notices = notices;
        this.terms = terms;
        this.logs = logs;
        this.calendar = calendar;
        this.city = city;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Does all that is due. */
    @Scheduled(
            fixedDelayString = "${tiaoxi.usage.round-interval:5m}",
            initialDelayString = "${tiaoxi.usage.round-interval:5m}")
    void go() {
        closeOver();
        findIdle();
        tellEnding();
    }

    /** Ends cases whose grants were used again or ended. */
    void closeOver() {
        for (ReclaimCase one : store.over(city.zone().getId(), clock.instant())) {
            alone(
                    one.grant(),
                    () -> {
                        boolean inForce = inForce(one.grant());
                        reclaims.close(
                                one,
                                inForce ? ReclaimCase.State.USED_AGAIN : ReclaimCase.State.ENDED,
                                Who.SYSTEM,
                                "",
                                "");
                    });
        }
    }

    private boolean inForce(String grant) {
        return idle.find(grant, clock.instant(), city.zone().getId()).isPresent();
    }

    /**
     * Opens cases, on working days. As long as a gateway's calls cannot be read nobody is blamed
     * for not calling.
     *
     * @return how many
     */
    int findIdle() {
        Instant now = clock.instant();
        LocalDate today = now.atZone(city.zone()).toLocalDate();
        if (!calendar.isWorkingDay(today)) {
            return 0;
        }
        if (isBlind()) {
            LOG.warn("A gateway's log cannot be read; no grant is taken for idle");
            return 0;
        }
        Instant midnight = today.atStartOfDay(city.zone()).toInstant();
        long left = terms.mostADay() - store.openedSince(midnight);
        if (left <= 0) {
            return 0;
        }
        List<IdleStore.Idle> found =
                idle.idle(now, today, city.zone().getId(), terms.idleDays(), (int) left);
        found.forEach(g -> alone(g.grant(), () -> open(g, today)));
        return found.size();
    }

    /** Whether a log of a gateway has a problem, so that calls may be missing. */
    boolean isBlind() {
        return logs.all().stream().anyMatch(l -> l.problem() != null);
    }

    private void open(IdleStore.Idle grant, LocalDate today) {
        reclaims.open(
                grant,
                new ReclaimCase(
                        UUID.randomUUID().toString(),
                        grant.grant(),
                        grant.organisation(),
                        grant.owner(),
                        grant.title(),
                        grant.grade(),
                        grant.since(),
                        (int) ChronoUnit.DAYS.between(grant.since(), today),
                        ReclaimCase.State.ASKED,
                        clock.instant(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        1));
    }

    /** Tells both sides of grants that are about to end, once for each of the city's terms. */
    void tellEnding() {
        Instant now = clock.instant();
        String zone = city.zone().getId();
        for (int days : terms.expiryDaysBefore().stream().sorted().toList()) {
            Instant until = now.plus(Duration.ofDays(days));
            for (IdleStore.Idle grant : idle.ending(now, until, days, zone, AT_ONCE)) {
                alone(
                        grant.grant(),
                        () -> {
                            idle.told(grant, days, now);
                            notices.ending(grant, days);
                        });
            }
        }
    }

    private void alone(String grant, Runnable act) {
        try {
            transaction.executeWithoutResult(status -> act.run());
        } catch (RuntimeException e) {
            LOG.error("The grant {} could not be looked after; trying again", grant, e);
        }
    }
}
