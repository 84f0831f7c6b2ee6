package cn.tiaoxi.platform.superior;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A platform below that reports here.
 *
 * @param division code by GB/T 2260
 * @param codeExpires until when the enrolment code can be used
 * @param key its Ed25519 public key, pinned at the enrolment, or null before
 * @param callerKey the same by which its gateways' calls are known
 * @param software what it says it runs
 * @param seen when it was last heard of
 * @param received highest number of its reports stored here
 * @param lastOrder highest number of an order to it
 * @param application the application here that it calls as, or null
 * @param applicationKey the identifier of its key there
 */
public record Subordinate(
        String id,
        String name,
        String division,
        State state,
        Instant created,
        String createdByName,
        Instant codeExpires,
        @Nullable String key,
        @Nullable String callerKey,
        @Nullable String software,
        @Nullable Instant enrolled,
        @Nullable Instant seen,
        long received,
        long lastOrder,
        @Nullable String application,
        @Nullable String applicationKey,
        long version) {

    /** Where it stands. */
    public enum State {
        /** A code was made; nobody has used it. */
        INVITED,
        ENROLLED,
        /** Nothing of it is taken any more. */
        REVOKED
    }

    /** The print of its key, for people to compare, or null before the enrolment. */
    public @Nullable String print() {
        return key == null ? null : Prints.of(key);
    }
}
