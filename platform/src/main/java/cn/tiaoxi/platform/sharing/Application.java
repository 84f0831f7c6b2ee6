package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.contract.PolicySnapshot.Algorithm;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A program that calls.
 *
 * @param organisation code of the organisation that answers for it
 * @param active whether it may call at all
 * @param trial whether it serves trial calls from the pages
 * @param keys all its keys, newest first
 */
public record Application(
        String id,
        String name,
        String description,
        String organisation,
        boolean active,
        boolean trial,
        Instant created,
        List<Key> keys,
        long version) {

    public Application {
        keys = List.copyOf(keys);
    }

    /** Where a key stands. */
    public enum KeyState {
        ACTIVE,
        EXPIRED,
        REVOKED
    }

    /**
     * A key. The secret or public part is not here: it leaves the store only for the policy.
     *
     * @param lastUsed when a gateway last accepted it, or null
     */
    public record Key(
            String id,
            Algorithm algorithm,
            Instant created,
            Instant notBefore,
            @Nullable Instant notAfter,
            @Nullable Instant revoked,
            @Nullable Instant lastUsed) {

        /** Where the key stands at that moment. */
        public KeyState state(Instant now) {
            if (revoked != null) {
                return KeyState.REVOKED;
            }
            return notAfter != null && !now.isBefore(notAfter) ? KeyState.EXPIRED : KeyState.ACTIVE;
        }
    }
}
