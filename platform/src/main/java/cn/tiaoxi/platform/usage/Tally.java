package cn.tiaoxi.platform.usage;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Collection;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What calls did under a grant on a day, in bounded memory. The order in which calls are added or
 * tallies merged does not matter. Not safe for use by many threads.
 */
final class Tally {
    /** Distinct seconds that are kept, the earliest of the day. */
    static final int MOST_SECONDS = 256;

    /** Addresses, keys and matters that are kept of each. */
    static final int MOST_NAMES = 64;

    private static final int HOURS = 24;

    final Key key;
    final long[] hours = new long[HOURS];
    final TreeSet<Integer> seconds = new TreeSet<>();
    final Sketch subjects = new Sketch();
    final TreeSet<String> addresses = new TreeSet<>();
    final TreeSet<String> keys = new TreeSet<>();
    final TreeSet<String> matters = new TreeSet<>();
    long answered;
    long refused;
    long empty;
    long rows;
    long keyed;
    long withMatter;
    long inHours;
    @Nullable Instant last;

    /**
     * Which grant, which day, and whose log.
     *
     * @param day in the city's zone
     */
    record Key(String grant, LocalDate day, String origin) {}

    /**
     * A call as it is counted.
     *
     * @param time of day in the city's zone
     * @param inHours whether offices were open
     */
    record Seen(
            Instant moment,
            LocalTime time,
            boolean inHours,
            boolean answered,
            long rows,
            String subject,
            String matter,
            String address,
            String key) {}

    Tally(Key key) {
        this.key = key;
    }

    /** Counts a call. Of one that was refused only that it was. */
    void add(Seen call) {
        if (!call.answered()) {
            refused++;
            return;
        }
        answered++;
        rows += call.rows();
        empty += call.rows() == 0 ? 1 : 0;
        inHours += call.inHours() ? 1 : 0;
        hours[call.time().getHour()]++;
        keep(seconds, call.time().toSecondOfDay(), MOST_SECONDS);
        keep(addresses, call.address(), MOST_NAMES);
        keep(keys, call.key(), MOST_NAMES);
        if (!call.matter().isBlank()) {
            withMatter++;
            keep(matters, call.matter(), MOST_NAMES);
        }
        if (!call.subject().isEmpty()) {
            keyed++;
            subjects.add(call.subject());
        }
        last = later(last, call.moment());
    }

    /** Adds what another tally of the same day has counted, except for its subjects. */
    void merge(Tally other) {
        answered += other.answered;
        refused += other.refused;
        empty += other.empty;
        rows += other.rows;
        keyed += other.keyed;
        withMatter += other.withMatter;
        inHours += other.inHours;
        for (int i = 0; i < HOURS; i++) {
            hours[i] += other.hours[i];
        }
        keepAll(seconds, other.seconds, MOST_SECONDS);
        keepAll(addresses, other.addresses, MOST_NAMES);
        keepAll(keys, other.keys, MOST_NAMES);
        keepAll(matters, other.matters, MOST_NAMES);
        last = other.last == null ? last : later(last, other.last);
    }

    private static Instant later(@Nullable Instant one, Instant other) {
        return one == null || one.isBefore(other) ? other : one;
    }

    private static <T> void keepAll(TreeSet<T> kept, Collection<T> values, int most) {
        values.forEach(v -> keep(kept, v, most));
    }

    /** Keeps the smallest values, so that the order of adding does not matter. */
    private static <T> void keep(TreeSet<T> kept, T value, int most) {
        if (kept.add(value) && kept.size() > most) {
            kept.pollLast();
        }
    }

    /**
     * How much the gaps between the seconds with calls differ: their standard deviation over their
     * mean. Calls of people are near 1 or above, a clock's near 0; null for fewer than ten gaps.
     */
    @Nullable Double gapVariation() {
        int gaps = seconds.size() - 1;
        if (gaps < 10) {
            return null;
        }
        double mean = (seconds.last() - seconds.first()) / (double) gaps;
        double squares = 0;
        int before = seconds.first();
        for (int second : seconds.tailSet(before, false)) {
            double off = second - before - mean;
            squares += off * off;
            before = second;
        }
        return Math.sqrt(squares / gaps) / mean;
    }
}
