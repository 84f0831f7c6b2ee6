package cn.tiaoxi.platform.violation;

import cn.tiaoxi.platform.flow.FlowStep;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * The step {@code violationOverdue}: it was not rectified in time; the data office judges again.
 */
@Component
class OverdueStep implements FlowStep {
    private final Violations violations;

    OverdueStep(Violations violations) {
        this.violations = violations;
    }

    @Override
    public String name() {
        return "violationOverdue";
    }

    @Override
    public Map<String, Object> run(String subject, Map<String, Object> variables) {
        violations.overdue(String.valueOf(variables.get("case")));
        return Map.of();
    }
}
