package cn.tiaoxi.platform.search;

import cn.tiaoxi.platform.evidence.Evidence;
import cn.tiaoxi.platform.evidence.Who;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Looks after the indexes: compares them with their sources every night and on demand, builds them
 * anew on demand, and says how they stand.
 */
@Service
public class SearchCare implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SearchCare.class);

    private final SearchIndex search;
    private final SearchStore store;
    private final Evidence evidence;
    private final Clock clock;

    /** One thread, so that what is asked for is done in turn. */
    private final ExecutorService worker =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().name("search-care").daemon().factory());

    private final AtomicInteger waiting = new AtomicInteger();

    SearchCare(SearchIndex search, SearchStore store, Evidence evidence, Clock clock) {
        this.search = search;
        this.store = store;
        this.evidence = evidence;
        this.clock = clock;
    }

    /**
     * How the index of a kind stands.
     *
     * @param indexed how many things the index has
     * @param source how many things there are
     * @param bytes size on disk
     * @param committed changes before this time are on disk; null before the first build
     * @param building how far a build under way is; null if there is none
     * @param checked when it was last compared with its source; null if never
     * @param drift what that found and mended
     */
    public record KindState(
            String kind,
            long indexed,
            long source,
            long bytes,
            @Nullable Instant committed,
            @Nullable Building building,
            @Nullable Instant checked,
            @Nullable Drift drift) {}

    /**
     * How far a build is.
     *
     * @param done how many things are in
     * @param of how many there are
     */
    public record Building(long done, long of) {}

    /**
     * How all indexes stand.
     *
     * @param busy whether a comparison or a build that was asked for is under way
     */
    public record State(boolean busy, List<KindState> kinds) {}

    /** How all indexes stand. */
    public State state() {
        Map<String, SearchStore.Comparison> comparisons = store.all();
        List<KindState> kinds = new ArrayList<>();
        boolean building = false;
        for (KindIndex index : search.indexes("")) {
            KindState state = state(index, comparisons.get(index.source().kind()));
            building |= state.building() != null;
            kinds.add(state);
        }
        return new State(building || waiting.get() > 0, kinds);
    }

    private static KindState state(KindIndex index, SearchStore.@Nullable Comparison last) {
        Generation generation = index.generation();
        Progress progress = index.progress();
        return new KindState(
                index.source().kind(),
                generation == null ? 0 : generation.size(),
                index.source().count(),
                generation == null ? 0 : generation.bytes(),
                generation == null ? null : generation.until(),
                progress == null ? null : new Building(progress.done(), progress.of()),
                last == null ? null : last.time(),
                last == null ? null : last.drift());
    }

    /** Compares all indexes with their sources and mends what differs. */
    @Scheduled(cron = "0 40 2 * * *", zone = "Asia/Shanghai")
    public void check() {
        search.indexes("").forEach(this::check);
    }

    private void check(KindIndex index) {
        String kind = index.source().kind();
        try {
            Drift drift = index.compare();
            store.keep(kind, new SearchStore.Comparison(clock.instant(), drift));
            if (drift.found() > 0) {
                LOG.warn("The search index of {} differed and was mended: {}", kind, drift);
            }
        } catch (IOException | RuntimeException e) {
            LOG.error("The search index of {} cannot be compared; it is built anew", kind, e);
            rebuild(index);
        }
    }

    private static void rebuild(KindIndex index) {
        try {
            index.rebuild();
        } catch (IOException | RuntimeException e) {
            LOG.error("The search index of {} cannot be built", index.source().kind(), e);
        }
    }

    /**
     * Has indexes compared in the background.
     *
     * @param kind one kind, or empty for all
     * @throws SearchException if there is no such kind
     */
    @Transactional
    public void askForCheck(Who who, String kind) {
        Collection<KindIndex> indexes = indexes(kind);
        evidence.changed(who, "search.checked", "search:" + kind, Map.of());
        later(() -> indexes.forEach(this::check));
    }

    /**
     * Has indexes built anew in the background; those before go on serving.
     *
     * @param kind one kind, or empty for all
     * @throws SearchException if there is no such kind
     */
    @Transactional
    public void askForRebuild(Who who, String kind) {
        Collection<KindIndex> indexes = indexes(kind);
        evidence.changed(who, "search.rebuilt", "search:" + kind, Map.of());
        later(() -> indexes.forEach(SearchCare::rebuild));
    }

    private Collection<KindIndex> indexes(String kind) {
        Collection<KindIndex> indexes = search.indexes(kind);
        if (indexes.isEmpty()) {
            throw SearchException.kindUnknown(kind);
        }
        return indexes;
    }

    /** When the transaction is committed, so that nothing is done that has no record. */
    private void later(Runnable work) {
        TransactionSynchronizationManager.registerSynchronization(
                new TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                        waiting.incrementAndGet();
                        worker.execute(
                                () -> {
                                    try {
                                        work.run();
                                    } finally {
                                        waiting.decrementAndGet();
                                    }
                                });
                    }
                });
    }

    @Override
    public void close() {
        worker.shutdown();
    }
}
