package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.PolicySnapshot.Style;
import cn.tiaoxi.contract.Refusal;
import cn.tiaoxi.contract.Restriction;
import java.time.Duration;
import java.time.Instant;

/** What must hold of a caller and its key in every style, once the signature holds. */
final class Admission {
    private final Replays replays;

    Admission(Replays replays) {
        this.replays = replays;
    }

    /**
     * Lets a caller in whose signature holds.
     *
     * @param nonce what no other request under the key has
     * @throws RefusedException if the request was seen before, or the key, its application or the
     *     address is not to be used
     */
    void admit(Call call, Caller caller, String nonce, Instant created) {
        isFrom(call, caller);
        call.noteWhole("nonce", nonce);
        call.noteWhole("created", Long.toString(created.getEpochSecond()));
        replays.remember(
                caller.key().algorithm().style(),
                caller.key().id(),
                nonce,
                created.getEpochSecond(),
                call.time().getEpochSecond());
        requireUsable(call, caller);
    }

    /**
     * Lets a caller in whom TLS has proven, which leaves nothing to be sent twice.
     *
     * @throws RefusedException if the key, its application or the address is not to be used
     */
    void admitCertified(Call call, Caller caller) {
        isFrom(call, caller);
        requireUsable(call, caller);
    }

    private static void isFrom(Call call, Caller caller) {
        Style style = caller.key().algorithm().style();
        call.isFrom(caller);
        call.noteWhole("keyId", caller.key().id());
        if (style != Style.SIGNATURE) {
            call.noteWhole("style", style.name());
        }
    }

    private static void requireUsable(Call call, Caller caller) {
        String keyId = caller.key().id();
        if (!caller.inForce(call.time())) {
            throw new RefusedException(Refusal.KEY_EXPIRED, keyId);
        }
        if (caller.key().switchedOff() != null) {
            throw new RefusedException(Refusal.KEY_SWITCHED_OFF, keyId);
        }
        if (!caller.application().active()) {
            throw new RefusedException(Refusal.APPLICATION_DISABLED, caller.application().id());
        }
        Restriction restriction = caller.application().restrictionAt(call.time());
        if (restriction != null && restriction.cuts()) {
            throw new RefusedException(Refusal.SUSPENDED_FOR_VIOLATION, restriction.reference());
        }
        if (!caller.mayCallFrom(call.remote())) {
            throw new RefusedException(Refusal.ADDRESS_NOT_ALLOWED, call.remote());
        }
    }

    /**
     * The caller with that key, not yet proven.
     *
     * @throws RefusedException if there is no such key, or it serves another style
     */
    static Caller claimed(Call call, Policy policy, String keyId, Style style) {
        Caller caller = policy.caller(keyId);
        if (caller == null) {
            call.note("claimedKeyId", keyId);
            throw new RefusedException(Refusal.KEY_UNKNOWN, keyId);
        }
        if (caller.key().algorithm().style() != style) {
            call.note("claimedKeyId", keyId);
            throw new RefusedException(
                    Refusal.SIGNATURE_MALFORMED,
                    "key for " + caller.key().algorithm().registeredName());
        }
        return caller;
    }

    /**
     * Checks the time that a request claims.
     *
     * @throws RefusedException if it is too far from now
     */
    static void requireNow(Style style, Instant created, Instant now) {
        Duration away = Duration.between(created, now).abs();
        if (away.compareTo(Duration.ofSeconds(Replays.skewSeconds(style))) > 0) {
            throw new RefusedException(Refusal.CLOCK_SKEWED, away.toSeconds() + " s");
        }
    }
}
