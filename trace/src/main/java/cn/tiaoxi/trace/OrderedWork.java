package cn.tiaoxi.trace;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Numbered pieces of work done on all cores, a few of them ahead of the one that is wanted next.
 * Owned by one thread.
 */
final class OrderedWork<T> implements AutoCloseable {
    /** Does one piece of work, on any thread. */
    interface Work<T> {
        T run(long number) throws IOException;
    }

    private static final int CORES = Runtime.getRuntime().availableProcessors();

    private final ExecutorService executor;
    private final ArrayDeque<Future<T>> started = new ArrayDeque<>();
    private final long count;
    private final Work<T> work;
    private long begun;

    OrderedWork(long count, Work<T> work) {
        this.count = count;
        this.work = work;
        this.executor =
                Executors.newFixedThreadPool(
                        CORES, Thread.ofPlatform().daemon().name("trace-verify-", 0).factory());
    }

    /** What the next piece came to. Throws what the work threw. */
    T next() throws IOException {
        while (begun < count && started.size() < 2 * CORES) {
            long number = begun++;
            started.add(executor.submit(() -> work.run(number)));
        }
        try {
            return started.remove().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TraceException(
                    TraceException.Code.UNREACHABLE, "the check was interrupted", e);
        }
    }

    /** Gives up what is under way. */
    @Override
    public void close() {
        executor.shutdownNow();
    }
}
