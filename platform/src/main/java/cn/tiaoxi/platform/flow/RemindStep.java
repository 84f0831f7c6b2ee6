package cn.tiaoxi.platform.flow;

import java.util.Map;
import org.springframework.stereotype.Component;

/** The step {@code remind}: tells those concerned that a task's deadline comes near. */
@Component
class RemindStep implements FlowStep {
    private final FlowStore store;
    private final TaskBook book;

    RemindStep(FlowStore store, TaskBook book) {
        this.store = store;
        this.book = book;
    }

    @Override
    public String name() {
        return "remind";
    }

    @Override
    public Map<String, Object> run(String subject, Map<String, Object> variables) {
        book.remind(store.get(String.valueOf(variables.get(Flows.CLOCK_TASK))));
        return Map.of();
    }
}
