package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.platform.border.FieldError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of a batch with what became of it so far. */
final class BatchRow {
    final Upsert given;
    final @Nullable Entry before;
    final List<FieldError> errors = new ArrayList<>();
    @Nullable Entry after;
    List<Change.Difference> changes = List.of();

    BatchRow(Upsert given, @Nullable Entry before) {
        this.given = given;
        this.before = before;
    }

    boolean written() {
        return errors.isEmpty() && (before == null || !changes.isEmpty());
    }

    Upsert.Outcome outcome() {
        if (!errors.isEmpty()) {
            return new Upsert.Outcome(Upsert.Result.REFUSED, null, List.of(), errors);
        }
        Upsert.Result result =
                before == null
                        ? Upsert.Result.ADDED
                        : changes.isEmpty() ? Upsert.Result.SAME : Upsert.Result.CHANGED;
        return new Upsert.Outcome(result, after, changes, List.of());
    }

    /** The entry as it is to be written. */
    Entry entry() {
        return java.util.Objects.requireNonNull(after);
    }
}
