package cn.tiaoxi.platform.violation;

import cn.tiaoxi.contract.Restriction;
import cn.tiaoxi.platform.border.Identifiers;
import cn.tiaoxi.platform.city.City;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.evidence.Evidence;
import cn.tiaoxi.platform.evidence.Who;
import cn.tiaoxi.platform.flow.Flows;
import cn.tiaoxi.platform.sharing.Restrictions;
import cn.tiaoxi.platform.violation.ViolationRule.Act;
import cn.tiaoxi.platform.violation.ViolationRule.Against;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Makes cases of what rules found, or adds it to open ones, and imposes what follows at once. */
@Component
class Findings {
    private final CaseStore store;
    private final SeenStore seen;
    private final ViolationTerms terms;
    private final Restrictions restrictions;
    private final ViolationNotices notices;
    private final Flows flows;
    private final Evidence evidence;
    private final Organisations organisations;
    private final City city;
    private final Clock clock;

    Findings(
            CaseStore store,
            SeenStore seen,
            ViolationTerms terms,
            Restrictions restrictions,
            ViolationNotices notices,
            Flows flows,
            Evidence evidence,
            Organisations organisations,
            City city,
            Clock clock) {
        this.store = store;
        this.seen = seen;
        this.terms = terms;
        this.restrictions = restrictions;
        this.notices = notices;
        this.flows = flows;
        this.evidence = evidence;
        this.organisations = organisations;
        this.city = city;
        this.clock = clock;
    }

    /**
     * A rule's threshold is reached. Called again while more is counted in the same window; once
     * its case is settled that changes nothing.
     *
     * @param organisation code of the organisation that answers for the subject
     */
    void found(ViolationRule rule, Tally tally, String organisation) {
        ViolationCase open = store.openOf(rule.id(), tally.key.subject()).orElse(null);
        if (open == null) {
            if (!tally.fired) {
                open(rule, tally, organisation);
            }
            return;
        }
        if (store.put(open.id(), tally)) {
            store.raise(open.id(), open.severity().raised(), clock.instant());
            impose(rule, open);
            note(open, "repeated", Long.toString(tally.amount));
            notices.repeated(open);
        }
    }

    private void open(ViolationRule rule, Tally tally, String organisation) {
        Instant now = clock.instant();
        boolean known = organisations.find(organisation).isPresent();
        ViolationCase one =
                new ViolationCase(
                        Identifiers.next(),
                        "WG%d-%06d"
                                .formatted(now.atZone(city.zone()).getYear(), store.nextNumber()),
                        rule.id(),
                        rule.name(),
                        rule.against(),
                        tally.key.subject(),
                        seen.name(rule.against(), tally.key.subject()),
                        known ? organisation : terms.office(),
                        rule.severity(),
                        ViolationCase.State.NOTICED,
                        now,
                        now,
                        null,
                        null,
                        false,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        1);
        store.add(one);
        store.put(one.id(), tally);
        note(one, "opened", Long.toString(tally.amount));
        impose(rule, one);
        flows.start(
                Violations.PROCESS,
                one.flow(),
                Map.ofEntries(
                        Map.entry("case", one.id()),
                        Map.entry("number", one.number()),
                        Map.entry("titleZh", one.title().zh()),
                        Map.entry("titleEn", one.title().en()),
                        Map.entry("organisation", one.organisation()),
                        Map.entry("office", terms.office()),
                        Map.entry("answerDays", terms.answer().workingDays()),
                        Map.entry("answerReminders", terms.answer().reminders()),
                        Map.entry("judgeDays", terms.judge().workingDays()),
                        Map.entry("judgeReminders", terms.judge().reminders()),
                        Map.entry("rectifyDays", terms.rectify().workingDays()),
                        Map.entry("rectifyReminders", terms.rectify().reminders()),
                        Map.entry("recheckDays", terms.recheck().workingDays()),
                        Map.entry("recheckReminders", terms.recheck().reminders())));
    }

    private void impose(ViolationRule rule, ViolationCase one) {
        if (rule.measure().act() == Act.NONE || one.against() != Against.APPLICATION) {
            return;
        }
        restrictions.impose(
                one.subject(),
                new Restriction(
                        one.number(),
                        rule.measure().perSecond(),
                        rule.measure().until(clock.instant())),
                one.ruleName().zh(),
                Who.SYSTEM);
        note(one, rule.measure().act() == Act.CUT ? "cut" : "slowed", "");
    }

    private void note(ViolationCase one, String action, String text) {
        store.addEvent(
                one.id(),
                new ViolationCase.Event(clock.instant(), Who.SYSTEM.name(), "", action, text));
        evidence.changed(
                Who.SYSTEM,
                "violation." + action,
                one.flow(),
                Map.of(
                        "number", one.number(),
                        "rule", one.rule(),
                        "subject", one.subject(),
                        "organisation", one.organisation(),
                        "amount", text));
    }
}
