package cn.tiaoxi.platform.violation;

import cn.tiaoxi.platform.flow.FlowStep;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The step {@code violationRecheck}: whether the rule fired again since it was rectified. */
@Component
class RecheckStep implements FlowStep {
    private final Violations violations;

    RecheckStep(Violations violations) {
        this.violations = violations;
    }

    @Override
    public String name() {
        return "violationRecheck";
    }

    @Override
    public Map<String, Object> run(String subject, Map<String, Object> variables) {
        boolean clean = violations.check(String.valueOf(variables.get("case")));
        return Map.of("outcome", clean ? "CLEAN" : "AGAIN");
    }
}
