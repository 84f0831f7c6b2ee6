package cn.tiaoxi.contract;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the platform signs of a policy: everything else hangs on its hash.
 *
 * @param version the version that is in force afterwards
 * @param issued when the platform made it
 * @param base what a change builds on; null for a whole policy
 * @param digest the {@link PolicyDigest} of all that the policy holds afterwards
 * @param items how many are put or removed
 * @param bytes length of the body that they stand in
 * @param sha256 hash of the body, in hexadecimal digits
 */
public record PolicyHead(
        long version,
        Instant issued,
        @Nullable Base base,
        String digest,
        long items,
        long bytes,
        String sha256) {

    public PolicyHead {
        Objects.requireNonNull(issued, "issued");
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(sha256, "sha256");
        if (version < 1 || items < 0 || bytes < 0) {
            throw new IllegalArgumentException("A policy's version, items or bytes are wrong");
        }
    }

    /** The policy that a change builds on: its version, and the digest of what it holds. */
    public record Base(long version, String digest) {
        public Base {
            Objects.requireNonNull(digest, "digest");
        }
    }

    /** Whether it says all, and not only what changed. */
    public boolean whole() {
        return base == null;
    }
}
