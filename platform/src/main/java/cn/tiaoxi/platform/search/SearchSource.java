package cn.tiaoxi.platform.search;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Gives one kind of things to the search. A module makes a bean of it, and publishes {@link
 * SearchChanged} in the transaction of a change.
 */
public interface SearchSource {

    /** Takes what a thing is known by and which revision of it there is. */
    interface Revisions {
        void take(String id, long revision);
    }

    /** The kind, for example {@code dataset}: Latin letters, digits and hyphens. */
    String kind();

    /**
     * What people call the kind, in the language of the request under way; empty if a message names
     * it.
     */
    default String name() {
        return "";
    }

    /** The permission that finding needs; empty if every signed-in person may. */
    String permission();

    /**
     * Gives all things, each once, in any order. The taker blocks while the index is behind, and
     * may be called by several threads at a time.
     */
    void each(Consumer<SearchDocument> taker);

    /** One thing, if it is there still. */
    Optional<SearchDocument> find(String id);

    /** Those of some hundred things that are there still. */
    default List<SearchDocument> all(Collection<String> ids) {
        List<SearchDocument> found = new ArrayList<>();
        ids.forEach(id -> find(id).ifPresent(found::add));
        return found;
    }

    /** Gives the revision of all things, each once, in any order; large kinds do it cheaply. */
    default void revisions(Revisions taker) {
        each(d -> taker.take(d.id(), d.revision()));
    }

    /** How many things there are. */
    default long count() {
        long[] count = new long[1];
        revisions((id, revision) -> count[0]++);
        return count[0];
    }

    /**
     * Gives the identifiers of what was added or changed since then, and perhaps of more.
     *
     * @return whether the source can tell; if not, all revisions are compared
     */
    default boolean changedSince(Instant time, Consumer<String> taker) {
        return false;
    }

    /** What was found, in the language of the request under way where it has names in both. */
    default SearchHit shown(SearchHit hit) {
        return hit;
    }
}
