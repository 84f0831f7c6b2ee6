package cn.tiaoxi.gateway.quota;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One call on all limits that it counts against. Taken once; owned by the call. */
public final class Charge {
    private record Part(Budget budget, long most) {}

    private final List<Part> parts = new ArrayList<>(4);
    private int taken;
    private long takenAt;

    Charge() {}

    void add(Budget budget, long most) {
        parts.add(new Part(budget, most));
    }

    /**
     * Takes the call from every limit or from none.
     *
     * @return null if it is taken at once; else a future that a store's thread completes
     * @throws ExhaustedException if a limit is reached
     * @throws StoreAwayException if the store is away and nothing that was leased is left
     */
    public @Nullable CompletableFuture<Void> take() {
        while (taken < parts.size()) {
            Part part = parts.get(taken);
            takenAt = System.nanoTime();
            CompletableFuture<Void> waiting;
            try {
                waiting = part.budget().take(part.most(), takenAt);
            } catch (ExhaustedException | StoreAwayException e) {
                giveBack();
                throw e;
            }
            if (waiting != null) {
                return waiting.handle(this::goOn).thenCompose(rest -> rest);
            }
            taken++;
        }
        return null;
    }

    private CompletableFuture<Void> goOn(@Nullable Void got, @Nullable Throwable failure) {
        if (failure != null) {
            giveBack();
            return CompletableFuture.failedFuture(failure);
        }
        taken++;
        takenAt = System.nanoTime();
        CompletableFuture<Void> rest = take();
        return rest == null ? CompletableFuture.completedFuture(null) : rest;
    }

    /** Gives the call back, if it was not answered. What a second allows stays taken. */
    public void giveBack() {
        long now = System.nanoTime();
        for (int i = 0; i < taken; i++) {
            parts.get(i).budget().giveBack(takenAt, now);
        }
        taken = 0;
    }
}
