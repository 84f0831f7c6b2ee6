package cn.tiaoxi.platform.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/** What was computed of segments, as long as they are open: sets of filters, values for counts. */
final class SegmentCache {
    private static final int MOST_FILTERS = 100;

    private final Map<IndexReader.CacheKey, Segment> segments = new ConcurrentHashMap<>();

    private static final class Segment {
        private final Map<String, FacetColumn> columns = new ConcurrentHashMap<>();
        private final Map<ValueFilter, FixedBitSet> filters =
                new LinkedHashMap<>(16, 0.75f, true) {
                    @Override
                    protected boolean removeEldestEntry(
                            Map.Entry<ValueFilter, FixedBitSet> eldest) {
                        return size() > MOST_FILTERS;
                    }
                };
    }

    private Segment segment(LeafReader reader) {
        IndexReader.CacheHelper helper = reader.getCoreCacheHelper();
        Segment known = segments.get(helper.getKey());
        if (known != null) {
            return known;
        }
        Segment fresh = segments.computeIfAbsent(helper.getKey(), k -> new Segment());
        helper.addClosedListener(segments::remove);
        return fresh;
    }

    /** The documents of a segment that have one of the values, deleted ones among them. */
    FixedBitSet bits(LeafReader reader, ValueFilter filter) throws IOException {
        Segment segment = segment(reader);
        synchronized (segment.filters) {
            FixedBitSet known = segment.filters.get(filter);
            if (known != null) {
                return known;
            }
        }
        FixedBitSet bits = read(reader, filter);
        synchronized (segment.filters) {
            segment.filters.put(filter, bits);
        }
        return bits;
    }

    private static FixedBitSet read(LeafReader reader, ValueFilter filter) throws IOException {
        FixedBitSet bits = new FixedBitSet(reader.maxDoc());
        Terms terms = reader.terms(filter.field());
        if (terms != null) {
            TermsEnum walk = terms.iterator();
            List<BytesRef> sorted = new ArrayList<>(filter.values());
            sorted.sort(null);
            for (BytesRef value : sorted) {
                if (walk.seekExact(value)) {
                    bits.or(walk.postings(null, PostingsEnum.NONE));
                }
            }
        }
        return bits;
    }

    /** The values of a field in a segment; null if no document has one, or too many differ. */
    @Nullable FacetColumn column(LeafReader reader, String field) throws IOException {
        Segment segment = segment(reader);
        FacetColumn known = segment.columns.get(field);
        if (known == null) {
            known = FacetColumn.read(reader, field);
            if (known != null) {
                segment.columns.put(field, known);
            }
        }
        return known;
    }
}
