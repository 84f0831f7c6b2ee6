package cn.tiaoxi.platform.duplicate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The terms of a subject in one aspect: those of its wording, or its values as a whole. */
final class TermVector {
    private static final int MOST_WORDS = 6;

    /** Values beyond are not compared; a proposal with so many is no usual one. */
    private static final int MOST_VALUES = 500;

    private final List<String> values;
    private final @Nullable Wording wording;
    private final long[] keys;
    private final long[] sorted;

    private TermVector(List<String> values, @Nullable Wording wording, long[] keys) {
        this.values = values;
        this.wording = wording;
        this.keys = keys;
        this.sorted = keys.clone();
        Arrays.sort(sorted);
    }

    static TermVector of(int field, Aspect aspect, Subject subject, Synonyms synonyms) {
        List<String> values = subject.of(aspect.field());
        if (aspect.form() == Aspect.Form.WORDS) {
            Wording wording = Wording.of(field, String.join("\n", values), synonyms);
            long[] keys = new long[wording.size()];
            for (int i = 0; i < keys.length; i++) {
                keys[i] = wording.key(i);
            }
            return new TermVector(values, wording, keys);
        }
        List<String> distinct = values.stream().distinct().limit(MOST_VALUES).toList();
        long[] keys = new long[distinct.size()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = Term.word(field, distinct.get(i), Term.WHOLE);
        }
        return new TermVector(distinct, null, keys);
    }

    /** The terms, each once. */
    long[] keys() {
        return keys;
    }

    boolean has(long key) {
        return Arrays.binarySearch(sorted, key) >= 0;
    }

    /** The words or values behind terms that another vector shares, the weightiest first. */
    List<String> words(boolean[] shared, double[] weights, TermVector other) {
        Wording mine = wording;
        Wording theirs = other.wording;
        List<Piece> pieces = new ArrayList<>();
        if (mine == null || theirs == null) {
            for (int i = 0; i < keys.length; i++) {
                if (shared[i]) {
                    pieces.add(new Piece(values.get(i), weights[i]));
                }
            }
        } else {
            collect(mine, theirs, shared, weights, pieces);
        }
        pieces.sort(Comparator.comparingDouble(Piece::weight).reversed());
        return pieces.stream().map(Piece::text).distinct().limit(MOST_WORDS).toList();
    }

    private record Piece(String text, double weight) {}

    /** Pairs that follow each other make one piece; a meaning is a piece of its own. */
    private static void collect(
            Wording mine, Wording theirs, boolean[] shared, double[] weights, List<Piece> pieces) {
        int i = 0;
        while (i < shared.length) {
            if (!shared[i]) {
                i++;
                continue;
            }
            int sort = Term.sort(mine.key(i));
            if (sort != Term.PAIR) {
                if (sort != Term.GENERIC) {
                    pieces.add(new Piece(beside(mine, i, theirs), weights[i]));
                }
                i++;
                continue;
            }
            int first = i;
            double weight = 0;
            do {
                weight += weights[i++];
            } while (i < shared.length
                    && shared[i]
                    && Term.sort(mine.key(i)) == Term.PAIR
                    && mine.begin(i) == mine.begin(i - 1) + 1);
            pieces.add(new Piece(mine.written(mine.begin(first), mine.end(i - 1)), weight));
        }
    }

    private static String beside(Wording mine, int term, Wording theirs) {
        String here = mine.written(term);
        int there = theirs.find(mine.key(term));
        String other = there < 0 ? here : theirs.written(there);
        return here.equals(other) ? here : here + " ≈ " + other;
    }
}
