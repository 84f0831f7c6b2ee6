package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.border.Identifiers;
import cn.tiaoxi.platform.border.PlatformException;
import cn.tiaoxi.platform.identity.Actor;
import cn.tiaoxi.platform.identity.IdentityException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Does one thing to many entries. A preview does it too and takes it back, so it says exactly what
 * would happen. Entries that refuse it hinder no others; what was done can be undone as a whole.
 */
@Service
public class BulkChanges {
    /** Most entries at once. */
    public static final int MOST = 2_000;

    private static final int MOST_SAMPLES = 20;
    private static final int MOST_REFUSED = 200;

    private final Ledger ledger;
    private final ChangeStore changes;
    private final TransactionTemplate transactions;
    private final TransactionTemplate nested;

    BulkChanges(Ledger ledger, ChangeStore changes, PlatformTransactionManager manager) {
        this.ledger = ledger;
        this.changes = changes;
        this.transactions = new TransactionTemplate(manager);
        this.nested = new TransactionTemplate(manager);
        nested.setPropagationBehavior(TransactionTemplate.PROPAGATION_NESTED);
    }

    /**
     * What is to be done.
     *
     * @param fields fields to change, null empties one; or null
     * @param action a change of state, or null
     * @param organisation code of the organisation to give them to, or null
     * @param reason why
     */
    public record Wish(
            @Nullable Map<String, @Nullable Object> fields,
            @Nullable String action,
            @Nullable String organisation,
            String reason) {}

    /** An entry that became different. */
    public record Changed(Entry entry, List<Change.Difference> changes) {}

    /** An entry that refused. */
    public record Refused(String id, String code, String title, PlatformException reason) {}

    /**
     * What happened, or would happen.
     *
     * @param batch identifier by which it can be undone
     * @param changed how many entries became different
     * @param unchanged how many were so already
     * @param refusedCount how many refused
     * @param sample some of those that became different
     * @param refused some of those that refused
     */
    public record Outcome(
            String batch,
            int changed,
            int unchanged,
            int refusedCount,
            List<Changed> sample,
            List<Refused> refused) {}

    /**
     * Does it, or shows what it would do.
     *
     * @param ids at most {@link #MOST} entries
     */
    public Outcome change(
            Actor actor, String type, Collection<String> ids, Wish wish, boolean preview) {
        if (ids.isEmpty() || ids.size() > MOST) {
            throw BorderException.invalid("ids", "ledger.bulkCount", MOST);
        }
        if (wish.reason().isBlank()) {
            throw LedgerException.reasonMissing("bulk");
        }
        String batch = Identifiers.next();
        return run(ids, preview, batch, type, id -> one(actor, type, id, wish, batch));
    }

    private List<Change.Difference> one(
            Actor actor, String type, String id, Wish wish, String batch) {
        Entry before = ledger.present(type, id);
        LedgerType definition = ledger.type(type);
        requireWrite(actor, definition, before.organisation());
        Author author = Author.of(actor);
        Entry after = before;
        Map<String, @Nullable Object> fields = wish.fields();
        if (fields != null && !fields.isEmpty()) {
            FieldAccess.requireWritable(actor, definition, before.organisation(), fields.keySet());
            after =
                    ledger.change(
                            after,
                            fields,
                            new EntryWriter.Act(author, "change", wish.reason(), batch));
        }
        String action = wish.action();
        if (action != null && !action.isBlank()) {
            definition
                    .transition(action)
                    .map(LedgerType.Transition::permission)
                    .ifPresent(p -> require(actor, p, before.organisation()));
            after = ledger.move(after, new EntryWriter.Act(author, action, wish.reason(), batch));
        }
        String organisation = wish.organisation();
        if (organisation != null && !organisation.isBlank()) {
            requireWrite(actor, definition, organisation);
            after =
                    ledger.give(
                            after,
                            organisation,
                            new EntryWriter.Act(author, "transfer", wish.reason(), batch));
        }
        return differences(before, after);
    }

    private static List<Change.Difference> differences(Entry before, Entry after) {
        List<Change.Difference> all =
                new ArrayList<>(EntryWriter.differences(before.fields(), after.fields()));
        if (!before.state().equals(after.state())) {
            all.add(new Change.Difference("state", before.state(), after.state()));
        }
        if (!before.organisation().equals(after.organisation())) {
            all.add(
                    new Change.Difference(
                            LedgerType.ORGANISATION, before.organisation(), after.organisation()));
        }
        return all;
    }

    private static void requireWrite(Actor actor, LedgerType type, String organisation) {
        require(actor, type.writePermission(), organisation);
    }

    private static void require(Actor actor, String permission, String organisation) {
        if (!actor.may(permission, organisation)) {
            throw IdentityException.permissionMissing(permission, organisation);
        }
    }

    /**
     * Takes a batch back where nothing happened to the entries since: fields become those of
     * before, entries that it added are removed.
     *
     * @throws LedgerException if there is no such batch
     */
    public Outcome undo(Actor actor, String type, String batch, String reason) {
        Map<String, Long> versions =
                Identifiers.isIdentifier(batch) ? changes.batch(batch) : Map.of();
        if (versions.isEmpty()) {
            throw LedgerException.batchNotFound(batch);
        }
        if (reason.isBlank()) {
            throw LedgerException.reasonMissing("undo");
        }
        String undoing = Identifiers.next();
        return run(
                versions.keySet(),
                false,
                undoing,
                type,
                id ->
                        undo(
                                actor,
                                type,
                                id,
                                java.util.Objects.requireNonNull(versions.get(id)),
                                new Undoing(batch, undoing, reason)));
    }

    private record Undoing(String batch, String by, String reason) {}

    private List<Change.Difference> undo(
            Actor actor, String type, String id, long version, Undoing undoing) {
        Entry entry = ledger.present(type, id);
        requireWrite(actor, ledger.type(type), entry.organisation());
        if (entry.version() != version) {
            throw BorderException.versionConflict(entry.version());
        }
        Author author = Author.of(actor);
        long first = version;
        for (Change change : changes.after(id, 0)) {
            if (undoing.batch().equals(change.batch())) {
                first = Math.min(first, change.version());
            }
        }
        if (first == 1) {
            ledger.remove(author, type, id, undoing.reason());
            return List.of(new Change.Difference(LedgerType.TITLE, entry.title(), null));
        }
        Entry after = ledger.revert(entry, first - 1, author, undoing.reason(), undoing.by());
        return differences(entry, after);
    }

    private Outcome run(
            Collection<String> ids,
            boolean preview,
            String batch,
            String type,
            Function<String, List<Change.Difference>> act) {
        return java.util.Objects.requireNonNull(
                transactions.execute(
                        status -> {
                            Outcome outcome = all(ids, batch, type, act);
                            if (preview) {
                                status.setRollbackOnly();
                            }
                            return outcome;
                        }));
    }

    private Outcome all(
            Collection<String> ids,
            String batch,
            String type,
            Function<String, List<Change.Difference>> act) {
        int changed = 0;
        int unchanged = 0;
        int refusedCount = 0;
        List<Changed> sample = new ArrayList<>();
        Map<String, Refused> refused = new LinkedHashMap<>();
        for (String id : ids.stream().sorted().toList()) {
            try {
                List<Change.Difference> differences =
                        java.util.Objects.requireNonNull(nested.execute(s -> act.apply(id)));
                if (differences.isEmpty()) {
                    unchanged++;
                } else {
                    changed++;
                    if (sample.size() < MOST_SAMPLES) {
                        sample.add(new Changed(ledger.get(type, id), differences));
                    }
                }
            } catch (PlatformException e) {
                refusedCount++;
                if (refused.size() < MOST_REFUSED) {
                    refused.put(id, refused(type, id, e));
                }
            }
        }
        return new Outcome(
                batch, changed, unchanged, refusedCount, sample, List.copyOf(refused.values()));
    }

    private Refused refused(String type, String id, PlatformException reason) {
        return ledger.find(type, id)
                .map(e -> new Refused(id, e.code(), e.title(), reason))
                .orElseGet(() -> new Refused(id, "", "", reason));
    }
}
