package cn.tiaoxi.trace;

import java.util.List;
import java.util.Optional;

/** Where the resources of a log can be fetched: a folder or a web address. */
public interface TileSource {
    /**
     * Fetches one resource.
     *
     * @param path relative to the log's prefix, as {@link Tile} names it
     * @return its bytes, or empty if there is no such resource
     * @throws TraceException UNREACHABLE if it cannot be said whether there is one
     */
    Optional<byte[]> fetch(String path);

    /**
     * The widths of the older, partial copies of a bundle or tile that are still there. They say
     * again what the newest one says, so a check compares them; readers need none of them.
     *
     * @param full path of the full bundle or tile
     * @return nothing where that cannot be listed
     */
    default List<Integer> partials(String full) {
        return List.of();
    }
}
