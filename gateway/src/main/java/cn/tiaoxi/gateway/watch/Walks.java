package cn.tiaoxi.gateway.watch;

import java.util.Arrays;

/**
 * Finds walks in even steps among numbers, also up to eight that are interleaved or mixed with
 * other calls. Three even steps among the last {@value #PATIENCE} numbers begin a track, which dies
 * when it is not gone on with among the next {@value #PATIENCE}. So random numbers make no long
 * walk: of a range of {@code n} numbers a track goes on by chance with {@code 1 - exp(-PATIENCE /
 * n)}, and a walk of 32 needs a range of 32 and more, in which that is at most 0.53, to the power
 * of 29.
 *
 * <p>For one thread at a time; allocates nothing once made.
 */
final class Walks {
    /** Longest distance between two numbers of a walk. */
    private static final long LONGEST_STEP = 10_000;

    private static final int TRACKS = 8;
    private static final int PATIENCE = 24;

    private final long[] aroundBefore = new long[PATIENCE];
    private final long[] before = new long[PATIENCE];
    private final long[] around = new long[TRACKS];
    private final long[] last = new long[TRACKS];
    private final long[] step = new long[TRACKS];
    private final int[] length = new int[TRACKS];
    private final int[] seen = new int[TRACKS];
    private int now;

    /** Forgets everything. */
    void clear() {
        Arrays.fill(length, 0);
        now = 0;
    }

    /**
     * Takes the next number.
     *
     * @param surroundings what stands around the number; walks do not lead from one to another
     * @return how long the walk is that it belongs to, 1 for none
     */
    int add(long surroundings, long number) {
        now++;
        int free = 0;
        for (int i = 0; i < TRACKS; i++) {
            if (length[i] > 0 && now - seen[i] > PATIENCE) {
                length[i] = 0;
            }
            if (length[i] > 0 && around[i] == surroundings) {
                if (number == last[i]) {
                    now--; // Asked again: nothing went on.
                    return length[i];
                }
                if (number == last[i] + step[i]) {
                    last[i] = number;
                    seen[i] = now;
                    remember(surroundings, number);
                    return ++length[i];
                }
            }
            if (length[free] > 0 && (length[i] == 0 || seen[i] < seen[free])) {
                free = i;
            }
        }
        long even = evenStep(surroundings, number);
        remember(surroundings, number);
        if (even == 0) {
            return 1;
        }
        around[free] = surroundings;
        last[free] = number;
        step[free] = even;
        length[free] = 3;
        seen[free] = now;
        return 3;
    }

    private void remember(long surroundings, long number) {
        int place = now % PATIENCE;
        aroundBefore[place] = surroundings;
        before[place] = number;
    }

    /** The shortest step that leads to the number for the second time, or 0. */
    private long evenStep(long surroundings, long number) {
        int known = Math.min(now - 1, PATIENCE);
        long found = 0;
        for (int i = 1; i <= known; i++) {
            int place = (now - i) % PATIENCE;
            long distance = number - before[place];
            if (aroundBefore[place] == surroundings
                    && distance != 0
                    && Math.abs(distance) <= LONGEST_STEP
                    && (found == 0 || Math.abs(distance) < Math.abs(found))
                    && wasSeen(surroundings, before[place] - distance, i + 1, known)) {
                found = distance;
            }
        }
        return found;
    }

    private boolean wasSeen(long surroundings, long number, int from, int known) {
        for (int i = from; i <= known; i++) {
            int place = (now - i) % PATIENCE;
            if (before[place] == number && aroundBefore[place] == surroundings) {
                return true;
            }
        }
        return false;
    }
}
