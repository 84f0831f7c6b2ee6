package cn.tiaoxi.gateway.filter;

import cn.tiaoxi.gateway.filter.BrokenAnswerException.Fault;
import java.nio.charset.StandardCharsets;

/** Walks through {@code true}, {@code false} or {@code null}, over pieces that end anywhere. */
final class JsonLiteral {
    static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

    private byte[] word = NULL;
    private int seen;

    /** Begins before the first byte, which says which word it must be. */
    void begin(byte first) {
        word = first == 't' ? TRUE : first == 'f' ? FALSE : NULL;
        seen = 0;
    }

    boolean isComplete() {
        return seen == word.length;
    }

    /**
     * Goes on.
     *
     * @return where the word's end is, or the piece's end
     */
    int scan(byte[] bytes, int p, int to) {
        while (p < to && seen < word.length) {
            if (bytes[p] != word[seen]) {
                throw new BrokenAnswerException(Fault.NOT_JSON, p);
            }
            seen++;
            p++;
        }
        return p;
    }
}
