package cn.tiaoxi.platform.ledger.web;

import cn.tiaoxi.platform.border.Words;
import cn.tiaoxi.platform.ledger.Change;
import cn.tiaoxi.platform.ledger.LedgerType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A change in an answer. */
public record ChangeView(
        long version,
        Instant time,
        Person actor,
        String action,
        @Nullable String reason,
        List<DifferenceView> changes) {
    /** What an entry has besides the fields of its type. */
    private static final Map<String, Words> OWN =
            Map.of(
                    "state", new Words("状态", "State"),
                    "organisation", new Words("归属单位", "Owner"),
                    "rows", new Words("行数", "Rows"));

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
                new Person(change.author().username(), change.author().shown()),
                change.action(),
                change.reason(),
                of(type, change.changes()));
    }

    /** Differences with the names of the type's fields. */
    static List<DifferenceView> of(LedgerType type, List<Change.Difference> differences) {
        return differences.stream()
                .map(
                        d ->
                                new DifferenceView(
                                        d.field(),
                                        name(type, d.field()),
                                        value(type, d.field(), d.before()),
                                        value(type, d.field(), d.after())))
                .toList();
    }

    private static String name(LedgerType type, String field) {
        Words own = OWN.get(field);
        if (own != null) {
            return own.shown();
        }
        return type.field(field).map(f -> f.name().shown()).orElse(field);
    }

    private static @Nullable Object value(LedgerType type, String field, @Nullable Object value) {
        return field.equals("state") && value != null ? type.stateName(value.toString()) : value;
    }
}
