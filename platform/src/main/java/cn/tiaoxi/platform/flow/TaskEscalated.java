package cn.tiaoxi.platform.flow;

import java.util.Set;

/**
 * A task has waited too long.
 *
 * @param task the task as it stands now
 * @param people user names of those who are to be told
 */
public record TaskEscalated(FlowTask task, Set<String> people) {
    public TaskEscalated {
        people = Set.copyOf(people);
    }
}
