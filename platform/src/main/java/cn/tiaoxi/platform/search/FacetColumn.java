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
 * value in an array, further values as pairs beside it.
 */
final class FacetColumn {
    /** A field with more values is no choice for people, and would take much memory. */
    private static final int MOST_VALUES = 65_534;

    private final String[] values;

    /** For each document the number of its first value, counted from one; 0 for none. */
    private final char[] first;

    /** A document and the number of a further value of it, alternating. */
    private final int[] further;

    private FacetColumn(String[] values, char[] first, int[] further) {
        this.values = values;
        this.first = first;
        this.further = further;
    }

    static @Nullable FacetColumn read(LeafReader reader, String field) throws IOException {
        SortedSetDocValues source = DocValues.getSortedSet(reader, field);
        int count = (int) Math.min(source.getValueCount(), MOST_VALUES + 1L);
        if (count == 0 || count > MOST_VALUES) {
            return null;
        }
        String[] values = new String[count];
        for (int i = 0; i < count; i++) {
            values[i] = source.lookupOrd(i).utf8ToString();
        }
        char[] first = new char[reader.maxDoc()];
        int[] further = new int[16];
        int pairs = 0;
        for (int doc = source.nextDoc(); doc < first.length; doc = source.nextDoc()) {
            first[doc] = (char) (source.nextOrd() + 1);
            for (int i = 1; i < source.docValueCount(); i++) {
                if (pairs == further.length) {
                    further = Arrays.copyOf(further, pairs * 2);
                }
                further[pairs++] = doc;
                further[pairs++] = (int) source.nextOrd();
            }
        }
        return new FacetColumn(values, first, Arrays.copyOf(further, pairs));
    }

    /** Adds how many of the documents have each value. */
    void count(FixedBitSet documents, Map<String, Long> counts) {
        int[] found = new int[values.length + 1];
        long[] words = documents.getBits();
        for (int w = 0; w < words.length; w++) {
            for (long word = words[w]; word != 0; word &= word - 1) {
                found[first[(w << 6) + Long.numberOfTrailingZeros(word)]]++;
            }
        }
        for (int i = 0; i < further.length; i += 2) {
            if (documents.get(further[i])) {
                found[further[i + 1] + 1]++;
            }
        }
        for (int i = 0; i < values.length; i++) {
            if (found[i + 1] > 0) {
                counts.merge(values[i], (long) found[i + 1], Long::sum);
            }
        }
    }
}
