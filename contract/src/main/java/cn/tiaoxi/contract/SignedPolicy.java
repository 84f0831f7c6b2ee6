package cn.tiaoxi.contract;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A policy snapshot with the platform's signature over its exact bytes.
 *
 * @param payload Base64 of the snapshot's JSON
 * @param signature Base64 of the Ed25519 signature (RFC 8032) over the decoded payload, prefixed
 *     with {@link #CONTEXT} so that it cannot serve as another kind of signature
 */
public record SignedPolicy(String payload, String signature) {

    public SignedPolicy {
        Objects.requireNonNull(payload, "payload");
        Objects.requireNonNull(signature, "signature");
    }

    /** The payload is one text, which in a large city is longer than what is read elsewhere. */
    private static final JsonMapper LONG_TEXT =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxStringLength(Integer.MAX_VALUE)
                                                    .build())
                                    .build())
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    /**
     * Reads what the platform sent.
     *
     * @throws IllegalArgumentException if it is no signed policy
     */
    public static SignedPolicy read(byte[] bytes) {
        try {
            return LONG_TEXT.readValue(bytes, SignedPolicy.class);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("Not a signed policy: " + e.getOriginalMessage(), e);
        }
    }

    /**
     * The JDK's own Ed25519. Amazon's, which checks calls faster, takes at most 1 MiB at once, and
     * a policy of some thousand grants is longer.
     */
    private static final String PROVIDER = "SunEC";

    /** What is signed before the payload. */
    public static final String CONTEXT = "tiaoxi-policy-v1\n";

    /** Signs a snapshot with an Ed25519 private key. */
    public static SignedPolicy sign(PolicySnapshot snapshot, PrivateKey key) {
        byte[] bytes = Wire.JSON.writeValueAsBytes(snapshot);
        try {
            Signature signer = Signature.getInstance("Ed25519", PROVIDER);
            signer.initSign(key);
            signer.update(CONTEXT.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            signer.update(bytes);
            return new SignedPolicy(
                    Base64.getEncoder().encodeToString(bytes),
                    Base64.getEncoder().encodeToString(signer.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Ed25519 signing failed", e);
        }
    }

    /**
     * Checks the signature and reads the snapshot.
     *
     * @throws IllegalArgumentException if the signature does not hold or the payload is no snapshot
     */
    public PolicySnapshot open(PublicKey key) {
        byte[] bytes = Base64.getDecoder().decode(payload);
        try {
            Signature verifier = Signature.getInstance("Ed25519", PROVIDER);
            verifier.initVerify(key);
            verifier.update(CONTEXT.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            verifier.update(bytes);
            if (!verifier.verify(Base64.getDecoder().decode(signature))) {
                throw new IllegalArgumentException("The policy's signature does not hold");
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("The policy's signature cannot be checked", e);
        }
        return Wire.read(bytes, PolicySnapshot.class);
    }
}
