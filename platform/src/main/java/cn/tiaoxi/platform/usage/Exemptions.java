package cn.tiaoxi.platform.usage;

import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.city.City;
import cn.tiaoxi.platform.evidence.Evidence;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Actor;
import cn.tiaoxi.platform.sharing.Grant;
import cn.tiaoxi.platform.sharing.Grants;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Lets the data office keep grants that are there for emergencies, though nobody uses them. */
@Service
public class Exemptions {
    private final IdleStore store;
    private final ReclaimStore cases;
    private final Reclaims reclaims;
    private final UsageTerms terms;
    private final Grants grants;
    private final Evidence evidence;
    private final Access access;
    private final City city;
    private final Clock clock;

    Exemptions(
            IdleStore store,
            ReclaimStore cases,
            Reclaims reclaims,
            UsageTerms terms,
            Grants grants,
            Evidence evidence,
            Access access,
            City city,
            Clock clock) {
        this.store = store;
        this.cases = cases;
        this.reclaims = reclaims;
        this.terms = terms;
        this.grants = grants;
        this.evidence = evidence;
        this.access = access;
        this.city = city;
        this.clock = clock;
    }

    /** The exemption of a grant that is in force today. */
    @Transactional(readOnly = true)
    public Optional<Exemption> of(Grant grant) {
        return store.exemption(grant.id(), today());
    }

    /**
     * Exempts a grant up to a day, in place of an earlier exemption; its open case ends.
     *
     * @param until last day, today or later
     */
    @Transactional
    public void exempt(String id, @Nullable LocalDate until, @Nullable String reason) {
        Grant grant = grants.get(id);
        Actor actor = access.require(Reclaims.MANAGE, grant.organisation());
        String why = Reclaims.text(reason);
        LocalDate furthest = today().plusDays(terms.longestExemptionDays());
        if (until == null || until.isBefore(today()) || until.isAfter(furthest)) {
            throw BorderException.invalid(
                    "until", "usage.until", Integer.toString(terms.longestExemptionDays()));
        }
        store.endExemption(id, actor.username(), clock.instant());
        store.exempt(
                new Exemption(
                        UUID.randomUUID().toString(),
                        id,
                        until,
                        why,
                        clock.instant(),
                        actor.name()),
                actor.username());
        evidence.changed(
                actor.who(),
                "grant.exempted",
                "grant:" + id,
                Map.of("until", until.toString(), "reason", why));
        cases.openOf(id)
                .ifPresent(
                        c ->
                                reclaims.close(
                                        c,
                                        ReclaimCase.State.EXEMPTED,
                                        actor.who(),
                                        actor.name(),
                                        why));
    }

    /**
     * Ends the exemption of a grant.
     *
     * @throws UsageException if it has none
     */
    @Transactional
    public void end(String id) {
        Grant grant = grants.get(id);
        Actor actor = access.require(Reclaims.MANAGE, grant.organisation());
        if (!store.endExemption(id, actor.username(), clock.instant())) {
            throw UsageException.noExemption(id);
        }
        evidence.changed(actor.who(), "grant.exemption-ended", "grant:" + id, Map.of());
    }

    private LocalDate today() {
        return clock.instant().atZone(city.zone()).toLocalDate();
    }
}
