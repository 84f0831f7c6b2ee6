package cn.tiaoxi.platform.duplicate;

import cn.tiaoxi.platform.ledger.Entry;
import cn.tiaoxi.platform.ledger.Ledger;
import cn.tiaoxi.platform.ledger.LedgerType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Answers which existing entries something proposed is like. Entries that were removed or are in an
 * ended state do not count.
 */
@Service
public class Duplicates {
    private static final int LIMIT = 5;

    private final Ledger ledger;
    private final Indexes indexes;
    private final DuplicateProperties properties;

    Duplicates(Ledger ledger, Indexes indexes, DuplicateProperties properties) {
        this.ledger = ledger;
        this.indexes = indexes;
        this.properties = properties;
    }

    /**
     * What is proposed. Nothing of it need be complete or right.
     *
     * @param type the ledger
     * @param id identifier of an entry that is not to be found, since it is the same; or null
     * @param organisation code of the organisation, or empty
     * @param fields values by field, without the title
     */
    public record Proposal(
            String type,
            @Nullable String id,
            String title,
            String organisation,
            Map<String, ?> fields) {}

    /**
     * An existing entry that the proposal is like.
     *
     * @param score 0 to 1
     * @param alarm whether it is so like that somebody should look
     */
    public record Similar(
            Entry entry, double score, boolean alarm, List<Likeness.Shared> reasons) {}

    /**
     * What was found.
     *
     * @param checked with how many entries the proposal was compared
     * @param threshold score from which on there is an alarm
     * @param items the nearest ones that the asker may see, the likest first
     * @param hidden how many of the nearest ones the asker may not see
     */
    public record Answer(int checked, double threshold, List<Similar> items, int hidden) {}

    /** The score from which on there is an alarm, above 0 and below 1. */
    public double threshold() {
        return properties.threshold();
    }

    /** Whether entries of a type are compared at all. */
    public boolean compares(LedgerType type) {
        return !Subjects.aspects(type).isEmpty();
    }

    /**
     * The five entries that a proposal is most like.
     *
     * @param visible which entries the asker may see; the others are only counted
     * @throws DuplicateException if the type is not compared, or its index is still being built
     */
    public Answer nearest(Proposal proposal, Predicate<Entry> visible) {
        LedgerType type = ledger.type(proposal.type());
        DuplicateIndex index = indexes.of(type);
        Subject subject =
                Subjects.of(
                        index.aspects(),
                        proposal.title(),
                        proposal.organisation(),
                        proposal.fields());
        Map<String, Entry> entries = new HashMap<>();
        List<DuplicateIndex.Match> found =
                index.nearest(
                        subject,
                        identifier(proposal.id()),
                        LIMIT,
                        0,
                        ids -> read(type, index, ids, entries));
        List<Similar> items = new ArrayList<>();
        for (DuplicateIndex.Match match : found) {
            Entry entry = entries.get(match.id().toString());
            if (entry != null && visible.test(entry)) {
                double score = match.likeness().score();
                items.add(
                        new Similar(
                                entry,
                                score,
                                score >= properties.threshold(),
                                match.likeness().shared()));
            }
        }
        return new Answer(index.size(), properties.threshold(), items, found.size() - items.size());
    }

    /** The entries that an existing one is most like. */
    public Answer nearest(Entry entry, Predicate<Entry> visible) {
        return nearest(
                new Proposal(
                        entry.type(),
                        entry.id(),
                        entry.title(),
                        entry.organisation(),
                        entry.fields()),
                visible);
    }

    private static @Nullable UUID identifier(@Nullable String id) {
        try {
            return id == null ? null : UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Reads candidates; the entries behind them stay with the asker. */
    private Map<UUID, Subject> read(
            LedgerType type,
            DuplicateIndex index,
            Collection<UUID> ids,
            Map<String, Entry> entries) {
        entries.putAll(ledger.all(type.id(), ids.stream().map(UUID::toString).toList()));
        Map<UUID, Subject> subjects = new HashMap<>();
        entries.forEach(
                (id, entry) -> {
                    if (Subjects.counts(type, entry)) {
                        subjects.put(UUID.fromString(id), Subjects.of(index.aspects(), entry));
                    }
                });
        return subjects;
    }
}
