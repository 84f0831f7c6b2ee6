package cn.tiaoxi.platform.search;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.search.IndexSearcher;
import org.jspecify.annotations.Nullable;

/** Searches an index as it stood at one moment, and remembers what it was asked. */
final class KindSearcher extends IndexSearcher {
    private static final int MOST_ANSWERS = 400;

    /** Sets of documents take 125 kB for each million. */
    private static final int MOST_MATCHES = 40;

    /** What may be typed is limited, but may fall into syllables in many ways. */
    private static final int MOST_CLAUSES = 4_096;

    static {
        setMaxClauseCount(MOST_CLAUSES);
    }

    private final Map<Object, Object> answers = newest(MOST_ANSWERS);
    private final Map<Object, Matches> matches = newest(MOST_MATCHES);
    private final SegmentCache segments;

    KindSearcher(IndexReader reader, SegmentCache segments) {
        super(reader);
        this.segments = segments;
        setSimilarity(new TitleWeight());
        setQueryCache(null);
    }

    SegmentCache segments() {
        return segments;
    }

    /** Computes something, or takes it from memory; two threads may compute the same. */
    interface Computation<T> {
        T compute() throws IOException;
    }

    @SuppressWarnings("unchecked") // Each key is of a record that stands for one type of answer.
    <T> T remembered(Object key, Computation<T> computation) throws IOException {
        synchronized (answers) {
            Object known = answers.get(key);
            if (known != null) {
                return (T) known;
            }
        }
        T computed = computation.compute();
        synchronized (answers) {
            answers.put(key, computed);
        }
        return computed;
    }

    Matches matches(Object key, Computation<Matches> computation) throws IOException {
        Matches known = known(key);
        if (known != null) {
            return known;
        }
        Matches computed = computation.compute();
        keep(key, computed);
        return computed;
    }

    @Nullable Matches known(Object key) {
        synchronized (matches) {
            return matches.get(key);
        }
    }

    void keep(Object key, Matches found) {
        synchronized (matches) {
            matches.put(key, found);
        }
    }

    private static <K, V> Map<K, V> newest(int most) {
        return new LinkedHashMap<>(64, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }
}
