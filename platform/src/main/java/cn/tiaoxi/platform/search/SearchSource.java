package cn.tiaoxi.platform.search;

import cn.tiaoxi.platform.border.Words;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a module lets people find. A bean of this type is enough; changes are told by {@link
 * SearchEntryChanged}. Called on the search's own threads, outside of any transaction.
 */
public interface SearchSource {

    /** The kind of its documents, unique among the sources. */
    String kind();

    /** What the kind is called, above its group of results. */
    Words name();

    /** Hands over every document as it stands, in any order. */
    void forEach(Consumer<SearchDocument> to);

    /** One document as it stands; empty if there is none (any more). */
    Optional<SearchDocument> one(String id);
}
