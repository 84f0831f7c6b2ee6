package cn.tiaoxi.platform.usage;

import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.border.Characters;
import cn.tiaoxi.platform.border.Identifiers;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.city.City;
import cn.tiaoxi.platform.evidence.Evidence;
import cn.tiaoxi.platform.evidence.Who;
import cn.tiaoxi.platform.flow.Diagram;
import cn.tiaoxi.platform.flow.FlowTask;
import cn.tiaoxi.platform.flow.Flows;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Actor;
import cn.tiaoxi.platform.sharing.GrantRevoked;
import cn.tiaoxi.platform.sharing.Grants;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Idle grants: their callers answer, their owners decide, and what was taken back can be restored
 * for some days. Each is a process {@value #PROCESS}.
 */
@Service
public class Reclaims {
    static final String PROCESS = "grant-reclaim";
    static final String ANSWER = "use:answer";
    static final String MANAGE = "use:manage";
    private static final String READ = "grant:read";
    private static final String REVOKE = "grant:revoke";
    private static final int LONGEST = 1000;
    private static final Set<ReclaimCase.State> ASKING =
            Set.of(ReclaimCase.State.ASKED, ReclaimCase.State.LAST_CALL);
    private static final Set<ReclaimCase.State> DECIDING =
            Set.of(ReclaimCase.State.CLAIMED, ReclaimCase.State.DOUBTFUL);
    private static final Set<ReclaimCase.State> TAKEN =
            Set.of(ReclaimCase.State.RECLAIMED, ReclaimCase.State.GIVEN_BACK);

    private final ReclaimStore store;
    private final IdleStore idle;
    private final UsageTerms terms;
    private final Grants grants;
    private final Flows flows;
    private final ReclaimNotices notices;
    private final Evidence evidence;
    private final Access access;
    private final City city;
    private final Clock clock;

    Reclaims(
            ReclaimStore store,
            IdleStore idle,
            UsageTerms terms,
            Grants grants,
            Flows flows,
            ReclaimNotices notices,
            Evidence evidence,
            Access access,
            City city,
            Clock clock) {
        this.store = store;
        this.idle = idle;
        this.terms = terms;
        this.grants = grants;
        this.flows = flows;
        this.notices = notices;
        this.evidence = evidence;
        this.access = access;
        this.city = city;
        this.clock = clock;
    }

    /** What an owner can decide. */
    public enum Decision {
        KEEP,
        RECLAIM
    }

    /**
     * Which cases to list; empty texts filter nothing.
     *
     * @param box {@code received}, {@code given} or {@code all}
     * @param state a state, {@code OPEN} or {@code SETTLED}
     */
    public record Filter(
            String box, String state, String organisation, String owner, String text) {}

    /** Cases within reach of the actor. Sorts: opened, idleDays, organisation. */
    @Transactional(readOnly = true)
    public Page<ReclaimCase> list(Filter filter, Slice slice) {
        Actor actor = access.actor();
        Set<String> reach = actor.reach(READ);
        Set<String> own = reach.isEmpty() ? Set.of(actor.organisation()) : reach;
        boolean all = filter.box().equals("all") || filter.box().isEmpty();
        if (!all && !Set.of("received", "given").contains(filter.box())) {
            throw BorderException.invalid("box", "usage.box", filter.box());
        }
        return store.list(
                new ReclaimStore.Filter(
                        all ? reach : filter.box().equals("received") ? own : null,
                        all ? reach : filter.box().equals("given") ? own : null,
                        filter.state(),
                        filter.organisation(),
                        filter.owner(),
                        filter.text()),
                slice);
    }

    /**
     * A case of a grant that the actor's organisation gave or received.
     *
     * @throws UsageException if there is none
     */
    @Transactional(readOnly = true)
    public ReclaimCase get(String id) {
        Actor actor = access.actor();
        return find(id).filter(c -> actor.may(READ, c.organisation()) || actor.may(READ, c.owner()))
                .orElseThrow(() -> UsageException.notFound(id));
    }

    private Optional<ReclaimCase> find(String id) {
        return Identifiers.isIdentifier(id) ? store.find(id) : Optional.empty();
    }

    public List<ReclaimCase.Event> events(ReclaimCase one) {
        return store.events(one.id());
    }

    /** The case's process as a picture. */
    public Optional<Diagram> diagram(ReclaimCase one) {
        return flows.diagram(one.subject());
    }

    /** What waits for somebody in the case. */
    public Optional<FlowTask> waiting(ReclaimCase one) {
        return flows.open(one.subject()).stream().findFirst();
    }

    /** Whether the actor may restore what was taken back, today. */
    public boolean isRestorable(ReclaimCase one) {
        LocalDate last = one.restorable();
        return TAKEN.contains(one.state()) && last != null && !today().isAfter(last);
    }

    /**
     * Says that the grant is still needed, and why; its owner decides on that.
     *
     * @throws UsageException if no answer is waited for
     */
    @Transactional
    public ReclaimCase need(String id, @Nullable String reason) {
        ReclaimCase one = get(id);
        Actor actor = access.require(ANSWER, one.organisation());
        String why = text(reason);
        if (!terms.hasSubstance(why)) {
            throw BorderException.invalid("reason", "usage.substance", terms.leastReason());
        }
        if (!store.claim(id, act(actor), why)) {
            throw UsageException.state(get(id));
        }
        note(actor.who(), actor.name(), one, "claimed", why);
        flows.complete(one.subject(), node(one), actor.username(), answered("NEED"));
        return get(id);
    }

    /**
     * Gives the grant back at once.
     *
     * @throws UsageException if no answer is waited for
     */
    @Transactional
    public ReclaimCase giveBack(String id, @Nullable String reason) {
        ReclaimCase one = get(id);
        Actor actor = access.require(ANSWER, one.organisation());
        String why = text(reason);
        if (!store.settle(
                id,
                ASKING,
                ReclaimCase.State.GIVEN_BACK,
                act(actor),
                why,
                null,
                today().plusDays(terms.restoreDays()))) {
            throw UsageException.state(get(id));
        }
        grants.takeBack(one.grant(), actor.who(), actor.name(), why);
        note(actor.who(), actor.name(), one, "given-back", why);
        flows.complete(one.subject(), node(one), actor.username(), answered("GIVE_BACK"));
        return told(id);
    }

    private static Map<String, Object> answered(String answer) {
        return Map.of("answer", answer);
    }

    private static String node(ReclaimCase one) {
        return one.state() == ReclaimCase.State.LAST_CALL ? "lastCall" : "answer";
    }

    /**
     * The owner keeps the grant or takes it back. Nobody decides on a reason of their own.
     *
     * @throws UsageException if no decision is waited for
     */
    @Transactional
    public ReclaimCase decide(String id, Decision decision, @Nullable String reason) {
        ReclaimCase one = get(id);
        Actor actor = access.require(REVOKE, one.owner());
        ReclaimCase.Act claimed = one.claimed();
        if (claimed != null && claimed.by().equals(actor.username())) {
            throw UsageException.ownClaim();
        }
        String why = text(reason);
        boolean keep = decision == Decision.KEEP;
        if (!store.settle(
                id,
                DECIDING,
                keep ? ReclaimCase.State.KEPT : ReclaimCase.State.RECLAIMED,
                act(actor),
                why,
                keep ? today().plusDays(terms.keptDays()) : null,
                keep ? null : today().plusDays(terms.restoreDays()))) {
            throw UsageException.state(get(id));
        }
        if (!keep) {
            grants.takeBack(one.grant(), actor.who(), actor.name(), why);
        }
        note(actor.who(), actor.name(), one, keep ? "kept" : "reclaimed", why);
        flows.complete(
                one.subject(), "decide", actor.username(), Map.of("decision", decision.name()));
        return told(id);
    }

    /**
     * Puts a grant in force again that was taken or given back as idle.
     *
     * @throws UsageException if it was not, or the days for it are over
     */
    @Transactional
    public ReclaimCase restore(String id, @Nullable String reason) {
        ReclaimCase one = get(id);
        Actor actor = access.require(REVOKE, one.owner());
        String why = text(reason);
        if (!TAKEN.contains(one.state())) {
            throw UsageException.state(one);
        }
        if (!isRestorable(one)) {
            throw UsageException.restoreOver(one, terms.restoreDays());
        }
        if (!store.settle(
                id,
                TAKEN,
                ReclaimCase.State.RESTORED,
                act(actor),
                why,
                today().plusDays(terms.keptDays()),
                null)) {
            throw UsageException.state(get(id));
        }
        grants.restore(one.grant(), why);
        note(actor.who(), actor.name(), one, "restored", why);
        return told(id);
    }

    private ReclaimCase told(String id) {
        ReclaimCase now = get(id);
        notices.settled(now);
        return now;
    }

    /** Opens the case of an idle grant; nothing happens if it has an open one. */
    void open(IdleStore.Idle grant, ReclaimCase one) {
        if (!store.open(one)) {
            return;
        }
        note(Who.SYSTEM, "", one, "opened", Integer.toString(one.idleDays()));
        flows.start(
                PROCESS,
                one.subject(),
                Map.ofEntries(
                        Map.entry("case", one.id()),
                        Map.entry("titleZh", grant.title().zh()),
                        Map.entry("titleEn", grant.title().en()),
                        Map.entry("organisation", one.organisation()),
                        Map.entry("owner", one.owner()),
                        Map.entry("answerDays", terms.answer().workingDays()),
                        Map.entry("answerReminders", terms.answer().reminders()),
                        Map.entry("lastDays", terms.lastCall().workingDays()),
                        Map.entry("lastReminders", terms.lastCall().reminders()),
                        Map.entry("decideDays", terms.decide().workingDays()),
                        Map.entry("decideReminders", terms.decide().reminders())));
    }

    /** Ends an open case early: the grant is used again, exempted, or ended otherwise. */
    void close(ReclaimCase one, ReclaimCase.State state, Who who, String name, String reason) {
        ReclaimCase.Act act = new ReclaimCase.Act(clock.instant(), who.name(), name);
        if (store.settle(one.id(), Set.of(one.state()), state, act, reason, null, null)) {
            note(who, name, one, state.name().toLowerCase(java.util.Locale.ROOT), reason);
            flows.send(one.subject(), "case-closed", who.name(), Map.of());
            store.find(one.id()).ifPresent(notices::settled);
        }
    }

    /** A grant that is revoked while its caller is asked about it is no more to be asked about. */
    @EventListener
    void revoked(GrantRevoked event) {
        store.openOf(event.grant())
                .ifPresent(c -> close(c, ReclaimCase.State.ENDED, Who.SYSTEM, "", ""));
    }

    /** Records a step of a case, for people and in the trace. */
    void note(Who who, String name, ReclaimCase one, String action, String text) {
        store.addEvent(
                one.id(), new ReclaimCase.Event(clock.instant(), who.name(), name, action, text));
        evidence.changed(
                who,
                "reclaim." + action,
                one.subject(),
                Map.of(
                        "grant", one.grant(),
                        "organisation", one.organisation(),
                        "owner", one.owner(),
                        "idleSince", one.idleSince().toString(),
                        "reason", text));
    }

    private ReclaimCase.Act act(Actor actor) {
        return new ReclaimCase.Act(clock.instant(), actor.username(), actor.name());
    }

    private LocalDate today() {
        return clock.instant().atZone(city.zone()).toLocalDate();
    }

    static String text(@Nullable String reason) {
        String why = reason == null ? "" : reason.strip();
        if (why.isEmpty()) {
            throw BorderException.invalid("reason", "border.required");
        }
        if (why.length() > LONGEST) {
            throw BorderException.invalid("reason", "border.tooLong", LONGEST);
        }
        if (Characters.hasHidden(why, "\n\r")) {
            throw BorderException.invalid("reason", "usage.control");
        }
        return why;
    }
}
