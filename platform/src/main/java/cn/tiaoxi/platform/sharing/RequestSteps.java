package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.platform.border.Words;
import cn.tiaoxi.platform.city.City;
import cn.tiaoxi.platform.city.WorkingCalendar;
import cn.tiaoxi.platform.evidence.Evidence;
import cn.tiaoxi.platform.evidence.Who;
import cn.tiaoxi.platform.flow.FlowStep;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the process of a request does by itself: assess, grant, refuse. */
@Configuration
class RequestSteps {
    private static final String RULES_NAME = "规则";

    private final RequestStore requests;
    private final GrantStore grants;
    private final InterfaceStore interfaces;
    private final Assessor assessor;
    private final Policies policies;
    private final Notices notices;
    private final WorkingCalendar calendar;
    private final City city;
    private final Evidence evidence;
    private final Clock clock;

    RequestSteps(
            RequestStore requests,
            GrantStore grants,
            InterfaceStore interfaces,
            Assessor assessor,
            Policies policies,
            Notices notices,
            WorkingCalendar calendar,
            City city,
            Evidence evidence,
            Clock clock) {
        this.requests = requests;
        this.grants = grants;
        this.interfaces = interfaces;
        this.assessor = assessor;
        this.policies = policies;
        this.notices = notices;
        this.calendar = calendar;
        this.city = city;
        this.evidence = evidence;
        this.clock = clock;
    }

    @Bean
    FlowStep assessRequest() {
        return step("assessRequest", this::assess);
    }

    @Bean
    FlowStep grantRequest() {
        return step("grantRequest", this::grant);
    }

    @Bean
    FlowStep refuseRequest() {
        return step("refuseRequest", this::refuse);
    }

    private FlowStep step(String name, Function<Request, Map<String, Object>> work) {
        return new FlowStep() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Map<String, Object> run(String subject, Map<String, Object> variables) {
                return work.apply(
                        requests.find(String.valueOf(variables.get("request"))).orElseThrow());
            }
        };
    }

    private Map<String, Object> assess(Request request) {
        Interface asked = interfaces.find(request.body().interfaceId()).orElseThrow();
        Assessment assessment = assessor.assess(asked, request.body(), request.organisation());
        boolean review = assessment.outcome() == Assessment.Outcome.REVIEW;
        Instant due =
                review
                        ? calendar.deadline(clock.instant(), assessment.deadlineWorkingDays())
                        : null;
        requests.assessed(request.id(), assessment, due);
        note(
                request,
                "assessed",
                assessment.reasons(),
                Map.of("outcome", assessment.outcome().name()));
        return Map.of("assessment", assessment.outcome().name());
    }

    private Map<String, Object> grant(Request request) {
        if (request.state() == Request.State.IN_REVIEW) {
            byRules(request, Request.Outcome.APPROVE, "approved");
        }
        Request decided = requests.find(request.id()).orElseThrow();
        RequestBody body = decided.body();
        String id = UUID.randomUUID().toString();
        grants.add(
                new GrantStore.NewGrant(
                        id,
                        decided.id(),
                        body.application(),
                        decided.organisation(),
                        decided.owner(),
                        body.interfaceId(),
                        decided.dataset(),
                        body.fields(),
                        decided.masks(),
                        body.purpose(),
                        body.perSecond(),
                        body.perDay(),
                        body.inAll(),
                        body.exports(),
                        clock.instant(),
                        body.validUntil().plusDays(1).atStartOfDay(city.zone()).toInstant(),
                        false));
        long version = policies.changed();
        evidence.changed(
                Who.SYSTEM,
                "grant.given",
                "grant:" + id,
                Map.of(
                        "request", decided.number(),
                        "application", body.application(),
                        "interface", body.interfaceId(),
                        "dataset", decided.dataset(),
                        "fields", String.join(",", body.fields()),
                        "masks", decided.masks().toString(),
                        "exports", Boolean.toString(body.exports()),
                        "until", body.validUntil().toString(),
                        "policy", Long.toString(version)));
        notices.decided(decided);
        return Map.of();
    }

    private Map<String, Object> refuse(Request request) {
        if (request.state() == Request.State.IN_REVIEW) {
            byRules(request, Request.Outcome.REFUSE, "refused");
        }
        notices.decided(requests.find(request.id()).orElseThrow());
        return Map.of();
    }

    private void byRules(Request request, Request.Outcome outcome, String action) {
        Assessment assessment = request.assessment();
        if (assessment == null) {
            throw new IllegalStateException(request.number() + " was not assessed");
        }
        Words reasons = assessment.reasons();
        Request.Decision decision =
                new Request.Decision(
                        outcome, Who.SYSTEM.name(), RULES_NAME, true, clock.instant(), reasons);
        if (!requests.decide(request.id(), decision, request.body(), assessment.masks())) {
            throw new IllegalStateException(request.number() + " is no longer in review");
        }
        note(request, action, reasons, Map.of("automatic", "true"));
    }

    private void note(Request request, String action, Words text, Map<String, String> detail) {
        requests.addEvent(
                request.id(),
                new Request.Event(clock.instant(), Who.SYSTEM.name(), RULES_NAME, action, text));
        Map<String, String> all = new HashMap<>(detail);
        all.put("number", request.number());
        all.put("interface", request.body().interfaceId());
        all.put("reason", text.zh());
        evidence.changed(Who.SYSTEM, "request." + action, request.subject(), all);
    }
}
