package cn.tiaoxi.platform.sharing.web;

import cn.tiaoxi.contract.PolicySnapshot.Grade;
import cn.tiaoxi.contract.PolicySnapshot.Mask;
import cn.tiaoxi.platform.border.Allowed;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.city.WorkingCalendar;
import cn.tiaoxi.platform.flow.Diagram;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Actor;
import cn.tiaoxi.platform.sharing.Assessment;
import cn.tiaoxi.platform.sharing.Interfaces;
import cn.tiaoxi.platform.sharing.Precedents;
import cn.tiaoxi.platform.sharing.Request;
import cn.tiaoxi.platform.sharing.Requests;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Requests as they stand in answers. */
@Component
class RequestViews {
    private final Requests requests;
    private final Precedents precedents;
    private final Interfaces interfaces;
    private final Organisations organisations;
    private final WorkingCalendar calendar;
    private final Access access;
    private final Clock clock;

    RequestViews(
            Requests requests,
            Precedents precedents,
            Interfaces interfaces,
            Organisations organisations,
            WorkingCalendar calendar,
            Access access,
            Clock clock) {
        this.requests = requests;
        this.precedents = precedents;
        this.interfaces = interfaces;
        this.organisations = organisations;
        this.calendar = calendar;
        this.access = access;
        this.clock = clock;
    }

    /** The dataset behind a request. */
    record DatasetRef(String id, String title) {}

    /** A field asked for; the mask is the one decided, else the one that rules suggest. */
    record FieldView(String name, String label, Grade grade, @Nullable Mask mask) {}

    /** One rule in an assessment. */
    record RuleView(
            String id, String name, boolean fired, Assessment.Outcome outcome, String reason) {}

    /** What the rules say. */
    record AssessmentView(
            Assessment.Outcome outcome,
            List<RuleView> rules,
            Map<String, Mask> masks,
            int deadlineWorkingDays) {}

    /** A decision. */
    record DecisionView(
            Request.Outcome outcome,
            @Nullable Named by,
            boolean automatic,
            Instant time,
            String reason) {}

    /** An earlier request for the same dataset. */
    record SimilarView(
            String id,
            String number,
            Organisations.Named organisation,
            Request.Outcome outcome,
            String purpose,
            Instant time) {}

    /** Something that happened to the request. */
    record EventView(Instant time, String actor, String action, String text) {}

    /** A request in an answer; rows of lists leave out process, similar cases and timeline. */
    record RequestView(
            String id,
            String number,
            Request.State state,
            DatasetRef dataset,
            @JsonProperty("interface") Named lookup,
            Named application,
            Named applicant,
            Organisations.Named organisation,
            Organisations.Named owner,
            List<FieldView> fields,
            String purpose,
            String legalBasis,
            String matter,
            LocalDate validUntil,
            int perSecond,
            long perDay,
            @Nullable Long inAll,
            boolean exports,
            Instant created,
            @Nullable Instant due,
            @Nullable Long remainingWorkingMinutes,
            boolean overdue,
            boolean escalated,
            @Nullable AssessmentView assessment,
            @Nullable DecisionView decision,
            @Nullable String grant,
            @Nullable Diagram process,
            @Nullable List<SimilarView> similar,
            @Nullable List<EventView> timeline,
            List<Allowed> allowed,
            long version) {}

    RequestView row(Request request) {
        return view(request, null, null, null);
    }

    RequestView whole(Request request) {
        return view(
                request,
                requests.diagram(request).orElse(null),
                precedents.decided(request).stream().map(this::view).toList(),
                requests.events(request).stream().map(RequestViews::view).toList());
    }

    private RequestView view(
            Request request,
            @Nullable Diagram process,
            @Nullable List<SimilarView> similar,
            @Nullable List<EventView> timeline) {
        Instant now = clock.instant();
        boolean open = request.state() == Request.State.IN_REVIEW;
        Instant due = open ? request.due() : null;
        Assessment assessment = request.assessment();
        return new RequestView(
                request.id(),
                request.number(),
                request.state(),
                new DatasetRef(request.dataset(), request.datasetTitle()),
                new Named(request.body().interfaceId(), request.interfaceName()),
                new Named(request.body().application(), request.applicationName()),
                new Named(request.applicant(), request.applicantName()),
                organisations.named(request.organisation()),
                organisations.named(request.owner()),
                fields(request),
                request.body().purpose(),
                request.body().legalBasis(),
                request.body().matter(),
                request.body().validUntil(),
                request.body().perSecond(),
                request.body().perDay(),
                request.body().inAll(),
                request.body().exports(),
                request.created(),
                due,
                due == null ? null : calendar.workingTime(now, due).toMinutes(),
                due != null && now.isAfter(due),
                open && requests.isEscalated(request),
                assessment == null ? null : view(assessment),
                view(request.decision()),
                requests.grant(request).orElse(null),
                process,
                similar,
                timeline,
                allowed(request),
                request.version());
    }

    private List<FieldView> fields(Request request) {
        Assessment assessment = request.assessment();
        boolean open = request.state() == Request.State.IN_REVIEW;
        Map<String, Mask> masks = open && assessment != null ? assessment.masks() : request.masks();
        return interfaces.get(request.body().interfaceId()).fields(request.body().fields()).stream()
                .map(f -> new FieldView(f.name(), f.label(), f.grade(), masks.get(f.name())))
                .toList();
    }

    AssessmentView view(Assessment assessment) {
        return new AssessmentView(
                assessment.outcome(),
                assessment.rules().stream()
                        .map(
                                r ->
                                        new RuleView(
                                                r.id(),
                                                r.name().shown(),
                                                r.fired(),
                                                r.outcome(),
                                                r.reason().shown()))
                        .toList(),
                assessment.masks(),
                assessment.deadlineWorkingDays());
    }

    private static @Nullable DecisionView view(Request.@Nullable Decision decision) {
        if (decision == null) {
            return null;
        }
        return new DecisionView(
                decision.outcome(),
                decision.automatic() ? null : new Named(decision.by(), decision.byName()),
                decision.automatic(),
                decision.time(),
                decision.reason().shown());
    }

    private SimilarView view(Request.Similar similar) {
        return new SimilarView(
                similar.id(),
                similar.number(),
                organisations.named(similar.organisation()),
                similar.outcome(),
                similar.purpose(),
                similar.time());
    }

    private static EventView view(Request.Event event) {
        return new EventView(event.time(), event.actorName(), event.action(), event.text().shown());
    }

    private List<Allowed> allowed(Request request) {
        Actor actor = access.actor();
        boolean open = request.state() == Request.State.IN_REVIEW;
        boolean returned = request.state() == Request.State.RETURNED;
        boolean asks = actor.may("request:create", request.organisation());
        String decide = Allowed.unless(open, "REQUEST_STATE");
        if (!actor.may("request:decide", request.owner())) {
            decide = "PERMISSION_MISSING";
        } else if (request.applicant().equals(actor.username())) {
            decide = "OWN_REQUEST";
        }
        return List.of(
                Allowed.of("decide", decide),
                Allowed.of(
                        "withdraw",
                        asks
                                ? Allowed.unless(open || returned, "REQUEST_STATE")
                                : "PERMISSION_MISSING"),
                Allowed.of(
                        "resubmit",
                        asks ? Allowed.unless(returned, "REQUEST_STATE") : "PERMISSION_MISSING"));
    }
}
