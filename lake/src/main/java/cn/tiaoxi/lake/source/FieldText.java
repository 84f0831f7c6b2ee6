package cn.tiaoxi.lake.source;

/**
 * The text of a number or a moment, stripped of blanks and folded to ASCII: full-width forms become
 * their ASCII forms, and the Chinese words for year, month, day, hour, minute and second become
 * separators.
 */
final class FieldText {
    private final byte[] scratch;
    private byte[] bytes;
    private int from;
    private int to;

    FieldText(int longest) {
        scratch = new byte[longest];
        bytes = scratch;
    }

    byte[] bytes() {
        return bytes;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    /**
     * Folds a field; false if it has other characters or is too long to be a number or a moment.
     */
    boolean fold(byte[] source, int start, int end, boolean moment) {
        int first = start;
        int last = end;
        while (first < last && source[first] >= 0 && source[first] <= ' ') {
            first++;
        }
        while (last > first && source[last - 1] >= 0 && source[last - 1] <= ' ') {
            last--;
        }
        if (last - first >= scratch.length) {
            return false;
        }
        int seen = 0;
        for (int i = first; i < last; i++) {
            seen |= source[i];
        }
        if (seen >= 0) {
            bytes = source;
            from = first;
            to = last;
            return true;
        }
        return foldWide(source, first, last, moment);
    }

    private boolean foldWide(byte[] source, int start, int end, boolean moment) {
        int length = 0;
        for (int i = start; i < end; i++) {
            int c = source[i];
            if (c < 0) {
                if (c == (byte) 0xc2 && i + 1 < end && source[i + 1] == (byte) 0xa0) {
                    c = ' ';
                    i++;
                } else if (i + 2 < end && (c & 0xf0) == 0xe0) {
                    c =
                            folded(
                                    (c & 0xf) << 12
                                            | (source[i + 1] & 0x3f) << 6
                                            | (source[i + 2] & 0x3f),
                                    moment);
                    i += 2;
                }
                if (c < 0) {
                    return false;
                }
            }
            scratch[length++] = (byte) c;
        }
        bytes = scratch;
        from = 0;
        to = length;
        while (from < to && scratch[from] <= ' ') {
            from++;
        }
        while (to > from && scratch[to - 1] <= ' ') {
            to--;
        }
        return to > from;
    }

    private static int folded(int c, boolean moment) {
        if (c >= 0xff01 && c <= 0xff5e) {
            return c - 0xfee0;
        }
        if (c == 0x3000) {
            return ' ';
        }
        if (!moment) {
            return -1;
        }
        return switch (c) {
            case '年', '月' -> '-';
            case '日', '号', '秒' -> ' ';
            case '时', '点', '分' -> ':';
            default -> -1;
        };
    }

    /** Whether a text has full-width digits. */
    static boolean hasWideDigit(String text) {
        return text.chars().anyMatch(c -> c >= '０' && c <= '９');
    }
}
