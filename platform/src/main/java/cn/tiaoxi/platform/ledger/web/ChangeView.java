package cn.tiaoxi.platform.ledger.web;

import cn.tiaoxi.platform.ledger.Change;
import cn.tiaoxi.platform.ledger.LedgerType;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A change in an answer. */
public record ChangeView(
        long version,
        Instant time,
        Person actor,
        String action,
        @Nullable String reason,
        List<DifferenceView> changes) {

    /** Who did it. */
    public record Person(String username, String name) {}

    /** What became different. */
    public record DifferenceView(
            String field, String name, @Nullable Object before, @Nullable Object after) {}

    /** A change with the names of the type's fields. */
    public static ChangeView of(LedgerType type, Change change) {
        return new ChangeView(
                change.version(),
                change.time(),
                new Person(change.author().username(), change.author().name()),
                change.action(),
                change.reason(),
                change.changes().stream()
                        .map(
                                d ->
                                        new DifferenceView(
                                                d.field(),
                                                name(type, d.field()),
                                                d.before(),
                                                d.after()))
                        .toList());
    }

    private static String name(LedgerType type, String field) {
        return type.field(field).map(f -> f.name().shown()).orElse(field);
    }
}
