package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.contract.PolicySnapshot.Grade;
import cn.tiaoxi.contract.PolicySnapshot.Mask;
import cn.tiaoxi.platform.border.Words;
import cn.tiaoxi.platform.city.City;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.rule.RuleBook;
import cn.tiaoxi.platform.rule.Rules;
import cn.tiaoxi.platform.rule.Verdict;
import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Asks the city's approval rules about a request. */
@Component
class Assessor {
    private static final Set<String> VARIABLES =
            Set.of(
                    "dataset",
                    "fields",
                    "request",
                    "applicant",
                    "limits",
                    "sameOrganisation",
                    "known");

    private final RuleBook<Detail> rules;
    private final SharedDatasets datasets;
    private final GrantStore grants;
    private final SharingTerms terms;
    private final Organisations organisations;
    private final City city;
    private final Clock clock;

    /** What an approval rule adds: its outcome, its reason, and from which grade on it masks. */
    record Detail(Assessment.Outcome outcome, Words reason, @Nullable Grade maskFrom) {}

    Assessor(
            Rules rules,
            SharedDatasets datasets,
            GrantStore grants,
            SharingTerms terms,
            Organisations organisations,
            City city,
            Clock clock) {
        this.rules = rules.load("approval", VARIABLES, Detail.class);
        this.datasets = datasets;
        this.grants = grants;
        this.terms = terms;
        this.organisations = organisations;
        this.city = city;
        this.clock = clock;
    }

    /**
     * Assesses what is asked for.
     *
     * @param organisation code of the asking organisation
     */
    Assessment assess(Interface asked, RequestBody body, String organisation) {
        List<ServedField> fields = asked.fields(body.fields());
        Map<String, Object> facts = facts(asked, body, organisation, fields);
        List<Assessment.RuleResult> results = new ArrayList<>();
        SortedMap<String, Mask> masks = new TreeMap<>();
        Assessment.Outcome strictest = null;
        for (Verdict<Detail> verdict : rules.ask(facts)) {
            Assessment.RuleResult result = result(verdict);
            results.add(result);
            if (result.fired()) {
                if (strictest == null || result.outcome().compareTo(strictest) > 0) {
                    strictest = result.outcome();
                }
                Grade from = verdict.rule().detail().maskFrom();
                if (from != null) {
                    masks.putAll(terms.masks(fields, from));
                }
            }
        }
        return new Assessment(
                leftToAPerson(body, fields, strictest)
                        ? Assessment.Outcome.REVIEW
                        : strictest == null ? Assessment.Outcome.REVIEW : strictest,
                results,
                masks,
                terms.decision().workingDays());
    }

    /** Files of sensitive fields are granted by a person, whatever a city's rules say. */
    private static boolean leftToAPerson(
            RequestBody body, List<ServedField> fields, Assessment.@Nullable Outcome strictest) {
        return body.exports()
                && strictest == Assessment.Outcome.APPROVE
                && fields.stream().anyMatch(f -> f.grade().compareTo(Grade.L3) >= 0);
    }

    /** A rule that fails over these facts leaves the decision to a person. */
    private static Assessment.RuleResult result(Verdict<Detail> verdict) {
        Detail detail = verdict.rule().detail();
        String failure = verdict.failure();
        if (failure != null) {
            return new Assessment.RuleResult(
                    verdict.rule().id(),
                    verdict.rule().name(),
                    true,
                    Assessment.Outcome.REVIEW,
                    new Words(
                            "规则无法判断，须由人决定：" + failure,
                            "The rule could not be evaluated, a person decides: " + failure));
        }
        return new Assessment.RuleResult(
                verdict.rule().id(),
                verdict.rule().name(),
                verdict.value(),
                detail.outcome(),
                verdict.filled(detail.reason()));
    }

    private Map<String, Object> facts(
            Interface asked, RequestBody body, String organisation, List<ServedField> fields) {
        LocalDate today = clock.instant().atZone(city.zone()).toLocalDate();
        int highest = fields.stream().mapToInt(f -> f.grade().ordinal() + 1).max().orElse(1);
        String own = asked.ownSharing();
        String sharing =
                own != null
                        ? own
                        : datasets.find(asked.dataset()).map(SharedDataset::sharing).orElse("NONE");
        Map<String, Object> facts = new HashMap<>();
        facts.put(
                "dataset",
                Map.of(
                        "id", asked.dataset(),
                        "title", asked.datasetTitle(),
                        "sharing", sharing,
                        "organisation", asked.organisation(),
                        "highest", highest));
        facts.put("fields", fields.stream().map(Assessor::fact).toList());
        facts.put(
                "request",
                Map.of(
                        "purpose", body.purpose().strip(),
                        "legalBasis", body.legalBasis().strip(),
                        "matter", body.matter().strip(),
                        "days", ChronoUnit.DAYS.between(today, body.validUntil()),
                        "perSecond", body.perSecond(),
                        "perDay", body.perDay(),
                        "exports", body.exports()));
        facts.put(
                "applicant",
                Map.of(
                        "organisation",
                        organisation,
                        "kind",
                        organisations.find(organisation).map(o -> o.kind().name()).orElse("")));
        facts.put(
                "limits",
                Map.of(
                        "perSecond", terms.quotas().perSecond(),
                        "perDay", terms.quotas().perDay()));
        facts.put("sameOrganisation", organisation.equals(asked.organisation()));
        facts.put("known", grants.isKnown(organisation, asked.id(), clock.instant()));
        return facts;
    }

    private static Map<String, Object> fact(ServedField field) {
        String kind = field.kind();
        return Map.of(
                "name", field.name(),
                "label", field.label(),
                "grade", field.grade().name(),
                "level", field.grade().ordinal() + 1,
                "kind", kind == null ? "" : kind);
    }
}
