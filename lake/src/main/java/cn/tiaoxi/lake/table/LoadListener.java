package cn.tiaoxi.lake.table;

/** Follows a load, and may stop it. Called by the thread that loads, a few times a second. */
public interface LoadListener {

    /** A listener that does not care. */
    LoadListener NONE = progress -> true;

    /**
     * Told how far the load is.
     *
     * @return whether to go on; otherwise the load ends with LOAD_CANCELLED and leaves nothing
     *     behind
     */
    boolean onProgress(LoadProgress progress);
}
