package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.platform.rule.Rule;
import cn.tiaoxi.platform.rule.RuleBook;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    private static final int AT_ONCE = 2_000;
    private static final int MOST_REFERRING = 1_000;

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
            entries.byId(links.referring(id, MOST_REFERRING)).values().stream()
                    .filter(e -> e.removed() == null)
                    .collect(Collectors.groupingBy(Entry::type))
                    .forEach(
                            (name, some) -> {
                                ActiveType type = types.inForce(name);
                                write(type, changed(type, some, whole(type)));
                            });
        } catch (RuntimeException e) {
            LOG.warn("Entries that refer to {} are inspected tonight", id, e);
        }
    }

    /** Goes over the ledgers whose rules changed; what a crash left is done at the next start. */
    private void catchUp() {
        try {
            for (TypeVersion version : typeStore.uninspected()) {
                ActiveType type = types.inForce(version.type());
                all(type, anew(type));
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
                            ActiveType inForce = types.inForce(type.id());
                            all(inForce, whole(inForce));
                        }
                    } catch (RuntimeException e) {
                        LOG.error("The nightly inspection failed", e);
                    }
                });
    }

    /** How an entry is inspected, given the entries that it refers to. */
    @FunctionalInterface
    private interface Look {
        Entry at(Entry entry, Map<String, Entry> linked);
    }

    private Look whole(ActiveType type) {
        return (entry, linked) -> inspector.inspected(type, entry, linked);
    }

    /** By the rules alone that are not those of the inspection before, if nothing else changed. */
    private Look anew(ActiveType type) {
        List<LedgerType> before = types.inspectedBefore(type);
        boolean rulesAlone =
                !before.isEmpty()
                        && before.stream().allMatch(b -> b.fields().equals(type.type().fields()));
        if (!rulesAlone) {
            return whole(type);
        }
        Set<String> changed = new HashSet<>();
        for (LedgerType each : before) {
            changed.addAll(changedRules(each, type.type()));
        }
        RuleBook<FindingDetail> some = type.book().only(changed);
        return (entry, linked) -> inspector.inspected(type, entry, linked, some, changed);
    }

    private static Set<String> changedRules(LedgerType before, LedgerType after) {
        Set<Rule.Entry> same = new HashSet<>(before.rules());
        same.retainAll(after.rules());
        return Stream.concat(before.rules().stream(), after.rules().stream())
                .filter(rule -> !same.contains(rule))
                .map(Rule.Entry::id)
                .collect(Collectors.toSet());
    }

    /** Inspects all entries of a ledger: some are read, some looked at and some written at once. */
    private void all(ActiveType type, Look look) {
        long from = System.nanoTime();
        String id = type.type().id();
        long changed = 0;
        long looked = 0;
        Future<?> writing = CompletableFuture.completedFuture(null);
        Future<List<Entry>> next = read(id, EntryStore.FIRST);
        List<Entry> part = taken(next);
        while (!part.isEmpty()) {
            next = read(id, part.getLast().id());
            List<Entry> others = changed(type, part, look);
            changed += others.size();
            looked += part.size();
            taken(writing);
            writing = started("inspection-writer", () -> write(type, others));
            part = taken(next);
        }
        taken(writing);
        LOG.info(
                "inspected {} entries of {} in {} ms; {} have other findings",
                looked,
                id,
                (System.nanoTime() - from) / 1_000_000,
                changed);
    }

    private Future<List<Entry>> read(String type, String after) {
        return started("inspection-reader", () -> entries.after(type, after, AT_ONCE));
    }

    private static <T> Future<T> started(String name, Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofVirtual().name(name).start(task);
        return task;
    }

    private static <T> T taken(Future<T> work) {
        try {
            return work.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Entries cannot be inspected", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The platform stops", e);
        }
    }

    /** The entries that have other findings than before. */
    private List<Entry> changed(ActiveType type, List<Entry> part, Look look) {
        Map<String, Entry> linked = entries.linked(type, part);
        return part.parallelStream()
                .map(entry -> changed(entry, look.at(entry, linked)))
                .flatMap(Optional::stream)
                .toList();
    }

    private int write(ActiveType type, List<Entry> changed) {
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
        boolean same = after.findings().equals(before.findings()) && after.lost() == before.lost();
        return same ? Optional.empty() : Optional.of(after);
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
