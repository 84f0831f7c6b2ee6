package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.platform.border.FieldError;
import cn.tiaoxi.platform.border.Identifiers;
import cn.tiaoxi.platform.city.Organisations;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Adds and changes many entries at once: checked, inspected, written, traced and told like single
 * ones, in few statements.
 */
@Service
public class Batches {
    /** Most rows of one call. */
    public static final int MOST = 5_000;

    private static final String TWICE = "ledger.codeTwice";

    private final EntryStore entries;
    private final BatchStore store;
    private final EntryCodes codes;
    private final LedgerTypes types;
    private final Proposals proposals;
    private final Inspector inspector;
    private final LedgerSearch search;
    private final Organisations organisations;
    private final BatchWriter writer;
    private final Clock clock;

    Batches(
            EntryStore entries,
            BatchStore store,
            EntryCodes codes,
            LedgerTypes types,
            Proposals proposals,
            Inspector inspector,
            LedgerSearch search,
            Organisations organisations,
            BatchWriter writer,
            Clock clock) {
        this.entries = entries;
        this.store = store;
        this.codes = codes;
        this.types = types;
        this.proposals = proposals;
        this.inspector = inspector;
        this.search = search;
        this.organisations = organisations;
        this.writer = writer;
        this.clock = clock;
    }

    /**
     * How a batch is made.
     *
     * @param id identifier of the whole batch, a UUID; several calls may belong to one
     * @param author who makes it
     * @param reason why, or null
     * @param permitted codes of organisations whose entries may be written
     * @param trial whether nothing is written
     * @param turn returns when this call may lock and write; several calls in threads of their own
     *     can prepare their rows side by side and write one after the other
     */
    public record Order(
            String id,
            Author author,
            @Nullable String reason,
            Predicate<String> permitted,
            boolean trial,
            Runnable turn) {

        /** The same, whose turn comes as told. */
        public Order when(Runnable itsTurn) {
            return new Order(id, author, reason, permitted, trial, itsTurn);
        }
    }

    /**
     * Adds entries, and changes those whose codes are there. Rows that are refused hinder no
     * others. All or nothing of the rest is written.
     *
     * @param rows at most {@link #MOST}; no code may stand twice
     * @return what became of each row, in their order
     */
    @Transactional
    public List<Upsert.Outcome> upsert(String type, List<Upsert> rows, Order order) {
        if (rows.size() > MOST) {
            throw new IllegalArgumentException("at most " + MOST + " rows, not " + rows.size());
        }
        Work work = new Work(types.inForce(type), order);
        work.read(rows);
        if (order.trial()) {
            work.refuseTaken();
        } else {
            order.turn().run();
            work.lock();
            work.refuseTaken();
            work.giveCodes();
            writer.write(work.type, work.rows, order, work.now);
        }
        return work.outcomes();
    }

    /** Waits until lists and searches find what was written. */
    public void awaitFound() {
        search.await();
    }

    /** One call under way. */
    private final class Work {
        private final ActiveType type;
        private final Order order;
        private final Lookup lookup = proposals.lookup();
        private final Instant now = clock.instant();
        private final List<BatchRow> rows = new ArrayList<>();

        Work(ActiveType type, Order order) {
            this.type = type;
            this.order = order;
        }

        List<Upsert.Outcome> outcomes() {
            return rows.stream().map(BatchRow::outcome).toList();
        }

        /** Makes the entries of the rows, without a lock. */
        void read(List<Upsert> given) {
            fetchReferences(given);
            Map<String, Entry> known = entries.byCode(type.type().id(), codes(given));
            Set<String> seen = new HashSet<>();
            for (Upsert each : given) {
                String code = code(each);
                BatchRow row = new BatchRow(each, known.get(code));
                rows.add(row);
                if (!code.isEmpty() && !seen.add(code)) {
                    row.errors.add(new FieldError("code", TWICE, code));
                } else {
                    propose(row, code);
                }
            }
            inspect(rows);
        }

        private static Set<String> codes(List<Upsert> given) {
            Set<String> codes = new HashSet<>();
            given.stream().map(Work::code).filter(c -> !c.isEmpty()).forEach(codes::add);
            return codes;
        }

        /** Locks what is to be changed, and makes anew what others changed since it was read. */
        void lock() {
            Map<String, Entry> locked =
                    entries.lockByCode(
                            type.type().id(), codes(rows.stream().map(r -> r.given).toList()));
            List<BatchRow> anew = new ArrayList<>();
            for (int i = 0; i < rows.size(); i++) {
                BatchRow row = rows.get(i);
                Entry now = locked.get(code(row.given));
                boolean twice = row.errors.stream().anyMatch(e -> e.code().equals(TWICE));
                if (!twice && isOther(row.before, now)) {
                    BatchRow again = new BatchRow(row.given, now);
                    rows.set(i, again);
                    propose(again, code(row.given));
                    anew.add(again);
                }
            }
            inspect(anew);
        }

        private static boolean isOther(@Nullable Entry before, @Nullable Entry now) {
            return before == null || now == null
                    ? before != now
                    : before.version() != now.version();
        }

        private static String code(Upsert row) {
            String code = row.code();
            return code == null ? "" : code.strip();
        }

        private void fetchReferences(List<Upsert> given) {
            for (LedgerType.Field field : type.references()) {
                Set<String> values = new HashSet<>();
                for (Upsert each : given) {
                    Object value = each.fields().get(field.id());
                    if (value instanceof Collection<?> all) {
                        all.forEach(v -> values.add(String.valueOf(v)));
                    } else if (value != null) {
                        values.add(value.toString());
                    }
                }
                lookup.fetch(java.util.Objects.requireNonNull(field.ledger()), values);
            }
        }

        private void propose(BatchRow row, String code) {
            Entry before = row.before;
            boolean given = type.type().identifier().equals(CodePattern.GIVEN);
            if (before == null && !code.isEmpty() && !given) {
                row.errors.add(new FieldError("code", "ledger.codeNotFound", code));
                return;
            }
            if (before == null && given && !CodePattern.acceptable(code)) {
                row.errors.add(new FieldError("code", "ledger.codeMissing"));
                return;
            }
            if (before != null && before.removed() != null) {
                row.errors.add(new FieldError("code", "ledger.codeRemoved", code));
                return;
            }
            String organisation = organisation(row);
            if (organisation == null) {
                return;
            }
            Map<String, Object> values = new LinkedHashMap<>(row.given.fields());
            String title = row.given.title();
            if (title != null || before == null) {
                values.put(LedgerType.TITLE, title == null ? "" : title);
            }
            String id = before == null ? Identifiers.next() : before.id();
            Map<String, Object> had = before == null ? Map.of() : before.fields();
            Map<String, Object> fields =
                    proposals.fields(type, id, had, values, lookup, row.errors);
            if (row.errors.isEmpty()) {
                row.after =
                        before == null
                                ? fresh(id, code, organisation, fields)
                                : changed(row, before, organisation, fields);
            }
        }

        private @Nullable String organisation(BatchRow row) {
            Entry before = row.before;
            String given = row.given.organisation();
            String organisation =
                    given != null && !given.isBlank()
                            ? given.strip()
                            : before == null ? "" : before.organisation();
            if (organisations.find(organisation).isEmpty()) {
                row.errors.add(
                        organisation.isEmpty()
                                ? new FieldError("organisation", "border.required")
                                : new FieldError(
                                        "organisation",
                                        "ledger.organisationUnknown",
                                        FieldCheck.shortened(organisation)));
                return null;
            }
            boolean permitted =
                    order.permitted().test(organisation)
                            && (before == null || order.permitted().test(before.organisation()));
            if (!permitted) {
                row.errors.add(new FieldError("organisation", "ledger.notPermitted"));
                return null;
            }
            return organisation;
        }

        private Entry fresh(
                String id, String code, String organisation, Map<String, Object> fields) {
            return new Entry(
                    id,
                    type.type().id(),
                    code,
                    String.valueOf(fields.get(LedgerType.TITLE)),
                    organisation,
                    type.type().initial(),
                    fields,
                    Map.of(),
                    List.of(),
                    false,
                    0,
                    1,
                    type.version(),
                    now,
                    now,
                    null);
        }

        private Entry changed(
                BatchRow row, Entry before, String organisation, Map<String, Object> fields) {
            List<Change.Difference> changes =
                    new ArrayList<>(EntryWriter.differences(before.fields(), fields));
            if (!organisation.equals(before.organisation())) {
                changes.add(
                        new Change.Difference(
                                LedgerType.ORGANISATION, before.organisation(), organisation));
            }
            row.changes = changes;
            return changes.isEmpty()
                    ? before
                    : before.with(before.state(), fields, before.facts())
                            .belongingTo(organisation)
                            .atVersion(before.version() + 1, type.version(), now);
        }

        /**
         * Gives the new entries their codes, as late as can be: others who want some wait until the
         * transaction ends.
         */
        void giveCodes() {
            if (type.type().identifier().equals(CodePattern.GIVEN)) {
                return;
            }
            List<BatchRow> fresh =
                    rows.stream().filter(r -> r.before == null && r.errors.isEmpty()).toList();
            if (fresh.isEmpty()) {
                return;
            }
            CodePattern pattern = codes.pattern(type.type(), now);
            long number = codes.first(type.type(), pattern, fresh.size());
            for (BatchRow row : fresh) {
                Entry after = java.util.Objects.requireNonNull(row.after);
                row.after = after.withCode(pattern.code(number++));
            }
            if (type.looksAtCode()) {
                inspect(fresh);
            }
        }

        private void inspect(List<BatchRow> some) {
            List<BatchRow> written = some.stream().filter(BatchRow::written).toList();
            Map<String, Entry> linked =
                    entries.linked(type, written.stream().map(BatchRow::entry).toList());
            written.parallelStream()
                    .forEach(row -> row.after = inspector.inspected(type, row.entry(), linked));
        }

        /** Refuses rows whose values another entry alone may have. */
        void refuseTaken() {
            if (type.type().unique().isEmpty()) {
                return;
            }
            Map<BatchRow, Map<String, List<String>>> keys = new LinkedHashMap<>();
            Set<String> all = new HashSet<>();
            for (BatchRow row : rows) {
                if (row.written()) {
                    Map<String, List<String>> own = EntryWriter.uniqueKeys(type, row.entry());
                    keys.put(row, own);
                    all.addAll(own.keySet());
                }
            }
            Map<String, String> holders = new HashMap<>(store.holders(type.type().id(), all));
            keys.forEach(
                    (row, own) ->
                            own.forEach(
                                    (key, fields) -> {
                                        String holder = holders.putIfAbsent(key, row.entry().id());
                                        if (holder != null && !holder.equals(row.entry().id())) {
                                            taken(row, fields, holder);
                                        }
                                    }));
        }

        private void taken(BatchRow row, List<String> fields, String holder) {
            String code =
                    entries.find(type.type().id(), holder)
                            .map(Entry::code)
                            .orElseGet(
                                    () ->
                                            rows.stream()
                                                    .map(r -> r.after)
                                                    .filter(e -> e != null && e.id().equals(holder))
                                                    .map(e -> e == null ? "" : e.title())
                                                    .findFirst()
                                                    .orElse(holder));
            fields.forEach(f -> row.errors.add(FieldCheck.error(f, "ledger.taken", code)));
        }
    }
}
