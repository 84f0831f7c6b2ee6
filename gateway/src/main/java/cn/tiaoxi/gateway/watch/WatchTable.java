package cn.tiaoxi.gateway.watch;

import org.jspecify.annotations.Nullable;

/**
 * A bounded number of {@link Watched}, found by hash among four places; of these the one that was
 * used longest ago gives way. Safe for use by threads.
 */
final class WatchTable {
    private static final int WAYS = 4;

    private final @Nullable Watched[] places;
    private final Object[] locks;
    private final int mask;

    /**
     * @param sets number of groups of four places, a power of two
     */
    WatchTable(int sets) {
        this.places = new @Nullable Watched[sets * WAYS];
        this.locks = new Object[sets];
        this.mask = sets - 1;
        for (int i = 0; i < sets; i++) {
            locks[i] = new Object();
        }
    }

    /** What guards the one of that hash. */
    Object lock(long hash) {
        return locks[(int) hash & mask];
    }

    /** The one of that hash; the caller holds its {@link #lock}. */
    Watched of(long hash, long epochSecond) {
        int first = ((int) hash & mask) * WAYS;
        int chosen = first;
        long oldest = Long.MAX_VALUE;
        for (int i = first; i < first + WAYS; i++) {
            Watched here = places[i];
            if (here == null) {
                here = new Watched();
                places[i] = here;
                here.becomes(hash, epochSecond);
                return here;
            }
            if (here.isOf(hash)) {
                here.becomes(hash, epochSecond);
                return here;
            }
            if (here.used() < oldest) {
                oldest = here.used();
                chosen = i;
            }
        }
        Watched given = java.util.Objects.requireNonNull(places[chosen]);
        given.becomes(hash, epochSecond);
        return given;
    }
}
