package cn.tiaoxi.platform.search;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Does work on all processors, with little waiting in line: whoever brings more than can be done
 * waits. The first failure ends it.
 */
final class Workers {
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    private final ExecutorService pool =
            Executors.newFixedThreadPool(
                    PROCESSORS, Thread.ofPlatform().name("search-", 1).daemon().factory());
    private final Semaphore places = new Semaphore(PROCESSORS * 2);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    /** A piece of work. */
    interface Work {
        void run() throws IOException;
    }

    void run(Work work) {
        Throwable failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException("Other work failed", failed);
        }
        places.acquireUninterruptibly();
        pool.execute(
                () -> {
                    try {
                        work.run();
                    } catch (IOException | RuntimeException | Error e) {
                        failure.compareAndSet(null, e);
                    } finally {
                        places.release();
                    }
                });
    }

    /**
     * Waits until all is done.
     *
     * @throws IOException if some of it failed
     */
    void finish() throws IOException {
        pool.close();
        Throwable failed = failure.get();
        if (failed != null) {
            throw new IOException(failed);
        }
    }
}
