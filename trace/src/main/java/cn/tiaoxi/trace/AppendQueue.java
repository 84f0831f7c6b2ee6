package cn.tiaoxi.trace;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Records on their way to the writer: bounded, any number of appenders, one taker. An appender puts
 * its record straight behind the others of the next commit, in the form in which it is written.
 */
final class AppendQueue {
    private static final int SMALLEST = 1 << 12;

    /** Records of one commit and who waits for them. */
    static final class Group {
        private final List<CompletableFuture<Long>> waiting = new ArrayList<>();
        private byte[] bytes;
        private int length;

        private Group(int capacity) {
            this.bytes = new byte[capacity];
        }

        private CompletableFuture<Long> add(byte[] record) {
            int needed = length + Batch.cost(record.length);
            if (needed > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(needed, 2 * bytes.length));
            }
            bytes[length] = (byte) (record.length >>> 8);
            bytes[length + 1] = (byte) record.length;
            System.arraycopy(record, 0, bytes, length + 2, record.length);
            length = needed;
            CompletableFuture<Long> appended = new CompletableFuture<>();
            waiting.add(appended);
            return appended;
        }

        /** The records, the first of which has an index. */
        Batch batch(long first) {
            if (length < bytes.length / 2) {
                bytes = Arrays.copyOf(bytes, length); // It stays until it is in the tiles.
            }
            return new Batch(first, waiting.size(), bytes, 0, length);
        }

        /**
         * The last first: an appender with several records under way waits for its oldest, and when
         * that wakes it the others are complete too.
         */
        void complete(long first) {
            for (int i = waiting.size() - 1; i >= 0; i--) {
                waiting.get(i).complete(first + i);
            }
        }

        void fail(TraceException reason) {
            waiting.forEach(one -> one.completeExceptionally(reason));
        }
    }

    private final int maxRecords;
    private final long maxBytes;
    private final int maxGroup;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition room = lock.newCondition();

    // Guarded by the lock.
    private final ArrayDeque<Group> groups = new ArrayDeque<>();
    private int capacity = SMALLEST;
    private int records;
    private long bytes;
    private boolean woken;
    private @Nullable TraceException closed;

    /**
     * A queue.
     *
     * @param maxGroup how many bytes one commit may have
     */
    AppendQueue(int maxRecords, long maxBytes, int maxGroup) {
        this.maxRecords = maxRecords;
        this.maxBytes = maxBytes;
        this.maxGroup = maxGroup;
    }

    /** Adds a record; with {@code wait} stays until there is room. */
    CompletableFuture<Long> add(byte[] record, boolean wait) {
        int cost = Batch.cost(record.length);
        lock.lock();
        try {
            while (closed == null && full(cost)) {
                if (!wait) {
                    return CompletableFuture.failedFuture(
                            new TraceException(
                                    TraceException.Code.FULL,
                                    "the trace log has "
                                            + records
                                            + " records waiting to become durable"));
                }
                room.awaitUninterruptibly();
            }
            if (closed != null) {
                return CompletableFuture.failedFuture(closed.again());
            }
            Group last = groups.peekLast();
            if (last == null || last.length + cost > maxGroup) {
                last = new Group(capacity);
                groups.add(last);
            }
            CompletableFuture<Long> appended = last.add(record);
            bytes += cost;
            if (++records == 1) {
                work.signal();
            }
            return appended;
        } finally {
            lock.unlock();
        }
    }

    private boolean full(int cost) {
        return records > 0 && (records >= maxRecords || bytes + cost > maxBytes);
    }

    /**
     * Takes what waits, as much as one commit may have. Returns null after {@link #wake}, at the
     * deadline, or when the queue is closed and empty.
     *
     * @param deadline in {@link System#nanoTime}, or {@link Long#MAX_VALUE} for none
     */
    @Nullable Group take(long deadline) throws InterruptedException {
        lock.lock();
        try {
            while (groups.isEmpty() && !woken && closed == null) {
                if (deadline == Long.MAX_VALUE) {
                    work.await();
                } else if (work.awaitNanos(deadline - System.nanoTime()) <= 0) {
                    break;
                }
            }
            woken = false;
            Group taken = groups.poll();
            if (taken != null) {
                records -= taken.waiting.size();
                bytes -= taken.length;
                capacity = Math.clamp(taken.length + taken.length / 8, SMALLEST, maxGroup);
                room.signalAll();
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Records that wait for the taker. */
    int size() {
        lock.lock();
        try {
            return records;
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
            return closed != null && groups.isEmpty();
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
        List<Group> lost;
        lock.lock();
        try {
            closed = reason;
            lost = List.copyOf(groups);
            groups.clear();
            records = 0;
            bytes = 0;
            work.signal();
            room.signalAll();
        } finally {
            lock.unlock();
        }
        lost.forEach(group -> group.fail(reason));
    }
}
