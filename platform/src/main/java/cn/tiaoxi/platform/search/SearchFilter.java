package cn.tiaoxi.platform.search;

import java.util.Map;
import java.util.Set;

/**
 * Which things of a kind a list shows.
 *
 * @param kind their kind
 * @param words what people typed; blank filters nothing
 * @param filters by field the values of which one must be there; an empty set filters nothing
 * @param reach organisations to which the asker's permission reaches; empty means all
 */
public record SearchFilter(
        String kind, String words, Map<String, Set<String>> filters, Set<String> reach) {
    public SearchFilter {
        words = words.strip();
        filters = Map.copyOf(filters);
        reach = Set.copyOf(reach);
    }

    /** All things of a kind. */
    public static SearchFilter all(String kind) {
        return new SearchFilter(kind, "", Map.of(), Set.of());
    }
}
