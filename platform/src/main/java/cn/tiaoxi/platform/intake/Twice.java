package cn.tiaoxi.platform.intake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The codes of a whole file, with the rows of those that stand in it more than once. It keeps a
 * 64-bit hash and the row of each, not the code: 25 to 50 MB for a million. Two different codes of
 * a million have the same hash with a chance of one in 37 million.
 */
final class Twice {
    private static final int MOST_NAMED = 20;

    private long[] hashes = new long[1 << 10];
    private int[] rows = new int[1 << 10];
    private int size;
    private final Map<Long, List<Long>> repeated = new HashMap<>();

    void add(String code, long row) {
        if (size * 2 > hashes.length) {
            grow();
        }
        long hash = hash(code);
        int at = place(hash);
        if (hashes[at] == 0) {
            hashes[at] = hash;
            rows[at] = (int) row;
            size++;
            return;
        }
        List<Long> all =
                repeated.computeIfAbsent(hash, h -> new ArrayList<>(List.of((long) rows[at])));
        if (all.size() < MOST_NAMED) {
            all.add(row);
        }
    }

    boolean contains(String code) {
        return hashes[place(hash(code))] != 0;
    }

    /** The other rows with the same code; empty if it stands once. */
    List<Long> others(String code, long row) {
        if (repeated.isEmpty()) {
            return List.of();
        }
        return repeated.getOrDefault(hash(code), List.of()).stream().filter(r -> r != row).toList();
    }

    private void grow() {
        long[] oldHashes = hashes;
        int[] oldRows = rows;
        hashes = new long[oldHashes.length * 2];
        rows = new int[oldRows.length * 2];
        for (int i = 0; i < oldHashes.length; i++) {
            if (oldHashes[i] != 0) {
                int at = place(oldHashes[i]);
                hashes[at] = oldHashes[i];
                rows[at] = oldRows[i];
            }
        }
    }

    private int place(long hash) {
        int mask = hashes.length - 1;
        int at = (int) (hash >>> 32) & mask;
        while (hashes[at] != 0 && hashes[at] != hash) {
            at = at + 1 & mask;
        }
        return at;
    }

    /** FNV-1a over 64 bits with a final mix (that of SplitMix64); never 0. */
    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ hash >>> 30) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ hash >>> 27) * 0x94d049bb133111ebL;
        hash ^= hash >>> 31;
        return hash == 0 ? 1 : hash;
    }
}
