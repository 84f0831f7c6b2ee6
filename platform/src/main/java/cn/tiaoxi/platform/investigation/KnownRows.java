package cn.tiaoxi.platform.investigation;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** The rows of a file whose subject is known, each subject once, by digest under every key. */
final class KnownRows {
    private final int count;
    private final BitSet told = new BitSet();
    private final BitSet known = new BitSet();
    private final Map<Long, Integer> byDigest = new HashMap<>();

    KnownRows(int count) {
        this.count = count;
    }

    /** Notes a row's subject; one that another row has named counts no more. */
    void know(int row, long[] subject) {
        told.set(row);
        boolean first = true;
        for (long each : subject) {
            first &= byDigest.putIfAbsent(each, row) == null;
        }
        known.set(row, first);
    }

    /** The rows whose subject is not known. */
    int[] open() {
        return IntStream.range(0, count).filter(row -> !told.get(row)).toArray();
    }

    int known() {
        return known.cardinality();
    }

    /** The digests of all known subjects, under every key. */
    Set<Long> digests() {
        return byDigest.keySet();
    }

    /** Forgets the row that names a subject. */
    void forget(long digest) {
        Integer row = byDigest.get(digest);
        if (row != null) {
            known.clear(row);
        }
    }

    /** The place of a row among the known ones, in the file's order, by a digest; −1 for none. */
    int place(long digest) {
        Integer row = byDigest.get(digest);
        return row == null || !known.get(row) ? -1 : known.get(0, row).cardinality();
    }
}
