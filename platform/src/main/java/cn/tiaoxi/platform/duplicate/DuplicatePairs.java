package cn.tiaoxi.platform.duplicate;

import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.border.Identifiers;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.evidence.Evidence;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Actor;
import cn.tiaoxi.platform.identity.IdentityException;
import cn.tiaoxi.platform.ledger.Entry;
import cn.tiaoxi.platform.ledger.Ledger;
import cn.tiaoxi.platform.ledger.LedgerType;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The pairs of like entries that were found, and what people say of them. */
@Service
public class DuplicatePairs {
    private static final int LONGEST_REASON = 1_000;

    private final PairStore store;
    private final Ledger ledger;
    private final Evidence evidence;
    private final Access access;
    private final Clock clock;

    DuplicatePairs(PairStore store, Ledger ledger, Evidence evidence, Access access, Clock clock) {
        this.store = store;
        this.ledger = ledger;
        this.evidence = evidence;
        this.access = access;
        this.clock = clock;
    }

    /**
     * Pairs of which the actor may see both entries. Sorts: score, found, decision.
     *
     * @param type only of this ledger; empty for all
     * @param decision only those so decided; null for all
     * @param entry only those of this entry; empty for all
     */
    @Transactional(readOnly = true)
    public Page<DuplicatePair> list(
            String type, DuplicatePair.@Nullable Decision decision, String entry, Slice slice) {
        Actor actor = access.actor();
        Map<String, Set<String>> reach = new HashMap<>();
        List<LedgerType> types =
                type.isEmpty() ? List.copyOf(ledger.types()) : List.of(ledger.type(type));
        for (LedgerType each : types) {
            if (actor.may(each.readPermission())) {
                reach.put(each.id(), actor.reach(each.readPermission()));
            }
        }
        if (!entry.isEmpty() && !Identifiers.isIdentifier(entry)) {
            throw BorderException.invalid("entry", "border.type", entry);
        }
        return store.list(
                new PairStore.Filter(reach, decision, entry.isEmpty() ? null : entry), slice);
    }

    /**
     * Says whether two entries are the same. Who may change one of them may say so; it can be said
     * anew.
     *
     * @param version the version that the decision is based on
     * @throws DuplicateException if the actor sees no such pair
     * @throws BorderException if somebody decided meanwhile, or the reason is missing
     */
    @Transactional
    public DuplicatePair decide(
            String id, DuplicatePair.Decision decision, String reason, long version) {
        DuplicatePair pair = found(id);
        LedgerType type = ledger.type(pair.type());
        Entry first = ledger.get(pair.type(), pair.first());
        Entry second = ledger.get(pair.type(), pair.second());
        Actor actor = access.actor();
        String read = type.readPermission();
        if (!actor.may(read, first.organisation()) || !actor.may(read, second.organisation())) {
            throw DuplicateException.pairNotFound(id);
        }
        String write = type.writePermission();
        if (!actor.may(write, first.organisation()) && !actor.may(write, second.organisation())) {
            throw IdentityException.permissionMissing(write, "");
        }
        String why = reason.strip();
        if (why.isEmpty()) {
            throw BorderException.invalid("reason", "border.required");
        }
        if (why.length() > LONGEST_REASON) {
            throw BorderException.invalid("reason", "border.tooLong", LONGEST_REASON);
        }
        DuplicatePair.Decided decided =
                new DuplicatePair.Decided(actor.username(), actor.name(), clock.instant(), why);
        if (!store.decide(id, decision, decided, version)) {
            throw BorderException.versionConflict(found(id).version());
        }
        evidence.changed(
                actor.who(),
                "duplicate.decided",
                "duplicate:" + id,
                Map.of(
                        "decision", decision.name(),
                        "reason", why,
                        "first", first.code(),
                        "second", second.code(),
                        "ledger", pair.type()));
        return found(id);
    }

    private DuplicatePair found(String id) {
        if (!Identifiers.isIdentifier(id)) {
            throw DuplicateException.pairNotFound(id);
        }
        return store.find(id).orElseThrow(() -> DuplicateException.pairNotFound(id));
    }
}
