package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.Ed25519Keys;
import cn.tiaoxi.contract.MessageSignature;
import cn.tiaoxi.contract.PolicySnapshot;
import cn.tiaoxi.contract.RequestParts;
import cn.tiaoxi.contract.SealedSecret;
import cn.tiaoxi.contract.SignatureInput;
import java.security.PublicKey;
import java.time.Instant;

/**
 * A key that calls may be signed with, and whose it is.
 *
 * @param verifier opened from the policy once, not per call
 */
record Caller(
        PolicySnapshot.CallerKey key,
        PolicySnapshot.CallerApplication application,
        Verifier verifier) {

    /** Checks signatures under one key. */
    sealed interface Verifier {
        boolean verifies(SignatureInput input, RequestParts request, byte[] signature);
    }

    private record Hmac(byte[] secret) implements Verifier {
        @Override
        public boolean verifies(SignatureInput input, RequestParts request, byte[] signature) {
            return MessageSignature.verifyHmac(input, request, secret, signature);
        }
    }

    private record Ed25519(PublicKey publicKey) implements Verifier {
        @Override
        public boolean verifies(SignatureInput input, RequestParts request, byte[] signature) {
            return MessageSignature.verifyEd25519(input, request, publicKey, signature);
        }
    }

    /**
     * Opens a key of the policy.
     *
     * @throws IllegalArgumentException if its material cannot be read
     */
    static Caller open(
            PolicySnapshot.CallerKey key,
            PolicySnapshot.CallerApplication application,
            SealedSecret sealed) {
        Verifier verifier =
                switch (key.algorithm()) {
                    case HMAC_SHA256 -> new Hmac(sealed.open(key.id(), key.material()));
                    case ED25519 -> new Ed25519(Ed25519Keys.publicKey(key.material()));
                };
        return new Caller(key, application, verifier);
    }

    boolean inForce(Instant now) {
        Instant end = key.notAfter();
        return !now.isBefore(key.notBefore()) && (end == null || now.isBefore(end));
    }
}
