package cn.tiaoxi.platform.rule.web;

import cn.tiaoxi.platform.identity.Permission;
import cn.tiaoxi.platform.rule.Rule;
import cn.tiaoxi.platform.rule.Rules;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The rules that the platform decides by, for people to read. */
@RestController
@RequestMapping("/api/v1/rules")
class RuleController {
    private final Rules rules;

    RuleController(Rules rules) {
        this.rules = rules;
    }

    /** A rule in an answer. */
    record RuleView(
            String id,
            String kind,
            String name,
            String description,
            String expression,
            String file,
            int weight) {}

    @GetMapping
    @Permission("rule:read")
    List<RuleView> list() {
        return rules.all().stream().map(RuleController::view).toList();
    }

    private static RuleView view(Rule<?> rule) {
        return new RuleView(
                rule.id(),
                rule.kind(),
                rule.name().shown(),
                rule.description().shown(),
                rule.expression(),
                rule.file(),
                rule.weight());
    }
}
