package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.contract.PolicySnapshot.Mask;
import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.border.FieldError;
import cn.tiaoxi.platform.city.City;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** Checks what people ask for and what approvers grant. */
@Component
class RequestCheck {
    private static final int LONGEST_PURPOSE = 500;
    private static final int LONGEST_BASIS = 500;
    private static final int LONGEST_MATTER = 200;

    private final SharedDatasets datasets;
    private final SharingTerms terms;
    private final City city;
    private final Clock clock;

    RequestCheck(SharedDatasets datasets, SharingTerms terms, City city, Clock clock) {
        this.datasets = datasets;
        this.terms = terms;
        this.city = city;
        this.clock = clock;
    }

    /**
     * @throws SharingException if the interface cannot be asked for, or the application cannot call
     * @throws BorderException if fields of the request are wrong
     */
    void body(RequestBody body, Interface asked, Application application) {
        if (!asked.isServed()) {
            throw SharingException.interfaceNotLive(asked.name());
        }
        if (!asked.dataset().isEmpty()
                && datasets.find(asked.dataset()).filter(SharedDataset::published).isEmpty()) {
            throw SharingException.datasetNotPublished(asked.datasetTitle());
        }
        if (application.trial()) {
            throw SharingException.applicationTrial(application.name());
        }
        if (!application.active()) {
            throw SharingException.applicationInactive(application.name());
        }
        List<FieldError> errors = new ArrayList<>();
        Texts.check(errors, "purpose", body.purpose(), 1, LONGEST_PURPOSE);
        Texts.check(errors, "legalBasis", body.legalBasis(), 0, LONGEST_BASIS);
        Texts.check(errors, "matter", body.matter(), 0, LONGEST_MATTER);
        terms(errors, asked, body);
        if (!errors.isEmpty()) {
            throw BorderException.invalid(errors);
        }
    }

    private void terms(List<FieldError> errors, Interface asked, RequestBody body) {
        if (body.fields().isEmpty()) {
            errors.add(new FieldError("fields", "sharing.fieldsMissing"));
        }
        for (String field : body.fields()) {
            if (asked.fields().stream().noneMatch(f -> f.name().equals(field))) {
                errors.add(new FieldError("fields", "sharing.fieldUnknown", field));
            }
        }
        SharingTerms.Quotas quotas = terms.quotas();
        LocalDate today = clock.instant().atZone(city.zone()).toLocalDate();
        LocalDate last = today.plusDays(quotas.longestDays());
        if (!body.validUntil().isAfter(today) || body.validUntil().isAfter(last)) {
            errors.add(new FieldError("validUntil", "sharing.dateRange", last.toString()));
        }
        if (body.perSecond() < 1 || body.perSecond() > quotas.mostPerSecond()) {
            errors.add(new FieldError("perSecond", "sharing.positive", quotas.mostPerSecond()));
        }
        if (body.perDay() < 1 || body.perDay() > quotas.mostPerDay()) {
            errors.add(new FieldError("perDay", "sharing.positive", quotas.mostPerDay()));
        }
        Long inAll = body.inAll();
        long mostInAll = quotas.mostPerDay() * quotas.longestDays();
        if (inAll != null && (inAll < 1 || inAll > mostInAll)) {
            errors.add(new FieldError("inAll", "sharing.positive", mostInAll));
        }
        if (body.exports() && asked.exports() == null) {
            errors.add(new FieldError("exports", "sharing.exportsNotAllowed"));
        }
    }

    /** A returned request stays one for the same interface and application. */
    void same(Request request, RequestBody body) {
        if (!request.body().interfaceId().equals(body.interfaceId())) {
            throw BorderException.invalid("interface", "border.type", body.interfaceId());
        }
        if (!request.body().application().equals(body.application())) {
            throw BorderException.invalid("application", "border.type", body.application());
        }
    }

    /** What the approver grants: what was asked for, with what they changed. */
    RequestBody granted(Request request, Interface asked, Requests.Verdict verdict) {
        RequestBody body = request.body();
        if (verdict.outcome() != Request.Outcome.APPROVE) {
            return body;
        }
        List<String> fields = verdict.fields();
        LocalDate until = verdict.validUntil();
        Integer perSecond = verdict.perSecond();
        Long perDay = verdict.perDay();
        Long inAll = verdict.inAll();
        RequestBody granted =
                new RequestBody(
                        body.interfaceId(),
                        body.application(),
                        fields == null ? body.fields() : fields,
                        body.purpose(),
                        body.legalBasis(),
                        body.matter(),
                        until == null ? body.validUntil() : until,
                        perSecond == null ? body.perSecond() : perSecond,
                        perDay == null ? body.perDay() : perDay,
                        inAll == null ? body.inAll() : inAll,
                        body.exports() && !Boolean.FALSE.equals(verdict.exports()));
        List<FieldError> errors = new ArrayList<>();
        terms(errors, asked, granted);
        for (String field : granted.fields()) {
            if (!body.fields().contains(field)) {
                errors.add(new FieldError("fields", "sharing.fieldUnknown", field));
            }
        }
        if (Boolean.TRUE.equals(verdict.exports()) && !body.exports()) {
            errors.add(new FieldError("exports", "sharing.exportsNotAsked"));
        }
        if (!errors.isEmpty()) {
            throw BorderException.invalid(errors);
        }
        return granted;
    }

    /** Masks of the granted fields: the approver's, or else what the rules suggest. */
    Map<String, Mask> masks(Request request, RequestBody granted, Requests.Verdict verdict) {
        Map<String, Mask> masks = new TreeMap<>();
        if (verdict.outcome() != Request.Outcome.APPROVE) {
            return masks;
        }
        Map<String, Mask> chosen = verdict.masks();
        Assessment assessment = request.assessment();
        if (chosen != null) {
            masks.putAll(chosen);
        } else if (assessment != null) {
            masks.putAll(assessment.masks());
        }
        for (String field : masks.keySet()) {
            if (!request.body().fields().contains(field)) {
                throw BorderException.invalid("masks", "sharing.fieldUnknown", field);
            }
        }
        masks.keySet().retainAll(granted.fields());
        return masks;
    }
}
