package cn.tiaoxi.platform.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A version of a type.
 *
 * @param version counts the versions of the type, from 1
 * @param yaml the text of the file
 * @param sha256 hash of that text, in hexadecimal digits
 * @param origin where it comes from
 * @param author who brought it
 * @param reason why, if it was said
 * @param activated when it came into force, or null
 * @param inspected whether all entries have been inspected by its rules
 */
public record TypeVersion(
        String type,
        int version,
        String yaml,
        String sha256,
        Origin origin,
        State state,
        Author author,
        @Nullable String reason,
        Instant created,
        @Nullable Instant activated,
        boolean inspected) {

    /** Where a version comes from. */
    public enum Origin {
        /** The city's folder. */
        FILE,
        /** A person at a page. */
        WEB
    }

    /** How a version stands. */
    public enum State {
        /** Waits for a person. */
        PROPOSED,
        /** In force. */
        ACTIVE,
        /** Was in force, or was proposed and passed over. */
        RETIRED
    }
}
