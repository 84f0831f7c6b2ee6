package cn.tiaoxi.gateway.quota;

import cn.tiaoxi.gateway.quota.Lease.Wanted;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what budgets want to the store: what is wanted while one request is under way goes
 * together with the next. While the store is away, one request after each pause looks whether it is
 * back.
 */
final class LeaseDesk {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseDesk.class);
    private static final int MOST_AT_ONCE = 1_000;
    private static final long STORE_MILLIS = 5_000;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** Stores lock in this order, so that two gateways never wait for each other. */
    private static final Comparator<Asked> ORDER =
            Comparator.comparing((Asked a) -> a.wanted().subject().toString())
                    .thenComparing(a -> a.wanted().span());

    private final QuotaStore store;
    private final LongSupplier nanoTime;

    // Guarded by this.
    private List<Asked> collected = new ArrayList<>();
    private boolean underWay;

    private volatile boolean away;
    private volatile long lookAgainAt;
    private volatile @Nullable Throwable lastFailure;

    /**
     * @param budget null for calls that are given back
     */
    private record Asked(@Nullable Budget budget, Wanted wanted) {}

    LeaseDesk(QuotaStore store, LongSupplier nanoTime) {
        this.store = store;
        this.nanoTime = nanoTime;
    }

    /** Whether the store did not answer and it is too early to ask again. */
    boolean isAway() {
        return away && nanoTime.getAsLong() - lookAgainAt < 0;
    }

    /** Why the store did not answer the last time, or null if it did. */
    @Nullable Throwable failure() {
        return away ? lastFailure : null;
    }

    /** Asks for calls; the budget is told. */
    void ask(Budget budget, Wanted wanted) {
        add(new Asked(budget, wanted));
    }

    /** Gives calls back. */
    void giveBack(Wanted spare) {
        add(new Asked(null, spare));
    }

    private void add(Asked asked) {
        List<Asked> batch;
        synchronized (this) {
            collected.add(asked);
            batch = next();
        }
        send(batch);
    }

    /** What to send now, nothing while something is under way. Called with the lock. */
    private List<Asked> next() {
        if (underWay || collected.isEmpty()) {
            return List.of();
        }
        underWay = true;
        if (collected.size() <= MOST_AT_ONCE) {
            List<Asked> all = collected;
            collected = new ArrayList<>();
            return all;
        }
        List<Asked> first = new ArrayList<>(collected.subList(0, MOST_AT_ONCE));
        collected.subList(0, MOST_AT_ONCE).clear();
        return first;
    }

    private void send(List<Asked> batch) {
        if (batch.isEmpty()) {
            return;
        }
        batch.sort(ORDER);
        store.lease(batch.stream().map(Asked::wanted).toList())
                .orTimeout(STORE_MILLIS, TimeUnit.MILLISECONDS)
                .whenComplete((leases, failure) -> ended(batch, leases, failure));
    }

    private void ended(
            List<Asked> batch, @Nullable List<Lease> leases, @Nullable Throwable failure) {
        long now = nanoTime.getAsLong();
        if (leases == null) {
            if (!away) {
                LOG.warn("The store of quotas is away", failure);
            }
            lastFailure = failure;
            lookAgainAt = now + PAUSE_NANOS;
            away = true;
        } else if (away) {
            LOG.info("The store of quotas is back");
            away = false;
        }
        for (int i = 0; i < batch.size(); i++) {
            Budget budget = batch.get(i).budget();
            if (budget != null && leases != null) {
                budget.leased(leases.get(i), now);
            } else if (budget != null) {
                budget.away(now);
            }
        }
        List<Asked> next;
        synchronized (this) {
            underWay = false;
            next = next();
            notifyAll();
        }
        send(next);
    }

    /** Waits until everything wanted is answered, as long as the store has for one request. */
    synchronized void finish() {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STORE_MILLIS);
        try {
            while (underWay && System.nanoTime() - until < 0) {
                wait(50);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
