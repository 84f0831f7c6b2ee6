package cn.tiaoxi.platform.intake;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of a person's file. Cells are text, or what JSON has: numbers, booleans, lists, maps; null
 * where nothing stands. Made by one thread, read by another after it.
 */
final class SourceRow {
    private final long number;
    private final @Nullable Object[] cells;
    private List<CellNote> notes = List.of();

    /**
     * @param number the row in the person's file, counted as the person's program counts
     * @param cells by column
     */
    SourceRow(long number, @Nullable Object[] cells) {
        this.number = number;
        this.cells = cells;
    }

    long number() {
        return number;
    }

    int width() {
        return cells.length;
    }

    @Nullable Object cell(int column) {
        return column < cells.length ? cells[column] : null;
    }

    void replace(int column, @Nullable Object value) {
        cells[column] = value;
    }

    /** What reading it showed about its cells. */
    List<CellNote> notes() {
        return notes;
    }

    void note(CellNote note) {
        if (notes.isEmpty()) {
            notes = new ArrayList<>(1);
        }
        notes.add(note);
    }

    /** Whether nothing stands in it. */
    boolean isBlank() {
        for (Object cell : cells) {
            if (cell != null && !(cell instanceof String text && text.isBlank())) {
                return false;
            }
        }
        return notes.stream().noneMatch(CellNote::wrong);
    }

    /** A cell as text; lists with a mark between. */
    static String text(@Nullable Object cell) {
        return switch (cell) {
            case null -> "";
            case String text -> text;
            case List<?> all ->
                    String.join(
                            cn.tiaoxi.platform.ledger.EntryTable.BETWEEN,
                            all.stream().map(String::valueOf).toList());
            default -> cell.toString();
        };
    }
}
