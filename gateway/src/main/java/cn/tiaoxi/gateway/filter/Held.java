package cn.tiaoxi.gateway.filter;

import java.util.Arrays;

/** Bytes of earlier pieces, up to a bound; what is beyond is forgotten. */
final class Held {
    private static final int FIRST = 256;

    private final int most;
    private byte[] bytes = new byte[FIRST];
    private int length;

    Held(int most) {
        this.most = most;
    }

    void keep(byte[] from, int begin, int end) {
        int kept = Math.min(end - begin, most - length);
        if (length + kept > bytes.length) {
            int size = Math.min(most, Math.max(length + kept, 2 * bytes.length));
            bytes = Arrays.copyOf(bytes, size);
        }
        System.arraycopy(from, begin, bytes, length, kept);
        length += kept;
    }

    void clear() {
        length = 0;
    }

    boolean isEmpty() {
        return length == 0;
    }

    int length() {
        return length;
    }

    byte[] bytes() {
        return bytes;
    }
}
