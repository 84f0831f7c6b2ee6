package cn.tiaoxi.trace;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The threads of an open log: one commits what waits in the queue, one hashes what was committed
 * and writes it into tiles, one makes the tiles durable and publishes them. They own the folder's
 * lock and give it free at their end.
 */
final class LogWriter {
    private final LogFolder place;
    private final TraceLog.Settings settings;
    private final Integrator integrator;
    private final AppendQueue queue;
    private final LongAdder commitCount = new LongAdder();
    private final LongAdder commitNanos = new LongAdder();
    private final ExecutorService integration = thread("trace-integrator");
    private final ExecutorService publication = thread("trace-publisher");
    private final Thread thread;

    /** Durable records that no checkpoint covers yet, by the index of their batch. */
    private final ConcurrentSkipListMap<Long, Batch> tail = new ConcurrentSkipListMap<>();

    private volatile long size;
    private volatile boolean urgent;
    private volatile @Nullable TraceException failure;

    // Owned by the writer thread.
    private AheadFile current;
    private AheadFile other;
    private boolean uncut;
    private long integrateAt = Long.MAX_VALUE;
    private CompletableFuture<Void> integrating = CompletableFuture.completedFuture(null);

    LogWriter(
            LogFolder place,
            TraceLog.Settings settings,
            Integrator integrator,
            AppendQueue queue,
            AheadFile current,
            AheadFile other) {
        this.place = place;
        this.settings = settings;
        this.integrator = integrator;
        this.queue = queue;
        this.current = current;
        this.other = other;
        this.size = integrator.checkpoint().size();
        this.thread = Thread.ofPlatform().daemon().name("trace-writer").unstarted(this::write);
    }

    private static ExecutorService thread(String name) {
        return Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name(name).factory());
    }

    void start() {
        thread.start();
    }

    /** How many records are durable. */
    long size() {
        return size;
    }

    @Nullable TraceException failure() {
        return failure;
    }

    TraceLog.Commits commits() {
        return new TraceLog.Commits(commitCount.sum(), commitNanos.sum(), queue.size());
    }

    /** The batch with a durable record, as long as no checkpoint covers it. */
    @Nullable Batch unpublished(long index) {
        Map.Entry<Long, Batch> batch = tail.floorEntry(index);
        return batch != null && index < batch.getValue().next() ? batch.getValue() : null;
    }

    /** Waits until a checkpoint covers all records that are durable now. */
    void integrate() throws InterruptedException {
        long wanted = size;
        urgent = true;
        queue.wake();
        synchronized (tail) {
            while (integrator.checkpoint().size() < wanted) {
                TraceException failed = failure;
                if (failed != null) {
                    throw failed.again();
                }
                if (!thread.isAlive()) {
                    throw closed();
                }
                tail.wait(1000);
            }
        }
    }

    /** Waits until the queue, once it is closed, is worked off and the folder is free. */
    void awaitEnd() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    static TraceException closed() {
        return new TraceException(TraceException.Code.CLOSED, "the trace log is closed");
    }

    /** The writer thread. */
    private void write() {
        try {
            while (!queue.isDrained()) {
                AppendQueue.Group taken = queue.take(integrateAt());
                if (taken != null) {
                    long next = System.nanoTime() + settings.commitEvery().toNanos();
                    commit(taken);
                    rest(next);
                }
                if (integrationIsDue()) {
                    startIntegration();
                }
            }
            if (failure == null && uncut) {
                startIntegration();
            }
            awaitIntegration();
        } catch (IOException | InterruptedException | RuntimeException e) {
            fail(e);
        } finally {
            release();
        }
    }

    /** Until then records gather for the next commit. */
    private static void rest(long until) {
        long left = until - System.nanoTime();
        if (left > 0) {
            LockSupport.parkNanos(left);
        }
    }

    private void commit(AppendQueue.Group taken) throws IOException, InterruptedException {
        Batch batch = taken.batch(size);
        try {
            if (!current.fits(batch.end())) {
                startIntegration();
            }
            long began = System.nanoTime();
            current.commit(batch);
            commitNanos.add(System.nanoTime() - began);
            commitCount.increment();
        } catch (IOException | InterruptedException | RuntimeException e) {
            taken.fail(fail(e));
            return;
        }
        if (!uncut) {
            integrateAt = System.nanoTime() + settings.integrateEvery().toNanos();
            uncut = true;
        }
        tail.put(batch.first(), batch);
        size = batch.next();
        integration.execute(() -> integrate(batch));
        taken.complete(batch.first());
    }

    private long integrateAt() {
        return !uncut || !integrating.isDone() ? Long.MAX_VALUE : integrateAt;
    }

    private boolean integrationIsDue() {
        return failure == null
                && uncut
                && integrating.isDone()
                && (urgent || System.nanoTime() - integrateAt >= 0);
    }

    /** Has what was committed into the current file published, and goes on with the other file. */
    private void startIntegration() throws IOException, InterruptedException {
        awaitIntegration();
        uncut = false;
        urgent = false;
        AheadFile full = current;
        current = other;
        other = full;
        current.begin();
        integrating =
                CompletableFuture.supplyAsync(this::cut, integration)
                        .thenAcceptAsync(this::publish, publication);
        // Only now: the writer that is woken must see that the integration is done.
        integrating.thenRun(queue::wake);
    }

    private void awaitIntegration() throws InterruptedException {
        try {
            integrating.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("integration failed", e.getCause());
        }
        TraceException failed = failure;
        if (failed != null) {
            throw failed;
        }
    }

    /** On the integrator's thread. */
    private void integrate(Batch batch) {
        if (failure == null) {
            try {
                integrator.add(batch);
            } catch (IOException | RuntimeException e) {
                failIntegration(e);
            }
        }
    }

    /** On the integrator's thread. */
    private Integrator.@Nullable Cut cut() {
        if (failure == null) {
            try {
                return integrator.cut();
            } catch (IOException | RuntimeException e) {
                failIntegration(e);
            }
        }
        return null;
    }

    /** On the publisher's thread. */
    private void publish(Integrator.@Nullable Cut cut) {
        if (cut != null) {
            try {
                integrator.publish(cut);
                tail.headMap(integrator.checkpoint().size()).clear();
            } catch (IOException | RuntimeException e) {
                failIntegration(e);
            }
        }
        synchronized (tail) {
            tail.notifyAll();
        }
    }

    private void failIntegration(Exception error) {
        fail(error);
        synchronized (tail) {
            tail.notifyAll();
        }
    }

    private TraceException fail(Throwable cause) {
        TraceException reason =
                cause instanceof TraceException known && known.stopped() ? known : stopped(cause);
        failure = reason;
        queue.fail(reason);
        return reason;
    }

    private TraceException stopped(Throwable cause) {
        boolean full = place.isFull(cause);
        return new TraceException(
                full ? TraceException.Code.DISK_FULL : TraceException.Code.FAILED,
                "the trace log in "
                        + place.folder()
                        + (full
                                ? " stopped because the disk is full: "
                                : " stopped after an error and must be opened anew: ")
                        + cause.getMessage(),
                cause);
    }

    private void release() {
        integration.shutdown();
        try {
            integration.awaitTermination(1, TimeUnit.MINUTES);
            publication.shutdown();
            publication.awaitTermination(1, TimeUnit.MINUTES);
            current.close();
            other.close();
            integrator.close();
            TraceException failed = failure;
            if (failed != null && failed.code() == TraceException.Code.DISK_FULL) {
                place.settle();
            }
        } catch (IOException | TraceException e) {
            fail(e); // What is durable stays ahead of the tiles until the log is opened anew.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            place.close();
            synchronized (tail) {
                tail.notifyAll();
            }
        }
    }
}
