package cn.tiaoxi.platform.search;

import java.util.List;

/**
 * Things that the search knows were added, changed or removed.
 *
 * @param kind their kind
 * @param ids their identifiers within the kind
 */
public record SearchChanged(String kind, List<String> ids) {
    public SearchChanged {
        ids = List.copyOf(ids);
    }

    public SearchChanged(String kind, String id) {
        this(kind, List.of(id));
    }
}
