package cn.tiaoxi.platform.ledger;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change in the history of an entry.
 *
 * @param version the entry's version after it
 * @param action what was done
 * @param reason why, if it was said
 * @param changes what became different; for an entry that a batch added nothing, since it is all of
 *     the entry
 * @param batch the batch that it was part of, or null
 */
public record Change(
        long version,
        Instant time,
        Author author,
        String action,
        @Nullable String reason,
        List<Difference> changes,
        @Nullable String batch) {
    public Change {
        changes = List.copyOf(changes);
    }

    /**
     * What became different.
     *
     * @param field identifier of the field, or {@code state}, {@code organisation}; of a part of it
     *     with a point between, for example {@code phone.grade}
     */
    public record Difference(String field, @Nullable Object before, @Nullable Object after) {}
}
