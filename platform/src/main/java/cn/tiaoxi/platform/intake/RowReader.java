package cn.tiaoxi.platform.intake;

import cn.tiaoxi.platform.ledger.EntryTable;
import cn.tiaoxi.platform.ledger.LedgerType;
import cn.tiaoxi.platform.ledger.Upsert;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes entries of rows by what their columns go to. Used by one thread. */
final class RowReader {
    private final List<EntryTable.@Nullable Column> targets;
    private final Values values;
    private final Tally tally;
    private final boolean blankClears;

    private long row;
    private int column;
    private Object cell = "";
    private List<Finding> findings = new ArrayList<>();
    private final Values.Taker taker = this::take;

    /**
     * @param targets for each column what it goes to, null where it is left out
     */
    RowReader(
            List<EntryTable.@Nullable Column> targets,
            Values values,
            Tally tally,
            boolean blankClears) {
        this.targets = targets;
        this.values = values;
        this.tally = tally;
        this.blankClears = blankClears;
    }

    ReadyRow read(SourceRow source) {
        row = source.number();
        findings = new ArrayList<>(0);
        notes(source);
        String code = null;
        String title = null;
        String organisation = null;
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (column = 0; column < targets.size(); column++) {
            EntryTable.Column target = targets.get(column);
            if (target == null) {
                continue;
            }
            Object given = source.cell(column);
            LedgerType.Field field = target.field();
            if (isBlank(given)) {
                if (blankClears && field != null && !isTitle(target)) {
                    fields.put(field.id(), null);
                }
                continue;
            }
            cell = java.util.Objects.requireNonNull(given);
            if (field == null) {
                if (target.id().equals(EntryTable.CODE)) {
                    code = values.code(cell, taker);
                } else {
                    organisation = values.organisation(cell, taker);
                }
            } else if (isTitle(target)) {
                title = String.valueOf(values.read(field, cell, taker));
            } else {
                Object value = values.read(field, cell, taker);
                if (value != null) {
                    fields.put(field.id(), value);
                }
            }
        }
        return new ReadyRow(source, new Upsert(code, title, organisation, fields), findings);
    }

    private static boolean isTitle(EntryTable.Column target) {
        return target.id().equals(LedgerType.TITLE);
    }

    private static boolean isBlank(@Nullable Object cell) {
        return cell == null || cell instanceof String text && text.isBlank();
    }

    private void notes(SourceRow source) {
        for (CellNote note : source.notes()) {
            boolean whole = note.column() == CellNote.ROW;
            boolean used =
                    whole || note.column() < targets.size() && targets.get(note.column()) != null;
            if (!used) {
                continue;
            }
            if (note.wrong()) {
                findings.add(
                        Finding.of(
                                row,
                                note.column(),
                                note.code(),
                                whole ? "" : SourceRow.text(source.cell(note.column())),
                                note.arguments().toArray()));
            } else {
                tally.add(note.code(), row, note.arguments().toArray());
            }
        }
    }

    private void take(String code, boolean wrong, Object... arguments) {
        if (wrong) {
            findings.add(Finding.of(row, column, code, SourceRow.text(cell), arguments));
        } else {
            tally.add(code, row, arguments);
        }
    }

    /** The code in a row, before anything else is read of it; null if there is none. */
    @Nullable String codeOf(SourceRow source) {
        for (int i = 0; i < targets.size(); i++) {
            EntryTable.Column target = targets.get(i);
            if (target != null && target.id().equals(EntryTable.CODE)) {
                Object given = source.cell(i);
                return isBlank(given)
                        ? null
                        : values.code(java.util.Objects.requireNonNull(given), taker);
            }
        }
        return null;
    }

    /** The column that a field comes from, or -1. */
    int columnOf(String id) {
        for (int i = 0; i < targets.size(); i++) {
            EntryTable.Column target = targets.get(i);
            if (target != null && target.id().equals(id)) {
                return i;
            }
        }
        return CellNote.ROW;
    }
}
