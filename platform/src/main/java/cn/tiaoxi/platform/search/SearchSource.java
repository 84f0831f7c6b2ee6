package cn.tiaoxi.platform.search;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * Gives one kind of things to the search. A module makes a bean of it, and publishes {@link
 * SearchChanged} in the transaction of a change.
 */
public interface SearchSource {

    /** The kind, for example {@code dataset}. */
    String kind();

    /** The permission that finding needs; empty if every signed-in person may. */
    String permission();

    /** Gives all things, in any order. */
    void each(Consumer<SearchDocument> taker);

    /** One thing, if it is there still. */
    Optional<SearchDocument> find(String id);

    /** What was found, in the language of the request under way where it has names in both. */
    default SearchHit shown(SearchHit hit) {
        return hit;
    }
}
