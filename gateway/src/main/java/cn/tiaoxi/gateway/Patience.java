package cn.tiaoxi.gateway;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Lets futures fail that take too long. All wait equally long, so they end in the order they began
 * and one look at the oldest is enough: a timer for each would wake a thread for each call. A
 * future fails up to 50 ms late. Safe for use by threads.
 */
final class Patience implements AutoCloseable {
    private static final long LOOK_EVERY_MILLIS = 50;

    private final long nanos;
    private final Queue<Waiting> oldestFirst = new ConcurrentLinkedQueue<>();
    private final Thread thread;

    private record Waiting(CompletableFuture<?> future, long until) {}

    Patience(String name, Duration time) {
        this.nanos = time.toNanos();
        this.thread = Thread.ofPlatform().daemon().name(name).start(this::run);
    }

    /** The same future, which from now on has its time. */
    <T> CompletableFuture<T> watch(CompletableFuture<T> future) {
        if (!future.isDone()) {
            oldestFirst.add(new Waiting(future, System.nanoTime() + nanos));
        }
        return future;
    }

    private void run() {
        try {
            while (true) {
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
                look(System.nanoTime());
            }
        } catch (InterruptedException e) {
            oldestFirst.clear();
        }
    }

    private void look(long now) {
        Waiting oldest = oldestFirst.peek();
        while (oldest != null && (oldest.future().isDone() || oldest.until() - now <= 0)) {
            if (!oldest.future().isDone()) {
                oldest.future().completeExceptionally(new TimeoutException());
            }
            oldestFirst.poll();
            oldest = oldestFirst.peek();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
