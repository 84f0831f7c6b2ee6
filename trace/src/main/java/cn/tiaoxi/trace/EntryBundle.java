package cn.tiaoxi.trace;

import java.util.Arrays;

/** The rightmost bundle of a log, which grows entry by entry. Owned by one thread. */
final class EntryBundle {
    private byte[] bytes = new byte[1 << 16];
    private int length;

    /** Adds an entry and answers where it lies in {@link #bytes}. */
    int add(byte[] from, int at, int entry) {
        int needed = length + Batch.cost(entry);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, 2 * bytes.length));
        }
        int place = length + 2;
        bytes[length] = (byte) (entry >>> 8);
        bytes[length + 1] = (byte) entry;
        System.arraycopy(from, at, bytes, place, entry);
        length = needed;
        return place;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }
}
