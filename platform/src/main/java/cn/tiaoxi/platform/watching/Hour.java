package cn.tiaoxi.platform.watching;

import cn.tiaoxi.contract.GatewayFigures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * The last hour: five minutes by the second, and all of it by ten seconds, in memory of constant
 * size. What is older, or from a clock that is far off, is counted where it is now.
 */
final class Hour {
    private static final int SECONDS = 300;
    private static final int TENS = 360;
    private static final int TEN = 10;
    private static final int MOST_PIECES = 10;
    private static final long MOST_ASKEW_SECONDS = 10;

    private final Slot[] seconds = new Slot[SECONDS];
    private final Slot[] tens = new Slot[TENS];

    /** A bucket and the number of its span since 1970. */
    private record Slot(long span, Bucket bucket) {}

    /**
     * One point of a curve.
     *
     * @param time beginning of the span, in seconds since 1970
     */
    record Point(long time, Bucket bucket) {}

    /** Counts what a gateway told. */
    synchronized void add(GatewayFigures figures, Instant now) {
        long end = figures.from().plusMillis(figures.millis()).toEpochMilli() / 1_000;
        if (Math.abs(end - now.getEpochSecond()) > MOST_ASKEW_SECONDS) {
            end = now.getEpochSecond();
        }
        int pieces = (int) Math.clamp(Math.round(figures.millis() / 1e3), 1, MOST_PIECES);
        for (int piece = 0; piece < pieces; piece++) {
            long second = end - pieces + piece;
            bucket(seconds, second).add(figures, piece, pieces);
            bucket(tens, second / TEN).add(figures, piece, pieces);
        }
    }

    /** Something older than what stands in its place is lost there, which is a place to lose it. */
    private static Bucket bucket(Slot[] slots, long span) {
        int place = (int) (span % slots.length);
        Slot slot = slots[place];
        if (slot == null || slot.span() < span) {
            slot = new Slot(span, new Bucket());
            slots[place] = slot;
        }
        return slot.bucket();
    }

    /** The points of that window from a moment on; those of which nothing was told are left out. */
    synchronized List<Point> points(Window window, long since, Instant now) {
        List<Point> points = new ArrayList<>();
        each(
                window,
                now,
                span -> {
                    Bucket bucket = found(window, span);
                    if (bucket != null && span * window.step() >= since) {
                        points.add(new Point(span * window.step(), copy(bucket)));
                    }
                });
        return points;
    }

    /** All of a window together. */
    synchronized Bucket sum(Window window, Instant now) {
        Bucket sum = new Bucket();
        each(
                window,
                now,
                span -> {
                    Bucket bucket = found(window, span);
                    if (bucket != null) {
                        sum.add(bucket);
                    }
                });
        return sum;
    }

    private static void each(Window window, Instant now, LongConsumer visit) {
        long last = now.getEpochSecond() / window.step();
        long first = last - window.minutes() * 60L / window.step();
        for (long span = first; span <= last; span++) {
            visit.accept(span);
        }
    }

    private @org.jspecify.annotations.Nullable Bucket found(Window window, long span) {
        Slot[] slots = window.step() == 1 ? seconds : tens;
        Slot slot = slots[(int) (span % slots.length)];
        return slot != null && slot.span() == span && slot.bucket().told() ? slot.bucket() : null;
    }

    private static Bucket copy(Bucket bucket) {
        Bucket copy = new Bucket();
        copy.add(bucket);
        return copy;
    }
}
