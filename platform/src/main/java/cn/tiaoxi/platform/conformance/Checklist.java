package cn.tiaoxi.platform.conformance;

import cn.tiaoxi.platform.border.Words;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an application has and lacks for going live.
 *
 * @param entry its entry in the ledger
 * @param items what was checked, in the order of the city's file
 * @param mandatory how many components its kind must use
 * @param used how many of those it uses
 */
public record Checklist(String entry, List<Item> items, int mandatory, int used) {
    public Checklist {
        items = List.copyOf(items);
    }

    /** Where an item stands. */
    public enum Outcome {
        PASSED,
        /** Does not hold. */
        FAILED,
        /** Does not hold, and does not hinder until the waiver ends. */
        WAIVED,
        /** Cannot be told, which hinders as if it did not hold. */
        UNDECIDED
    }

    /**
     * An item.
     *
     * @param mandatory whether the application cannot go live without it
     * @param message what is wrong, or null if it holds
     * @param mend how to mend it, or null if it holds
     * @param field field of the application that it is about, or null
     * @param plan row of the requirements that it serves, or null
     */
    public record Item(
            String id,
            Words name,
            Words description,
            boolean mandatory,
            Outcome outcome,
            @Nullable Words message,
            @Nullable Words mend,
            @Nullable String field,
            @Nullable String plan,
            @Nullable Waiver waiver) {
        /** Whether it stands in the way of going live. */
        public boolean hinders() {
            return mandatory && (outcome == Outcome.FAILED || outcome == Outcome.UNDECIDED);
        }
    }

    /**
     * Leave to go live without an item.
     *
     * @param until last day on which it counts
     */
    public record Waiver(
            String id, String reason, LocalDate until, String byName, java.time.Instant given) {}

    /** What stands in the way of going live. */
    public List<Item> obstacles() {
        return items.stream().filter(Item::hinders).toList();
    }

    /** How many items have that outcome. */
    public int count(Outcome outcome) {
        return (int) items.stream().filter(i -> i.outcome() == outcome).count();
    }

    /** Whether nothing stands in the way. */
    public boolean conforms() {
        return items.stream().noneMatch(Item::hinders);
    }
}
