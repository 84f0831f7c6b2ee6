package cn.tiaoxi.platform.usage.web;

import cn.tiaoxi.platform.border.Allowed;
import cn.tiaoxi.platform.city.City;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.city.WorkingCalendar;
import cn.tiaoxi.platform.flow.Diagram;
import cn.tiaoxi.platform.flow.FlowTask;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Actor;
import cn.tiaoxi.platform.usage.ReclaimCase;
import cn.tiaoxi.platform.usage.Reclaims;
import cn.tiaoxi.platform.usage.UsageTerms;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Cases of idle grants as they stand in answers. */
@Component
class ReclaimViews {
    private final Reclaims reclaims;
    private final UsageTerms terms;
    private final Organisations organisations;
    private final WorkingCalendar calendar;
    private final City city;
    private final Access access;
    private final Clock clock;

    ReclaimViews(
            Reclaims reclaims,
            UsageTerms terms,
            Organisations organisations,
            WorkingCalendar calendar,
            City city,
            Access access,
            Clock clock) {
        this.reclaims = reclaims;
        this.terms = terms;
        this.organisations = organisations;
        this.calendar = calendar;
        this.city = city;
        this.access = access;
        this.clock = clock;
    }

    /** A case among those of a grant. */
    record Row(
            String id,
            ReclaimCase.State state,
            Instant opened,
            @Nullable Instant settled,
            LocalDate idleSince) {
        static Row from(ReclaimCase one) {
            return new Row(
                    one.id(),
                    one.state(),
                    one.opened(),
                    one.settled() == null ? null : one.settled().time(),
                    one.idleSince());
        }
    }

    /** Who did something, and when. */
    record ActView(Instant time, String by) {}

    /** Something that happened to a case. */
    record EventView(Instant time, String actor, String action, String text) {}

    /** A case; rows of lists leave out process, timeline and deadline. */
    record CaseView(
            String id,
            String grant,
            String title,
            Organisations.Named organisation,
            Organisations.Named owner,
            String grade,
            LocalDate idleSince,
            int idleDays,
            ReclaimCase.State state,
            Instant opened,
            @Nullable ActView claimed,
            @Nullable String claim,
            @Nullable ActView settled,
            @Nullable String reason,
            @Nullable LocalDate keptUntil,
            @Nullable LocalDate restorable,
            int leastReason,
            @Nullable Instant due,
            @Nullable Long remainingWorkingMinutes,
            boolean overdue,
            @Nullable Diagram process,
            @Nullable List<EventView> timeline,
            List<Allowed> allowed,
            long version) {}

    CaseView row(ReclaimCase one) {
        return view(one, null, null, null);
    }

    CaseView whole(ReclaimCase one) {
        return view(
                one,
                reclaims.waiting(one).map(FlowTask::due).orElse(null),
                reclaims.diagram(one).orElse(null),
                reclaims.events(one).stream()
                        .map(e -> new EventView(e.time(), name(e), e.action(), e.text()))
                        .toList());
    }

    private String name(ReclaimCase.Event event) {
        return event.actorName().isEmpty() ? city.platform().shown() : event.actorName();
    }

    private CaseView view(
            ReclaimCase one,
            @Nullable Instant due,
            @Nullable Diagram process,
            @Nullable List<EventView> timeline) {
        Instant now = clock.instant();
        return new CaseView(
                one.id(),
                one.grant(),
                one.title().shown(),
                organisations.named(one.organisation()),
                organisations.named(one.owner()),
                "L" + one.grade(),
                one.idleSince(),
                one.idleDays(),
                one.state(),
                one.opened(),
                act(one.claimed()),
                one.claim(),
                act(one.settled()),
                one.reason(),
                one.keptUntil(),
                one.restorable(),
                terms.leastReason(),
                due,
                due == null ? null : calendar.workingTime(now, due).toMinutes(),
                due != null && now.isAfter(due),
                process,
                timeline,
                allowed(one),
                one.version());
    }

    private @Nullable ActView act(ReclaimCase.@Nullable Act act) {
        return act == null
                ? null
                : new ActView(
                        act.time(),
                        act.byName().isEmpty() ? city.platform().shown() : act.byName());
    }

    private List<Allowed> allowed(ReclaimCase one) {
        Actor actor = access.actor();
        boolean answers = actor.may("use:answer", one.organisation());
        boolean decides = actor.may("grant:revoke", one.owner());
        ReclaimCase.Act claimed = one.claimed();
        boolean own = claimed != null && claimed.by().equals(actor.username());
        return List.of(
                allowed("need", answers, one.state().asksCaller(), "RECLAIM_STATE"),
                allowed("giveBack", answers, one.state().asksCaller(), "RECLAIM_STATE"),
                own && one.state().asksOwner()
                        ? Allowed.of("decide", "RECLAIM_OWN_CLAIM")
                        : allowed("decide", decides, one.state().asksOwner(), "RECLAIM_STATE"),
                allowed("restore", decides, reclaims.isRestorable(one), "RECLAIM_STATE"));
    }

    private static Allowed allowed(
            String action, boolean permitted, boolean possible, String otherwise) {
        return Allowed.of(
                action, permitted ? Allowed.unless(possible, otherwise) : "PERMISSION_MISSING");
    }
}
