package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.border.FieldError;
import cn.tiaoxi.platform.identity.People;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Joins what people give with what an entry has, and says what of it is wrong. */
@Component
class Proposals {
    private final FieldCheck check;
    private final People people;
    private final CodeStore codes;
    private final FileStore files;
    private final LinkStore links;

    Proposals(FieldCheck check, People people, CodeStore codes, FileStore files, LinkStore links) {
        this.check = check;
        this.people = people;
        this.codes = codes;
        this.files = files;
        this.links = links;
    }

    /** A fresh memory of what values refer to. */
    Lookup lookup() {
        return new Lookup(people, codes, files);
    }

    /**
     * The fields after a change.
     *
     * @param id identifier of the entry
     * @param before what it has
     * @param given what is to become different; null empties a field
     * @throws BorderException naming every field that is unknown or has a wrong value
     */
    Map<String, Object> fields(
            ActiveType type, String id, Map<String, Object> before, Map<String, ?> given) {
        List<FieldError> errors = new ArrayList<>();
        Map<String, Object> after = fields(type, id, before, given, lookup(), errors);
        if (!errors.isEmpty()) {
            throw BorderException.invalid(errors);
        }
        return after;
    }

    /** The same, telling what is wrong instead of throwing it. */
    Map<String, Object> fields(
            ActiveType type,
            String id,
            Map<String, Object> before,
            Map<String, ?> given,
            Lookup lookup,
            List<FieldError> errors) {
        FieldCheck.Checked checked = check.check(type, given, lookup);
        errors.addAll(checked.errors());
        Map<String, Object> after = new LinkedHashMap<>(before);
        checked.values()
                .forEach(
                        (field, value) -> {
                            if (value == null) {
                                after.remove(field);
                            } else {
                                after.put(field, value);
                            }
                        });
        clearAbsent(type, after, checked.values(), errors);
        if (!before.isEmpty()) {
            checkTree(type, id, checked.values(), errors);
        }
        return after;
    }

    /** Fields that the others make go away are emptied; giving one a value then is an error. */
    private static void clearAbsent(
            ActiveType type,
            Map<String, Object> after,
            Map<String, @Nullable Object> given,
            List<FieldError> errors) {
        for (LedgerType.Field field : type.type().fields()) {
            if (field.when() != null && after.containsKey(field.id()) && !field.present(after)) {
                after.remove(field.id());
                if (given.get(field.id()) != null) {
                    errors.add(FieldCheck.error(field.id(), "ledger.fieldAbsent"));
                }
            }
        }
    }

    /** A new entry stands above none, so there is nothing to check for it. */
    private void checkTree(
            ActiveType type,
            String id,
            Map<String, @Nullable Object> given,
            List<FieldError> errors) {
        String parent = type.type().parent();
        Object above = parent == null ? null : given.get(parent);
        if (parent != null
                && above != null
                && (above.equals(id) || links.isAbove(id, above.toString(), parent))) {
            errors.add(FieldCheck.error(parent, "ledger.circle"));
        }
    }
}
