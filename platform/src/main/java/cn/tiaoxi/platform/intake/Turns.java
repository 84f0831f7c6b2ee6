package cn.tiaoxi.platform.intake;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * Works on several chunks at once that end in their order: each may do what hinders no other, waits
 * for its turn, and its turn comes when the one before it has ended well. After a failure no other
 * gets its turn. Given work by one thread.
 */
final class Turns implements AutoCloseable {
    private final ExecutorService workers;
    private final Semaphore room;
    private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

    /** Work that calls its turn before it does what must be done in order. */
    @FunctionalInterface
    interface Task {
        void run(Runnable turn);
    }

    /**
     * @param atOnce how many are worked on at once
     */
    Turns(int atOnce) {
        workers =
                Executors.newFixedThreadPool(
                        atOnce, Thread.ofPlatform().name("import-worker-", 1).daemon().factory());
        room = new Semaphore(atOnce);
    }

    /**
     * Begins a task, as soon as there is room for it.
     *
     * @throws RuntimeException what an earlier one failed with
     */
    void begin(Task task) throws InterruptedException {
        room.acquire();
        if (last.isCompletedExceptionally()) {
            end();
        }
        CompletableFuture<Void> before = last;
        last =
                CompletableFuture.runAsync(
                        () -> {
                            try {
                                task.run(before::join);
                                before.join();
                            } finally {
                                room.release();
                            }
                        },
                        workers);
    }

    /**
     * Waits until all have ended.
     *
     * @throws RuntimeException what the first failed with
     */
    void end() {
        try {
            last.join();
        } catch (CompletionException e) {
            Throwable cause = e;
            while (cause instanceof CompletionException && cause.getCause() != null) {
                cause = cause.getCause();
            }
            switch (cause) {
                case RuntimeException own -> throw own;
                case Error own -> throw own;
                default -> throw e;
            }
        }
    }

    /** Waits for what has begun; whether it ended well is not asked here. */
    @Override
    public void close() {
        workers.close();
    }
}
