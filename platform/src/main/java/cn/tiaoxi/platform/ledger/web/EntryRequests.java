package cn.tiaoxi.platform.ledger.web;

import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Actor;
import cn.tiaoxi.platform.identity.IdentityException;
import cn.tiaoxi.platform.ledger.Entry;
import cn.tiaoxi.platform.ledger.EntryFilter;
import cn.tiaoxi.platform.ledger.FieldAccess;
import cn.tiaoxi.platform.ledger.Ledger;
import cn.tiaoxi.platform.ledger.LedgerException;
import cn.tiaoxi.platform.ledger.LedgerType;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What requests about entries name, checked against the asker. */
@Component
class EntryRequests {
    private final Ledger ledger;
    private final Access access;
    private final Organisations organisations;

    EntryRequests(Ledger ledger, Access access, Organisations organisations) {
        this.ledger = ledger;
        this.access = access;
        this.organisations = organisations;
    }

    /** A ledger that the asker may see. */
    LedgerType readable(String type) {
        LedgerType found = ledger.type(type);
        requireRead(access.actor(), found);
        return found;
    }

    static void requireRead(Actor actor, LedgerType type) {
        if (!actor.may(type.readPermission())) {
            throw IdentityException.permissionMissing(type.readPermission(), type.name().shown());
        }
    }

    /** An entry that the asker may see. */
    Entry readable(String type, String id) {
        LedgerType found = ledger.type(type);
        Entry entry = ledger.get(type, id);
        access.require(found.readPermission(), entry.organisation());
        return entry;
    }

    /** An entry that the asker may change over the general interface. */
    Entry writable(String type, String id) {
        LedgerType found = unmanaged(type);
        Entry entry = ledger.get(type, id);
        access.require(found.writePermission(), entry.organisation());
        return entry;
    }

    /** Whether a field of the entry that the asker may see holds a file. */
    boolean holds(Entry entry, String file) {
        Actor actor = access.actor();
        return ledger.type(entry.type()).fields().stream()
                .filter(f -> f.type() == LedgerType.Kind.FILE)
                .filter(f -> FieldAccess.mayRead(actor, f, entry.organisation()))
                .anyMatch(f -> entry.texts(f.id()).contains(file));
    }

    /** A ledger that is kept by people. */
    LedgerType unmanaged(String type) {
        LedgerType found = ledger.type(type);
        if (found.isManaged()) {
            throw LedgerException.managed(found.name().shown());
        }
        return found;
    }

    /**
     * What a list shows, within what the asker may see.
     *
     * @param parameters all parameters of the request; {@code f.<field>} filters by a field
     */
    EntryFilter filter(LedgerType type, Map<String, String> parameters) {
        Actor actor = access.actor();
        Map<String, String> fields = new LinkedHashMap<>();
        parameters.forEach(
                (name, value) -> {
                    if (name.startsWith("f.") && !value.isBlank()) {
                        String field = name.substring(2);
                        fields.put(
                                type.field(field)
                                        .filter(f -> FieldAccess.mayReadAll(actor, f))
                                        .orElseThrow(() -> LedgerException.filterUnknown(field))
                                        .id(),
                                value);
                    }
                });
        return new EntryFilter(
                type.id(),
                null,
                reached(actor, type, given(parameters, "organisation")),
                given(parameters, "state"),
                given(parameters, "finding"),
                given(parameters, "standardised"),
                fields,
                Map.of(),
                Boolean.parseBoolean(given(parameters, "removed")));
    }

    private static String given(Map<String, String> parameters, String name) {
        @Nullable String value = parameters.get(name);
        return value == null ? "" : value;
    }

    /** The organisations to show: those asked for with all below them, within what is permitted. */
    private Set<String> reached(Actor actor, LedgerType type, String organisation) {
        String permission = type.readPermission();
        Set<String> reach = actor.reach(permission);
        if (organisation.isEmpty()) {
            return reach;
        }
        Set<String> wanted = new HashSet<>(organisations.within(organisation));
        wanted.add(organisation);
        if (!reach.isEmpty()) {
            wanted.retainAll(reach);
            if (wanted.isEmpty()) {
                access.require(permission, organisation);
            }
        }
        return wanted;
    }
}
