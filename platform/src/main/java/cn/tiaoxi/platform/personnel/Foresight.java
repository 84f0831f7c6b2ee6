package cn.tiaoxi.platform.personnel;

import cn.tiaoxi.platform.ledger.Entry;
import cn.tiaoxi.platform.ledger.Ledger;
import cn.tiaoxi.platform.ledger.LedgerType;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Tells before a change to the entry of a key person or a vendor what it takes away. */
@Service
public class Foresight {
    private final PersonnelTerms terms;
    private final Personnel personnel;
    private final Standing standing;
    private final AttendanceStore attendance;
    private final Ledger ledger;
    private final Clock clock;

    Foresight(
            PersonnelTerms terms,
            Personnel personnel,
            Standing standing,
            AttendanceStore attendance,
            Ledger ledger,
            Clock clock) {
        this.terms = terms;
        this.personnel = personnel;
        this.standing = standing;
        this.attendance = attendance;
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * A change that somebody thinks of.
     *
     * @param action act on the entry's state, or null
     * @param removed whether the entry is removed
     * @param fields values that fields get, null for those that are emptied
     */
    public record Change(
            @Nullable String action, boolean removed, Map<String, @Nullable Object> fields) {}

    /**
     * The reasons against access that come up with a change to a key person; with one of them the
     * access ends at once. Nothing is changed.
     *
     * @throws PersonnelException if there is no such person within reach of the actor
     */
    @Transactional(readOnly = true)
    public List<LossReason> person(String entry, Change change) {
        KeyPerson person = personnel.get(entry);
        Entry now = ledger.get(terms.person().ledger(), entry);
        KeyPerson then =
                standing.of(
                        after(now, change),
                        attendance.trainedUntil(entry).orElse(null),
                        person.loss());
        return then.reasonsSince(person);
    }

    /**
     * The same for a vendor, whose people and applications lose their access with it.
     *
     * @throws PersonnelException if there is no such vendor within reach of the actor
     */
    @Transactional(readOnly = true)
    public List<LossReason> vendor(String entry, Change change) {
        Entry now = personnel.vendor(entry);
        return standing.isAdmitted(now) && !standing.isAdmitted(after(now, change))
                ? List.of(LossReason.VENDOR_NOT_ADMITTED)
                : List.of();
    }

    private Entry after(Entry entry, Change change) {
        LedgerType type = ledger.type(entry.type());
        String action = change.action();
        String state =
                action == null
                        ? entry.state()
                        : type.transition(action)
                                .map(LedgerType.Transition::to)
                                .orElse(entry.state());
        Map<String, Object> fields = new LinkedHashMap<>(entry.fields());
        change.fields()
                .forEach(
                        (field, value) -> {
                            if (value == null || value.toString().isBlank()) {
                                fields.remove(field);
                            } else {
                                fields.put(field, value);
                            }
                        });
        Instant removed = change.removed() ? clock.instant() : entry.removed();
        return new Entry(
                entry.id(),
                entry.type(),
                entry.code(),
                entry.title(),
                entry.organisation(),
                state,
                fields,
                entry.facts(),
                entry.findings(),
                entry.standardised(),
                entry.lost(),
                entry.version(),
                entry.typeVersion(),
                entry.created(),
                entry.updated(),
                removed);
    }
}
