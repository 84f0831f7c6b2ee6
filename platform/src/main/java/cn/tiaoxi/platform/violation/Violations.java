package cn.tiaoxi.platform.violation;

import cn.tiaoxi.contract.Restriction;
import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.border.Characters;
import cn.tiaoxi.platform.border.Identifiers;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.city.City;
import cn.tiaoxi.platform.city.WorkingCalendar;
import cn.tiaoxi.platform.evidence.Evidence;
import cn.tiaoxi.platform.evidence.Who;
import cn.tiaoxi.platform.flow.Diagram;
import cn.tiaoxi.platform.flow.FlowTask;
import cn.tiaoxi.platform.flow.Flows;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Actor;
import cn.tiaoxi.platform.sharing.Grants;
import cn.tiaoxi.platform.sharing.Restrictions;
import cn.tiaoxi.platform.violation.ViolationCase.Judgement;
import cn.tiaoxi.platform.violation.ViolationCase.State;
import cn.tiaoxi.platform.violation.ViolationRule.Against;
import cn.tiaoxi.platform.violation.ViolationRule.Severity;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Cases of misuse: the one concerned answers, the data office judges, what is to be rectified is
 * reported and re-checked over new calls. Each is a process {@value #PROCESS}.
 */
@Service
public class Violations {
    static final String PROCESS = "violation-case";
    static final String READ = "violation:read";
    static final String ANSWER = "violation:answer";
    static final String JUDGE = "violation:judge";
    private static final int LONGEST = 2000;

    private final CaseStore store;
    private final SeenStore seen;
    private final ViolationTerms terms;
    private final RuleExemptions exemptions;
    private final Restrictions restrictions;
    private final Grants grants;
    private final ViolationNotices notices;
    private final Flows flows;
    private final WorkingCalendar calendar;
    private final Evidence evidence;
    private final Access access;
    private final City city;
    private final Clock clock;

    Violations(
            CaseStore store,
            SeenStore seen,
            ViolationTerms terms,
            RuleExemptions exemptions,
            Restrictions restrictions,
            Grants grants,
            ViolationNotices notices,
            Flows flows,
            WorkingCalendar calendar,
            Evidence evidence,
            Access access,
            City city,
            Clock clock) {
        this.store = store;
        this.seen = seen;
        this.terms = terms;
        this.exemptions = exemptions;
        this.restrictions = restrictions;
        this.grants = grants;
        this.notices = notices;
        this.flows = flows;
        this.calendar = calendar;
        this.evidence = evidence;
        this.access = access;
        this.city = city;
        this.clock = clock;
    }

    /**
     * Which cases to list; empty texts filter nothing.
     *
     * @param state a state, {@code OPEN} or {@code SETTLED}
     * @param interfaceId cases in whose findings that interface was called
     * @param grant cases in whose findings that grant was used
     */
    public record Filter(
            String state,
            String rule,
            String organisation,
            @Nullable Severity severity,
            String application,
            String interfaceId,
            String grant,
            String text) {}

    /** Cases within reach of the actor. Sorts: opened, found, severity, organisation. */
    @Transactional(readOnly = true)
    public Page<ViolationCase> list(Filter filter, Slice slice) {
        return store.list(
                new CaseStore.Filter(
                        access.actor().reach(READ),
                        filter.state(),
                        filter.rule(),
                        filter.organisation(),
                        filter.severity(),
                        filter.application(),
                        filter.interfaceId(),
                        filter.grant(),
                        filter.text()),
                slice);
    }

    /**
     * A case of the actor's organisation.
     *
     * @throws ViolationException if there is none
     */
    @Transactional(readOnly = true)
    public ViolationCase get(String id) {
        Actor actor = access.actor();
        return find(id).filter(c -> actor.may(READ, c.organisation()))
                .orElseThrow(() -> ViolationException.notFound(id));
    }

    private Optional<ViolationCase> find(String id) {
        return Identifiers.isIdentifier(id) ? store.find(id) : Optional.empty();
    }

    /** What was found, the newest first. */
    public List<ViolationCase.Finding> findings(ViolationCase one) {
        return store.findings(one.id());
    }

    public List<ViolationCase.Event> events(ViolationCase one) {
        return store.events(one.id());
    }

    /** What the case imposes on its application now, or null. */
    public @Nullable Restriction restriction(ViolationCase one) {
        return one.against() == Against.APPLICATION
                ? restrictions.of(one.subject(), one.number())
                : null;
    }

    /** The case's process as a picture. */
    public Optional<Diagram> diagram(ViolationCase one) {
        return flows.diagram(one.flow());
    }

    /** What waits for somebody in the case. */
    public Optional<FlowTask> waiting(ViolationCase one) {
        return flows.open(one.flow()).stream().findFirst();
    }

    /** Whether the actor may judge cases. */
    public boolean judges() {
        return access.actor().may(JUDGE, terms.office());
    }

    /**
     * The one concerned explains, or says that it is a false alarm.
     *
     * @throws ViolationException if no answer is waited for
     */
    @Transactional
    public ViolationCase answer(String id, @Nullable String answer, boolean falseAlarm) {
        ViolationCase one = get(id);
        Actor actor = access.require(ANSWER, one.organisation());
        String text = text("answer", answer);
        if (!store.answer(id, act(actor), text, falseAlarm)) {
            throw ViolationException.state(get(id));
        }
        note(actor, one, falseAlarm ? "denied" : "answered", text);
        flows.complete(one.flow(), "answer", actor.username(), Map.of());
        return get(id);
    }

    /**
     * What the data office judges.
     *
     * @param outcome dismiss as a false alarm, demand rectification, or take the grants back
     * @param until last day of the exemption that follows a false alarm
     * @param workingDays deadline of a rectification, or null for the usual one
     */
    public record Verdict(
            Judgement outcome,
            @Nullable String reason,
            @Nullable LocalDate until,
            @Nullable Integer workingDays) {}

    /**
     * The data office judges. Nobody judges an answer of their own.
     *
     * @throws ViolationException if no judgement is waited for
     */
    @Transactional
    public ViolationCase judge(String id, Verdict verdict) {
        ViolationCase one = get(id);
        Actor actor = access.require(JUDGE, terms.office());
        ViolationCase.Act answered = one.answered();
        if (answered != null && answered.by().equals(actor.username())) {
            throw ViolationException.ownAnswer();
        }
        String why = text("reason", verdict.reason());
        int days = workingDays(verdict);
        State after =
                switch (verdict.outcome()) {
                    case DISMISS -> State.DISMISSED;
                    case RECTIFY -> State.RECTIFYING;
                    case REVOKE -> State.REVOKED;
                };
        Instant due = after == State.RECTIFYING ? calendar.deadline(clock.instant(), days) : null;
        if (after == State.REVOKED && one.against() != Against.APPLICATION) {
            throw ViolationException.nothingToRevoke(one);
        }
        if (!store.judge(id, after, act(actor), verdict.outcome(), why, due)) {
            throw ViolationException.state(get(id));
        }
        note(actor, one, verdict.outcome().name().toLowerCase(java.util.Locale.ROOT), why);
        switch (verdict.outcome()) {
            case DISMISS -> {
                exemptions.give(one, until(verdict.until()), why, actor);
                lift(one, why, actor.who());
            }
            case RECTIFY -> {}
            case REVOKE -> revoke(one, why, actor);
        }
        flows.complete(
                one.flow(),
                "judge",
                actor.username(),
                Map.of("judgement", verdict.outcome().name(), "rectifyDays", days));
        return told(id, "state." + after.name());
    }

    private int workingDays(Verdict verdict) {
        Integer days = verdict.workingDays();
        if (days == null) {
            return terms.rectifyDays();
        }
        if (days < 1 || days > terms.longestRectifyDays()) {
            throw BorderException.invalid(
                    "workingDays", "violation.days", terms.longestRectifyDays());
        }
        return days;
    }

    private LocalDate until(@Nullable LocalDate until) {
        LocalDate today = clock.instant().atZone(city.zone()).toLocalDate();
        if (until == null
                || until.isBefore(today)
                || until.isAfter(today.plusDays(terms.longestExemptionDays()))) {
            throw BorderException.invalid("until", "violation.until", terms.longestExemptionDays());
        }
        return until;
    }

    /** Takes the grants back that the findings name; without any the application is cut off. */
    private void revoke(ViolationCase one, String why, Actor actor) {
        List<String> named =
                seen.active(
                        store.findings(one.id()).stream()
                                .map(ViolationCase.Finding::grants)
                                .flatMap(Collection::stream)
                                .distinct()
                                .toList());
        named.forEach(g -> grants.takeBack(g, actor.who(), actor.name(), why));
        if (named.isEmpty()) {
            restrictions.impose(
                    one.subject(), new Restriction(one.number(), null, null), why, actor.who());
        } else {
            lift(one, why, actor.who());
        }
    }

    /**
     * The one concerned tells what was done; new calls are watched from now on.
     *
     * @param proof where it can be seen: a document's address or number
     * @throws ViolationException if no rectification is waited for
     */
    @Transactional
    public ViolationCase rectified(String id, @Nullable String text, @Nullable String proof) {
        ViolationCase one = get(id);
        Actor actor = access.require(ANSWER, one.organisation());
        String what = text("text", text);
        String where = text("proof", proof);
        if (!store.rectify(id, act(actor), what, where)) {
            throw ViolationException.state(get(id));
        }
        note(actor, one, "rectified", what);
        flows.complete(one.flow(), "rectify", actor.username(), Map.of());
        return get(id);
    }

    /**
     * Checks now, instead of at the end of the time, whether the rule fired again.
     *
     * @throws ViolationException if no re-check is under way
     */
    @Transactional
    public ViolationCase recheck(String id) {
        ViolationCase one = get(id);
        Actor actor = access.require(JUDGE, terms.office());
        if (one.state() != State.RECHECKING) {
            throw ViolationException.state(one);
        }
        flows.complete(one.flow(), "recheck", actor.username(), Map.of());
        return get(id);
    }

    /**
     * Lifts early what the case imposes; the case goes on, or ends its last consequence.
     *
     * @throws ViolationException if it imposes nothing
     */
    @Transactional
    public ViolationCase release(String id, @Nullable String reason) {
        ViolationCase one = get(id);
        Actor actor = access.require(JUDGE, terms.office());
        String why = text("reason", reason);
        if (one.against() != Against.APPLICATION
                || !restrictions.lift(one.subject(), one.number(), why, actor.who())) {
            throw ViolationException.notRestricted(one);
        }
        note(actor, one, "released", why);
        return told(id, "released");
    }

    /** Nobody answered in time: the data office judges without. */
    void unanswered(String id) {
        step(id, State.NOTICED, State.JUDGING, "unanswered");
    }

    /** It was not rectified in time: the data office judges again. */
    void overdue(String id) {
        step(id, State.RECTIFYING, State.JUDGING, "overdue");
    }

    private void step(String id, State before, State after, String action) {
        ViolationCase one = store.find(id).orElseThrow();
        if (store.move(id, before, after, clock.instant())) {
            note(Who.SYSTEM, "", one, action, "");
            store.find(id).ifPresent(c -> notices.step(c, action));
        }
    }

    /** Ends the re-check; true if the rule did not fire in a window begun since. */
    boolean check(String id) {
        ViolationCase one = store.find(id).orElseThrow();
        ViolationCase.Act rectified = one.rectified();
        boolean clean = rectified == null || !store.isFoundAfter(id, rectified.time());
        if (clean) {
            lift(one, one.ruleName().zh(), Who.SYSTEM);
        }
        step(
                id,
                State.RECHECKING,
                clean ? State.RECTIFIED : State.JUDGING,
                clean ? "clean" : "again");
        return clean;
    }

    private void lift(ViolationCase one, String why, Who who) {
        if (one.against() == Against.APPLICATION) {
            restrictions.lift(one.subject(), one.number(), why, who);
        }
    }

    private ViolationCase told(String id, String what) {
        ViolationCase now = get(id);
        notices.judged(now, what);
        return now;
    }

    private void note(Actor actor, ViolationCase one, String action, String text) {
        note(actor.who(), actor.name(), one, action, text);
    }

    private void note(Who who, String name, ViolationCase one, String action, String text) {
        store.addEvent(
                one.id(), new ViolationCase.Event(clock.instant(), who.name(), name, action, text));
        evidence.changed(
                who,
                "violation." + action,
                one.flow(),
                Map.of(
                        "number", one.number(),
                        "rule", one.rule(),
                        "subject", one.subject(),
                        "organisation", one.organisation(),
                        "reason", text));
    }

    private ViolationCase.Act act(Actor actor) {
        return new ViolationCase.Act(clock.instant(), actor.username(), actor.name());
    }

    private static String text(String field, @Nullable String given) {
        String text = given == null ? "" : given.strip();
        if (text.isEmpty()) {
            throw BorderException.invalid(field, "border.required");
        }
        if (text.length() > LONGEST) {
            throw BorderException.invalid(field, "border.tooLong", LONGEST);
        }
        if (Characters.hasHidden(text, "\n\r")) {
            throw BorderException.invalid(field, "violation.control");
        }
        return text;
    }

    /** States in which a case waits for the one concerned. */
    static final Set<State> ASKING = Set.of(State.NOTICED, State.RECTIFYING);
}
