package cn.tiaoxi.gateway.filter;

import cn.tiaoxi.contract.Masks;
import cn.tiaoxi.contract.PolicySnapshot.Mask;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * {@link Masks} on bytes for the values that nearly all records have, without an object for each.
 * Whatever is not simple is left to {@code Masks}; a property test holds both together.
 */
final class ByteMasks {
    private static final byte[] HIDDEN = Masks.HIDDEN.getBytes(StandardCharsets.US_ASCII);

    /** Compound family names as the six bytes of their two characters; sorted. */
    private static final long[] COMPOUND_NAMES =
            Masks.compoundFamilyNames().stream()
                    .mapToLong(name -> six(name.getBytes(StandardCharsets.UTF_8), 0))
                    .sorted()
                    .toArray();

    private ByteMasks() {}

    /**
     * Writes a masked value.
     *
     * @param bytes UTF-8 without escapes
     * @return whether it was written; if not, nothing was
     */
    static boolean write(Mask mask, byte[] bytes, int from, int to, ByteBuf out) {
        return switch (mask) {
            case NAME -> name(bytes, from, to, out);
            case IDENTIFIER -> identifier(bytes, from, to, out);
            case PHONE -> phone(bytes, from, to, out);
            case ADDRESS -> address(bytes, from, to, out);
            case ACCOUNT -> account(bytes, from, to, out);
            case YEAR -> year(bytes, from, to, out);
            case HIDE -> hidden(out);
        };
    }

    private static boolean hidden(ByteBuf out) {
        out.writeBytes(HIDDEN);
        return true;
    }

    /** Two to many characters of the main Chinese block. */
    private static boolean name(byte[] bytes, int from, int to, ByteBuf out) {
        int length = to - from;
        if (length < 6 || length % 3 != 0) {
            return false;
        }
        for (int p = from; p < to; p += 3) {
            if (!isChinese(bytes[p])) {
                return false;
            }
        }
        boolean compound = length > 6 && isCompound(six(bytes, from));
        int kept = compound ? 6 : 3;
        out.writeBytes(bytes, from, kept);
        stars(Math.min(2, (length - kept) / 3), out);
        return true;
    }

    private static boolean isCompound(long name) {
        return Arrays.binarySearch(COMPOUND_NAMES, name) >= 0;
    }

    private static long six(byte[] bytes, int p) {
        long word = 0;
        for (int i = 0; i < 6; i++) {
            word = word << 8 | (bytes[p + i] & 0xff);
        }
        return word;
    }

    /** First byte of a character from U+4000 to U+9FFF: no space, no digit, no surrogate. */
    private static boolean isChinese(byte lead) {
        return lead >= (byte) 0xE4 && lead <= (byte) 0xE9;
    }

    private static boolean identifier(byte[] bytes, int from, int to, ByteBuf out) {
        if (!isBareAscii(bytes, from, to)) {
            return false;
        }
        int length = to - from;
        if (length < 12) {
            return hidden(out);
        }
        out.writeBytes(bytes, from, 6);
        stars(length - 8, out);
        out.writeBytes(bytes, to - 2, 2);
        return true;
    }

    private static boolean phone(byte[] bytes, int from, int to, ByteBuf out) {
        if (!isBareAscii(bytes, from, to)) {
            return false;
        }
        int digits = 0;
        for (int p = from; p < to; p++) {
            digits += isDigit(bytes[p]) ? 1 : 0;
        }
        if (digits < 10) {
            return hidden(out);
        }
        int seen = 0;
        for (int p = from; p < to; p++) {
            if (isDigit(bytes[p])) {
                out.writeByte(seen < 3 || seen >= digits - 4 ? bytes[p] : '*');
                seen++;
            }
        }
        return true;
    }

    private static boolean account(byte[] bytes, int from, int to, ByteBuf out) {
        if (!isBareAscii(bytes, from, to)) {
            return false;
        }
        hidden(out);
        if (to - from >= 8) {
            out.writeBytes(bytes, to - 4, 4);
        }
        return true;
    }

    private static boolean year(byte[] bytes, int from, int to, ByteBuf out) {
        if (!isBareAscii(bytes, from, to)) {
            return false;
        }
        int digits = 0;
        while (digits < 9 && from + digits < to && isDigit(bytes[from + digits])) {
            digits++;
        }
        int length = to - from;
        if ((digits == 4 && length > 4) || (digits == 8 && length == 8)) {
            out.writeBytes(bytes, from, 4);
            return true;
        }
        return hidden(out);
    }

    /** Chinese up to a house number in ASCII digits, without a Chinese numeral before it. */
    private static boolean address(byte[] bytes, int from, int to, ByteBuf out) {
        int p = from;
        while (p < to && !isDigit(bytes[p])) {
            if (bytes[p] > 0x20 && bytes[p] < 0x7F) {
                p++;
            } else if (isChinese(bytes[p]) && !isNumeral(bytes, p)) {
                p += 3;
            } else {
                return false;
            }
        }
        if (p == to) {
            return false;
        }
        out.writeBytes(bytes, from, p - from);
        return hidden(out);
    }

    private static boolean isNumeral(byte[] bytes, int p) {
        int character = (bytes[p] & 0xf) << 12 | (bytes[p + 1] & 0x3f) << 6 | (bytes[p + 2] & 0x3f);
        return switch (character) {
            case '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '百', '千', '零', '两' -> true;
            default -> false;
        };
    }

    /** ASCII that begins and ends with no space. */
    private static boolean isBareAscii(byte[] bytes, int from, int to) {
        if (from == to || bytes[from] <= 0x20 || bytes[to - 1] <= 0x20) {
            return false;
        }
        for (int p = from; p < to; p++) {
            if (bytes[p] < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(byte value) {
        return value >= '0' && value <= '9';
    }

    private static void stars(int count, ByteBuf out) {
        for (int i = 0; i < count; i++) {
            out.writeByte('*');
        }
    }
}
