package cn.tiaoxi.gateway.filter;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts what is cut, in bounded memory and without an object for each value. */
final class OverReturn {
    private static final int MOST_NAMES = 64;
    static final int LONGEST_NAME = 100;
    private static final int SLOTS = 2 * MOST_NAMES;

    private final @Nullable FieldNode[] parents = new FieldNode[SLOTS];
    private final byte[][] names = new byte[SLOTS][];
    private final long[] counts = new long[SLOTS];
    private int used;
    private long records;
    private long withheld;
    private long overReturned;

    /** Counts an object if it is a record. */
    void object(FieldNode field, FieldNode record) {
        if (field == record) {
            records++;
        }
    }

    /** Counts a row. */
    void record() {
        records++;
    }

    /** Counts a value that the schema knows. */
    void withheld() {
        withheld++;
    }

    /** Counts a value in the place of an object. */
    void notAnObject(FieldNode field) {
        unknown(field, new byte[0], 0, 0);
    }

    /** Counts a value that the schema does not know, by its name in an object. */
    void unknown(FieldNode parent, byte[] bytes, int from, int to) {
        overReturned++;
        int end = Math.min(to, from + LONGEST_NAME);
        int slot = (Bytes.hash(bytes, from, end) ^ System.identityHashCode(parent)) & SLOTS - 1;
        while (parents[slot] != null) {
            byte[] name = names[slot];
            if (parents[slot] == parent && Arrays.equals(name, 0, name.length, bytes, from, end)) {
                counts[slot]++;
                return;
            }
            slot = slot + 1 & SLOTS - 1;
        }
        if (used < MOST_NAMES) {
            used++;
            parents[slot] = parent;
            names[slot] = Arrays.copyOfRange(bytes, from, end);
            counts[slot] = 1;
        }
    }

    FilterReport report() {
        Map<String, Long> byName = new HashMap<>();
        for (int slot = 0; slot < SLOTS; slot++) {
            FieldNode parent = parents[slot];
            if (parent != null) {
                String name = new String(names[slot], StandardCharsets.UTF_8);
                byName.merge(
                        name.isEmpty() ? parent.pointer() : parent.pointer() + "/" + name,
                        counts[slot],
                        Long::sum);
            }
        }
        return new FilterReport(records, withheld, overReturned, byName);
    }
}
