package cn.tiaoxi.platform;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for what the platform does in its own time. */
public final class Waiting {
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final long BETWEEN_NANOS = Duration.ofMillis(50).toNanos();

    private Waiting() {}

    /**
     * Looks until it is as wanted, for a minute at most.
     *
     * @param what names it in the message
     */
    public static <T> T until(String what, Supplier<T> look, Predicate<T> wanted) {
        Instant end = Instant.now().plus(LONGEST);
        while (true) {
            T now = look.get();
            if (wanted.test(now)) {
                return now;
            }
            if (Instant.now().isAfter(end)) {
                throw new AssertionError(what + " did not come about: " + now);
            }
            LockSupport.parkNanos(BETWEEN_NANOS);
        }
    }
}
