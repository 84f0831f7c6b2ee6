package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.platform.border.FieldError;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An entry to add, or to change if its code is there already.
 *
 * @param code its code; null or blank adds one
 * @param title what people call it; null leaves it as it is
 * @param organisation code of the organisation that it belongs to; null leaves it as it is
 * @param fields what is filled in; fields that are not named stay, null empties one
 */
public record Upsert(
        @Nullable String code,
        @Nullable String title,
        @Nullable String organisation,
        Map<String, ?> fields) {

    /** What became of it. */
    public enum Result {
        ADDED,
        CHANGED,
        SAME,
        REFUSED
    }

    /**
     * What became of it, or would become of it.
     *
     * @param entry the entry afterwards; null if it was refused
     * @param changes what became different
     * @param errors why it was refused
     */
    public record Outcome(
            Result result,
            @Nullable Entry entry,
            List<Change.Difference> changes,
            List<FieldError> errors) {
        public Outcome {
            changes = List.copyOf(changes);
            errors = List.copyOf(errors);
        }
    }
}
