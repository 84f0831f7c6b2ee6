package cn.tiaoxi.platform.ledger;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which entries a list shows. Empty texts, sets and maps filter nothing.
 *
 * @param type the ledger
 * @param ids only these, for what a search found; null filters nothing
 * @param organisations only of these organisations
 * @param state only in this state
 * @param finding only with a finding of this rule
 * @param standardised {@code true} or {@code false}: only those that are or are not
 * @param fields only with these values of fields
 * @param facts only with these facts
 * @param removed those that were removed, instead of those that are there
 */
public record EntryFilter(
        String type,
        @Nullable List<String> ids,
        Set<String> organisations,
        String state,
        String finding,
        String standardised,
        Map<String, String> fields,
        Map<String, String> facts,
        boolean removed) {
    public EntryFilter {
        organisations = Set.copyOf(organisations);
        fields = Map.copyOf(fields);
        facts = Map.copyOf(facts);
    }

    /** The same, and only these entries. */
    EntryFilter only(List<String> found) {
        return new EntryFilter(
                type, found, organisations, state, finding, standardised, fields, facts, removed);
    }

    /** The same, and only of these organisations; none named means all. */
    public EntryFilter within(Set<String> reach) {
        return new EntryFilter(
                type, ids, reach, state, finding, standardised, fields, facts, removed);
    }

    /** All entries of a ledger. */
    public static EntryFilter all(String type) {
        return new EntryFilter(type, null, Set.of(), "", "", "", Map.of(), Map.of(), false);
    }
}
