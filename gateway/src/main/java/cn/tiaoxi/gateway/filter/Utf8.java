package cn.tiaoxi.gateway.filter;

import cn.tiaoxi.gateway.filter.BrokenAnswerException.Fault;

/**
 * Checks that bytes above ASCII are well-formed UTF-8 (RFC 3629), over pieces that end anywhere.
 * One thread at a time.
 */
final class Utf8 {
    private static final int TWO_OF_THREE_MASK = 0xC0C0F0;
    private static final int TWO_OF_THREE = 0x8080E0;
    private static final long PAIR_MASK = (long) TWO_OF_THREE_MASK << 24 | TWO_OF_THREE_MASK;
    private static final long PAIR = (long) TWO_OF_THREE << 24 | TWO_OF_THREE;

    /** Continuation bytes that the character begun still needs, and the range of the next one. */
    private int missing;

    private int low;
    private int high;

    /** Whether a character is begun and not complete. */
    boolean isOpen() {
        return missing > 0;
    }

    /**
     * Takes bytes above ASCII, also the rest of a character begun in the piece before.
     *
     * @return where the next ASCII byte stands, or the end
     */
    int take(byte[] bytes, int p, int to) {
        if (missing > 0) {
            p = complete(bytes, p, to);
        }
        while (p < to) {
            p = pairs(bytes, p, to);
            if (p == to || bytes[p] >= 0) {
                return p;
            }
            lead(bytes[p] & 0xff, p);
            p = complete(bytes, p + 1, to);
        }
        return p;
    }

    /** Two characters of three bytes at once: nearly all Chinese text. */
    private static int pairs(byte[] bytes, int p, int to) {
        while (p + 8 <= to) {
            long word = Bytes.eight(bytes, p);
            if ((word & PAIR_MASK) != PAIR
                    || isNarrow((int) word & 0xf)
                    || isNarrow((int) (word >>> 24) & 0xf)) {
                return p;
            }
            p += 6;
        }
        return p;
    }

    /** E0 and ED: their second byte has a range of its own. */
    private static boolean isNarrow(int lead) {
        return lead == 0x0 || lead == 0xD;
    }

    private void lead(int lead, int p) {
        low = 0x80;
        high = 0xBF;
        if (lead >= 0xC2 && lead <= 0xDF) {
            missing = 1;
        } else if (lead >= 0xE0 && lead <= 0xEF) {
            missing = 2;
            low = lead == 0xE0 ? 0xA0 : 0x80;
            high = lead == 0xED ? 0x9F : 0xBF;
        } else if (lead >= 0xF0 && lead <= 0xF4) {
            missing = 3;
            low = lead == 0xF0 ? 0x90 : 0x80;
            high = lead == 0xF4 ? 0x8F : 0xBF;
        } else {
            throw new BrokenAnswerException(Fault.NOT_UTF8, p);
        }
    }

    private int complete(byte[] bytes, int p, int to) {
        while (missing > 0 && p < to) {
            int next = bytes[p] & 0xff;
            if (next < low || next > high) {
                throw new BrokenAnswerException(Fault.NOT_UTF8, p);
            }
            low = 0x80;
            high = 0xBF;
            missing--;
            p++;
        }
        return p;
    }
}
