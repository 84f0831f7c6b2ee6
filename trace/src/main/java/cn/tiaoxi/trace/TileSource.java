package cn.tiaoxi.trace;

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

    /** Index of the first entry whose bundle is there; those before were pruned. */
    default long pruned() {
        return 0;
    }
}
