package cn.tiaoxi.lake.source;

import cn.tiaoxi.lake.RowFault;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Checks bytes that say they are UTF-8. */
final class Utf8 {
    private static final VarHandle WORDS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private Utf8() {}

    /**
     * What is wrong with the bytes, or null.
     *
     * @param transcoded whether a replacement character stands for bytes that were no characters
     */
    static @Nullable RowFault fault(byte[] bytes, int from, int to, boolean transcoded) {
        int i = from;
        while (i < to) {
            int c = bytes[i];
            if (c >= 0) {
                i++;
                continue;
            }
            int length = sequence(bytes, i, to);
            if (length == 0) {
                return RowFault.BAD_ENCODING;
            }
            if (transcoded
                    && c == (byte) 0xef
                    && bytes[i + 1] == (byte) 0xbf
                    && bytes[i + 2] == (byte) 0xbd) {
                return RowFault.BAD_ENCODING;
            }
            i += length;
        }
        return null;
    }

    /** Bytes of the character at {@code i}, which is not ASCII; 0 if it is none. */
    private static int sequence(byte[] bytes, int i, int to) {
        int c = bytes[i] & 0xff;
        if (c < 0xc2 || c > 0xf4) {
            return 0;
        }
        int length = c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
        if (i + length > to) {
            return 0;
        }
        int second = bytes[i + 1] & 0xff;
        int least = c == 0xe0 ? 0xa0 : c == 0xf0 ? 0x90 : 0x80;
        int most = c == 0xed ? 0x9f : c == 0xf4 ? 0x8f : 0xbf;
        if (second < least || second > most) {
            return 0;
        }
        for (int k = 2; k < length; k++) {
            if ((bytes[i + k] & 0xc0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    /** Whether the NUL character is among the bytes; looks at eight at a time. */
    static boolean hasNul(byte[] bytes, int from, int to) {
        int i = from;
        for (; i + Long.BYTES <= to; i += Long.BYTES) {
            long word = (long) WORDS.get(bytes, i);
            if (((word - 0x0101_0101_0101_0101L) & ~word & 0x8080_8080_8080_8080L) != 0) {
                return true;
            }
        }
        for (; i < to; i++) {
            if (bytes[i] == 0) {
                return true;
            }
        }
        return false;
    }
}
