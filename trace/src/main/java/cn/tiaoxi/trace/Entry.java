package cn.tiaoxi.trace;

import java.util.Arrays;

/**
 * A record in a log.
 *
 * @param index its place, counted from 0
 * @param data its bytes; shared, not to be changed
 */
public record Entry(long index, byte[] data) {
    /** The hash of this entry as a leaf of the tree. */
    public Hash hash() {
        return Hash.ofEntry(data);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Entry entry
                && index == entry.index
                && Arrays.equals(data, entry.data);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(index) * 31 + Arrays.hashCode(data);
    }

    @Override
    public String toString() {
        return "Entry[" + index + ", " + data.length + " bytes]";
    }
}
