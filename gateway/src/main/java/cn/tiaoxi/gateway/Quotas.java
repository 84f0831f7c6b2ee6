package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.PolicySnapshot.Grant;
import cn.tiaoxi.contract.Refusal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Counts calls by grant: each second, and each day of the city. Safe for use by threads. */
final class Quotas {
    /** The zone whose midnight begins a new day. */
    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private static final long SECOND = 1_000_000_000L;

    private final ConcurrentHashMap<String, Use> uses = new ConcurrentHashMap<>();

    /** What one grant has used. Guarded by its own lock. */
    private static final class Use {
        private long day;
        private long calls;
        private long nextFree = Long.MIN_VALUE;
    }

    /**
     * Takes one call.
     *
     * @param nanoTime monotonic clock, for the calls a second
     * @throws RefusedException if a limit is reached; then nothing is taken from the day
     */
    void take(Grant grant, Instant now, long nanoTime) {
        Use use = uses.computeIfAbsent(grant.id(), any -> new Use());
        synchronized (use) {
            beginDay(use, day(now));
            if (use.calls >= grant.perDay()) {
                throw new RefusedException(Refusal.QUOTA_EXCEEDED, Long.toString(grant.perDay()));
            }
            long interval = SECOND / grant.perSecond();
            long free = Math.max(use.nextFree, nanoTime);
            if (use.nextFree != Long.MIN_VALUE && free - nanoTime > SECOND - interval) {
                throw new RefusedException(
                        Refusal.RATE_EXCEEDED, Integer.toString(grant.perSecond()));
            }
            use.nextFree = (use.nextFree == Long.MIN_VALUE ? nanoTime : free) + interval;
            use.calls++;
        }
    }

    /** Gives a call back that was taken but not answered with rows. */
    void giveBack(String grant, Instant taken) {
        Use use = uses.get(grant);
        if (use != null) {
            synchronized (use) {
                if (use.day == day(taken) && use.calls > 0) {
                    use.calls--;
                }
            }
        }
    }

    /** Counts a call of today that an earlier process answered. */
    void restore(String grant, Instant answered) {
        Use use = uses.computeIfAbsent(grant, any -> new Use());
        synchronized (use) {
            beginDay(use, day(answered));
            use.calls++;
        }
    }

    /** Forgets grants that are gone and have used nothing today. */
    void prune(Predicate<String> exists, Instant now) {
        long today = day(now);
        uses.entrySet()
                .removeIf(
                        entry -> {
                            Use use = entry.getValue();
                            synchronized (use) {
                                return use.day < today && !exists.test(entry.getKey());
                            }
                        });
    }

    /** When the day of that moment began. */
    static Instant dayBegan(Instant moment) {
        return LocalDate.ofInstant(moment, ZONE).atStartOfDay(ZONE).toInstant();
    }

    private static void beginDay(Use use, long day) {
        if (use.day < day) {
            use.day = day;
            use.calls = 0;
        }
    }

    private static long day(Instant moment) {
        return LocalDate.ofInstant(moment, ZONE).toEpochDay();
    }
}
