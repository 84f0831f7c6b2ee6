package cn.tiaoxi.lake.source;

/** Where quoted values and lines end: the rules that the splitter and the reader of rows share. */
final class Records {
    /** Bytes that a row may have. */
    static final int MAX_LENGTH = 4 << 20;

    /**
     * The value has no end, or none that a separator or a line end follows though it spans lines.
     */
    static final int BROKEN = -1;

    /** The bytes end before it can be told. */
    static final int INCOMPLETE = -2;

    static final byte QUOTE = (byte) SourceLayout.QUOTE;

    private Records() {}

    /**
     * The position after the closing quotation mark of the value that opens at {@code open}.
     *
     * @param last whether nothing follows {@code limit}
     * @return the position, {@link #BROKEN} or {@link #INCOMPLETE}
     */
    static int afterQuoted(byte[] bytes, int open, int limit, byte separator, boolean last) {
        int end = Math.min(limit, open + MAX_LENGTH);
        boolean spansLines = false;
        for (int i = open + 1; i < end; i++) {
            byte c = bytes[i];
            if (c == QUOTE) {
                if (i + 1 >= limit) {
                    return last ? i + 1 : INCOMPLETE;
                }
                byte following = bytes[i + 1];
                if (following == QUOTE) {
                    i++;
                } else if (spansLines
                        && following != separator
                        && following != '\n'
                        && following != '\r') {
                    return BROKEN;
                } else {
                    return i + 1;
                }
            } else if (c == '\n' || c == '\r') {
                spansLines = true;
            }
        }
        return last || limit - open >= MAX_LENGTH ? BROKEN : INCOMPLETE;
    }

    /** The position of the first line end at or after {@code from}, or {@code limit}. */
    static int lineEnd(byte[] bytes, int from, int limit) {
        int i = from;
        while (i < limit && bytes[i] != '\n' && bytes[i] != '\r') {
            i++;
        }
        return i;
    }

    /** The position after the line end at {@code i}. */
    static int afterLineEnd(byte[] bytes, int i, int limit) {
        return i + 1 < limit && bytes[i] == '\r' && bytes[i + 1] == '\n'
                ? i + 2
                : Math.min(i + 1, limit);
    }
}
