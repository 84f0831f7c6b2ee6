package cn.tiaoxi.gateway.filter;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks for bytes that mean something, eight at a time. The tests are exact up to the first byte
 * found, which is all that is asked of them (Knuth, TAOCP 4A, 7.1.3, on broadword tests).
 */
final class Bytes {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';
    private static final long CONTROLS = ONES * 0x20;

    private Bytes() {}

    /** Eight bytes, the first one lowest. */
    static long eight(byte[] bytes, int at) {
        return (long) LONGS.get(bytes, at);
    }

    /** Each byte eight times. */
    static long repeated(byte value) {
        return ONES * (value & 0xff);
    }

    /** The first byte from p on that is not plain within a JSON string, or the end. */
    static int untilJsonMark(byte[] bytes, int p, int to) {
        while (p + 8 <= to) {
            long word = eight(bytes, p);
            long marks = zeros(word ^ QUOTES) | zeros(word ^ BACKSLASHES) | controls(word) | word;
            marks &= HIGH;
            if (marks != 0) {
                return p + (Long.numberOfTrailingZeros(marks) >>> 3);
            }
            p += 8;
        }
        while (p < to && isPlainInJson(bytes[p])) {
            p++;
        }
        return p;
    }

    private static boolean isPlainInJson(byte value) {
        return value >= 0x20 && value != '"' && value != '\\';
    }

    static boolean isJsonSpace(byte c) {
        return c <= ' ' && (c == ' ' || c == '\n' || c == '\r' || c == '\t');
    }

    /** The first byte that is no white space, or the end. */
    static int skipJsonSpace(byte[] bytes, int p, int to) {
        while (p < to && isJsonSpace(bytes[p])) {
            p++;
        }
        return p;
    }

    /** The first separator, quote, control character or byte above ASCII, or the end. */
    static int untilCsvMark(byte[] bytes, int p, int to, long separators) {
        while (p + 8 <= to) {
            long word = eight(bytes, p);
            long marks = zeros(word ^ QUOTES) | zeros(word ^ separators) | controls(word) | word;
            marks &= HIGH;
            if (marks != 0) {
                return p + (Long.numberOfTrailingZeros(marks) >>> 3);
            }
            p += 8;
        }
        byte separator = (byte) separators;
        while (p < to && bytes[p] >= 0x20 && bytes[p] != '"' && bytes[p] != separator) {
            p++;
        }
        return p;
    }

    /** The first quote or byte above ASCII, or the end. */
    static int untilQuote(byte[] bytes, int p, int to) {
        while (p + 8 <= to) {
            long word = eight(bytes, p);
            long marks = (zeros(word ^ QUOTES) | word) & HIGH;
            if (marks != 0) {
                return p + (Long.numberOfTrailingZeros(marks) >>> 3);
            }
            p += 8;
        }
        while (p < to && bytes[p] >= 0 && bytes[p] != '"') {
            p++;
        }
        return p;
    }

    static boolean contains(byte[] bytes, int from, int to, byte value) {
        for (int p = from; p < to; p++) {
            if (bytes[p] == value) {
                return true;
            }
        }
        return false;
    }

    private static long zeros(long word) {
        return (word - ONES) & ~word;
    }

    private static long controls(long word) {
        return (word - CONTROLS) & ~word;
    }

    /** A hash of a name; names known in advance only are found by it, so it need not be keyed. */
    static int hash(byte[] bytes, int from, int to) {
        long hash = (long) to - from;
        int p = from;
        for (; p + 8 <= to; p += 8) {
            hash = (hash ^ eight(bytes, p)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        hash = (hash ^ rest(bytes, p, to)) * 0x9E3779B97F4A7C15L;
        return (int) (hash >>> 32);
    }

    /** Less than eight bytes, the first one lowest. */
    private static long rest(byte[] bytes, int p, int to) {
        if (p + 8 <= bytes.length) {
            return eight(bytes, p) & (1L << 8 * (to - p)) - 1;
        }
        long rest = 0;
        for (int i = to - 1; i >= p; i--) {
            rest = rest << 8 | (bytes[i] & 0xff);
        }
        return rest;
    }
}
