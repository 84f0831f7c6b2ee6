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
 * @param entry its entry in the ledger of applications, or null
 * @param responsible entry of the key person who answers for its keys, or null
 * @param suspension why it may not call for the time being, or null
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
        @Nullable String entry,
        @Nullable String responsible,
        @Nullable Suspension suspension,
        long version) {

    public Application {
        keys = List.copyOf(keys);
    }

    /** Whether gateways let it call. */
    public boolean mayCall() {
        return active && suspension == null;
    }

    Application withKeys(List<Key> others) {
        return new Application(
                id,
                name,
                description,
                organisation,
                active,
                trial,
                created,
                others,
                entry,
                responsible,
                suspension,
                version);
    }

    /** Where a key stands. */
    public enum KeyState {
        ACTIVE,
        /** It is out of use until it is switched on again. */
        SWITCHED_OFF,
        /** Who has seen its secret lost their access. */
        SUSPENDED,
        EXPIRED,
        REVOKED
    }

    /**
     * A key. The secret or public part is not here: it leaves the store only for the policy.
     *
     * @param lastUsed when a gateway last accepted it, or null
     * @param madeBy user name of who made it and saw its secret, or null
     * @param suspended whether it is refused for the time being
     * @param addresses ranges that calls may come from, none for anywhere
     * @param switchedOff since when it is out of use until it is switched on again, or null
     * @param certificate what the caller shows in mutual TLS, or null
     */
    public record Key(
            String id,
            Algorithm algorithm,
            Instant created,
            Instant notBefore,
            @Nullable Instant notAfter,
            @Nullable Instant revoked,
            @Nullable Instant lastUsed,
            @Nullable String madeBy,
            boolean suspended,
            List<String> addresses,
            @Nullable Instant switchedOff,
            @Nullable ShownCertificate certificate) {

        public Key {
            addresses = List.copyOf(addresses);
        }

        /** Where the key stands at that moment. */
        public KeyState state(Instant now) {
            if (revoked != null) {
                return KeyState.REVOKED;
            }
            if (notAfter != null && !now.isBefore(notAfter)) {
                return KeyState.EXPIRED;
            }
            if (suspended) {
                return KeyState.SUSPENDED;
            }
            return switchedOff == null ? KeyState.ACTIVE : KeyState.SWITCHED_OFF;
        }
    }
}
