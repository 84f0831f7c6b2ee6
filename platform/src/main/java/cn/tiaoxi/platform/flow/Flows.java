package cn.tiaoxi.platform.flow;

import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.identity.Actor;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flowable.engine.RuntimeService;
import org.flowable.engine.TaskService;
import org.flowable.engine.runtime.Execution;
import org.flowable.engine.runtime.ProcessInstance;
import org.flowable.task.api.Task;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Moves processes. A process is known by its subject, for example {@code request:…}; each subject
 * has one. Every move happens in the caller's transaction, with what the caller changes besides,
 * and holds the process's lock until that transaction ends.
 */
@Service
public class Flows {
    /** Variable that every process has: its subject. */
    public static final String SUBJECT = "subject";

    /** Variable of the task whose clock is going off, while its message is handled. */
    static final String CLOCK_TASK = "clockTask";

    private final RuntimeService runtime;
    private final TaskService engineTasks;
    private final FlowStore store;
    private final TaskBook book;
    private final Diagrams diagrams;
    private final Clock clock;

    Flows(
            RuntimeService runtime,
            TaskService engineTasks,
            FlowStore store,
            TaskBook book,
            Diagrams diagrams,
            Clock clock) {
        this.runtime = runtime;
        this.engineTasks = engineTasks;
        this.store = store;
        this.book = book;
        this.diagrams = diagrams;
        this.clock = clock;
    }

    /**
     * Starts a process; it runs to its first task or its end.
     *
     * @param process identifier of the process in its BPMN file
     * @param subject what it is about
     * @param variables what it needs to know: text, numbers and truth values
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void start(String process, String subject, Map<String, Object> variables) {
        Map<String, Object> all = new HashMap<>(variables);
        all.put(SUBJECT, subject);
        ProcessInstance started = runtime.startProcessInstanceByKey(process, subject, all);
        Instant now = clock.instant();
        store.started(subject, started.getId(), started.getProcessDefinitionId(), now);
        settle(lock(subject), "system");
    }

    /**
     * Finishes what waits at a node.
     *
     * @param by user name of who did it
     * @throws FlowException if nothing waits there
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void complete(String subject, String node, String by, Map<String, Object> variables) {
        FlowStore.Instance instance = lock(subject);
        Task task =
                engineTasks
                        .createTaskQuery()
                        .processInstanceId(instance.engineId())
                        .taskDefinitionKey(node)
                        .singleResult();
        if (task == null) {
            throw FlowException.taskClosed(subject, node);
        }
        engineTasks.complete(task.getId(), variables);
        settle(instance, by);
    }

    /**
     * Sends a message to wherever the process waits for it.
     *
     * @throws FlowException if it does not wait for that message
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void send(String subject, String message, String by, Map<String, Object> variables) {
        FlowStore.Instance instance = lock(subject);
        Execution waiting =
                runtime.createExecutionQuery()
                        .processInstanceId(instance.engineId())
                        .messageEventSubscriptionName(message)
                        .singleResult();
        if (waiting == null) {
            throw FlowException.taskClosed(subject, message);
        }
        runtime.messageEventReceived(message, waiting.getId(), variables);
        settle(instance, by);
    }

    /** What waits for somebody in a process. */
    @Transactional(readOnly = true)
    public List<FlowTask> open(String subject) {
        return store.open(subject);
    }

    /** What waits for that person. */
    @Transactional(readOnly = true)
    public Page<FlowTask> tasks(Actor actor, Slice slice) {
        return store.tasks(actor, slice);
    }

    /** The process as a picture, with what lies behind, where it stands and what lies ahead. */
    @Transactional(readOnly = true)
    public Optional<Diagram> diagram(String subject) {
        return store.find(subject).map(diagrams::draw);
    }

    /** A clock moved a process, perhaps on to another task or its end. */
    void moved(FlowStore.Instance instance) {
        settle(instance, "system");
    }

    private FlowStore.Instance lock(String subject) {
        return store.lock(subject).orElseThrow(() -> FlowException.processNotFound(subject));
    }

    /** Brings the book of tasks in step with the engine after a move. */
    private void settle(FlowStore.Instance instance, String by) {
        List<Task> waiting =
                engineTasks.createTaskQuery().processInstanceId(instance.engineId()).list();
        book.settle(instance, waiting, by);
        boolean running =
                runtime.createProcessInstanceQuery().processInstanceId(instance.engineId()).count()
                        > 0;
        if (!running) {
            store.ended(instance.subject(), clock.instant());
        }
    }
}
