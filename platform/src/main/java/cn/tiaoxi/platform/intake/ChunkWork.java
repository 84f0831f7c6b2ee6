package cn.tiaoxi.platform.intake;

import cn.tiaoxi.platform.border.FieldError;
import cn.tiaoxi.platform.ledger.Batches;
import cn.tiaoxi.platform.ledger.Entry;
import cn.tiaoxi.platform.ledger.LedgerType;
import cn.tiaoxi.platform.ledger.Upsert;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Checks or writes the rows of a chunk. Rows without an organisation that turn out to be new get
 * the usual one; references that are no codes are tried as titles; rows that refer to others of the
 * same file wait for them. Used by one thread; writing needs a transaction.
 */
final class ChunkWork {
    private static final String REFERENCE_UNKNOWN = "ledger.referenceUnknown";
    private static final int MOST_SAMPLES = 30;

    private final Batches batches;
    private final LedgerType type;
    private final References references;
    private final RowReader reader;
    private final Twice codes;
    private final String organisation;
    private final Predicate<LedgerType.Field> readable;

    /**
     * @param codes the codes of the whole file
     * @param organisation organisation of new entries where the row names none
     * @param readable whether the person may see a field, for the samples
     */
    ChunkWork(
            Batches batches,
            LedgerType type,
            References references,
            RowReader reader,
            Twice codes,
            String organisation,
            Predicate<LedgerType.Field> readable) {
        this.batches = batches;
        this.type = type;
        this.references = references;
        this.reader = reader;
        this.codes = codes;
        this.organisation = organisation;
        this.readable = readable;
    }

    /** Rows of a chunk with what became of them. */
    private final class Rows {
        private final Batches.Order order;
        private final Map<ReadyRow, Upsert> given = new LinkedHashMap<>();
        private final Map<ReadyRow, Upsert.Outcome> outcomes = new HashMap<>();

        Rows(Batches.Order order) {
            this.order = order;
        }

        void upsert(Map<ReadyRow, Upsert> some) {
            if (some.isEmpty()) {
                return;
            }
            List<ReadyRow> rows = new ArrayList<>(some.keySet());
            List<Upsert.Outcome> results =
                    batches.upsert(type.id(), new ArrayList<>(some.values()), order);
            for (int i = 0; i < rows.size(); i++) {
                given.put(rows.get(i), some.get(rows.get(i)));
                outcomes.put(rows.get(i), results.get(i));
            }
        }

        List<FieldError> errors(ReadyRow row) {
            Upsert.Outcome outcome = outcomes.get(row);
            return outcome == null ? List.of() : outcome.errors();
        }
    }

    /**
     * Checks or writes rows.
     *
     * @param mayDefer whether rows may wait for others of the file
     */
    ChunkResult process(List<ReadyRow> chunk, Batches.Order order, boolean mayDefer) {
        Rows rows = new Rows(order);
        Map<ReadyRow, Upsert> fresh = new LinkedHashMap<>();
        Map<ReadyRow, Upsert> faulty = new LinkedHashMap<>();
        for (ReadyRow row : chunk) {
            refuseTwice(row);
            boolean sound = row.findings().isEmpty();
            Upsert coded = coded(row.upsert());
            (sound ? fresh : faulty).put(row, coded);
        }
        rows.upsert(fresh);
        again(rows, fresh.keySet());
        if (order.trial()) {
            // Rows that cannot be read are checked too, so that all that is wrong is told at once.
            faulty.keySet().removeIf(ChunkWork::isTwice);
            rows.upsert(faulty);
            again(rows, faulty.keySet());
        }
        Set<ReadyRow> waiting = new HashSet<>();
        for (ReadyRow row : fresh.keySet()) {
            if (waits(rows, row)) {
                waiting.add(row);
            }
        }
        return result(chunk, rows, waiting, order.trial(), mayDefer);
    }

    private Upsert coded(Upsert upsert) {
        Map<String, ?> fields = references.coded(upsert.fields());
        return fields == upsert.fields()
                ? upsert
                : new Upsert(upsert.code(), upsert.title(), upsert.organisation(), fields);
    }

    private void refuseTwice(ReadyRow row) {
        String code = row.upsert().code();
        if (code == null) {
            return;
        }
        List<Long> others = codes.others(code, row.number());
        if (!others.isEmpty()) {
            row.findings()
                    .add(
                            Finding.of(
                                    row.number(),
                                    reader.columnOf("code"),
                                    "intake.codeTwice",
                                    code,
                                    Values.some(others.stream().map(String::valueOf).toList())));
        }
    }

    private static boolean isTwice(ReadyRow row) {
        return row.findings().stream().anyMatch(f -> f.code().equals("intake.codeTwice"));
    }

    /** Tries rows again that may go now or are mended without the person, as long as it helps. */
    private void again(Rows rows, Set<ReadyRow> candidates) {
        Set<ReadyRow> left = new LinkedHashSet<>(candidates);
        boolean goOn = true;
        while (goOn) {
            left.removeIf(r -> rows.errors(r).isEmpty());
            lookUp(rows, left);
            Map<ReadyRow, Upsert> next = new LinkedHashMap<>();
            boolean mended = false;
            for (ReadyRow row : left) {
                Upsert before = Objects.requireNonNull(rows.given.get(row));
                Upsert after = mended(before, rows.errors(row));
                mended |= after != before;
                if (after != before || !rows.order.trial() && waits(rows, row)) {
                    next.put(row, after);
                }
            }
            rows.upsert(next);
            goOn = mended || next.keySet().stream().anyMatch(r -> rows.errors(r).isEmpty());
        }
    }

    private void lookUp(Rows rows, Set<ReadyRow> left) {
        for (LedgerType.Field field : references.fields()) {
            Set<String> texts = new HashSet<>();
            for (ReadyRow row : left) {
                if (isUnknown(rows.errors(row), field)) {
                    for (String text :
                            References.texts(
                                    Objects.requireNonNull(rows.given.get(row))
                                            .fields()
                                            .get(field.id()))) {
                        if (!isOfFile(field, text)) {
                            texts.add(text);
                        }
                    }
                }
            }
            if (!texts.isEmpty()) {
                references.fetch(field, texts);
            }
        }
    }

    private static boolean isUnknown(List<FieldError> errors, LedgerType.Field field) {
        return errors.stream()
                .anyMatch(
                        e ->
                                e.code().equals(REFERENCE_UNKNOWN)
                                        && e.field().equals("fields." + field.id()));
    }

    private boolean isOfFile(LedgerType.Field field, String text) {
        return type.id().equals(field.ledger()) && codes.contains(text);
    }

    private Upsert mended(Upsert before, List<FieldError> errors) {
        Upsert after = before;
        boolean bodyMissing =
                before.organisation() == null
                        && errors.stream()
                                .anyMatch(
                                        e ->
                                                e.field().equals(LedgerType.ORGANISATION)
                                                        && e.code().equals("border.required"));
        if (bodyMissing) {
            after = new Upsert(before.code(), before.title(), organisation, before.fields());
        }
        return coded(after);
    }

    /** Whether nothing is wrong with a row but that it refers to others of the same file. */
    private boolean waits(Rows rows, ReadyRow row) {
        List<FieldError> errors = rows.errors(row);
        return !errors.isEmpty() && waits(errors, Objects.requireNonNull(rows.given.get(row)));
    }

    private boolean waits(List<FieldError> errors, Upsert given) {
        for (FieldError error : errors) {
            LedgerType.Field field = field(error);
            if (!error.code().equals(REFERENCE_UNKNOWN)
                    || field == null
                    || !type.id().equals(field.ledger())) {
                return false;
            }
            for (String text : References.texts(given.fields().get(field.id()))) {
                if (!codes.contains(text)) {
                    return false;
                }
            }
        }
        return true;
    }

    private LedgerType.@Nullable Field field(FieldError error) {
        return error.field().startsWith("fields.")
                ? type.field(error.field().substring("fields.".length())).orElse(null)
                : null;
    }

    private ChunkResult result(
            List<ReadyRow> chunk,
            Rows rows,
            Set<ReadyRow> waiting,
            boolean trial,
            boolean mayDefer) {
        long added = 0;
        long changed = 0;
        long same = 0;
        long standardised = 0;
        List<Long> refused = new ArrayList<>();
        List<Long> deferred = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        List<Import.Sample> samples = new ArrayList<>();
        for (ReadyRow row : chunk) {
            Upsert.Outcome outcome = rows.outcomes.get(row);
            if (waiting.contains(row) && (trial || mayDefer)) {
                if (trial) {
                    added++;
                } else {
                    deferred.add(row.number());
                }
                continue;
            }
            if (outcome == null
                    || outcome.result() == Upsert.Result.REFUSED
                    || !row.findings().isEmpty()) {
                refused.add(row.number());
                findings.addAll(row.findings());
                if (outcome != null) {
                    Upsert given = Objects.requireNonNull(rows.given.get(row));
                    errors(row, given, outcome.errors(), findings);
                }
                continue;
            }
            switch (outcome.result()) {
                case ADDED -> added++;
                case CHANGED -> changed++;
                case SAME, REFUSED -> same++;
            }
            Entry entry = Objects.requireNonNull(outcome.entry());
            boolean written = outcome.result() != Upsert.Result.SAME;
            standardised += written && entry.standardised() ? 1 : 0;
            if (outcome.result() == Upsert.Result.CHANGED && samples.size() < MOST_SAMPLES) {
                samples.add(sample(row, entry, outcome));
            }
        }
        long count = added + changed + same + refused.size();
        return new ChunkResult(
                new Import.Counts(count, added, changed, same, refused.size(), standardised),
                refused,
                deferred,
                findings,
                samples);
    }

    /** A cell that cannot be read is missing too; only the first is told. */
    private void errors(
            ReadyRow row, Upsert given, List<FieldError> errors, List<Finding> findings) {
        Set<Integer> told = new HashSet<>();
        row.findings().forEach(f -> told.add(f.column()));
        boolean waits = !row.findings().isEmpty() && waits(errors, given);
        for (FieldError error : errors) {
            Finding finding = finding(row, given, error);
            boolean again = !told.add(finding.column()) && finding.column() >= 0;
            if (!waits && !(again && error.code().equals("border.required"))) {
                findings.add(finding);
            }
        }
    }

    private Finding finding(ReadyRow row, Upsert given, FieldError error) {
        LedgerType.Field field = field(error);
        String id = field == null ? error.field() : field.id();
        int column = reader.columnOf(id);
        String value = column < 0 ? "" : SourceRow.text(row.source().cell(column));
        if (field != null && error.code().equals(REFERENCE_UNKNOWN)) {
            for (String text : References.texts(given.fields().get(field.id()))) {
                List<String> found = references.codes(field, text);
                if (found.size() > 1) {
                    return Finding.of(
                            row.number(),
                            column,
                            "intake.ambiguous",
                            value,
                            Values.shown(text),
                            Values.some(found));
                }
            }
        }
        return Finding.of(row.number(), column, error.code(), value, error.arguments());
    }

    private Import.Sample sample(ReadyRow row, Entry entry, Upsert.Outcome outcome) {
        List<Import.Difference> shown = new ArrayList<>();
        outcome.changes()
                .forEach(
                        c -> {
                            if (type.field(c.field()).map(readable::test).orElse(true)) {
                                shown.add(new Import.Difference(c.field(), c.before(), c.after()));
                            }
                        });
        return new Import.Sample(row.number(), entry.id(), entry.code(), entry.title(), shown);
    }
}
