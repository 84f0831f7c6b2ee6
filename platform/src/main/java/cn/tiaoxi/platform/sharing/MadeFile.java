package cn.tiaoxi.platform.sharing;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file that a caller ordered from a gateway under a grant.
 *
 * @param gateway identifier of the gateway that makes and keeps it
 * @param code why it failed, the stable code of a refusal, or null
 * @param rows rows so far
 * @param bytes bytes so far
 * @param sha256 of the file in hexadecimal, or null until it is made
 * @param downloads how often it, or a part of it, was fetched
 * @param downloaded when that was last, or null
 */
public record MadeFile(
        String id,
        String gateway,
        String format,
        State state,
        @Nullable String code,
        List<String> fields,
        long rows,
        long bytes,
        @Nullable String sha256,
        Instant ordered,
        @Nullable Instant made,
        @Nullable Instant expires,
        int downloads,
        @Nullable Instant downloaded) {

    /** Where a file stands. */
    public enum State {
        WAITING,
        RUNNING,
        READY,
        FAILED,
        EXPIRED,
        DELETED
    }
}
