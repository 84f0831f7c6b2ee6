package cn.tiaoxi.contract;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals callers' HMAC secrets with a key that platform and gateways share, so that neither the
 * database nor a policy snapshot on disk shows a secret. AES-256-GCM, the key derived by
 * HKDF-SHA256 (RFC 5869) from the shared token, the caller's key identifier bound as associated
 * data.
 */
public final class SealedSecret {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKey key;

    /**
     * @param token the shared gateway token, at least 32 characters
     */
    public SealedSecret(String token) {
        if (token.length() < 32) {
            throw new IllegalArgumentException("The gateway token needs at least 32 characters");
        }
        try {
            byte[] derived =
                    KDF.getInstance("HKDF-SHA256")
                            .deriveData(
                                    HKDFParameterSpec.ofExtract()
                                            .addIKM(token.getBytes(StandardCharsets.UTF_8))
                                            .thenExpand(
                                                    "tiaoxi sealed secret v1"
                                                            .getBytes(StandardCharsets.UTF_8),
                                                    32));
            this.key = new SecretKeySpec(derived, "AES");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HKDF-SHA256 is missing", e);
        }
    }

    /** Seals a secret for the key with that identifier; Base64 of nonce, ciphertext and tag. */
    public String seal(String keyId, byte[] secret) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, keyId, nonce, secret);
        return Base64.getEncoder()
                .encodeToString(
                        ByteBuffer.allocate(nonce.length + sealed.length)
                                .put(nonce)
                                .put(sealed)
                                .array());
    }

    /**
     * Opens what {@link #seal} made.
     *
     * @throws IllegalArgumentException if it was made with another token or for another key
     */
    public byte[] open(String keyId, String sealed) {
        byte[] bytes = Base64.getDecoder().decode(sealed);
        if (bytes.length < NONCE_BYTES + TAG_BITS / 8) {
            throw new IllegalArgumentException("The sealed secret is too short");
        }
        byte[] nonce = java.util.Arrays.copyOf(bytes, NONCE_BYTES);
        byte[] text = java.util.Arrays.copyOfRange(bytes, NONCE_BYTES, bytes.length);
        return crypt(Cipher.DECRYPT_MODE, keyId, nonce, text);
    }

    private byte[] crypt(int mode, String keyId, byte[] nonce, byte[] text) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(keyId.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "The sealed secret of key " + keyId + " cannot be opened with this token", e);
        }
    }
}
