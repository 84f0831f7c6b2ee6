package cn.tiaoxi.platform.ledger;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Inspects many entries anew: all of a ledger when its rules changed, all of all ledgers every
 * night since some rules look at the clock, and those that refer to an entry when that one changed.
 * Findings are written only where the entry is still of the version that was looked at.
 */
@Component
class Inspections implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Inspections.class);
    private static final int AT_ONCE = 1_000;
    private static final int MOST_REFERRING = 1_000;

    /** The database keeps scores with seven digits. */
    private static final double LEAST_DIFFERENCE = 1e-6;

    private final LedgerTypes types;
    private final TypeStore typeStore;
    private final EntryStore entries;
    private final LinkStore links;
    private final BatchStore batches;
    private final Inspector inspector;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transactions;
    private final ExecutorService worker =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().name("inspection").daemon().factory());

    Inspections(
            LedgerTypes types,
            TypeStore typeStore,
            EntryStore entries,
            LinkStore links,
            BatchStore batches,
            Inspector inspector,
            ApplicationEventPublisher events,
            PlatformTransactionManager manager) {
        this.types = types;
        this.typeStore = typeStore;
        this.entries = entries;
        this.links = links;
        this.batches = batches;
        this.inspector = inspector;
        this.events = events;
        this.transactions = new TransactionTemplate(manager);
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        worker.execute(this::catchUp);
    }

    @TransactionalEventListener(fallbackExecution = true)
    void changed(TypeChanged event) {
        worker.execute(this::catchUp);
    }

    /** Entries that refer to the one that changed may have other findings now. */
    @TransactionalEventListener(fallbackExecution = true)
    void changed(EntryChanged event) {
        if (!event.action().equals("inspect")) {
            worker.execute(() -> referring(event.id()));
        }
    }

    private void referring(String id) {
        try {
            Map<String, Entry> found = entries.byId(links.referring(id, MOST_REFERRING));
            found.values().stream()
                    .filter(e -> e.removed() == null)
                    .map(Entry::type)
                    .distinct()
                    .forEach(
                            type ->
                                    inspect(
                                            types.inForce(type),
                                            found.values().stream()
                                                    .filter(e -> e.type().equals(type))
                                                    .toList()));
        } catch (RuntimeException e) {
            LOG.warn("Entries that refer to {} are inspected tonight", id, e);
        }
    }

    /** Goes over the ledgers whose rules changed; what a crash left is done at the next start. */
    private void catchUp() {
        try {
            for (TypeVersion version : typeStore.uninspected()) {
                all(types.inForce(version.type()));
                typeStore.inspected(version.type(), version.version());
            }
        } catch (RuntimeException e) {
            LOG.error("Entries could not be inspected anew; tried again tonight", e);
        }
    }

    @Scheduled(cron = "0 20 2 * * *", zone = "Asia/Shanghai")
    void nightly() {
        worker.execute(
                () -> {
                    try {
                        for (LedgerType type : types.all()) {
                            all(types.inForce(type.id()));
                        }
                    } catch (RuntimeException e) {
                        LOG.error("The nightly inspection failed", e);
                    }
                });
    }

    /** Inspects all entries of a ledger; answers how many have other findings than before. */
    long all(ActiveType type) {
        long from = System.nanoTime();
        long changed = 0;
        long looked = 0;
        String last = EntryStore.FIRST;
        List<Entry> part;
        do {
            part = entries.after(type.type().id(), last, AT_ONCE);
            changed += inspect(type, part);
            looked += part.size();
            last = part.isEmpty() ? last : part.getLast().id();
        } while (!part.isEmpty());
        LOG.info(
                "inspected {} entries of {} in {} ms; {} have other findings",
                looked,
                type.type().id(),
                (System.nanoTime() - from) / 1_000_000,
                changed);
        return changed;
    }

    private int inspect(ActiveType type, List<Entry> part) {
        Map<String, Entry> linked = entries.linked(type, part);
        List<Entry> changed =
                part.parallelStream()
                        .map(entry -> changed(entry, inspector.inspected(type, entry, linked)))
                        .flatMap(Optional::stream)
                        .toList();
        if (!changed.isEmpty()) {
            transactions.executeWithoutResult(
                    status -> {
                        batches.findings(changed);
                        events.publishEvent(
                                new EntriesChanged(
                                        type.type().id(),
                                        changed.stream().map(Entry::id).toList(),
                                        "inspect"));
                    });
        }
        return changed.size();
    }

    private static Optional<Entry> changed(Entry before, Entry after) {
        boolean same =
                after.findings().equals(before.findings())
                        && Math.abs(after.score() - before.score()) < LEAST_DIFFERENCE;
        return same ? Optional.empty() : Optional.of(after);
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
