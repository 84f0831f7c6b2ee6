package cn.tiaoxi.gateway;

/** A growing set of 128-bit values, 16 bytes each at half load or less. Owned by one lock. */
final class NonceSet {
    private static final int SMALLEST = 64;

    private long[] table = new long[SMALLEST * 2];
    private int size;

    int size() {
        return size;
    }

    boolean contains(long high, long low) {
        int at = slot(high, low);
        return table[at] == high && table[at + 1] == nonZero(low);
    }

    void add(long high, long low) {
        if (size * 4 >= table.length) {
            grow();
        }
        int at = slot(high, low);
        table[at] = high;
        table[at + 1] = nonZero(low);
        size++;
    }

    void clear() {
        if (size > 0) {
            table = new long[SMALLEST * 2];
            size = 0;
        }
    }

    private void grow() {
        long[] old = table;
        table = new long[old.length * 2];
        for (int i = 0; i < old.length; i += 2) {
            if (old[i + 1] != 0) {
                int at = slot(old[i], old[i + 1]);
                table[at] = old[i];
                table[at + 1] = old[i + 1];
            }
        }
    }

    /** Where the value is, or the free place for it. */
    private int slot(long high, long low) {
        int mask = table.length / 2 - 1;
        int at = (int) high & mask;
        while (table[at * 2 + 1] != 0
                && (table[at * 2] != high || table[at * 2 + 1] != nonZero(low))) {
            at = (at + 1) & mask;
        }
        return at * 2;
    }

    /** Zero marks a free place. */
    private static long nonZero(long low) {
        return low == 0 ? 1 : low;
    }
}
