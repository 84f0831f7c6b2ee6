package cn.tiaoxi.gateway;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;

/** Logs a failure that may come with each call at most once a second, and how often it came. */
final class SeldomLog {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Logger log;
    private final AtomicLong unsaid = new AtomicLong();
    private final AtomicLong next = new AtomicLong(System.nanoTime());

    SeldomLog(Logger log) {
        this.log = log;
    }

    void warn(String what, Throwable failure) {
        long count = unsaid.incrementAndGet();
        long due = next.get();
        long now = System.nanoTime();
        if (now - due >= 0 && next.compareAndSet(due, now + SECOND)) {
            unsaid.addAndGet(-count);
            log.warn("{} ({} times): {}", what, count, failure.toString());
        }
    }
}
