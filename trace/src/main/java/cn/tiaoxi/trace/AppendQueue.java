package cn.tiaoxi.trace;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Records on their way to the writer: bounded, any number of appenders, one taker. */
final class AppendQueue {
    /** A record and who waits for it. */
    record Pending(byte[] entry, CompletableFuture<Long> appended) {}

    private final int maxRecords;
    private final long maxBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition room = lock.newCondition();

    // Guarded by the lock.
    private final ArrayDeque<Pending> pending = new ArrayDeque<>();
    private long bytes;
    private boolean woken;
    private @Nullable TraceException closed;

    AppendQueue(int maxRecords, long maxBytes) {
        this.maxRecords = maxRecords;
        this.maxBytes = maxBytes;
    }

    /** Adds a record; with {@code wait} stays until there is room. */
    CompletableFuture<Long> add(byte[] entry, boolean wait) {
        lock.lock();
        try {
            while (closed == null && full(entry)) {
                if (!wait) {
                    return CompletableFuture.failedFuture(
                            new TraceException(
                                    TraceException.Code.FULL,
                                    "the trace log has "
                                            + pending.size()
                                            + " records waiting to become durable"));
                }
                room.awaitUninterruptibly();
            }
            if (closed != null) {
                return CompletableFuture.failedFuture(closed.again());
            }
            CompletableFuture<Long> appended = new CompletableFuture<>();
            pending.add(new Pending(entry, appended));
            bytes += AheadFile.cost(entry);
            if (pending.size() == 1) {
                work.signal();
            }
            return appended;
        } finally {
            lock.unlock();
        }
    }

    private boolean full(byte[] entry) {
        return !pending.isEmpty()
                && (pending.size() >= maxRecords || bytes + AheadFile.cost(entry) > maxBytes);
    }

    /**
     * Takes what waits, up to a size. Returns an empty list after {@link #wake}, at the deadline,
     * or when the queue is closed and empty.
     *
     * @param deadline in {@link System#nanoTime}, or {@link Long#MAX_VALUE} for none
     */
    List<Pending> take(int maxPayload, long deadline) throws InterruptedException {
        lock.lock();
        try {
            while (pending.isEmpty() && !woken && closed == null) {
                if (deadline == Long.MAX_VALUE) {
                    work.await();
                } else if (work.awaitNanos(deadline - System.nanoTime()) <= 0) {
                    break;
                }
            }
            woken = false;
            List<Pending> taken = new ArrayList<>(pending.size());
            int payload = 0;
            Pending next = pending.peek();
            while (next != null && payload + AheadFile.cost(next.entry) <= maxPayload) {
                payload += AheadFile.cost(next.entry);
                taken.add(pending.remove());
                next = pending.peek();
            }
            bytes -= payload;
            room.signalAll();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Records that wait for the taker. */
    int size() {
        lock.lock();
        try {
            return pending.size();
        } finally {
            lock.unlock();
        }
    }

    /** Makes the taker look around. */
    void wake() {
        lock.lock();
        try {
            woken = true;
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    boolean isDrained() {
        lock.lock();
        try {
            return closed != null && pending.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more records; the first reason stays. Those that wait can still be taken. */
    void close(TraceException reason) {
        lock.lock();
        try {
            if (closed == null) {
                closed = reason;
            }
            work.signal();
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more records and gives up those that wait. */
    void fail(TraceException reason) {
        List<Pending> lost;
        lock.lock();
        try {
            closed = reason;
            lost = List.copyOf(pending);
            pending.clear();
            bytes = 0;
            work.signal();
            room.signalAll();
        } finally {
            lock.unlock();
        }
        lost.forEach(one -> one.appended.completeExceptionally(reason));
    }
}
