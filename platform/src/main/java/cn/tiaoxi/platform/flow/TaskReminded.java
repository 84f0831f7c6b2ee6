package cn.tiaoxi.platform.flow;

import java.util.Set;

/**
 * A task's deadline comes near.
 *
 * @param task the task as it stands now
 * @param people user names of those who are to be told
 */
public record TaskReminded(FlowTask task, Set<String> people) {
    public TaskReminded {
        people = Set.copyOf(people);
    }
}
