package cn.tiaoxi.platform.violation.web;

import cn.tiaoxi.platform.identity.Permission;
import cn.tiaoxi.platform.violation.RuleExemption;
import cn.tiaoxi.platform.violation.RuleExemptions;
import cn.tiaoxi.platform.violation.ViolationRule;
import cn.tiaoxi.platform.violation.ViolationTerms;
import cn.tiaoxi.platform.violation.Violations;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The city's rules of misuse, and for whom which do not fire. */
@RestController
@RequestMapping("/api/v1/violation-rules")
class ViolationRuleController {
    private final ViolationTerms terms;
    private final RuleExemptions exemptions;
    private final Violations violations;

    ViolationRuleController(
            ViolationTerms terms, RuleExemptions exemptions, Violations violations) {
        this.terms = terms;
        this.exemptions = exemptions;
        this.violations = violations;
    }

    /** A rule, in the language of the request. */
    record RuleView(
            String id,
            String name,
            String description,
            String plan,
            ViolationRule.Sign sign,
            List<String> outcomes,
            ViolationRule.Against against,
            ViolationRule.Severity severity,
            long threshold,
            String window,
            ViolationRule.Act act,
            @Nullable Integer perSecond,
            @Nullable String lasts,
            String mend) {
        static RuleView from(ViolationRule rule) {
            return new RuleView(
                    rule.id(),
                    rule.name().shown(),
                    rule.description().shown(),
                    rule.plan(),
                    rule.sign(),
                    rule.outcomeList(),
                    rule.against(),
                    rule.severity(),
                    rule.threshold(),
                    rule.window(),
                    rule.measure().act(),
                    rule.measure().perSecond(),
                    rule.measure().lasts(),
                    rule.mend().shown());
        }
    }

    /**
     * The rules, the exemptions in force, and the deadlines.
     *
     * @param exemptions only for who judges
     */
    record RulesView(
            List<RuleView> rules,
            List<RuleExemption> exemptions,
            int answerDays,
            int rectifyDays,
            boolean judges) {}

    @GetMapping
    @Permission("violation:read")
    RulesView rules() {
        boolean judges = violations.judges();
        return new RulesView(
                terms.rules().stream().map(RuleView::from).toList(),
                judges ? exemptions.all() : List.of(),
                terms.answerDays(),
                terms.rectifyDays(),
                judges);
    }

    @PostMapping("/exemptions/{id}/end")
    @Permission("violation:judge")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void end(@PathVariable String id) {
        exemptions.end(id);
    }
}
