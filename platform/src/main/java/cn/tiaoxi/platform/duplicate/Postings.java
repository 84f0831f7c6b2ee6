package cn.tiaoxi.platform.duplicate;

import java.util.Arrays;

/**
 * The numbers of the entries that have a term, ascending: gaps of seven bits a byte, so that most
 * take one byte. Guarded by the lock of its {@link DuplicateIndex}.
 */
final class Postings {
    private byte[] bytes = new byte[4];
    private int length;
    private int count;
    private int last = -1;

    /** Adds a number that must be greater than all before. */
    void add(int number) {
        if (number <= last) {
            throw new IllegalArgumentException(number + " does not follow " + last);
        }
        if (length + 5 > bytes.length) {
            bytes = Arrays.copyOf(bytes, bytes.length + (bytes.length >> 1) + 5);
        }
        int gap = number - last;
        while (gap > 0x7f) {
            bytes[length++] = (byte) (gap | 0x80);
            gap >>>= 7;
        }
        bytes[length++] = (byte) gap;
        last = number;
        count++;
    }

    int count() {
        return count;
    }

    /** Takes numbers. */
    interface Taker {
        void take(int number);
    }

    /** Gives all numbers. */
    void each(Taker taker) {
        int number = -1;
        int i = 0;
        while (i < length) {
            int gap = 0;
            int shift = 0;
            byte b = bytes[i++];
            while (b < 0) {
                gap |= (b & 0x7f) << shift;
                shift += 7;
                b = bytes[i++];
            }
            number += gap | b << shift;
            taker.take(number);
        }
    }
}
