package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.AddressRange;
import cn.tiaoxi.contract.Ed25519Keys;
import cn.tiaoxi.contract.MessageSignature;
import cn.tiaoxi.contract.PolicySnapshot;
import cn.tiaoxi.contract.RequestParts;
import cn.tiaoxi.contract.SealedSecret;
import cn.tiaoxi.contract.SignatureInput;
import cn.tiaoxi.contract.Sm2PublicKey;
import java.security.PublicKey;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key that calls may be signed with, and whose it is.
 *
 * @param proof what the key proves with, opened from the policy once, not per call
 * @param addresses ranges that calls may come from, none for anywhere
 */
record Caller(
        PolicySnapshot.CallerKey key,
        PolicySnapshot.CallerApplication application,
        Proof proof,
        List<AddressRange> addresses) {

    /** What a key proves with. */
    sealed interface Proof {}

    /** Checks message signatures under one key. */
    sealed interface Verifier extends Proof {
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

    private record HmacSm3(byte[] secret) implements Verifier {
        @Override
        public boolean verifies(SignatureInput input, RequestParts request, byte[] signature) {
            return MessageSignature.verifyHmacSm3(input, request, secret, signature);
        }
    }

    private record Sm2(Sm2PublicKey publicKey) implements Verifier {
        @Override
        public boolean verifies(SignatureInput input, RequestParts request, byte[] signature) {
            return MessageSignature.verifySm2(input, request, publicKey, signature);
        }
    }

    private record ProvinceHmac(byte[] secret) implements Proof {}

    private record ProvinceToken(TokenSecrets secrets) implements Proof {}

    private record Certificate(String thumbprint) implements Proof {}

    /**
     * Opens a key of the policy.
     *
     * @throws IllegalArgumentException if its material or its addresses cannot be read
     */
    static Caller open(
            PolicySnapshot.CallerKey key,
            PolicySnapshot.CallerApplication application,
            SealedSecret sealed) {
        Proof proof =
                switch (key.algorithm()) {
                    case HMAC_SHA256 -> new Hmac(sealed.open(key.id(), key.material()));
                    case ED25519 -> new Ed25519(Ed25519Keys.publicKey(key.material()));
                    case HMAC_SM3 -> new HmacSm3(sealed.open(key.id(), key.material()));
                    case SM2_SM3 -> new Sm2(Sm2PublicKey.of(key.material()));
                    case PROVINCE_HMAC -> new ProvinceHmac(sealed.open(key.id(), key.material()));
                    case PROVINCE_TOKEN ->
                            new ProvinceToken(
                                    new TokenSecrets(sealed.open(key.id(), key.material())));
                    case MUTUAL_TLS -> new Certificate(key.material());
                };
        List<AddressRange> addresses = key.addresses().stream().map(AddressRange::of).toList();
        return new Caller(key, application, proof, addresses);
    }

    /** Thumbprint of the certificate that the caller is known by, or null. */
    @Nullable String certificate() {
        return proof instanceof Certificate(String thumbprint) ? thumbprint : null;
    }

    boolean inForce(Instant now) {
        Instant end = key.notAfter();
        return !now.isBefore(key.notBefore()) && (end == null || now.isBefore(end));
    }

    /** Whether the key may be used from that address. */
    boolean mayCallFrom(String address) {
        if (addresses.isEmpty()) {
            return true;
        }
        for (AddressRange range : addresses) {
            if (range.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /** Checks its message signatures; only for a key of that style. */
    Verifier verifier() {
        if (proof instanceof Verifier verifier) {
            return verifier;
        }
        throw new IllegalStateException("Key " + key.id() + " makes no message signatures");
    }

    /** The secret key of the province's HMAC style; only for a key of that style. */
    byte[] provinceSecret() {
        if (proof instanceof ProvinceHmac(byte[] secret)) {
            return secret;
        }
        throw new IllegalStateException("Key " + key.id() + " has no secret of the HMAC style");
    }

    /** The secrets of the province's token style; only for a key of that style. */
    TokenSecrets tokenSecrets() {
        if (proof instanceof ProvinceToken(TokenSecrets secrets)) {
            return secrets;
        }
        throw new IllegalStateException("Key " + key.id() + " has no secrets of the token style");
    }
}
