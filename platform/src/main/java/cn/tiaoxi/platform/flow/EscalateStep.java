package cn.tiaoxi.platform.flow;

import java.util.Map;
import org.springframework.stereotype.Component;

/** The step {@code escalate}: puts an overdue task before those who look after the whole city. */
@Component
class EscalateStep implements FlowStep {
    private final FlowStore store;
    private final TaskBook book;

    EscalateStep(FlowStore store, TaskBook book) {
        this.store = store;
        this.book = book;
    }

    @Override
    public String name() {
        return "escalate";
    }

    @Override
    public Map<String, Object> run(String subject, Map<String, Object> variables) {
        book.escalate(store.get(String.valueOf(variables.get(Flows.CLOCK_TASK))));
        return Map.of();
    }
}
