package cn.tiaoxi.platform.violation;

import cn.tiaoxi.platform.flow.FlowStep;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * The step {@code violationUnanswered}: nobody answered in time; the data office judges without.
 */
@Component
class UnansweredStep implements FlowStep {
    private final Violations violations;

    UnansweredStep(Violations violations) {
        this.violations = violations;
    }

    @Override
    public String name() {
        return "violationUnanswered";
    }

    @Override
    public Map<String, Object> run(String subject, Map<String, Object> variables) {
        violations.unanswered(String.valueOf(variables.get("case")));
        return Map.of();
    }
}
