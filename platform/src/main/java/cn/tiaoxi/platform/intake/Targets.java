package cn.tiaoxi.platform.intake;

import cn.tiaoxi.platform.identity.Actor;
import cn.tiaoxi.platform.ledger.EntryTable;
import cn.tiaoxi.platform.ledger.LedgerType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What the columns of a file may go to: the code, the organisation and the fields of a ledger. */
final class Targets {
    private final List<EntryTable.Column> all;

    private Targets(List<EntryTable.Column> all) {
        this.all = List.copyOf(all);
    }

    /** What a person may write. Files do not come in cells. */
    static Targets of(LedgerType type, Actor actor) {
        return new Targets(EntryTable.columns(type, f -> isCell(f) && mayWrite(f, actor)));
    }

    /** All that cells may hold. */
    static Targets of(LedgerType type) {
        return new Targets(EntryTable.columns(type, Targets::isCell));
    }

    private static boolean isCell(LedgerType.Field field) {
        return field.type() != LedgerType.Kind.FILE;
    }

    private static boolean mayWrite(LedgerType.Field field, Actor actor) {
        String permission = field.writePermission();
        return permission == null || actor.may(permission);
    }

    List<EntryTable.Column> all() {
        return all;
    }

    Optional<EntryTable.Column> find(String id) {
        return all.stream().filter(c -> c.id().equals(id)).findFirst();
    }

    /**
     * The organisations whose entries a person may write with these columns: the ledger's
     * permission and that of every field among them.
     */
    static Predicate<String> permitted(LedgerType type, Actor actor, List<EntryTable.Column> used) {
        Set<String> permissions =
                used.stream()
                        .map(EntryTable.Column::field)
                        .filter(java.util.Objects::nonNull)
                        .map(LedgerType.Field::writePermission)
                        .filter(java.util.Objects::nonNull)
                        .collect(Collectors.toSet());
        List<String> needed = new ArrayList<>(permissions);
        needed.add(type.writePermission());
        return organisation -> {
            for (String permission : needed) {
                if (!actor.may(permission, organisation)) {
                    return false;
                }
            }
            return true;
        };
    }
}
