package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.border.FieldError;
import cn.tiaoxi.platform.border.Identifiers;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.border.Versions;
import cn.tiaoxi.platform.border.Words;
import cn.tiaoxi.platform.city.Organisations;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Adds and changes entries. Each change is checked against the entry's type, inspected by its
 * rules, written into its history and into the trace, and told as {@link EntryChanged}; all of it
 * in one transaction. Who may change what is the caller's to ask.
 */
@Service
public class Ledger {
    /** Stands for the state among the differences of a change. */
    static final String STATE = "state";

    private static final int AT_ONCE = 500;

    private final EntryStore store;
    private final StoredLists lists;
    private final EntryHistory history;
    private final EntryCodes codes;
    private final Transitions transitions;
    private final EntryWriter writer;
    private final LedgerTypes types;
    private final Proposals proposals;
    private final Organisations organisations;
    private final Clock clock;

    Ledger(
            EntryStore store,
            StoredLists lists,
            EntryHistory history,
            EntryCodes codes,
            Transitions transitions,
            EntryWriter writer,
            LedgerTypes types,
            Proposals proposals,
            Organisations organisations,
            Clock clock) {
        this.store = store;
        this.lists = lists;
        this.history = history;
        this.codes = codes;
        this.transitions = transitions;
        this.writer = writer;
        this.types = types;
        this.proposals = proposals;
        this.organisations = organisations;
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

    /** The codes of the entries that have one of these titles, by title; removed ones left out. */
    public Map<String, List<String>> codesByTitle(String type, Collection<String> titles) {
        return titles.isEmpty() ? Map.of() : codes.byTitle(type, titles);
    }

    /** The codes of these entries, whatever their ledger, by identifier. */
    public Map<String, String> codes(Collection<String> ids) {
        return codes.of(ids.stream().filter(Identifiers::isIdentifier).toList());
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
        return lists.page(filter, slice);
    }

    /**
     * Gives all entries of a ledger but the removed ones, by identifier; each is read a little
     * before it is given.
     */
    public void each(String type, Consumer<Entry> taker) {
        String last = EntryStore.FIRST;
        List<Entry> entries;
        do {
            entries = store.after(type, last, AT_ONCE);
            for (Entry entry : entries) {
                taker.accept(entry);
                last = entry.id();
            }
        } while (!entries.isEmpty());
    }

    /** Takes an entry's identifier and version. */
    public interface VersionTaker {
        void take(String id, long version);
    }

    /** Gives the version of each entry of a ledger, by identifier; quicker than the entries. */
    public void eachVersion(String type, VersionTaker taker) {
        store.versions(type, taker::take);
    }

    /** The identifiers of the entries that were added or changed from then on. */
    public List<String> changedSince(String type, Instant time) {
        return store.changedSince(type, time);
    }

    /** An entry's history, newest first. */
    public Page<Change> history(String id, Slice slice) {
        return history.of(id, slice);
    }

    /**
     * An entry as it was after one of its changes: fields, state and organisation; what the
     * platform knows about it is as of now.
     *
     * @throws LedgerException if there is no such entry or it never had that version
     */
    public Entry at(String type, String id, long version) {
        return history.at(get(type, id), version);
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
     * @param code its code, for ledgers whose codes are given; else null
     * @param title what people call it
     * @param organisation code of the organisation that it belongs to
     * @param fields what is filled in already, without the title
     * @param facts what the platform knows about it
     */
    public record NewEntry(
            String type,
            @Nullable String id,
            @Nullable String code,
            String title,
            String organisation,
            Map<String, ?> fields,
            Map<String, ?> facts) {

        /** An entry whose code the ledger gives. */
        public NewEntry(
                String type,
                @Nullable String id,
                String title,
                String organisation,
                Map<String, ?> fields,
                Map<String, ?> facts) {
            this(type, id, null, title, organisation, fields, facts);
        }
    }

    /**
     * Adds an entry in the initial state of its type.
     *
     * @throws BorderException if a field is unknown or has a wrong value
     */
    @Transactional
    public Entry add(Author author, NewEntry wanted) {
        ActiveType type = types.inForce(wanted.type());
        Map<String, Object> given = new LinkedHashMap<>(wanted.fields());
        given.put(LedgerType.TITLE, wanted.title());
        String id = wanted.id();
        String made = id == null ? Identifiers.next() : id;
        Map<String, Object> fields = proposals.fields(type, made, Map.of(), given);
        if (organisations.find(wanted.organisation()).isEmpty()) {
            throw BorderException.invalid(
                    "organisation", "ledger.organisationUnknown", wanted.organisation());
        }
        Instant now = clock.instant();
        Entry bare =
                new Entry(
                        made,
                        type.type().id(),
                        codes.next(type.type(), wanted.code(), now),
                        String.valueOf(fields.get(LedgerType.TITLE)),
                        wanted.organisation(),
                        type.type().initial(),
                        fields,
                        copy(wanted.facts()),
                        List.of(),
                        false,
                        0,
                        1,
                        type.version(),
                        now,
                        now,
                        null);
        return writer.add(type, bare, new EntryWriter.Act(author, "add", null));
    }

    /** What is wrong with an entry before it is written. */
    public record Trial(List<FieldError> errors, List<FindingInWords> findings) {}

    /**
     * Looks at values as a change would, and writes nothing.
     *
     * @param before the entry that would change, or null for a new one
     * @param title its title, or null where it is among the fields or stays
     */
    @Transactional(readOnly = true)
    public Trial check(
            String type,
            @Nullable Entry before,
            @Nullable String title,
            String organisation,
            Map<String, ?> fields) {
        ActiveType definition = types.inForce(type);
        Map<String, Object> given = new LinkedHashMap<>(fields);
        if (title != null) {
            given.put(LedgerType.TITLE, title);
        }
        List<FieldError> errors = new ArrayList<>();
        Instant now = clock.instant();
        Entry bare =
                before != null
                        ? before
                        : new Entry(
                                Identifiers.next(),
                                type,
                                "",
                                "",
                                organisation,
                                definition.type().initial(),
                                Map.of(),
                                Map.of(),
                                List.of(),
                                false,
                                0,
                                1,
                                definition.version(),
                                now,
                                now,
                                null);
        Map<String, Object> after =
                proposals.fields(
                        definition, bare.id(), bare.fields(), given, proposals.lookup(), errors);
        Entry inspected =
                writer.inspected(definition, bare.with(bare.state(), after, bare.facts()));
        return new Trial(errors, inWords(inspected));
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
        Entry before = present(type, id);
        Versions.check(version, before.version());
        return change(before, fields, new EntryWriter.Act(author, "change", reason));
    }

    /** Changes fields of an entry that is locked; without differences nothing is written. */
    Entry change(Entry before, Map<String, ?> fields, EntryWriter.Act act) {
        ActiveType type = types.inForce(before.type());
        Map<String, Object> after = proposals.fields(type, before.id(), before.fields(), fields);
        List<Change.Difference> differences = EntryWriter.differences(before.fields(), after);
        return differences.isEmpty()
                ? before
                : write(
                        before,
                        before.with(before.state(), after, before.facts()),
                        act,
                        differences);
    }

    /**
     * Changes the state.
     *
     * @param action an action of the type's transitions
     * @throws LedgerException if the state does not permit it, a blocking finding is left, a gate
     *     is closed, or a reason is missing
     */
    @Transactional
    public Entry move(
            Author author, String type, String id, String action, @Nullable String reason) {
        return move(present(type, id), new EntryWriter.Act(author, action, reason));
    }

    /** Changes the state of an entry that is locked. */
    Entry move(Entry before, EntryWriter.Act act) {
        LedgerType.Transition transition = transitions.permitted(before, act.action());
        String reason = act.reason();
        if (transition.needsReason() && (reason == null || reason.isBlank())) {
            throw LedgerException.reasonMissing(transition.name().shown());
        }
        return write(
                before,
                before.with(transition.to(), before.fields(), before.facts()),
                act,
                List.of(new Change.Difference(STATE, before.state(), transition.to())));
    }

    /**
     * Makes the fields those of an older version. Fields that the type no longer has stay away, and
     * the state is not touched.
     *
     * @param untouched fields that stay as they are
     * @throws BorderException if a value would be refused today
     */
    @Transactional
    public Entry restore(
            Author author,
            String type,
            String id,
            long version,
            Set<String> untouched,
            @Nullable String reason) {
        Entry before = present(type, id);
        Map<String, @Nullable Object> wanted = new LinkedHashMap<>();
        LedgerType definition = types.get(type);
        Map<String, Object> old = at(type, id, version).fields();
        definition.fields().stream()
                .map(LedgerType.Field::id)
                .filter(f -> !untouched.contains(f))
                .forEach(f -> wanted.put(f, old.get(f)));
        return change(before, wanted, new EntryWriter.Act(author, "restore", reason));
    }

    /**
     * Makes fields, state and organisation of an entry that is locked those of an older version.
     */
    Entry revert(Entry entry, long version, Author author, String reason, String batch) {
        Entry old = at(entry.type(), entry.id(), version);
        List<Change.Difference> differences =
                new ArrayList<>(EntryWriter.differences(entry.fields(), old.fields()));
        if (!old.state().equals(entry.state())) {
            differences.add(new Change.Difference(STATE, entry.state(), old.state()));
        }
        if (!old.organisation().equals(entry.organisation())) {
            differences.add(
                    new Change.Difference(
                            LedgerType.ORGANISATION, entry.organisation(), old.organisation()));
        }
        return write(
                entry,
                entry.with(old.state(), old.fields(), entry.facts())
                        .belongingTo(old.organisation()),
                new EntryWriter.Act(author, "undo", reason, batch),
                differences);
    }

    /**
     * Takes an entry out of the ledger. It can be brought back; its history stays.
     *
     * @throws LedgerException if the reason is missing
     */
    @Transactional
    public Entry remove(Author author, String type, String id, @Nullable String reason) {
        Entry before = present(type, id);
        if (reason == null || reason.isBlank()) {
            throw LedgerException.reasonMissing("remove");
        }
        return write(
                before,
                before.removedAt(clock.instant()),
                new EntryWriter.Act(author, "remove", reason),
                List.of());
    }

    /** Brings a removed entry back. */
    @Transactional
    public Entry bringBack(Author author, String type, String id, @Nullable String reason) {
        Entry before = lock(type, id);
        return before.removed() == null
                ? before
                : write(
                        before,
                        before.removedAt(null),
                        new EntryWriter.Act(author, "bring-back", reason),
                        List.of());
    }

    /** Gives an entry that is locked to another organisation. */
    Entry give(Entry before, String organisation, EntryWriter.Act act) {
        if (organisations.find(organisation).isEmpty()) {
            throw BorderException.invalid(
                    "organisation", "ledger.organisationUnknown", organisation);
        }
        return before.organisation().equals(organisation)
                ? before
                : write(
                        before,
                        before.belongingTo(organisation),
                        act,
                        List.of(
                                new Change.Difference(
                                        LedgerType.ORGANISATION,
                                        before.organisation(),
                                        organisation)));
    }

    /** An entry that is there, locked until the transaction ends. */
    Entry present(String type, String id) {
        Entry entry = lock(type, id);
        if (entry.removed() != null) {
            throw LedgerException.removed(entry.title());
        }
        return entry;
    }

    /** The name of a rule of a ledger, or its identifier if there is none any more. */
    public Words ruleName(String type, String rule) {
        return Inspector.ruleName(types.inForce(type), rule);
    }

    /** The share of the weight of its type's rules that an entry keeps, 0 to 1. */
    public double score(Entry entry) {
        return types.inForce(entry.type()).score(entry);
    }

    /** What is wrong with an entry, in words, the gravest first. */
    public List<FindingInWords> inWords(Entry entry) {
        return Inspector.inWords(types.inForce(entry.type()), entry);
    }

    /**
     * Why an action cannot be done now, or empty if it can.
     *
     * @param action an action of the type's transitions
     */
    public Optional<LedgerException> obstacle(Entry entry, String action) {
        try {
            transitions.permitted(entry, action);
            return Optional.empty();
        } catch (LedgerException e) {
            return Optional.of(e);
        }
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
        Entry after = before.with(before.state(), before.fields(), copy(facts));
        return differences.isEmpty()
                ? writer.refresh(types.inForce(type), after, action)
                : write(before, after, new EntryWriter.Act(author, action, reason), differences);
    }

    private Entry write(
            Entry before, Entry after, EntryWriter.Act act, List<Change.Difference> differences) {
        ActiveType type = types.inForce(before.type());
        return writer.update(
                type,
                before,
                after.atVersion(before.version() + 1, type.version(), clock.instant()),
                act,
                differences);
    }

    private static Map<String, Object> copy(Map<String, ?> values) {
        return new LinkedHashMap<>(values);
    }
}
