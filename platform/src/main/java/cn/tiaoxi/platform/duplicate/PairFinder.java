package cn.tiaoxi.platform.duplicate;

import cn.tiaoxi.platform.ledger.Entry;
import cn.tiaoxi.platform.ledger.Ledger;
import cn.tiaoxi.platform.ledger.LedgerException;
import cn.tiaoxi.platform.ledger.LedgerType;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Finds the pairs of existing entries that are alike: those of changed entries soon after, all of
 * them every night, since what is rare changes with the ledger.
 */
@Component
class PairFinder {
    private static final Logger LOG = LoggerFactory.getLogger(PairFinder.class);
    private static final int MOST_OF_AN_ENTRY = 10;
    private static final int AT_ONCE = 200;

    /**
     * After a larger change, such as an import, the night does it, so that people's work goes
     * first.
     */
    static final int MOST_AT_ONCE = 5_000;

    /** Below this no pair can reach a score of one half, so that the other need not be read. */
    private static final double LEAST_LIKENESS = 0.45;

    private final Ledger ledger;
    private final Indexes indexes;
    private final PairStore store;
    private final DuplicateProperties properties;
    private final Clock clock;

    PairFinder(
            Ledger ledger,
            Indexes indexes,
            PairStore store,
            DuplicateProperties properties,
            Clock clock) {
        this.ledger = ledger;
        this.indexes = indexes;
        this.store = store;
        this.properties = properties;
        this.clock = clock;
    }

    /** Looks at what has changed. */
    @Scheduled(initialDelayString = "PT10S", fixedDelayString = "PT10S")
    void findChanged() {
        indexes.drain().forEach(this::findOf);
    }

    private void findOf(String typeId, Collection<String> ids) {
        if (ids.size() > MOST_AT_ONCE) {
            LOG.info(
                    "More than {} entries of {} changed; their pairs are looked for tonight",
                    MOST_AT_ONCE,
                    typeId);
            return;
        }
        try {
            LedgerType type = ledger.type(typeId);
            DuplicateIndex index = indexes.of(type);
            List<String> all = List.copyOf(ids);
            for (int from = 0; from < all.size(); from += AT_ONCE) {
                List<String> part = all.subList(from, Math.min(all.size(), from + AT_ONCE));
                Map<String, Entry> entries = ledger.all(typeId, part);
                for (String id : part) {
                    Entry entry = entries.get(id);
                    if (entry != null && Subjects.counts(type, entry)) {
                        find(type, index, entry);
                    } else {
                        partFromAll(id);
                    }
                }
            }
        } catch (DuplicateException | LedgerException e) {
            LOG.info("pairs of {} are looked for tonight: {}", typeId, e.getMessage());
        }
    }

    /** Looks at everything. */
    @Scheduled(cron = "0 10 3 * * *", zone = "Asia/Shanghai")
    void findAll() {
        for (LedgerType type : ledger.types()) {
            if (!Subjects.aspects(type).isEmpty()) {
                findAll(type);
            }
        }
    }

    void findAll(LedgerType type) {
        Instant start = clock.instant();
        DuplicateIndex index = indexes.of(type);
        ledger.each(
                type.id(),
                entry -> {
                    if (Subjects.counts(type, entry)) {
                        find(type, index, entry);
                    }
                });
        store.partUnseen(type.id(), start);
    }

    /** Finds the pairs of one entry and parts it from those that it is like no more. */
    private void find(LedgerType type, DuplicateIndex index, Entry entry) {
        Map<String, Entry> read = new HashMap<>();
        Subject subject = Subjects.of(index.aspects(), entry);
        Set<String> open = new HashSet<>(store.partners(entry.id()));
        List<DuplicateIndex.Match> matches =
                index.nearest(
                        subject,
                        UUID.fromString(entry.id()),
                        MOST_OF_AN_ENTRY,
                        LEAST_LIKENESS,
                        ids -> subjects(type, index, ids, read));
        for (DuplicateIndex.Match match : matches) {
            Entry other = read.get(match.id().toString());
            if (other != null && match.likeness().score() >= properties.threshold()) {
                keep(entry, other, match.likeness());
                open.remove(other.id());
            }
        }
        if (!open.isEmpty()) {
            keepOrPart(type, index, entry, subject, open);
        }
    }

    private Map<UUID, Subject> subjects(
            LedgerType type, DuplicateIndex index, Collection<UUID> ids, Map<String, Entry> read) {
        Map<UUID, Subject> subjects = new HashMap<>();
        ledger.all(type.id(), ids.stream().map(UUID::toString).toList())
                .forEach(
                        (id, entry) -> {
                            if (Subjects.counts(type, entry)) {
                                read.put(id, entry);
                                subjects.put(
                                        UUID.fromString(id), Subjects.of(index.aspects(), entry));
                            }
                        });
        return subjects;
    }

    /** A pair may have been found from its other end, which sees another likeness. */
    private void keepOrPart(
            LedgerType type,
            DuplicateIndex index,
            Entry entry,
            Subject subject,
            Collection<String> others) {
        Map<String, Entry> entries = ledger.all(type.id(), others);
        List<String> parted = new ArrayList<>();
        for (String id : others) {
            Entry other = entries.get(id);
            if (other == null || !Subjects.counts(type, other)) {
                parted.add(id);
                continue;
            }
            Likeness likeness = index.likeness(Subjects.of(index.aspects(), other), subject);
            if (likeness.score() >= properties.threshold()) {
                keep(other, entry, likeness);
            } else {
                parted.add(id);
            }
        }
        store.part(entry.id(), parted);
    }

    private void keep(Entry entry, Entry other, Likeness likeness) {
        store.keep(
                entry.type(),
                new PairStore.End(entry.id(), entry.organisation()),
                new PairStore.End(other.id(), other.organisation()),
                likeness.score(),
                likeness.shared().stream().map(DuplicatePair.Reason::of).toList(),
                clock.instant());
    }

    private void partFromAll(String entry) {
        Set<String> partners = store.partners(entry);
        if (!partners.isEmpty()) {
            store.part(entry, partners);
        }
    }
}
