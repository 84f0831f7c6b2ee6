package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.border.Identifiers;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.border.Versions;
import cn.tiaoxi.platform.city.City;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.evidence.Evidence;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Adds and changes entries. Each change is checked against the entry's type, inspected by its
 * rules, written into its history and into the trace, and told as {@link EntryChanged}; all of it
 * in one transaction. Who may change what is the caller's to ask.
 */
@Service
public class Ledger {
    private static final int LONGEST_REASON = 1_000;
    private static final int AT_ONCE = 500;
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("yyyyMM");

    private final LedgerStore store;
    private final LedgerTypes types;
    private final FieldCheck check;
    private final Inspector inspector;
    private final Organisations organisations;
    private final City city;
    private final Evidence evidence;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Ledger(
            LedgerStore store,
            LedgerTypes types,
            FieldCheck check,
            Inspector inspector,
            Organisations organisations,
            City city,
            Evidence evidence,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.types = types;
        this.check = check;
        this.inspector = inspector;
        this.organisations = organisations;
        this.city = city;
        this.evidence = evidence;
        this.events = events;
        this.clock = clock;
    }

    /** All types, by file name. */
    public Collection<LedgerType> types() {
        return types.all();
    }

    /**
     * A type.
     *
     * @throws LedgerException if there is none of that name
     */
    public LedgerType type(String id) {
        return types.get(id);
    }

    /** An entry, if there is one. */
    public Optional<Entry> find(String type, String id) {
        return Identifiers.isIdentifier(id) ? store.find(type, id) : Optional.empty();
    }

    /**
     * An entry.
     *
     * @throws LedgerException if there is none of that identifier
     */
    public Entry get(String type, String id) {
        return find(type, id).orElseThrow(() -> LedgerException.entryNotFound(type, id));
    }

    /**
     * An entry, locked until the transaction ends, so that nobody else changes it meanwhile.
     *
     * @throws LedgerException if there is none of that identifier
     */
    public Entry lock(String type, String id) {
        Optional<Entry> found =
                Identifiers.isIdentifier(id) ? store.lock(type, id) : Optional.empty();
        return found.orElseThrow(() -> LedgerException.entryNotFound(type, id));
    }

    /** The entries of these identifiers, by identifier; those that are missing are left out. */
    public Map<String, Entry> all(String type, Collection<String> ids) {
        Map<String, Entry> found = new HashMap<>();
        List<String> valid = ids.stream().filter(Identifiers::isIdentifier).toList();
        store.all(type, valid).forEach(e -> found.put(e.id(), e));
        return found;
    }

    /** Part of a ledger. Sorts: title, code, organisation, state, findings, rows, updated. */
    public Page<Entry> list(EntryFilter filter, Slice slice) {
        return store.list(filter, slice);
    }

    /** Gives all entries of a ledger, by identifier; each is read a little before it is given. */
    public void each(String type, Consumer<Entry> taker) {
        String last = new UUID(0, 0).toString();
        List<Entry> entries;
        do {
            entries = store.after(type, last, AT_ONCE);
            for (Entry entry : entries) {
                taker.accept(entry);
                last = entry.id();
            }
        } while (!entries.isEmpty());
    }

    /** An entry's history, newest first. */
    public Page<Change> history(String id, Slice slice) {
        return store.history(id, slice);
    }

    /** How many entries that are not withdrawn have each of these values in a field. */
    public Map<String, Long> countBy(String type, String field, Collection<String> values) {
        return store.countBy(type, field, values);
    }

    /**
     * How far a ledger is.
     *
     * @param entries how many entries it has
     * @param standardised how many of them have no finding but advice
     */
    public record Totals(long entries, long standardised) {}

    /** How far a ledger is. */
    public Totals totals(String type) {
        return store.totals(type);
    }

    /** The page of an entry. */
    public String link(Entry entry) {
        String pattern = types.get(entry.type()).link();
        if (pattern == null) {
            return "/ledgers/" + entry.type() + "/" + entry.id();
        }
        String link = pattern.replace("{id}", entry.id());
        for (Map.Entry<String, Object> field : entry.fields().entrySet()) {
            link = link.replace("{" + field.getKey() + "}", field.getValue().toString());
        }
        return link;
    }

    /**
     * A new entry.
     *
     * @param id identifier as a UUID; null makes one
     * @param title what people call it
     * @param organisation code of the organisation that it belongs to
     * @param fields what is filled in already, without the title
     * @param facts what the platform knows about it
     */
    public record NewEntry(
            String type,
            @Nullable String id,
            String title,
            String organisation,
            Map<String, ?> fields,
            Map<String, ?> facts) {}

    /**
     * Adds an entry in the initial state of its type.
     *
     * @throws BorderException if a field is unknown or has a wrong value
     */
    @Transactional
    public Entry add(Author author, NewEntry wanted) {
        LedgerType type = types.get(wanted.type());
        Map<String, Object> given = new LinkedHashMap<>(wanted.fields());
        given.put(LedgerType.TITLE, wanted.title());
        Map<String, Object> fields = present(check.checked(type, given));
        if (organisations.find(wanted.organisation()).isEmpty()) {
            throw BorderException.invalid(
                    "organisation", "ledger.organisationUnknown", wanted.organisation());
        }
        Instant now = clock.instant();
        String id = wanted.id();
        Entry bare =
                new Entry(
                        id == null ? UUID.randomUUID().toString() : id,
                        type.id(),
                        nextCode(type, now),
                        String.valueOf(fields.get(LedgerType.TITLE)),
                        wanted.organisation(),
                        type.initial(),
                        fields,
                        copy(wanted.facts()),
                        List.of(),
                        false,
                        1,
                        now,
                        now);
        Entry entry = inspected(type, bare);
        store.add(entry);
        note(author, entry, "add", null, differences(Map.of(), entry.fields()));
        return entry;
    }

    private String nextCode(LedgerType type, Instant now) {
        String month = MONTH.format(now.atZone(city.zone()));
        CodePattern pattern = CodePattern.of(type.identifier(), city.code(), month);
        return pattern.code(store.nextNumber(type.id(), pattern.scope()));
    }

    /**
     * Changes fields; those that are not named stay as they are, null empties one.
     *
     * @param version the version that the change is based on
     * @throws BorderException if that is no longer the version, or a value is wrong
     */
    @Transactional
    public Entry change(
            Author author,
            String type,
            String id,
            long version,
            Map<String, ?> fields,
            @Nullable String reason) {
        Entry before = lock(type, id);
        Versions.check(version, before.version());
        Map<String, @Nullable Object> checked = check.checked(types.get(type), fields);
        Map<String, Object> after = new LinkedHashMap<>(before.fields());
        checked.forEach(
                (field, value) -> {
                    if (value == null) {
                        after.remove(field);
                    } else {
                        after.put(field, value);
                    }
                });
        List<Change.Difference> differences = differences(before.fields(), after);
        if (differences.isEmpty()) {
            return before;
        }
        return write(
                author,
                before,
                with(before, before.state(), after, before.facts()),
                "change",
                reason,
                differences);
    }

    /**
     * Changes the state.
     *
     * @param action an action of the type's transitions
     * @throws LedgerException if the state does not permit it, a blocking finding is left, or a
     *     reason is missing
     */
    @Transactional
    public Entry move(
            Author author, String type, String id, String action, @Nullable String reason) {
        Entry before = lock(type, id);
        LedgerType.Transition transition = permitted(before, action);
        if (transition.needsReason() && (reason == null || reason.isBlank())) {
            throw LedgerException.reasonMissing(transition.name().shown());
        }
        return write(
                author,
                before,
                with(before, transition.to(), before.fields(), before.facts()),
                action,
                reason,
                List.of(new Change.Difference("state", before.state(), transition.to())));
    }

    /**
     * Why an action cannot be done now, or empty if it can.
     *
     * @param action an action of the type's transitions
     */
    public Optional<LedgerException> obstacle(Entry entry, String action) {
        try {
            permitted(entry, action);
            return Optional.empty();
        } catch (LedgerException e) {
            return Optional.of(e);
        }
    }

    private LedgerType.Transition permitted(Entry entry, String action) {
        LedgerType type = types.get(entry.type());
        LedgerType.Transition transition =
                type.transition(action)
                        .filter(t -> t.from().contains(entry.state()))
                        .orElseThrow(
                                () ->
                                        LedgerException.transitionNotAllowed(
                                                entry.title(),
                                                type.stateName(entry.state()),
                                                action));
        List<Finding> blocking = entry.blocking();
        if (transition.needsSoundness() && !blocking.isEmpty()) {
            throw LedgerException.findingsBlock(
                    entry.title(), blocking.size(), blocking.getFirst().message().shown());
        }
        return transition;
    }

    /**
     * Writes what the platform knows anew, with what people changed besides the fields. Without
     * differences the history gets nothing and the version stays.
     *
     * @param differences for the history
     */
    @Transactional
    public Entry record(
            Author author,
            String type,
            String id,
            String action,
            @Nullable String reason,
            Map<String, ?> facts,
            List<Change.Difference> differences) {
        Entry before = lock(type, id);
        Entry after = with(before, before.state(), before.fields(), copy(facts));
        if (differences.isEmpty()) {
            Entry same =
                    inspected(
                            types.get(type),
                            withVersion(after, before.version(), before.updated()));
            store.update(same, before.version());
            events.publishEvent(new EntryChanged(type, id, action, same.version()));
            return same;
        }
        return write(author, before, after, action, reason, differences);
    }

    /** Inspects an entry anew, since rules look at the clock too; true if the findings changed. */
    @Transactional
    public boolean inspect(String type, String id) {
        Entry before = lock(type, id);
        Entry after = inspected(types.get(type), before);
        if (after.findings().equals(before.findings())) {
            return false;
        }
        store.update(after, before.version());
        events.publishEvent(new EntryChanged(type, id, "inspect", after.version()));
        return true;
    }

    private Entry write(
            Author author,
            Entry before,
            Entry after,
            String action,
            @Nullable String reason,
            List<Change.Difference> differences) {
        if (reason != null && reason.length() > LONGEST_REASON) {
            throw BorderException.invalid("reason", "border.tooLong", LONGEST_REASON);
        }
        Entry entry =
                inspected(
                        types.get(before.type()),
                        withVersion(after, before.version() + 1, clock.instant()));
        if (!store.update(entry, before.version())) {
            throw BorderException.versionConflict(get(before.type(), before.id()).version());
        }
        note(author, entry, action, reason, differences);
        return entry;
    }

    private void note(
            Author author,
            Entry entry,
            String action,
            @Nullable String reason,
            List<Change.Difference> differences) {
        store.addChange(
                entry.id(),
                new Change(entry.version(), entry.updated(), author, action, reason, differences));
        Map<String, String> detail = new LinkedHashMap<>();
        detail.put("code", entry.code());
        detail.put("title", entry.title());
        detail.put("version", Long.toString(entry.version()));
        detail.put(
                "fields",
                String.join(",", differences.stream().map(Change.Difference::field).toList()));
        evidence.changed(
                author.who(), entry.type() + "." + action, entry.type() + ":" + entry.id(), detail);
        events.publishEvent(new EntryChanged(entry.type(), entry.id(), action, entry.version()));
    }

    private Entry inspected(LedgerType type, Entry entry) {
        List<Finding> findings = inspector.findings(type, entry);
        return new Entry(
                entry.id(),
                entry.type(),
                entry.code(),
                entry.title(),
                entry.organisation(),
                entry.state(),
                entry.fields(),
                entry.facts(),
                findings,
                findings.stream().noneMatch(Finding::counts),
                entry.version(),
                entry.created(),
                entry.updated());
    }

    private static Entry with(
            Entry entry, String state, Map<String, Object> fields, Map<String, Object> facts) {
        return new Entry(
                entry.id(),
                entry.type(),
                entry.code(),
                String.valueOf(fields.get(LedgerType.TITLE)),
                entry.organisation(),
                state,
                fields,
                facts,
                entry.findings(),
                entry.standardised(),
                entry.version(),
                entry.created(),
                entry.updated());
    }

    private static Entry withVersion(Entry entry, long version, Instant updated) {
        return new Entry(
                entry.id(),
                entry.type(),
                entry.code(),
                entry.title(),
                entry.organisation(),
                entry.state(),
                entry.fields(),
                entry.facts(),
                entry.findings(),
                entry.standardised(),
                version,
                entry.created(),
                updated);
    }

    private static Map<String, Object> copy(Map<String, ?> values) {
        return new LinkedHashMap<>(values);
    }

    private static Map<String, Object> present(Map<String, @Nullable Object> values) {
        Map<String, Object> present = new LinkedHashMap<>();
        values.forEach(
                (name, value) -> {
                    if (value != null) {
                        present.put(name, value);
                    }
                });
        return present;
    }

    private static List<Change.Difference> differences(
            Map<String, Object> before, Map<String, Object> after) {
        List<Change.Difference> differences = new ArrayList<>();
        after.forEach(
                (field, value) -> {
                    Object old = before.get(field);
                    if (!Objects.equals(text(old), text(value))) {
                        differences.add(new Change.Difference(field, old, value));
                    }
                });
        before.forEach(
                (field, old) -> {
                    if (!after.containsKey(field)) {
                        differences.add(new Change.Difference(field, old, null));
                    }
                });
        return differences;
    }

    /** Numbers that come back from the database are of another class; their text is the same. */
    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
