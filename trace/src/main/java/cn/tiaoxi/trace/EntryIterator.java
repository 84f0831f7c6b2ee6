package cn.tiaoxi.trace;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.LongFunction;

/** Walks through entries, fetching a run of them at a time. */
final class EntryIterator implements Iterator<Entry> {
    /** Consecutive entries, the first of which has the index {@code first}. */
    record Run(long first, List<byte[]> entries) {}

    private final long end;
    private final LongFunction<Run> fetch;
    private Run run = new Run(0, List.of());
    private long next;

    /** {@code fetch} answers a run that contains the index it is given. */
    EntryIterator(long from, long end, LongFunction<Run> fetch) {
        this.next = from;
        this.end = end;
        this.fetch = fetch;
    }

    @Override
    public boolean hasNext() {
        return next < end;
    }

    @Override
    public Entry next() {
        if (next >= end) {
            throw new NoSuchElementException("entry " + next + " of " + end);
        }
        if (next < run.first || next >= run.first + run.entries.size()) {
            run = fetch.apply(next);
        }
        return new Entry(next, run.entries.get((int) (next++ - run.first)));
    }
}
