package cn.tiaoxi.platform.flow;

import java.util.Set;

/**
 * A task began to wait for people.
 *
 * @param task the task as it stands now
 * @param people user names of those who are to be told
 */
public record TaskAssigned(FlowTask task, Set<String> people) {
    public TaskAssigned {
        people = Set.copyOf(people);
    }
}
