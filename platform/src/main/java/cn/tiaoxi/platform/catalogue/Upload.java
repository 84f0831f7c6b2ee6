package cn.tiaoxi.platform.catalogue;

import cn.tiaoxi.lake.source.ProbeResult;
import cn.tiaoxi.platform.border.Words;
import cn.tiaoxi.platform.ledger.Author;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file that a person brought.
 *
 * @param fileName as the person named it; never part of a path
 * @param bytes its size
 * @param author who brought it
 * @param probe what was found in it, or null
 * @param order how it is loaded, or null before anybody said
 * @param dataset identifier of the dataset that it goes to, or null
 * @param outcome what the load did, or null
 * @param fault why it failed, or null
 */
public record Upload(
        String id,
        String fileName,
        long bytes,
        State state,
        Author author,
        Instant created,
        Instant updated,
        @Nullable ProbeResult probe,
        @Nullable LoadOrder order,
        @Nullable String dataset,
        @Nullable Outcome outcome,
        @Nullable Fault fault) {

    /** Where an upload stands. */
    public enum State {
        /** Its bytes are coming in. */
        RECEIVING,
        /** It is there, and waits for somebody to say what to do with it. */
        PROBED,
        /** A load is ordered, waiting or under way. */
        LOADING,
        /** Its rows are in the dataset. */
        LOADED,
        /** It cannot be read, or its load failed. */
        FAILED,
        /** Its load was stopped. */
        CANCELLED
    }

    /** Rows that were loaded and rows that were handed back. */
    public record Outcome(long rows, long rejected) {}

    /** Why something failed: a stable code, what is wrong, what to do. */
    public record Fault(String code, Words message, Words mend) {}

    /** Whether a load may be ordered: also again, after one that failed or was stopped. */
    boolean isLoadable() {
        return probe != null
                && switch (state) {
                    case PROBED, FAILED, CANCELLED -> true;
                    case RECEIVING, LOADING, LOADED -> false;
                };
    }
}
