package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.contract.PolicySnapshot.Mask;
import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.border.Versions;
import cn.tiaoxi.platform.border.Words;
import cn.tiaoxi.platform.city.City;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.evidence.Evidence;
import cn.tiaoxi.platform.flow.Diagram;
import cn.tiaoxi.platform.flow.Flows;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Actor;
import cn.tiaoxi.platform.identity.IdentityException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes requests for data and decides them. Each is a process {@value #PROCESS}: rules decide where
 * they may, else the owner's approvers. A decision, its grant and the new policy are one commit.
 */
@Service
public class Requests {
    static final String PROCESS = "data-request";

    /** Kind of the task of deciding on a request, as the process names it. */
    static final String DECIDE = "request.decide";

    /** Kind of the task of mending a returned request, as the process names it. */
    static final String MEND = "request.mend";

    private final RequestStore store;
    private final GrantStore grants;
    private final RequestCheck check;
    private final Interfaces interfaces;
    private final Applications applications;
    private final Assessor assessor;
    private final SharingTerms terms;
    private final Flows flows;
    private final Organisations organisations;
    private final City city;
    private final Evidence evidence;
    private final Access access;
    private final ApplicationEventPublisher publisher;
    private final Clock clock;

    Requests(
            RequestStore store,
            GrantStore grants,
            RequestCheck check,
            Interfaces interfaces,
            Applications applications,
            Assessor assessor,
            SharingTerms terms,
            Flows flows,
            Organisations organisations,
            City city,
            Evidence evidence,
            Access access,
            ApplicationEventPublisher publisher,
            Clock clock) {
        this.store = store;
        this.grants = grants;
        this.check = check;
        this.interfaces = interfaces;
        this.applications = applications;
        this.assessor = assessor;
        this.terms = terms;
        this.flows = flows;
        this.organisations = organisations;
        this.city = city;
        this.evidence = evidence;
        this.access = access;
        this.publisher = publisher;
        this.clock = clock;
    }

    /** What the rules would say; writes nothing. */
    @Transactional(readOnly = true)
    public Assessment assess(RequestBody body) {
        Interface asked = interfaces.get(body.interfaceId());
        Application application = applications.found(body.application());
        access.require("request:create", application.organisation());
        check.body(body, asked, application);
        return assessor.assess(asked, body, application.organisation());
    }

    /** Submits a request; it may be decided by rules before this returns. */
    @Transactional
    public Request submit(RequestBody body) {
        Interface asked = interfaces.get(body.interfaceId());
        Application application = applications.found(body.application());
        Actor actor = access.require("request:create", application.organisation());
        check.body(body, asked, application);
        Instant now = clock.instant();
        Request request =
                new Request(
                        UUID.randomUUID().toString(),
                        number(now),
                        Request.State.IN_REVIEW,
                        asked.dataset(),
                        asked.datasetTitle(),
                        asked.name(),
                        application.name(),
                        application.organisation(),
                        asked.organisation(),
                        actor.username(),
                        actor.name(),
                        body,
                        new TreeMap<>(),
                        now,
                        null,
                        null,
                        null,
                        1);
        store.add(request);
        changed(request, body);
        note(actor, request, "submitted", new Words("提交申请", "Submitted the request"), Map.of());
        flows.start(PROCESS, request.subject(), variables(request));
        return found(request.id());
    }

    private String number(Instant now) {
        LocalDate day = now.atZone(city.zone()).toLocalDate();
        return String.format(
                Locale.ROOT,
                "R%s%06d",
                day.format(java.time.format.DateTimeFormatter.BASIC_ISO_DATE),
                store.nextNumber());
    }

    private Map<String, Object> variables(Request request) {
        SharingTerms.Decision decision = terms.decision();
        Words organisation =
                organisations.find(request.organisation()).map(o -> o.name()).orElseThrow();
        Map<String, Object> variables = new HashMap<>();
        variables.put("request", request.id());
        variables.put("number", request.number());
        variables.put("owner", request.owner());
        variables.put("datasetTitle", request.datasetTitle());
        variables.put("applicant", request.applicant());
        variables.put("applicantOrganisation", request.organisation());
        variables.put("applicantOrganisationZh", organisation.zh());
        variables.put("applicantOrganisationEn", organisation.en());
        variables.put("workingDays", decision.workingDays());
        variables.put(
                "remindWorkingDaysBefore",
                String.join(
                        ",",
                        decision.remindWorkingDaysBefore().stream().map(String::valueOf).toList()));
        return variables;
    }

    /** Which requests to list. */
    public record Filter(String box, String state, boolean overdue, String text) {}

    /** Requests within reach of the actor. */
    @Transactional(readOnly = true)
    public Page<Request> list(Filter filter, Slice slice) {
        Actor actor = access.actor();
        Set<String> reach = actor.reach("request:read");
        @Nullable String applicant = null;
        @Nullable Set<String> asking = null;
        @Nullable Set<String> owning = null;
        String state = filter.state();
        switch (filter.box()) {
            case "mine" -> applicant = actor.username();
            case "decide" -> {
                if (!actor.may("request:decide")) {
                    throw IdentityException.permissionMissing("request:decide", "");
                }
                owning = actor.reach("request:decide");
                state = state.isBlank() ? Request.State.IN_REVIEW.name() : state;
            }
            case "organisation" -> asking = Set.of(actor.organisation());
            case "all", "" -> {
                applicant = actor.username();
                asking = reach;
                owning = reach;
            }
            default -> throw BorderException.invalid("box", "sharing.box", filter.box());
        }
        return store.list(
                new RequestStore.Filter(
                        applicant,
                        asking,
                        owning,
                        state,
                        filter.overdue(),
                        filter.text(),
                        clock.instant()),
                slice);
    }

    /**
     * A request of the actor, or one that the actor's organisation asked or decides.
     *
     * @throws SharingException if there is none
     */
    public Request get(String id) {
        Request request = found(id);
        Actor actor = access.actor();
        if (!visible(actor, request.applicant(), request.organisation(), request.owner())) {
            throw SharingException.requestNotFound(id);
        }
        return request;
    }

    /**
     * Whether somebody may see a request: one's own, or one that one's organisation asked or
     * decides.
     */
    static boolean visible(Actor actor, String applicant, String organisation, String owner) {
        return applicant.equals(actor.username())
                || actor.may("request:read", organisation)
                || actor.may("request:read", owner);
    }

    Request found(String id) {
        return store.find(id).orElseThrow(() -> SharingException.requestNotFound(id));
    }

    public List<Request.Event> events(Request request) {
        return store.events(request.id());
    }

    /** The grant that came of the request, if one did. */
    public Optional<String> grant(Request request) {
        return grants.ofRequest(request.id());
    }

    /** The request's process as a picture. */
    public Optional<Diagram> diagram(Request request) {
        return flows.diagram(request.subject());
    }

    /** Whether the request has waited too long and came before the data steward. */
    public boolean isEscalated(Request request) {
        return flows.open(request.subject()).stream().anyMatch(t -> t.escalated() != null);
    }

    /**
     * What an approver says. What is null stays as it was asked for.
     *
     * @param masks how fields are hidden; null takes what the rules suggest
     */
    public record Verdict(
            Request.Outcome outcome,
            String reason,
            @Nullable Map<String, Mask> masks,
            @Nullable List<String> fields,
            @Nullable LocalDate validUntil,
            @Nullable Integer perSecond,
            @Nullable Long perDay,
            @Nullable Long inAll,
            @Nullable Boolean exports) {}

    /**
     * Decides a request. Of two who decide at the same instant one wins; the other is told.
     *
     * @throws SharingException if it was decided before, or is the actor's own
     */
    @Transactional
    public Request decide(String id, Verdict verdict, @Nullable Long version) {
        Request request = get(id);
        Actor actor = access.require("request:decide", request.owner());
        if (request.applicant().equals(actor.username())) {
            throw SharingException.ownRequest(request.number());
        }
        String reason = Texts.reason(verdict.reason());
        refuseDecided(request);
        if (version != null) {
            Versions.check(version, request.version());
        }
        RequestBody granted =
                check.granted(request, interfaces.get(request.body().interfaceId()), verdict);
        Request.Decision decision =
                new Request.Decision(
                        verdict.outcome(),
                        actor.username(),
                        actor.name(),
                        false,
                        clock.instant(),
                        new Words(reason, reason));
        if (!store.decide(id, decision, granted, check.masks(request, granted, verdict))) {
            refuseDecided(found(id));
            throw SharingException.requestState(request.number(), found(id).state().name());
        }
        String action =
                switch (verdict.outcome()) {
                    case APPROVE -> "approved";
                    case REFUSE -> "refused";
                    case RETURN -> "returned";
                };
        note(actor, request, action, new Words(reason, reason), Map.of("reason", reason));
        flows.complete(
                request.subject(),
                "decide",
                actor.username(),
                Map.of("decision", verdict.outcome().name()));
        return found(id);
    }

    private static void refuseDecided(Request request) {
        Request.Decision before = request.decision();
        if (request.state() == Request.State.IN_REVIEW) {
            return;
        }
        if (before != null) {
            throw SharingException.alreadyDecided(request.number(), before.byName(), before.time());
        }
        throw SharingException.requestState(request.number(), request.state().name());
    }

    /** Withdraws a request that is not decided for good. */
    @Transactional
    public Request withdraw(String id, String reason) {
        Request request = get(id);
        Actor actor = access.require("request:create", request.organisation());
        String why = Texts.reason(reason);
        if (!store.withdraw(id, clock.instant())) {
            throw SharingException.requestState(request.number(), found(id).state().name());
        }
        note(actor, request, "withdrawn", new Words(why, why), Map.of("reason", why));
        changed(request, null);
        flows.send(request.subject(), "withdraw", actor.username(), Map.of());
        return found(id);
    }

    /** Submits a returned request again, changed. */
    @Transactional
    public Request resubmit(String id, RequestBody body) {
        Request request = get(id);
        Actor actor = access.require("request:create", request.organisation());
        Interface asked = interfaces.get(request.body().interfaceId());
        Application application = applications.found(request.body().application());
        check.same(request, body);
        check.body(body, asked, application);
        if (!store.resubmit(id, body, clock.instant())) {
            throw SharingException.requestState(request.number(), found(id).state().name());
        }
        changed(request, body);
        note(
                actor,
                request,
                "resubmitted",
                new Words("补正后重新提交", "Mended and submitted again"),
                Map.of());
        flows.complete(request.subject(), "mend", actor.username(), Map.of());
        return found(id);
    }

    private void changed(Request request, @Nullable RequestBody body) {
        publisher.publishEvent(
                new RequestChanged(request.id(), request.dataset(), request.organisation(), body));
    }

    private void note(
            Actor actor, Request request, String action, Words text, Map<String, String> detail) {
        store.addEvent(
                request.id(),
                new Request.Event(clock.instant(), actor.username(), actor.name(), action, text));
        Map<String, String> all = new HashMap<>(detail);
        all.put("number", request.number());
        all.put("interface", request.body().interfaceId());
        all.put("application", request.body().application());
        all.put("dataset", request.dataset());
        evidence.changed(actor.who(), "request." + action, request.subject(), all);
    }
}
