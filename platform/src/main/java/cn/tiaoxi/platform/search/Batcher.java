package cn.tiaoxi.platform.search;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Gathers documents from any thread into batches. */
final class Batcher {
    private static final int SIZE = 200;

    private final Consumer<List<SearchDocument>> taker;
    private List<SearchDocument> batch = new ArrayList<>(SIZE);

    Batcher(Consumer<List<SearchDocument>> taker) {
        this.taker = taker;
    }

    void add(SearchDocument document) {
        List<SearchDocument> full = null;
        synchronized (this) {
            batch.add(document);
            if (batch.size() == SIZE) {
                full = batch;
                batch = new ArrayList<>(SIZE);
            }
        }
        if (full != null) {
            taker.accept(full);
        }
    }

    /** Gives what is left; nothing is added after it. */
    synchronized void end() {
        taker.accept(batch);
    }
}
