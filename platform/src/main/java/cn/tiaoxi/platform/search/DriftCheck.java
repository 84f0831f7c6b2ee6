package cn.tiaoxi.platform.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Compares an index with its source: streams the source's identifiers and revisions past it, and
 * notes in a bit for each document whether it was met. Takes about nine bytes of memory for each.
 */
final class DriftCheck {
    private static final int MEND_AT_ONCE = 5_000;

    private final SearchSource source;
    private final Generation generation;
    private final Consumer<Collection<String>> mender;
    private final List<String> different = new ArrayList<>();
    private List<Leaf> leaves = List.of();
    private long compared;
    private long missing;
    private long outdated;
    private long surplus;

    DriftCheck(SearchSource source, Generation generation, Consumer<Collection<String>> mender) {
        this.source = source;
        this.generation = generation;
        this.mender = mender;
    }

    private static final class Leaf {
        private final LeafReader reader;
        private final @Nullable TermsEnum terms;
        private final long[] revisions;
        private final FixedBitSet met;
        private @Nullable PostingsEnum postings;

        Leaf(LeafReader reader) throws IOException {
            this.reader = reader;
            Terms all = reader.terms(DocumentMaker.ID);
            this.terms = all == null ? null : all.iterator();
            this.revisions = new long[reader.maxDoc()];
            this.met = new FixedBitSet(Math.max(1, reader.maxDoc()));
            NumericDocValues values = reader.getNumericDocValues(DocumentMaker.REVISION);
            if (values != null) {
                for (int doc = values.nextDoc(); doc < revisions.length; doc = values.nextDoc()) {
                    revisions[doc] = values.longValue();
                }
            }
        }

        /** The living document of an identifier, or -1. */
        int find(BytesRef id) throws IOException {
            if (terms == null || !terms.seekExact(id)) {
                return -1;
            }
            postings = terms.postings(postings, PostingsEnum.NONE);
            Bits live = reader.getLiveDocs();
            for (int doc = postings.nextDoc();
                    doc != PostingsEnum.NO_MORE_DOCS;
                    doc = postings.nextDoc()) {
                if (live == null || live.get(doc)) {
                    return doc;
                }
            }
            return -1;
        }
    }

    Drift run() throws IOException {
        long start = System.nanoTime();
        generation.refresh();
        KindSearcher searcher = generation.acquire();
        try {
            leaves = leaves(searcher);
            source.revisions(this::compare);
            for (Leaf leaf : leaves) {
                noteUnmet(leaf);
            }
            mend();
        } finally {
            generation.release(searcher);
        }
        long millis = (System.nanoTime() - start) / 1_000_000;
        return new Drift(compared, missing, outdated, surplus, millis);
    }

    private static List<Leaf> leaves(KindSearcher searcher) throws IOException {
        List<Leaf> leaves = new ArrayList<>();
        for (LeafReaderContext leaf : searcher.getLeafContexts()) {
            leaves.add(new Leaf(leaf.reader()));
        }
        leaves.sort(Comparator.comparingInt((Leaf l) -> l.revisions.length).reversed());
        return leaves;
    }

    private void compare(String id, long revision) {
        compared++;
        try {
            BytesRef bytes = new BytesRef(id);
            for (Leaf leaf : leaves) {
                int doc = leaf.find(bytes);
                if (doc >= 0) {
                    leaf.met.set(doc);
                    if (leaf.revisions[doc] != revision) {
                        outdated++;
                        note(id);
                    }
                    return;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        missing++;
        note(id);
    }

    private void noteUnmet(Leaf leaf) throws IOException {
        SortedDocValues ids = leaf.reader.getSortedDocValues(DocumentMaker.ID);
        Bits live = leaf.reader.getLiveDocs();
        for (int doc = 0; doc < leaf.revisions.length; doc++) {
            boolean alive = live == null || live.get(doc);
            if (alive && !leaf.met.get(doc) && ids.advanceExact(doc)) {
                surplus++;
                note(ids.lookupOrd(ids.ordValue()).utf8ToString());
            }
        }
    }

    private void note(String id) {
        different.add(id);
        if (different.size() == MEND_AT_ONCE) {
            mend();
        }
    }

    private void mend() {
        if (!different.isEmpty()) {
            mender.accept(List.copyOf(different));
            different.clear();
        }
    }
}
