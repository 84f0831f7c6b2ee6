package cn.tiaoxi.contract;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithID;
import org.bouncycastle.crypto.signers.DSAEncoding;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.crypto.util.PublicKeyFactory;

/**
 * A public key for SM2 signatures (GB/T 32918.2) on the recommended curve (GB/T 32918.5), with SM3
 * and the default user identifier. Never changes.
 */
public final class Sm2PublicKey {
    /** Bytes of {@code r} and of {@code s}. */
    static final int HALF = 32;

    static final ECDomainParameters CURVE =
            new ECNamedDomainParameters(
                    GMObjectIdentifiers.sm2p256v1, CustomNamedCurves.getByName("sm2p256v1"));

    /** The default identifier of a signer (GB/T 35276). */
    private static final byte[] USER = "1234567812345678".getBytes(StandardCharsets.US_ASCII);

    private final ECPublicKeyParameters key;

    Sm2PublicKey(ECPublicKeyParameters key) {
        this.key = key;
    }

    /**
     * A public key from PEM, from Base64 of X.509 (SubjectPublicKeyInfo), or from Base64 of its
     * point.
     *
     * @throws IllegalArgumentException if it is none of these
     */
    public static Sm2PublicKey of(String text) {
        byte[] bytes = Pem.decoded(text);
        byte[] point = bytes.length == 2 * HALF + 1 ? bytes : point(bytes);
        try {
            return new Sm2PublicKey(
                    new ECPublicKeyParameters(CURVE.getCurve().decodePoint(point), CURVE));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Not an SM2 public key", e);
        }
    }

    /** The point of a key in X.509; one of another curve is not on this one. */
    private static byte[] point(byte[] encoded) {
        try {
            if (PublicKeyFactory.createKey(encoded) instanceof ECPublicKeyParameters elliptic) {
                return elliptic.getQ().getEncoded(false);
            }
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("Not an SM2 public key", e);
        }
        throw new IllegalArgumentException("Not an SM2 public key");
    }

    /** Base64 of the 65 bytes of its uncompressed point, as a policy carries it. */
    public String material() {
        return Base64.getEncoder().encodeToString(key.getQ().getEncoded(false));
    }

    /**
     * Whether that is a signature of the message under this key.
     *
     * @param signature {@code r} and {@code s} in 32 bytes each, or their DER (GB/T 35276)
     */
    public boolean verifies(byte[] message, byte[] signature) {
        DSAEncoding encoding =
                signature.length == 2 * HALF
                        ? PlainDSAEncoding.INSTANCE
                        : StandardDSAEncoding.INSTANCE;
        SM2Signer verifier = new SM2Signer(encoding);
        verifier.init(false, withUser(key));
        verifier.update(message, 0, message.length);
        try {
            return verifier.verifySignature(signature);
        } catch (RuntimeException e) {
            return false;
        }
    }

    static CipherParameters withUser(CipherParameters key) {
        return new ParametersWithID(key, USER);
    }

    static Sm2PublicKey ofPrivate(BigInteger d) {
        return new Sm2PublicKey(
                new ECPublicKeyParameters(CURVE.getG().multiply(d).normalize(), CURVE));
    }
}
