package cn.tiaoxi.lake.table;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Bytes of a page as Parquet lays them out: little-endian numbers, and runs of packed bits. Used by
 * one thread.
 */
final class PageBuilder {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes = new byte[1 << 16];
    private int length;

    void clear() {
        length = 0;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
        }
    }

    void putByte(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
    }

    void putInt(int value) {
        reserve(Integer.BYTES);
        INTS.set(bytes, length, value);
        length += Integer.BYTES;
    }

    void putLong(long value) {
        reserve(Long.BYTES);
        LONGS.set(bytes, length, value);
        length += Long.BYTES;
    }

    void put(byte[] source, int from, int to) {
        reserve(to - from);
        System.arraycopy(source, from, bytes, length, to - from);
        length += to - from;
    }

    private void putVarint(int value) {
        int rest = value;
        while ((rest & ~0x7f) != 0) {
            putByte((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        putByte(rest);
    }

    /**
     * Levels of the rows from {@code from} to {@code to}: 1 where there is a value. Their length
     * goes before them.
     */
    void putLevels(byte[] levels, int from, int to, boolean allPresent) {
        int start = length;
        putInt(0);
        if (allPresent) {
            putVarint((to - from) << 1);
            putByte(1);
        } else {
            int groups = (to - from + 7) / 8;
            putVarint(groups << 1 | 1);
            reserve(groups);
            putBits(levels, from, to);
        }
        INTS.set(bytes, start, length - start - Integer.BYTES);
    }

    /** Packs bytes that are 0 or 1, eight to a byte, the first in the lowest bit. */
    void putBits(byte[] bits, int from, int to) {
        reserve((to - from + 7) / 8);
        for (int i = from; i < to; i += 8) {
            int packed = 0;
            int end = Math.min(8, to - i);
            for (int k = 0; k < end; k++) {
                packed |= bits[i + k] << k;
            }
            bytes[length++] = (byte) packed;
        }
    }

    /** Indexes into a dictionary of so many entries, after the byte that tells their width. */
    void putIndexes(int[] indexes, int from, int to, int entries) {
        int width = Math.max(1, 32 - Integer.numberOfLeadingZeros(entries - 1));
        putByte(width);
        if (entries == 1) {
            putVarint((to - from) << 1);
            putByte(0);
            return;
        }
        int groups = (to - from + 7) / 8;
        putVarint(groups << 1 | 1);
        int end = length + groups * width;
        reserve(groups * width + Long.BYTES);
        long pending = 0;
        int bits = 0;
        for (int i = from; i < to; i++) {
            pending |= (long) indexes[i] << bits;
            bits += width;
            while (bits >= 8) {
                bytes[length++] = (byte) pending;
                pending >>>= 8;
                bits -= 8;
            }
        }
        while (length < end) {
            bytes[length++] = (byte) pending;
            pending >>>= 8;
        }
    }
}
