package cn.tiaoxi.platform.usage;

import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.city.City;
import cn.tiaoxi.platform.evidence.Evidence;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Actor;
import cn.tiaoxi.platform.sharing.Grant;
import cn.tiaoxi.platform.sharing.Grants;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What grants are used for, within reach of the actor. */
@Service
public class Uses {
    private static final int SHOWN_DAYS = 60;

    private final UseStore store;
    private final DayStore days;
    private final IdleStore idle;
    private final ReclaimStore cases;
    private final Counter counter;
    private final UsageTerms terms;
    private final Grants grants;
    private final Evidence evidence;
    private final Access access;
    private final City city;
    private final Clock clock;

    Uses(
            UseStore store,
            DayStore days,
            IdleStore idle,
            ReclaimStore cases,
            Counter counter,
            UsageTerms terms,
            Grants grants,
            Evidence evidence,
            Access access,
            City city,
            Clock clock) {
        this.store = store;
        this.days = days;
        this.idle = idle;
        this.cases = cases;
        this.counter = counter;
        this.terms = terms;
        this.grants = grants;
        this.evidence = evidence;
        this.access = access;
        this.city = city;
        this.clock = clock;
    }

    /**
     * Which grants to list; empty texts filter nothing.
     *
     * @param verdict {@code EFFECTIVE}, {@code NOT_EFFECTIVE}, {@code DOUBTFUL}, {@code UNUSED},
     *     {@code ASKED} or {@code EXEMPTED}
     * @param text part of an application's, interface's or purpose's words
     */
    public record Filter(
            String state,
            String verdict,
            String organisation,
            String owner,
            String interfaceId,
            String text) {}

    /**
     * The use of a grant.
     *
     * @param standing its sums over the window, or null before its first call
     * @param days the last sixty days with calls, oldest first
     * @param idleSince first day without use, or null if the grant is not in force
     * @param idleLimit days without use after which the caller is asked
     */
    public record Use(
            Grant grant,
            @Nullable Standing standing,
            List<UseDay> days,
            @Nullable LocalDate idleSince,
            int idleLimit,
            @Nullable Exemption exemption,
            List<ReclaimCase> cases) {
        public Use {
            days = List.copyOf(days);
            cases = List.copyOf(cases);
        }
    }

    /**
     * Grants that organisations in reach gave or received. Sorts: lastAnswered, validUntil,
     * answered, subjects, plausibleDays.
     */
    @Transactional(readOnly = true)
    public Page<GrantUse> list(Filter filter, Slice slice) {
        return store.list(
                new UseStore.Filter(
                        access.actor().reach("grant:read"),
                        filter.state(),
                        filter.verdict(),
                        filter.organisation(),
                        filter.owner(),
                        filter.interfaceId(),
                        filter.text(),
                        clock.instant(),
                        today()),
                slice);
    }

    /** The use of one grant. */
    @Transactional(readOnly = true)
    public Use of(String id) {
        Grant grant = grants.get(id);
        LocalDate today = today();
        Optional<IdleStore.Idle> now = idle.find(id, clock.instant(), city.zone().getId());
        int grade = now.map(IdleStore.Idle::grade).orElse(1);
        return new Use(
                grant,
                days.standing(id).orElse(null),
                days.days(id, today.minusDays(SHOWN_DAYS - 1L), today),
                now.map(IdleStore.Idle::since).orElse(null),
                terms.idleDays().get(grade - 1),
                idle.exemption(id, today).orElse(null),
                cases.ofGrant(id));
    }

    /** Counts all calls again from the trace's copy. */
    @Transactional
    public void recount() {
        Actor actor = access.actor();
        evidence.changed(actor.who(), "usage.recounted", "usage:all", Map.of());
        counter.recount();
    }

    private LocalDate today() {
        return clock.instant().atZone(city.zone()).toLocalDate();
    }
}
