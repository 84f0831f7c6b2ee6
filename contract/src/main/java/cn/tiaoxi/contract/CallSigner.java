package cn.tiaoxi.contract;

import java.net.URI;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Signs calls to a gateway as RFC 9421 asks, with one caller's key. Safe for use by threads. */
public final class CallSigner {
    /** What every call's signature must cover. */
    public static final List<String> COVERED = List.of("@method", "@authority", "@path", "@query");

    private static final String LABEL = "tiaoxi";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String keyId;
    private final PolicySnapshot.Algorithm algorithm;
    private final BiFunction<SignatureInput, RequestParts, byte[]> sign;

    private CallSigner(
            String keyId,
            PolicySnapshot.Algorithm algorithm,
            BiFunction<SignatureInput, RequestParts, byte[]> sign) {
        this.keyId = keyId;
        this.algorithm = algorithm;
        this.sign = sign;
    }

    /** Signs with a shared secret. */
    public static CallSigner hmac(String keyId, byte[] secret) {
        byte[] own = secret.clone();
        return new CallSigner(
                keyId,
                PolicySnapshot.Algorithm.HMAC_SHA256,
                (input, request) -> MessageSignature.hmac(input, request, own));
    }

    /** Signs with an Ed25519 private key. */
    public static CallSigner ed25519(String keyId, PrivateKey key) {
        return new CallSigner(
                keyId,
                PolicySnapshot.Algorithm.ED25519,
                (input, request) -> MessageSignature.ed25519(input, request, key));
    }

    /** Signs with a shared secret and SM3. */
    public static CallSigner hmacSm3(String keyId, byte[] secret) {
        byte[] own = secret.clone();
        return new CallSigner(
                keyId,
                PolicySnapshot.Algorithm.HMAC_SM3,
                (input, request) -> MessageSignature.hmacSm3(input, request, own));
    }

    /** Signs with an SM2 private key. */
    public static CallSigner sm2(String keyId, Sm2PrivateKey key) {
        return new CallSigner(
                keyId,
                PolicySnapshot.Algorithm.SM2_SM3,
                (input, request) -> MessageSignature.sm2(input, request, key));
    }

    /** The two headers that sign a {@code GET} without a body, now and once. */
    public Map<String, String> sign(URI address) {
        return sign(address, Instant.now(), nonce());
    }

    /** The two headers that sign any request over any of its components, now and once. */
    public Map<String, String> sign(RequestParts request, List<String> components) {
        return sign(request, components, Instant.now(), nonce());
    }

    private static String nonce() {
        byte[] nonce = new byte[16];
        RANDOM.nextBytes(nonce);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(nonce);
    }

    /**
     * The two headers that sign a {@code GET} without a body.
     *
     * @param created when it is said to be made; a gateway accepts a minute either way
     * @param nonce never used before with this key
     */
    public Map<String, String> sign(URI address, Instant created, String nonce) {
        return sign(RequestParts.of("GET", address, name -> null), COVERED, created, nonce);
    }

    /** The two headers that sign any request over any of its components. */
    public Map<String, String> sign(
            RequestParts request, List<String> components, Instant created, String nonce) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("created", created.getEpochSecond());
        parameters.put("nonce", nonce);
        parameters.put("keyid", keyId);
        parameters.put("alg", algorithm.registeredName());
        SignatureInput input = new SignatureInput(LABEL, components, parameters);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Signature-Input", LABEL + "=" + input.value());
        headers.put("Signature", MessageSignature.header(input, sign.apply(input, request)));
        return headers;
    }
}
