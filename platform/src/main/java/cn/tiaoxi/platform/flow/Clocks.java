package cn.tiaoxi.platform.flow;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.flowable.engine.HistoryService;
import org.flowable.engine.RuntimeService;
import org.flowable.engine.runtime.Execution;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lets clocks go off: reminders before a deadline, escalation after it. Clocks are rows, so they
 * outlive a restart, and any number of platforms may look: each clock is claimed under the lock of
 * its process.
 */
@Component
public class Clocks {
    private static final Logger LOG = LoggerFactory.getLogger(Clocks.class);
    private static final Duration RETRY_AFTER = Duration.ofMinutes(1);
    private static final int PRUNE_AT_ONCE = 200;

    private final FlowStore store;
    private final RuntimeService runtime;
    private final HistoryService history;
    private final Diagrams diagrams;
    private final Flows flows;
    private final FlowProperties properties;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Clocks(
            FlowStore store,
            RuntimeService runtime,
            HistoryService history,
            Diagrams diagrams,
            Flows flows,
            FlowProperties properties,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.runtime = runtime;
        this.history = history;
        this.diagrams = diagrams;
        this.flows = flows;
        this.properties = properties;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Lets all due clocks go off, each in a transaction of its own.
     *
     * @return how many went off
     */
    @Scheduled(
            fixedDelayString = "${tiaoxi.flow.clock-interval:10s}",
            initialDelayString = "${tiaoxi.flow.clock-interval:10s}")
    public int goOff() {
        int count = 0;
        long[] claimed = new long[1];
        while (true) {
            try {
                claimed[0] = 0;
                if (!Boolean.TRUE.equals(transaction.execute(status -> next(claimed)))) {
                    return count;
                }
                count++;
            } catch (RuntimeException e) {
                if (claimed[0] == 0) {
                    LOG.error("Due clocks cannot be read", e);
                    return count;
                }
                LOG.error("Clock {} could not go off; trying again in a minute", claimed[0], e);
                Instant later = clock.instant().plus(RETRY_AFTER);
                transaction.executeWithoutResult(status -> store.postpone(claimed[0], later));
            }
        }
    }

    private boolean next(long[] claimed) {
        Instant now = clock.instant();
        Optional<FlowStore.DueClock> due = store.claim(now);
        due.ifPresent(
                d -> {
                    claimed[0] = d.id();
                    store.fired(d.id(), now);
                    send(d);
                });
        return due.isPresent();
    }

    private void send(FlowStore.DueClock due) {
        String message =
                switch (due.kind()) {
                    case REMINDER -> Processes.REMINDER;
                    case ESCALATION -> Processes.ESCALATION;
                };
        FlowStore.Instance instance = store.find(due.task().subject()).orElseThrow();
        Execution waiting =
                runtime.createExecutionQuery()
                        .processInstanceId(instance.engineId())
                        .messageEventSubscriptionName(message)
                        .list()
                        .getFirst();
        runtime.messageEventReceived(
                message, waiting.getId(), Map.of(Flows.CLOCK_TASK, due.task().id()));
        flows.moved(instance);
    }

    /**
     * Gives up the engine's history of processes that ended long ago; their path is kept.
     *
     * @return how many were pruned
     */
    @Scheduled(cron = "0 40 3 * * *")
    public int prune() {
        int count = 0;
        int pruned;
        do {
            Integer done = transaction.execute(status -> pruneSome());
            pruned = done == null ? 0 : done;
            count += pruned;
        } while (pruned == PRUNE_AT_ONCE);
        return count;
    }

    private int pruneSome() {
        Instant before = clock.instant().minus(properties.keepHistory());
        var old = store.toPrune(before, PRUNE_AT_ONCE);
        for (FlowStore.Instance instance : old) {
            store.keepPath(instance.subject(), diagrams.path(instance.engineId()));
            history.deleteHistoricProcessInstance(instance.engineId());
        }
        return old.size();
    }
}
