package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What entries were: their changes, and each of them as it was after one. */
@Component
class EntryHistory {
    private final ChangeStore changes;
    private final LedgerTypes types;

    EntryHistory(ChangeStore changes, LedgerTypes types) {
        this.changes = changes;
        this.types = types;
    }

    /** An entry's changes, newest first. */
    Page<Change> of(String id, Slice slice) {
        return changes.history(id, slice);
    }

    /**
     * An entry as it was after one of its changes; see {@link Ledger#at}.
     *
     * @throws LedgerException if it never had that version
     */
    Entry at(Entry entry, long version) {
        if (version < 1 || version > entry.version()) {
            throw LedgerException.entryNotFound(entry.type(), entry.id() + " " + version);
        }
        Map<String, Object> fields = new LinkedHashMap<>(entry.fields());
        String state = entry.state();
        String organisation = entry.organisation();
        Instant updated = entry.updated();
        LedgerType definition = types.get(entry.type());
        for (Change change : changes.after(entry.id(), version)) {
            for (Change.Difference each : change.changes()) {
                Object before = each.before();
                switch (each.field()) {
                    case Ledger.STATE -> state = String.valueOf(before);
                    case LedgerType.ORGANISATION -> organisation = String.valueOf(before);
                    default -> undo(definition, fields, each.field(), before);
                }
            }
            updated = change.time();
        }
        return entry.with(state, fields, entry.facts())
                .belongingTo(organisation)
                .atVersion(version, entry.typeVersion(), updated);
    }

    private static void undo(
            LedgerType type, Map<String, Object> fields, String field, @Nullable Object before) {
        if (before == null) {
            fields.remove(field);
        } else if (fields.containsKey(field) || type.field(field).isPresent()) {
            fields.put(field, before);
        }
    }
}
