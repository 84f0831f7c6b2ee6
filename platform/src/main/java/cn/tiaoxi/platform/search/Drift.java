package cn.tiaoxi.platform.search;

/**
 * What a comparison of the index with its source found, and mended.
 *
 * @param compared how many things the source has
 * @param missing how many the index did not have
 * @param outdated how many it had in another revision
 * @param surplus how many it had that are no more
 * @param millis how long it took
 */
public record Drift(long compared, long missing, long outdated, long surplus, long millis) {

    /** How many differed. */
    public long found() {
        return missing + outdated + surplus;
    }
}
