package cn.tiaoxi.platform.device;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Lets reports that come at the same time share a transaction. One thread takes what waits, up to a
 * bound, and answers each when the transaction has committed: a thousand devices that report one by
 * one cost as many commits as the disk allows, not a thousand.
 */
@Component
class HeartbeatQueue implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(HeartbeatQueue.class);
    private static final int ROWS_AT_ONCE = 20_000;
    private static final int MOST_WAITING = 200_000;

    private final HeartbeatRound round;
    private final LinkedBlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final AtomicInteger rows = new AtomicInteger();
    private volatile boolean running;
    private @Nullable Thread thread;

    HeartbeatQueue(HeartbeatRound round) {
        this.round = round;
    }

    private record Waiting(HeartbeatRound.Report report, CompletableFuture<Receipt> receipt) {
        int size() {
            return report.rows().size();
        }
    }

    /**
     * Has a report taken.
     *
     * @return its receipt, given when the rows are durable; fails if none of them is
     * @throws DeviceException if too much waits already
     */
    CompletableFuture<Receipt> add(HeartbeatRound.Report report) {
        Waiting waiting = new Waiting(report, new CompletableFuture<>());
        if (!running || rows.addAndGet(waiting.size()) > MOST_WAITING) {
            rows.addAndGet(running ? -waiting.size() : 0);
            throw DeviceException.heartbeatsWaiting();
        }
        queue.add(waiting);
        return waiting.receipt();
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofPlatform().name("device-heartbeats").start(this::work);
    }

    /** Takes what waits already, and nothing more. */
    @Override
    public void stop() {
        running = false;
        Thread worker = thread;
        if (worker != null) {
            try {
                worker.join(10_000);
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
        return Integer.MIN_VALUE + 2000;
    }

    private void work() {
        while (running || !queue.isEmpty()) {
            try {
                Waiting first = queue.poll(200, TimeUnit.MILLISECONDS);
                if (first != null) {
                    take(group(first));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private List<Waiting> group(Waiting first) {
        List<Waiting> group = new ArrayList<>();
        group.add(first);
        int size = first.size();
        Waiting next = queue.peek();
        while (next != null && size + next.size() <= ROWS_AT_ONCE) {
            group.add(next);
            size += next.size();
            queue.remove();
            next = queue.peek();
        }
        rows.addAndGet(-size);
        return group;
    }

    /** One that cannot be taken must not take the others with it. */
    private void take(List<Waiting> group) {
        try {
            List<Receipt> receipts = round.take(group.stream().map(Waiting::report).toList());
            for (int i = 0; i < receipts.size(); i++) {
                group.get(i).receipt().complete(receipts.get(i));
            }
        } catch (RuntimeException e) {
            if (group.size() > 1) {
                group.forEach(w -> take(List.of(w)));
            } else {
                LOG.error(
                        "{} reported heartbeats could not be written", group.getFirst().size(), e);
                group.getFirst().receipt().completeExceptionally(e);
            }
        }
    }
}
