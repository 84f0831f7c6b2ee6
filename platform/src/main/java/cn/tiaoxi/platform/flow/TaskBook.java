package cn.tiaoxi.platform.flow;

import cn.tiaoxi.platform.border.Words;
import cn.tiaoxi.platform.city.WorkingCalendar;
import cn.tiaoxi.platform.identity.Actor;
import cn.tiaoxi.platform.identity.People;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.flowable.engine.TaskService;
import org.flowable.task.api.Task;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Keeps what waits for people, sets its clocks, and tells who is concerned. */
@Component
class TaskBook {
    private final FlowStore store;
    private final Processes processes;
    private final TaskService engineTasks;
    private final WorkingCalendar calendar;
    private final People people;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    TaskBook(
            FlowStore store,
            Processes processes,
            TaskService engineTasks,
            WorkingCalendar calendar,
            People people,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.processes = processes;
        this.engineTasks = engineTasks;
        this.calendar = calendar;
        this.people = people;
        this.events = events;
        this.clock = clock;
    }

    /** Opens what the engine newly waits for, closes what it no longer waits for. */
    void settle(FlowStore.Instance instance, List<Task> waiting, String by) {
        Set<String> known = new HashSet<>();
        for (FlowTask task : store.open(instance.subject())) {
            known.add(task.id());
            if (waiting.stream().noneMatch(w -> w.getId().equals(task.id()))) {
                store.done(task.id(), clock.instant(), by);
                events.publishEvent(new TaskDone(task, by));
            }
        }
        waiting.stream().filter(w -> !known.contains(w.getId())).forEach(w -> open(instance, w));
    }

    private void open(FlowStore.Instance instance, Task waiting) {
        String node = waiting.getTaskDefinitionKey();
        TaskPlan plan = processes.plan(instance.definition(), node);
        Map<String, Object> variables = engineTasks.getVariables(waiting.getId());
        Instant now = clock.instant();
        Integer days = plan.workingDays(variables);
        String person = plan.person();
        FlowTask task =
                new FlowTask(
                        waiting.getId(),
                        instance.subject(),
                        node,
                        plan.kind(),
                        new Words(
                                TaskPlan.filled(plan.title().zh(), variables),
                                TaskPlan.filled(plan.title().en(), variables)),
                        TaskPlan.filled(plan.link(), variables),
                        plan.permission(),
                        TaskPlan.filled(plan.organisation(), variables),
                        person == null ? null : TaskPlan.filled(person, variables),
                        now,
                        days == null ? null : calendar.deadline(now, days),
                        null);
        store.add(task);
        setClocks(task, days, plan.reminders(variables));
        Set<String> concerned = concerned(task);
        if (concerned.isEmpty()) {
            escalate(task);
        } else {
            events.publishEvent(new TaskAssigned(task, concerned));
        }
    }

    private void setClocks(FlowTask task, @Nullable Integer days, List<Integer> reminders) {
        Instant due = task.due();
        if (days == null || due == null) {
            return;
        }
        for (int before : reminders) {
            if (before > 0 && before < days) {
                Instant at = calendar.deadline(task.created(), days - before);
                store.addClock(task.id(), FlowStore.ClockKind.REMINDER, at);
            }
        }
        store.addClock(task.id(), FlowStore.ClockKind.ESCALATION, due);
    }

    /** Tells those concerned that the deadline comes near. */
    void remind(FlowTask task) {
        events.publishEvent(new TaskReminded(task, concerned(task)));
    }

    /** Puts the task before those who hold its permission for the whole city. */
    void escalate(FlowTask task) {
        store.escalated(task.id(), clock.instant());
        Set<String> told = new HashSet<>(concerned(task));
        told.addAll(everywhere(task));
        events.publishEvent(new TaskEscalated(store.get(task.id()), told));
    }

    /** Those near the task; who holds the permission for the whole city comes in only later. */
    private Set<String> concerned(FlowTask task) {
        String person = task.person();
        if (person != null) {
            return Set.of(person);
        }
        return holders(task).stream()
                .filter(a -> store.concerns(task, a))
                .map(Actor::username)
                .collect(Collectors.toUnmodifiableSet());
    }

    private Set<String> everywhere(FlowTask task) {
        return holders(task).stream()
                .filter(a -> a.mayEverywhere(task.permission()))
                .map(Actor::username)
                .collect(Collectors.toUnmodifiableSet());
    }

    private List<Actor> holders(FlowTask task) {
        return people.holders(task.permission(), task.organisation()).stream()
                .map(people::actorOf)
                .toList();
    }
}
