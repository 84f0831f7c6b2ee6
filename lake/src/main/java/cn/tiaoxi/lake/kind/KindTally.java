package cn.tiaoxi.lake.kind;

import java.util.List;
import java.util.Optional;

/** Counts the values of a column by kind. Used by one thread. */
public final class KindTally {
    private static final double LEAST_SHARE = 0.6;
    private static final double LEAST_CONFIDENCE = 0.5;

    /** What a telling name adds, as a part of what the values leave open. */
    private static final double WEIGHT_OF_NAME = 0.8;

    private final List<Kind> candidates;
    private final String text;
    private final long[] matched;
    private final long[] failed;
    private long values;

    KindTally(List<Kind> candidates, String text) {
        this.candidates = candidates;
        this.text = text;
        matched = new long[candidates.size()];
        failed = new long[candidates.size()];
    }

    /** Adds a value that stands in {@code count} rows. */
    public void add(String value, long count) {
        String plain = value.strip();
        values += count;
        for (int i = 0; i < matched.length; i++) {
            switch (candidates.get(i).judge(plain)) {
                case MATCHES -> matched[i] += count;
                case FAILS_CHECK -> failed[i] += count;
                case DIFFERS -> {}
            }
        }
    }

    /** The kind that fits best, or nothing if none fits well. */
    public Optional<KindMatch> best() {
        KindMatch best = null;
        for (int i = 0; i < matched.length; i++) {
            KindMatch match = match(i);
            boolean fits = match.share() >= LEAST_SHARE && match.confidence() >= LEAST_CONFIDENCE;
            if (fits && (best == null || match.confidence() > best.confidence())) {
                best = match;
            }
        }
        return Optional.ofNullable(best);
    }

    private KindMatch match(int i) {
        Kind kind = candidates.get(i);
        boolean named = kind.isNamedIn(text);
        double share = values == 0 ? 0 : (double) matched[i] / values;
        double strength = kind.strength();
        double telling = named ? strength + (1 - strength) * WEIGHT_OF_NAME : strength;
        double confidence = Math.round(share * telling * 1000) / 1000.0;
        return new KindMatch(kind, values, matched[i], failed[i], named, confidence);
    }
}
