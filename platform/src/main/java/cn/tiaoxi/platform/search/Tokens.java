package cn.tiaoxi.platform.search;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.BytesTermAttribute;
import org.apache.lucene.util.BytesRef;

/** A list of terms in UTF-8, reused from document to document. Of one thread. */
final class Tokens {
    private byte[] bytes = new byte[1024];
    private int[] ends = new int[256];
    private int length;
    private int count;
    private final Walk walk = new Walk();

    void clear() {
        length = 0;
        count = 0;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** Adds part of a text as one term. */
    void add(CharSequence text, int from, int to) {
        put(text, from, to);
        end();
    }

    /** Adds two texts with a blank between as one term. */
    void add(String first, String second) {
        put(first, 0, first.length());
        put(" ", 0, 1);
        put(second, 0, second.length());
        end();
    }

    private void put(CharSequence text, int from, int to) {
        if (length + (to - from) * 3 > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + (to - from) * 3));
        }
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                bytes[length++] = (byte) c;
            } else if (c < 0x800) {
                bytes[length++] = (byte) (0xC0 | c >> 6);
                bytes[length++] = (byte) (0x80 | c & 0x3F);
            } else {
                bytes[length++] = (byte) (0xE0 | c >> 12);
                bytes[length++] = (byte) (0x80 | c >> 6 & 0x3F);
                bytes[length++] = (byte) (0x80 | c & 0x3F);
            }
        }
    }

    private void end() {
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, count * 2);
        }
        ends[count++] = length;
    }

    private int start(int i) {
        return i == 0 ? 0 : ends[i - 1];
    }

    /** The terms as texts, each once, for queries. */
    List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String text = new String(bytes, start(i), ends[i] - start(i), StandardCharsets.UTF_8);
            if (!texts.contains(text)) {
                texts.add(text);
            }
        }
        return texts;
    }

    /** The terms for a field; good until the next change. */
    TokenStream stream() {
        return walk;
    }

    private final class Walk extends TokenStream {
        private final BytesTermAttribute term = addAttribute(BytesTermAttribute.class);
        private final BytesRef window = new BytesRef();
        private int next;

        @Override
        public void reset() {
            // The end of the walk before set the step between terms to none.
            clearAttributes();
            next = 0;
        }

        @Override
        public boolean incrementToken() {
            if (next == count) {
                return false;
            }
            window.bytes = bytes;
            window.offset = start(next);
            window.length = ends[next] - window.offset;
            next++;
            term.setBytesRef(window);
            return true;
        }
    }
}
