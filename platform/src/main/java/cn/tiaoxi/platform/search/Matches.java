package cn.tiaoxi.platform.search;

import java.io.IOException;
import java.util.List;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.BulkScorer;
import org.apache.lucene.search.ConstantScoreScorer;
import org.apache.lucene.search.ConstantScoreWeight;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.DocIdStream;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BitSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/** The documents of one searcher that fit, as a set of bits for each segment; never changed. */
final class Matches extends Query {
    private final List<FixedBitSet> segments;
    private final long count;

    private Matches(List<FixedBitSet> segments) {
        this.segments = segments;
        this.count = segments.stream().mapToLong(FixedBitSet::cardinality).sum();
    }

    /** All documents that are not deleted. */
    static Matches all(IndexSearcher searcher) {
        return new Matches(searcher.getLeafContexts().stream().map(Matches::live).toList());
    }

    private static FixedBitSet live(LeafReaderContext leaf) {
        FixedBitSet bits = new FixedBitSet(leaf.reader().maxDoc());
        bits.set(0, bits.length());
        Bits live = leaf.reader().getLiveDocs();
        if (live != null) {
            for (int doc = 0; doc < bits.length(); doc++) {
                if (!live.get(doc)) {
                    bits.clear(doc);
                }
            }
        }
        return bits;
    }

    /** What a query finds. */
    static Matches of(IndexSearcher searcher, Query query) throws IOException {
        Weight weight =
                searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1);
        FixedBitSet[] segments = new FixedBitSet[searcher.getLeafContexts().size()];
        for (LeafReaderContext leaf : searcher.getLeafContexts()) {
            FixedBitSet bits = new FixedBitSet(leaf.reader().maxDoc());
            BulkScorer scorer = weight.bulkScorer(leaf);
            if (scorer != null) {
                scorer.score(
                        new Marker(bits),
                        leaf.reader().getLiveDocs(),
                        0,
                        DocIdSetIterator.NO_MORE_DOCS);
            }
            segments[leaf.ord] = bits;
        }
        return new Matches(List.of(segments));
    }

    private record Marker(FixedBitSet bits) implements LeafCollector {
        @Override
        public void setScorer(Scorable scorer) {}

        @Override
        public void collect(int doc) {
            bits.set(doc);
        }

        @Override
        public void collect(DocIdStream stream) throws IOException {
            stream.forEach(bits::set);
        }
    }

    /** Those of them that have one of these values too. */
    Matches and(KindSearcher searcher, ValueFilter filter) throws IOException {
        FixedBitSet[] both = new FixedBitSet[segments.size()];
        for (LeafReaderContext leaf : searcher.getLeafContexts()) {
            FixedBitSet bits = segments.get(leaf.ord).clone();
            bits.and(searcher.segments().bits(leaf.reader(), filter));
            both[leaf.ord] = bits;
        }
        return new Matches(List.of(both));
    }

    long count() {
        return count;
    }

    FixedBitSet segment(LeafReaderContext leaf) {
        return segments.get(leaf.ord);
    }

    @Override
    public Weight createWeight(IndexSearcher searcher, ScoreMode mode, float boost) {
        return new ConstantScoreWeight(this, boost) {
            @Override
            public @Nullable ScorerSupplier scorerSupplier(LeafReaderContext leaf) {
                FixedBitSet bits = segments.get(leaf.ord);
                int cost = bits.cardinality();
                if (cost == 0) {
                    return null;
                }
                Scorer scorer =
                        new ConstantScoreScorer(score(), mode, new BitSetIterator(bits, cost));
                return new DefaultScorerSupplier(scorer);
            }

            @Override
            public boolean isCacheable(LeafReaderContext leaf) {
                return false;
            }
        };
    }

    @Override
    public void visit(QueryVisitor visitor) {
        visitor.visitLeaf(this);
    }

    @Override
    public String toString(String field) {
        return "matches";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
