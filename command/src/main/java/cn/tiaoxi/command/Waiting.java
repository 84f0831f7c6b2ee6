package cn.tiaoxi.command;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for what another process brings about. */
public final class Waiting {
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private Waiting() {}

    /**
     * Looks ten times a second until it is as wanted.
     *
     * @param what names it in the message
     * @throws IllegalStateException after five minutes
     */
    public static <T> T until(String what, Supplier<T> look, Predicate<T> wanted) {
        return until(what, LONGEST, look, wanted);
    }

    /**
     * Looks ten times a second until it is as wanted.
     *
     * @throws IllegalStateException after that time
     */
    public static <T> T until(
            String what, Duration longest, Supplier<T> look, Predicate<T> wanted) {
        Instant end = Instant.now().plus(longest);
        while (true) {
            T now = look.get();
            if (wanted.test(now)) {
                return now;
            }
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException(
                        what + " did not come about in " + longest.toSeconds() + " s: " + now);
            }
            try {
                TimeUnit.MILLISECONDS.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Stopped while waiting for " + what, e);
            }
        }
    }
}
