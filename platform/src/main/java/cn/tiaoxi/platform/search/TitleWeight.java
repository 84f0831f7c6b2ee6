package cn.tiaoxi.platform.search;

import org.apache.lucene.index.FieldInvertState;
import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.TermStatistics;
import org.apache.lucene.search.similarities.Similarity;
import org.apache.lucene.util.SmallFloat;

/**
 * A word in a title counts one, and up to one more the shorter the title is. It does not depend on
 * what else is in the index, so that the order of a list stays as it is from page to page.
 */
final class TitleWeight extends Similarity {

    @Override
    public long computeNorm(FieldInvertState state) {
        return SmallFloat.intToByte4(state.getLength());
    }

    @Override
    public SimScorer scorer(float boost, CollectionStatistics collection, TermStatistics... terms) {
        return new SimScorer() {
            @Override
            public float score(float frequency, long norm) {
                int length = SmallFloat.byte4ToInt((byte) norm);
                return boost * (1 + 1f / (1 + length));
            }
        };
    }
}
