package cn.tiaoxi.platform.duplicate;

import cn.tiaoxi.platform.ledger.EntriesChanged;
import cn.tiaoxi.platform.ledger.Entry;
import cn.tiaoxi.platform.ledger.EntryChanged;
import cn.tiaoxi.platform.ledger.Ledger;
import cn.tiaoxi.platform.ledger.LedgerType;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * One index for each type that is compared. All are built and brought up to date by one thread of
 * their own, in the order of the changes, so that an older state never overwrites a newer one.
 */
@Component
class Indexes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Indexes.class);
    private static final long WAIT_SECONDS = 10;
    private static final int AT_ONCE = 500;
    private static final int MUCH = 500;

    /** Changes that touch neither fields nor state. */
    private static final String INSPECTION = "inspect";

    private final Ledger ledger;
    private final Synonyms synonyms;
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();
    private final ExecutorService worker =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("duplicate-index").factory());

    // Guarded by itself: what has changed since it was last drained.
    private final Map<String, Set<String>> changed = new HashMap<>();

    // Guarded by what has changed: how much that was when it was last asked for and kept back.
    private final Map<String, Integer> seen = new HashMap<>();

    private record Kept(DuplicateIndex index, CompletableFuture<Void> ready) {}

    Indexes(Ledger ledger, Synonyms synonyms) {
        this.ledger = ledger;
        this.synonyms = synonyms;
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        ledger.types().forEach(this::kept);
    }

    /**
     * The index of a type, built anew if the type compares something else by now.
     *
     * @throws DuplicateException if the type is not compared, or its index is still being built
     */
    DuplicateIndex of(LedgerType type) {
        Kept found = kept(type);
        if (found.index().aspects().isEmpty()) {
            throw DuplicateException.notCompared(type.name().shown());
        }
        try {
            found.ready().get(WAIT_SECONDS, TimeUnit.SECONDS);
            return found.index();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw DuplicateException.starting(type.name().shown());
        } catch (ExecutionException | TimeoutException e) {
            throw DuplicateException.starting(type.name().shown());
        }
    }

    private Kept kept(LedgerType type) {
        List<Aspect> aspects = Subjects.aspects(type);
        return kept.compute(
                type.id(),
                (id, before) ->
                        before != null
                                        && before.index().aspects().equals(aspects)
                                        && !before.ready().isCompletedExceptionally()
                                ? before
                                : build(type, aspects));
    }

    private Kept build(LedgerType type, List<Aspect> aspects) {
        DuplicateIndex index = new DuplicateIndex(aspects, synonyms);
        if (aspects.isEmpty()) {
            return new Kept(index, CompletableFuture.completedFuture(null));
        }
        return new Kept(index, CompletableFuture.runAsync(() -> fill(type, index), worker));
    }

    private void fill(LedgerType type, DuplicateIndex index) {
        try {
            long from = System.nanoTime();
            ledger.each(type.id(), e -> put(type, index, e));
            LOG.info(
                    "{} entries of {} are compared for duplicates, after {} ms",
                    index.size(),
                    type.id(),
                    (System.nanoTime() - from) / 1_000_000);
        } catch (RuntimeException e) {
            LOG.error("The index of {} cannot be built", type.id(), e);
            throw e;
        }
    }

    private static void put(LedgerType type, DuplicateIndex index, Entry entry) {
        if (Subjects.counts(type, entry)) {
            index.put(UUID.fromString(entry.id()), Subjects.of(index.aspects(), entry));
        } else {
            index.remove(UUID.fromString(entry.id()));
        }
    }

    @TransactionalEventListener(fallbackExecution = true)
    void changed(EntryChanged event) {
        changed(event.type(), List.of(event.id()), event.action());
    }

    @TransactionalEventListener(fallbackExecution = true)
    void changed(EntriesChanged event) {
        changed(event.type(), event.ids(), event.action());
    }

    private void changed(String type, List<String> ids, String action) {
        Kept found = kept.get(type);
        if (found != null && !found.index().aspects().isEmpty() && !action.equals(INSPECTION)) {
            worker.execute(() -> update(type, ids));
        }
    }

    private void update(String type, List<String> ids) {
        Kept found = kept.get(type);
        if (found == null) {
            return;
        }
        try {
            LedgerType definition = ledger.type(type);
            for (int from = 0; from < ids.size(); from += AT_ONCE) {
                List<String> part = ids.subList(from, Math.min(ids.size(), from + AT_ONCE));
                Map<String, Entry> entries = ledger.all(type, part);
                for (String id : part) {
                    Entry entry = entries.get(id);
                    if (entry == null) {
                        found.index().remove(UUID.fromString(id));
                    } else {
                        put(definition, found.index(), entry);
                    }
                }
            }
            synchronized (changed) {
                Set<String> all = changed.computeIfAbsent(type, t -> new HashSet<>());
                if (all.size() <= PairFinder.MOST_AT_ONCE) {
                    // More are not looked for one by one, so nothing grows with an import.
                    all.addAll(ids);
                }
            }
        } catch (RuntimeException e) {
            LOG.error("The index of {} missed a change; it is built anew", type, e);
            kept.remove(type, found);
            ledger.types().stream().filter(t -> t.id().equals(type)).forEach(this::kept);
        }
    }

    /**
     * What has changed since this was last asked, by type. What is much and has grown since then is
     * given when it rests, so that an import is given as a whole.
     */
    Map<String, Collection<String>> drain() {
        synchronized (changed) {
            Map<String, Collection<String>> drained = new HashMap<>();
            for (Map.Entry<String, Set<String>> each : changed.entrySet()) {
                int size = each.getValue().size();
                Integer before = seen.put(each.getKey(), size);
                if (size <= MUCH || before != null && before == size) {
                    drained.put(each.getKey(), each.getValue());
                }
            }
            changed.keySet().removeAll(drained.keySet());
            seen.keySet().removeAll(drained.keySet());
            return drained;
        }
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
