package cn.tiaoxi.contract;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many things took how long: counts in buckets whose width is a sixteenth of their power of
 * two, from one microsecond to about 18 minutes; what is longer stands in the last. A quantile is
 * within 3.2 % (or half a microsecond) of the true one, in constant memory; sums of several are
 * exact. For one thread at a time; adding makes no garbage.
 */
public final class Durations {
    private static final int SUB_BITS = 4;
    private static final int SUB = 1 << SUB_BITS;

    /** Powers of two, in microseconds, up to which {@link #upTo} counts exactly. */
    public static final int POWERS = 30;

    private static final int BUCKETS = (POWERS - SUB_BITS + 1) * SUB;

    private final long[] counts = new long[BUCKETS];
    private long count;
    private long micros;

    /** Adds one duration; negative ones count as none. */
    public void add(long duration) {
        long positive = Math.max(0, duration);
        counts[bucket(positive)]++;
        count++;
        micros += positive;
    }

    /** Adds all of another. */
    public void add(Durations other) {
        for (int i = 0; i < BUCKETS; i++) {
            counts[i] += other.counts[i];
        }
        count += other.count;
        micros += other.micros;
    }

    private static int bucket(long duration) {
        if (duration < SUB) {
            return (int) duration;
        }
        int power = 63 - Long.numberOfLeadingZeros(duration);
        int place = (power - SUB_BITS + 1) * SUB + (int) (duration >>> power - SUB_BITS) - SUB;
        return Math.min(place, BUCKETS - 1);
    }

    /** The least duration of a bucket, in microseconds. */
    private static long least(int bucket) {
        int octave = bucket / SUB;
        return octave == 0 ? bucket : (long) (SUB + bucket % SUB) << octave - 1;
    }

    /** How many durations were added. */
    public long count() {
        return count;
    }

    /** All durations together, in microseconds. */
    public long micros() {
        return micros;
    }

    /** How many took less than two to that power, in microseconds; exact for 0 to 29. */
    public long upTo(int power) {
        int end = power < SUB_BITS ? 1 << power : (power - SUB_BITS + 1) * SUB;
        long sum = 0;
        for (int i = 0; i < end; i++) {
            sum += counts[i];
        }
        return sum;
    }

    /**
     * The duration within which that share of all came, in microseconds.
     *
     * @param share from 0 to 1
     * @return the middle of its bucket; 0 if nothing was added
     */
    public double quantile(double share) {
        long wanted = Math.max(1, (long) Math.ceil(share * count));
        long sum = 0;
        for (int i = 0; i < BUCKETS; i++) {
            sum += counts[i];
            if (sum >= wanted) {
                long from = least(i);
                return i < SUB ? from : (from + least(i + 1)) / 2.0;
            }
        }
        return 0;
    }

    /** The counts by bucket, without the empty ones, to be sent. */
    public Map<Integer, Long> sparse() {
        Map<Integer, Long> filled = new TreeMap<>();
        for (int i = 0; i < BUCKETS; i++) {
            if (counts[i] > 0) {
                filled.put(i, counts[i]);
            }
        }
        return filled;
    }

    /**
     * What was sent.
     *
     * @throws IllegalArgumentException if there is no such bucket or fewer than none in it
     */
    public static Durations of(Map<Integer, Long> sparse) {
        Durations durations = new Durations();
        sparse.forEach(
                (bucket, number) -> {
                    if (bucket < 0 || bucket >= BUCKETS || number < 0) {
                        throw new IllegalArgumentException("No such bucket: " + bucket);
                    }
                    durations.counts[bucket] += number;
                    durations.count += number;
                    durations.micros += least(bucket) * number;
                });
        return durations;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Durations that && Arrays.equals(counts, that.counts);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(counts);
    }
}
