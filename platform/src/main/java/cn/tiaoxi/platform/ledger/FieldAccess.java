package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.border.FieldError;
import cn.tiaoxi.platform.identity.Actor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which fields of entries a person may see and write. */
public final class FieldAccess {
    private FieldAccess() {}

    /** Whether a person may see a field of an organisation's entries. */
    public static boolean mayRead(Actor actor, LedgerType.Field field, String organisation) {
        String permission = field.read();
        return permission == null || actor.may(permission, organisation);
    }

    /** Whether a person may see a field of entries somewhere. */
    public static boolean mayRead(Actor actor, LedgerType.Field field) {
        String permission = field.read();
        return permission == null || actor.may(permission);
    }

    /** Whether a person may see a field of entries everywhere: then it may be a filter. */
    public static boolean mayReadAll(Actor actor, LedgerType.Field field) {
        String permission = field.read();
        return permission == null || actor.mayEverywhere(permission);
    }

    /** Whether a person may write a field of an organisation's entries. */
    public static boolean mayWrite(
            Actor actor, LedgerType type, LedgerType.Field field, String organisation) {
        String permission = field.writePermission();
        return actor.may(type.writePermission(), organisation)
                && (permission == null || actor.may(permission, organisation));
    }

    /**
     * Refuses fields that the person may not write. One that may not be seen either is told like a
     * field that there is not.
     *
     * @throws BorderException naming each of them
     */
    public static void requireWritable(
            Actor actor, LedgerType type, String organisation, Collection<String> fields) {
        List<FieldError> errors = new ArrayList<>();
        for (String id : fields) {
            LedgerType.Field field = type.field(id).orElse(null);
            if (field != null && !mayWrite(actor, type, field, organisation)) {
                errors.add(
                        mayRead(actor, field, organisation)
                                ? FieldCheck.error(id, "ledger.fieldNotPermitted")
                                : FieldCheck.error(
                                        id, "ledger.fieldUnknown", FieldCheck.shortened(id)));
            }
        }
        if (!errors.isEmpty()) {
            throw BorderException.invalid(errors);
        }
    }

    /** The fields of an entry that the person may see. */
    public static Map<String, Object> visible(Actor actor, LedgerType type, Entry entry) {
        Map<String, Object> visible = new LinkedHashMap<>(entry.fields());
        for (LedgerType.Field field : type.fields()) {
            if (field.read() != null && !mayRead(actor, field, entry.organisation())) {
                visible.remove(field.id());
            }
        }
        return visible;
    }

    /** A change without the fields that the person may not see. */
    public static Change visible(Actor actor, LedgerType type, String organisation, Change change) {
        List<Change.Difference> seen =
                change.changes().stream()
                        .filter(d -> maySee(actor, type, organisation, d.field()))
                        .toList();
        return new Change(
                change.version(),
                change.time(),
                change.author(),
                change.action(),
                change.reason(),
                seen,
                change.batch());
    }

    private static boolean maySee(
            Actor actor, LedgerType type, String organisation, @Nullable String fieldId) {
        return fieldId == null
                || type.field(fieldId).map(f -> mayRead(actor, f, organisation)).orElse(true);
    }
}
