package cn.tiaoxi.gateway.quota;

import cn.tiaoxi.gateway.quota.Lease.Wanted;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One subject's calls in one span, as this gateway has leased them. Guarded by its own lock; never
 * completes a future while it is held.
 *
 * <p>A lease is as large as what this gateway used in a short time before, never more than a small
 * part of the limit, and smaller towards the end of what is left. So a gateway that has few calls
 * keeps few of them from the others, and one that has many asks seldom.
 */
final class Budget {
    /** A lease for a second is what was used in this time; a longer one lasts as long as it can. */
    private static final long SHORT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** A lease for a day or longer is at most this part of the limit: 0.25 %. */
    private static final long PART_OF_LIMIT = 400;

    /** A lease is at most this part of what nobody has leased. */
    private static final long PART_OF_REST = 8;

    /** Calls that were given back elsewhere are found after this. */
    private static final long LOOK_AGAIN_NANOS = SECOND_NANOS;

    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Subject subject;
    private final Span span;
    private final LeaseDesk desk;
    private final Queue<CompletableFuture<Void>> waiting = new ArrayDeque<>();

    private long most;
    private long left;
    private long remaining = Long.MAX_VALUE;
    private long window;
    private long windowEnds;

    /** Whether a lease was got in a window that has not ended. */
    private boolean isOpen;

    private long openedAt;
    private boolean asking;
    private boolean exhausted;
    private long exhaustedUntil;
    private long leased;
    private long leasedAt;
    private long leasedInWindow;
    private long taken;

    /** Without the store, what each second may have; and which second that was. */
    private long share = 1;

    private long second;
    private long takenInSecond;

    Budget(Subject subject, Span span, long most, LeaseDesk desk, long nanos) {
        this.subject = subject;
        this.span = span;
        this.most = most;
        this.desk = desk;
        this.leasedAt = nanos;
        this.taken = nanos;
    }

    /**
     * Takes one call.
     *
     * @return null if it is taken; else completed when it is, or failed with what {@link Quotas}
     *     says
     * @throws ExhaustedException if the limit is reached
     * @throws StoreAwayException if nothing is left and the store is away
     */
    @Nullable CompletableFuture<Void> take(long limit, long nanos) {
        CompletableFuture<Void> result = null;
        Wanted wanted;
        synchronized (this) {
            follow(limit);
            turn(nanos);
            taken = nanos;
            if (left > 0) {
                left--;
            } else if (isExhausted(nanos)) {
                throw new ExhaustedException(subject, span, most);
            } else if (desk.isAway()) {
                takeWithoutStore(nanos);
            } else {
                result = new CompletableFuture<>();
                waiting.add(result);
            }
            wanted = wanted(nanos);
        }
        if (wanted != null) {
            desk.ask(this, wanted);
        }
        return result;
    }

    /** Gives a call back that was taken then, if that window is still under way. */
    synchronized void giveBack(long takenAt, long nanos) {
        turn(nanos);
        if (isOpen && takenAt - openedAt >= 0 && span != Span.SECOND) {
            left++;
        }
    }

    /** A changed limit holds at once: what was leased under the old one is asked for again. */
    private void follow(long limit) {
        if (limit != most) {
            most = limit;
            left = 0;
            exhausted = false;
            remaining = Long.MAX_VALUE;
        }
    }

    private void turn(long nanos) {
        if (isOpen && nanos - windowEnds >= 0) {
            endWindow();
        }
    }

    private void endWindow() {
        isOpen = false;
        long cutShort = desk.isAway() ? share : 1;
        share = Math.max(cutShort, leasedInWindow);
        leasedInWindow = 0;
        left = 0;
        exhausted = false;
        remaining = Long.MAX_VALUE;
    }

    private boolean isExhausted(long nanos) {
        if (exhausted && nanos - exhaustedUntil >= 0) {
            exhausted = false;
        }
        return exhausted;
    }

    /** Each second goes on with what the last one had; longer spans end with their lease. */
    private void takeWithoutStore(long nanos) {
        if (span != Span.SECOND) {
            throw new StoreAwayException(subject);
        }
        long now = Math.floorDiv(nanos, SECOND_NANOS);
        if (now != second) {
            second = now;
            takenInSecond = 0;
        }
        if (takenInSecond >= most) {
            throw new ExhaustedException(subject, span, most);
        }
        if (takenInSecond >= share) {
            throw new StoreAwayException(subject); // The limit allows more, but nobody can tell.
        }
        takenInSecond++;
    }

    /** What to ask for now, or null: when calls wait, or half of the last lease is used. */
    private @Nullable Wanted wanted(long nanos) {
        if (asking || (waiting.isEmpty() && (left > leased / 2 || exhausted || desk.isAway()))) {
            return null;
        }
        long size = size(nanos);
        if (waiting.isEmpty() && size == 1) {
            // One call that nobody waits for might be the one that another gateway lacks.
            return null;
        }
        asking = true;
        return new Wanted(subject, span, most, Math.max(waiting.size(), size), 0);
    }

    private long size(long nanos) {
        long rest = remaining == Long.MAX_VALUE ? most : remaining;
        if (span != Span.SECOND) {
            return Math.max(1, Math.min(most / PART_OF_LIMIT, rest / PART_OF_REST));
        }
        long since = Math.max(nanos - leasedAt, 1);
        long used = Math.min(2 * leased, (long) (leased * ((double) SHORT_NANOS / since)));
        return Math.max(1, Math.min(used, rest / PART_OF_REST));
    }

    /** Takes up what the store gave, and serves who waits. */
    void leased(Lease lease, long nanos) {
        List<CompletableFuture<Void>> served = new ArrayList<>();
        List<CompletableFuture<Void>> refused = new ArrayList<>();
        Wanted more;
        long limit;
        synchronized (this) {
            asking = false;
            limit = most;
            enter(lease, nanos);
            while (left > 0 && !waiting.isEmpty()) {
                left--;
                served.add(waiting.remove());
            }
            if (lease.remaining() == 0) {
                exhausted = true;
                exhaustedUntil =
                        span == Span.SECOND
                                ? windowEnds
                                : nanos + Math.min(LOOK_AGAIN_NANOS, windowEnds - nanos);
                refused.addAll(waiting);
                waiting.clear();
            }
            more = wanted(nanos);
        }
        served.forEach(call -> call.complete(null));
        refused.forEach(
                call -> call.completeExceptionally(new ExhaustedException(subject, span, limit)));
        if (more != null) {
            desk.ask(this, more);
        }
    }

    private void enter(Lease lease, long nanos) {
        if (isOpen && lease.window() != window) {
            endWindow();
        }
        if (!isOpen) {
            isOpen = true;
            openedAt = nanos;
        }
        window = lease.window();
        windowEnds = nanos + TimeUnit.MILLISECONDS.toNanos(lease.endsInMillis());
        left += lease.granted();
        remaining = lease.remaining();
        leased = lease.granted();
        leasedAt = nanos;
        leasedInWindow += lease.granted();
    }

    /** The store did not answer: who waits goes on without it, or not. */
    void away(long nanos) {
        List<CompletableFuture<Void>> served = new ArrayList<>();
        List<RuntimeException> reasons = new ArrayList<>();
        List<CompletableFuture<Void>> refused = new ArrayList<>();
        synchronized (this) {
            asking = false;
            while (!waiting.isEmpty()) {
                CompletableFuture<Void> call = waiting.remove();
                try {
                    takeWithoutStore(nanos);
                    served.add(call);
                } catch (ExhaustedException | StoreAwayException e) {
                    refused.add(call);
                    reasons.add(e);
                }
            }
        }
        served.forEach(call -> call.complete(null));
        for (int i = 0; i < refused.size(); i++) {
            refused.get(i).completeExceptionally(reasons.get(i));
        }
    }

    /**
     * What to give back to the store: all of it at the end, else what an idle one has beyond a
     * lease that it keeps for the time when the store is away.
     *
     * @return null if there is nothing
     */
    synchronized @Nullable Wanted spare(boolean all, long nanos) {
        turn(nanos);
        if (!isOpen || span == Span.SECOND || (!all && nanos - taken < IDLE_NANOS)) {
            return null;
        }
        long kept = all ? 0 : most / PART_OF_LIMIT;
        long spare = left - kept;
        if (spare <= 0 || asking) {
            return null;
        }
        left -= spare;
        return new Wanted(subject, span, most, -spare, window);
    }

    /** Whether nothing was taken from it in that time and nothing of it is kept. */
    synchronized boolean isIdle(long nanos, long forNanos) {
        return !asking && waiting.isEmpty() && nanos - taken > forNanos;
    }
}
