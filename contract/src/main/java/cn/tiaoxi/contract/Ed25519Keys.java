package cn.tiaoxi.contract;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** Reads and writes Ed25519 keys in the forms that callers, platform and gateways exchange. */
public final class Ed25519Keys {
    /** DER of SubjectPublicKeyInfo up to the 32 bytes of the key (RFC 8410). */
    private static final byte[] PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private Ed25519Keys() {}

    /**
     * A public key from PEM, from Base64 of X.509 (SubjectPublicKeyInfo), or from Base64 of its 32
     * bytes.
     *
     * @throws IllegalArgumentException if it is none of these
     */
    public static PublicKey publicKey(String text) {
        byte[] bytes = Pem.decoded(text);
        byte[] encoded = bytes;
        if (bytes.length == 32) {
            encoded = Arrays.copyOf(PREFIX, PREFIX.length + 32);
            System.arraycopy(bytes, 0, encoded, PREFIX.length, 32);
        }
        try {
            return KeyFactory.getInstance("Ed25519")
                    .generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("Not an Ed25519 public key", e);
        }
    }

    /**
     * A private key from PEM or Base64 of PKCS#8.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static PrivateKey privateKey(String text) {
        try {
            return KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new PKCS8EncodedKeySpec(Pem.decoded(text)));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("Not an Ed25519 private key in PKCS#8", e);
        }
    }

    /** Base64 of the 32 bytes of a public key, as a policy carries it. */
    public static String material(PublicKey key) {
        byte[] encoded = key.getEncoded();
        if (encoded.length != PREFIX.length + 32
                || !Arrays.equals(encoded, 0, PREFIX.length, PREFIX, 0, PREFIX.length)) {
            throw new IllegalArgumentException("Not an Ed25519 public key");
        }
        return Base64.getEncoder()
                .encodeToString(Arrays.copyOfRange(encoded, PREFIX.length, encoded.length));
    }
}
