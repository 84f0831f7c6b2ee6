package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.platform.search.SearchIndex;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Makes the entries of all ledgers known to the search. A single change is found as soon as it is
 * committed; many at once are indexed by a thread of their own while the next are written. What a
 * crash leaves out is caught up at the start.
 */
@Component
class LedgerSearch implements AutoCloseable {
    /** Batches that may wait for the index before who writes has to wait. */
    private static final int MOST_WAITING = 4;

    private final Ledger ledger;
    private final LedgerTypes types;
    private final EntryStore entries;
    private final SearchIndex search;
    private final Map<String, List<LedgerType.Field>> indexed = new ConcurrentHashMap<>();
    private final Semaphore room = new Semaphore(MOST_WAITING);
    private final ExecutorService follower =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().name("search-follower").daemon().factory());

    LedgerSearch(Ledger ledger, LedgerTypes types, EntryStore entries, SearchIndex search) {
        this.ledger = ledger;
        this.types = types;
        this.entries = entries;
        this.search = search;
        ledger.types().forEach(t -> offer(t.id()));
    }

    private void offer(String type) {
        indexed.put(type, types.get(type).fields());
        search.offer(new LedgerSource(ledger, entries, type, () -> types.get(type)));
    }

    private String kind(String type) {
        return LedgerSource.kind(types.get(type));
    }

    @TransactionalEventListener(fallbackExecution = true)
    void changed(EntryChanged event) {
        search.update(kind(event.type()), List.of(event.id()));
    }

    @TransactionalEventListener(fallbackExecution = true)
    void changed(EntriesChanged event) {
        room.acquireUninterruptibly();
        follower.execute(
                () -> {
                    try {
                        search.update(kind(event.type()), event.ids());
                    } finally {
                        room.release();
                    }
                });
    }

    /** Waits until searches and lists find all that was written in batches before. */
    void await() {
        CompletableFuture.runAsync(() -> {}, follower).join();
    }

    @Override
    public void close() {
        follower.close();
    }

    /** What is searched and filtered may be other fields now; rules alone change nothing here. */
    @TransactionalEventListener(fallbackExecution = true)
    void changed(TypeChanged event) {
        if (types.get(event.type()).fields().equals(indexed.get(event.type()))) {
            return;
        }
        offer(event.type());
        Thread.ofVirtual().name("search-rebuild").start(() -> search.rebuild(kind(event.type())));
    }
}
