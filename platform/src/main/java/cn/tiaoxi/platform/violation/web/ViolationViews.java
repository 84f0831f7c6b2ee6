package cn.tiaoxi.platform.violation.web;

import cn.tiaoxi.contract.Restriction;
import cn.tiaoxi.platform.border.Allowed;
import cn.tiaoxi.platform.city.City;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.city.WorkingCalendar;
import cn.tiaoxi.platform.flow.Diagram;
import cn.tiaoxi.platform.flow.FlowTask;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.violation.ViolationCase;
import cn.tiaoxi.platform.violation.ViolationCase.State;
import cn.tiaoxi.platform.violation.ViolationRule;
import cn.tiaoxi.platform.violation.ViolationTerms;
import cn.tiaoxi.platform.violation.Violations;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Cases of misuse as they stand in answers. */
@Component
class ViolationViews {
    private final Violations violations;
    private final ViolationTerms terms;
    private final Organisations organisations;
    private final WorkingCalendar calendar;
    private final City city;
    private final Access access;
    private final Clock clock;

    ViolationViews(
            Violations violations,
            ViolationTerms terms,
            Organisations organisations,
            WorkingCalendar calendar,
            City city,
            Access access,
            Clock clock) {
        this.violations = violations;
        this.terms = terms;
        this.organisations = organisations;
        this.calendar = calendar;
        this.city = city;
        this.access = access;
        this.clock = clock;
    }

    /**
     * A rule of a case.
     *
     * @param description null once the city has the rule no more
     */
    record RuleRef(
            String id,
            String name,
            @Nullable String description,
            @Nullable String mend,
            @Nullable Long threshold,
            @Nullable String window) {}

    /** An application or interface. */
    record Subject(ViolationRule.Against kind, String id, String name) {}

    /** Who did something, and when. */
    record ActView(Instant time, String by) {}

    /** Something that happened to a case. */
    record EventView(Instant time, String actor, String action, String text) {}

    /**
     * What the case imposes now.
     *
     * @param perSecond calls a second that are left, null for none
     * @param until null if a person must end it
     */
    record RestrictionView(@Nullable Integer perSecond, @Nullable Instant until) {}

    /** A case; rows of lists leave out findings, process, timeline and deadline. */
    record CaseView(
            String id,
            String number,
            String title,
            RuleRef rule,
            Subject subject,
            Organisations.Named organisation,
            ViolationRule.Severity severity,
            State state,
            Instant opened,
            Instant found,
            @Nullable ActView answered,
            @Nullable String answer,
            boolean answerFalse,
            @Nullable ActView judged,
            ViolationCase.@Nullable Judgement judgement,
            @Nullable String judgementReason,
            @Nullable Instant rectifyDue,
            @Nullable ActView rectified,
            @Nullable String rectification,
            @Nullable String proof,
            @Nullable Instant settled,
            @Nullable RestrictionView restriction,
            int rectifyDays,
            int longestExemptionDays,
            @Nullable List<ViolationCase.Finding> findings,
            @Nullable Instant due,
            @Nullable Long remainingWorkingMinutes,
            boolean overdue,
            @Nullable Diagram process,
            @Nullable List<EventView> timeline,
            List<Allowed> allowed,
            long version) {}

    CaseView row(ViolationCase one) {
        return view(one, null, null, null, null, null);
    }

    CaseView whole(ViolationCase one) {
        return view(
                one,
                violations.findings(one),
                violations.restriction(one),
                violations.waiting(one).map(FlowTask::due).orElse(null),
                violations.diagram(one).orElse(null),
                violations.events(one).stream()
                        .map(
                                e ->
                                        new EventView(
                                                e.time(),
                                                name(e.actorName()),
                                                e.action(),
                                                e.text()))
                        .toList());
    }

    private String name(String name) {
        return name.isEmpty() ? city.platform().shown() : name;
    }

    private CaseView view(
            ViolationCase one,
            @Nullable List<ViolationCase.Finding> findings,
            @Nullable Restriction restriction,
            @Nullable Instant due,
            @Nullable Diagram process,
            @Nullable List<EventView> timeline) {
        Instant now = clock.instant();
        return new CaseView(
                one.id(),
                one.number(),
                one.title().shown(),
                rule(one),
                new Subject(one.against(), one.subject(), one.subjectName()),
                organisations.named(one.organisation()),
                one.severity(),
                one.state(),
                one.opened(),
                one.found(),
                act(one.answered()),
                one.answer(),
                one.answerFalse(),
                act(one.judged()),
                one.judgement(),
                one.judgementReason(),
                one.rectifyDue(),
                act(one.rectified()),
                one.rectification(),
                one.proof(),
                one.settled(),
                restriction == null
                        ? null
                        : new RestrictionView(restriction.perSecond(), restriction.until()),
                terms.rectifyDays(),
                terms.longestExemptionDays(),
                findings,
                due,
                due == null ? null : calendar.workingTime(now, due).toMinutes(),
                due != null && now.isAfter(due),
                process,
                timeline,
                allowed(one, restriction != null),
                one.version());
    }

    private RuleRef rule(ViolationCase one) {
        ViolationRule rule = terms.rule(one.rule()).orElse(null);
        return rule == null
                ? new RuleRef(one.rule(), one.ruleName().shown(), null, null, null, null)
                : new RuleRef(
                        rule.id(),
                        one.ruleName().shown(),
                        rule.description().shown(),
                        rule.mend().shown(),
                        rule.threshold(),
                        rule.window());
    }

    private @Nullable ActView act(ViolationCase.@Nullable Act act) {
        return act == null ? null : new ActView(act.time(), name(act.byName()));
    }

    private List<Allowed> allowed(ViolationCase one, boolean restricted) {
        boolean answers = access.actor().may("violation:answer", one.organisation());
        boolean judges = violations.judges();
        ViolationCase.Act answered = one.answered();
        boolean own = answered != null && answered.by().equals(access.actor().username());
        boolean judging = one.state() == State.JUDGING;
        return List.of(
                allowed("answer", answers, one.state() == State.NOTICED),
                own && judging
                        ? Allowed.of("judge", "VIOLATION_OWN_ANSWER")
                        : allowed("judge", judges, judging),
                allowed("rectify", answers, one.state() == State.RECTIFYING),
                allowed("recheck", judges, one.state() == State.RECHECKING),
                Allowed.of(
                        "release",
                        judges
                                ? Allowed.unless(restricted, "VIOLATION_NOT_RESTRICTED")
                                : "PERMISSION_MISSING"));
    }

    private static Allowed allowed(String action, boolean permitted, boolean possible) {
        return Allowed.of(
                action,
                permitted ? Allowed.unless(possible, "VIOLATION_STATE") : "PERMISSION_MISSING");
    }
}
