package cn.tiaoxi.platform.evidence;

import cn.tiaoxi.contract.TraceRecord;
import cn.tiaoxi.trace.Entry;
import cn.tiaoxi.trace.LastingLog;
import cn.tiaoxi.trace.TraceLog;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Carries committed changes from the database into the log, each exactly once.
 *
 * <p>One thread takes a batch of rows that have no place in the log yet, appends them, and notes
 * the places. If the process dies between the last two steps the rows are in the log but not
 * marked; the next start finds them among the last entries of the log, of which a batch is a bound.
 * The same is done after the log was stopped by its disk and opened anew.
 */
@Component
class Relay implements SmartLifecycle {
    static final int BATCH = 1000;
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

    private final OutboxStore outbox;
    private final LastingLog lasting;
    private final Semaphore work = new Semaphore(0);
    private volatile boolean running;
    private @Nullable Thread thread;

    Relay(OutboxStore outbox, LastingLog lasting) {
        this.outbox = outbox;
        this.lasting = lasting;
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
    void wake(RecordAdded added) {
        work.release();
    }

    @Override
    public void start() {
        running = true;
        markWhatTheLogHas(lasting.log());
        thread = Thread.ofPlatform().name("evidence-relay").start(this::carry);
    }

    @Override
    public void stop() {
        running = false;
        work.release();
        Thread relay = thread;
        if (relay != null) {
            try {
                relay.join(10_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before everything that serves requests starts, and after it has stopped. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE + 1000;
    }

    private void markWhatTheLogHas(TraceLog log) {
        Map<String, Long> places = new HashMap<>();
        Iterator<Entry> tail = log.entries(Math.max(0, log.size() - BATCH));
        while (tail.hasNext()) {
            Entry entry = tail.next();
            places.put(TraceRecord.fromBytes(entry.data()).id(), entry.index());
        }
        List<OutboxStore.Waiting> waiting = outbox.waiting(BATCH);
        Map<Long, Long> marks = new HashMap<>();
        for (OutboxStore.Waiting row : waiting) {
            Long index = places.get(row.record());
            if (index != null) {
                marks.put(row.id(), index);
            }
        }
        outbox.mark(marks);
    }

    private void carry() {
        boolean more = true;
        TraceLog log = lasting.log();
        while (running || more) {
            try {
                if (!more && !work.tryAcquire(1, TimeUnit.SECONDS) && running) {
                    more = true;
                    continue;
                }
                work.drainPermits();
                if (!log.equals(lasting.log())) {
                    log = lasting.log();
                    markWhatTheLogHas(log);
                }
                more = carryBatch(log) == BATCH;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                more = false;
                LOG.error("Changes wait to be written into the trace; trying again", e);
            }
        }
    }

    private int carryBatch(TraceLog log) {
        List<OutboxStore.Waiting> waiting = outbox.waiting(BATCH);
        List<CompletableFuture<Long>> places = new ArrayList<>(waiting.size());
        for (OutboxStore.Waiting row : waiting) {
            places.add(lasting.watch(log.append(row.leaf().getBytes(StandardCharsets.UTF_8))));
        }
        Map<Long, Long> marks = new HashMap<>();
        for (int i = 0; i < waiting.size(); i++) {
            marks.put(waiting.get(i).id(), places.get(i).join());
        }
        outbox.mark(marks);
        return waiting.size();
    }
}
