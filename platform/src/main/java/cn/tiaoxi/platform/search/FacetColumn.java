package cn.tiaoxi.platform.search;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/**
 * The values of a field in a segment, laid out for counting: the number of each document's first
 * value in an array, further values one behind the other in another.
 */
final class FacetColumn {
    /** A field with more values is no choice for people, and would take much memory. */
    private static final int MOST_VALUES = 65_534;

    private final String[] values;

    /** For each document the number of its first value, counted from one; 0 for none. */
    private final char[] first;

    /** Where the further values of each document begin, and at last end; null if there are none. */
    private final int @Nullable [] starts;

    /** The numbers of further values, counted from one. */
    private final char[] further;

    private FacetColumn(String[] values, char[] first, int @Nullable [] starts, char[] further) {
        this.values = values;
        this.first = first;
        this.starts = starts;
        this.further = further;
    }

    static @Nullable FacetColumn read(LeafReader reader, String field) throws IOException {
        SortedSetDocValues source = DocValues.getSortedSet(reader, field);
        int distinct = (int) Math.min(source.getValueCount(), MOST_VALUES + 1L);
        if (distinct == 0 || distinct > MOST_VALUES) {
            return null;
        }
        String[] values = new String[distinct];
        for (int i = 0; i < distinct; i++) {
            values[i] = source.lookupOrd(i).utf8ToString();
        }
        char[] first = new char[reader.maxDoc()];
        int[] starts = new int[first.length + 1];
        char[] further = new char[16];
        int count = 0;
        int filled = 0;
        for (int doc = source.nextDoc(); doc < first.length; doc = source.nextDoc()) {
            Arrays.fill(starts, filled, doc + 1, count);
            filled = doc + 1;
            first[doc] = (char) (source.nextOrd() + 1);
            for (int i = 1; i < source.docValueCount(); i++) {
                if (count == further.length) {
                    further = Arrays.copyOf(further, count * 2);
                }
                further[count++] = (char) (source.nextOrd() + 1);
            }
        }
        Arrays.fill(starts, filled, starts.length, count);
        return new FacetColumn(
                values, first, count == 0 ? null : starts, Arrays.copyOf(further, count));
    }

    /** Adds how many of the documents have each value. */
    void count(FixedBitSet documents, Map<String, Long> counts) {
        int[] found = new int[values.length + 1];
        long[] words = documents.getBits();
        if (starts == null) {
            countFirst(words, found);
        } else {
            countAll(words, starts, found);
        }
        for (int i = 0; i < values.length; i++) {
            if (found[i + 1] > 0) {
                counts.merge(values[i], (long) found[i + 1], Long::sum);
            }
        }
    }

    private void countFirst(long[] words, int[] found) {
        for (int w = 0; w < words.length; w++) {
            for (long word = words[w]; word != 0; word &= word - 1) {
                found[first[(w << 6) + Long.numberOfTrailingZeros(word)]]++;
            }
        }
    }

    private void countAll(long[] words, int[] begins, int[] found) {
        for (int w = 0; w < words.length; w++) {
            for (long word = words[w]; word != 0; word &= word - 1) {
                int doc = (w << 6) + Long.numberOfTrailingZeros(word);
                found[first[doc]]++;
                for (int i = begins[doc]; i < begins[doc + 1]; i++) {
                    found[further[i]]++;
                }
            }
        }
    }
}
