package cn.tiaoxi.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Consecutive records that became durable together, in the form of an entry bundle: big-endian
 * 16-bit lengths, each with that many bytes.
 *
 * @param first index of the first
 * @param count how many there are
 * @param bytes holds them; not to be changed
 * @param start where the first begins
 * @param end where the last ends
 */
record Batch(long first, int count, byte[] bytes, int start, int end) {
    /** How many records are made into arrays of their own at once. */
    private static final int RUN = Tile.WIDTH;

    /** The index after the last. */
    long next() {
        return first + count;
    }

    /** How many bytes a record takes. */
    static int cost(int length) {
        return 2 + length;
    }

    static int lengthAt(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }

    /** The rest of this batch from an index within it on. */
    Batch from(long index) {
        int at = start;
        for (long i = first; i < index; i++) {
            at += cost(lengthAt(bytes, at));
        }
        return new Batch(index, (int) (next() - index), bytes, at, end);
    }

    /** The first records of this batch. */
    List<byte[]> records() {
        int wanted = Math.min(RUN, count);
        List<byte[]> records = new ArrayList<>(wanted);
        int at = start;
        for (int i = 0; i < wanted; i++) {
            int length = lengthAt(bytes, at);
            records.add(Arrays.copyOfRange(bytes, at + 2, at + 2 + length));
            at += cost(length);
        }
        return records;
    }
}
