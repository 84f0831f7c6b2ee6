package cn.tiaoxi.trace;

import java.io.Closeable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * A log that recovers by itself: when its disk has failed or was full it is opened anew, an attempt
 * a second, until it holds. Until then appended records are refused.
 *
 * <p>Thread-safe. {@link #log} answers another log after each recovery. A record that was refused
 * with FAILED or DISK_FULL may be in that one: who must not write it twice has to look there.
 */
public final class LastingLog implements Closeable {
    /** Is told what happens to the log. */
    public interface Watcher {
        /** The log was opened, at first or anew. */
        void opened(TraceLog log);

        /** The log stopped, or an attempt to open it anew failed. */
        void stopped(TraceException problem);
    }

    private final Supplier<TraceLog> opener;
    private final Watcher watcher;
    private final AtomicBoolean reopening = new AtomicBoolean();
    private volatile TraceLog log;
    private volatile boolean closed;

    private LastingLog(Supplier<TraceLog> opener, Watcher watcher) {
        this.opener = opener;
        this.watcher = watcher;
        this.log = opener.get();
        watcher.opened(log);
    }

    /**
     * Opens a log, and fails if that does.
     *
     * @param opener opens it, at first and anew, as {@link TraceLog#open} does
     */
    public static LastingLog open(Supplier<TraceLog> opener, Watcher watcher) {
        return new LastingLog(opener, watcher);
    }

    /** The log as it is open now. */
    public TraceLog log() {
        return log;
    }

    /** As {@link TraceLog#append}. */
    public CompletableFuture<Long> append(byte[] record) {
        return watch(log.append(record));
    }

    /** As {@link TraceLog#tryAppend}. */
    public CompletableFuture<Long> tryAppend(byte[] record) {
        return watch(log.tryAppend(record));
    }

    /** Has the log opened anew if a record that was appended to {@link #log} fails by its disk. */
    public CompletableFuture<Long> watch(CompletableFuture<Long> appended) {
        appended.whenComplete(
                (index, failure) -> {
                    if (failure instanceof TraceException problem && problem.stopped()) {
                        reopen(problem);
                    }
                });
        return appended;
    }

    private void reopen(TraceException problem) {
        if (reopening.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("trace-reopen").start(() -> openAnew(problem));
        }
    }

    private void openAnew(TraceException problem) {
        try {
            if (log.failure().isPresent()) { // else the record was for the log before
                watcher.stopped(problem);
            }
            while (!closed && log.failure().isPresent()) {
                try {
                    log.close();
                    log = opener.get();
                    watcher.opened(log);
                } catch (TraceException e) {
                    watcher.stopped(e);
                    TimeUnit.SECONDS.sleep(1);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            reopening.set(false);
            if (closed) {
                log.close();
            }
        }
    }

    /** Closes the log, which stays closed. */
    @Override
    public void close() {
        closed = true;
        log.close();
    }
}
