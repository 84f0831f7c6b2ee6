package cn.tiaoxi.contract;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;

/** A private key for SM2 signatures; see {@link Sm2PublicKey}. Never changes. */
public final class Sm2PrivateKey {
    private final ECPrivateKeyParameters key;

    private Sm2PrivateKey(ECPrivateKeyParameters key) {
        this.key = key;
    }

    /** A new key. */
    public static Sm2PrivateKey generate() {
        ECKeyPairGenerator generator = new ECKeyPairGenerator();
        generator.init(new ECKeyGenerationParameters(Sm2PublicKey.CURVE, new SecureRandom()));
        return new Sm2PrivateKey((ECPrivateKeyParameters) generator.generateKeyPair().getPrivate());
    }

    /**
     * A private key from PEM or Base64 of PKCS#8.
     *
     * @throws IllegalArgumentException if it is neither, or of another curve
     */
    public static Sm2PrivateKey of(String text) {
        try {
            if (PrivateKeyFactory.createKey(Pem.decoded(text))
                            instanceof ECPrivateKeyParameters elliptic
                    && elliptic.getParameters().getCurve().equals(Sm2PublicKey.CURVE.getCurve())) {
                return of(elliptic.getD());
            }
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("Not an SM2 private key in PKCS#8", e);
        }
        throw new IllegalArgumentException("Not an SM2 private key in PKCS#8");
    }

    static Sm2PrivateKey of(BigInteger d) {
        return new Sm2PrivateKey(new ECPrivateKeyParameters(d, Sm2PublicKey.CURVE));
    }

    /** PKCS#8 in PEM. */
    public String pem() {
        try {
            return Pem.encoded(
                    "PRIVATE KEY", PrivateKeyInfoFactory.createPrivateKeyInfo(key).getEncoded());
        } catch (IOException e) {
            throw new IllegalStateException("An SM2 key cannot be encoded", e);
        }
    }

    /** The public key that belongs to it. */
    public Sm2PublicKey publicKey() {
        return Sm2PublicKey.ofPrivate(key.getD());
    }

    /** A signature of the message: {@code r} and {@code s} in 32 bytes each. */
    public byte[] sign(byte[] message) {
        SM2Signer signer = new SM2Signer(PlainDSAEncoding.INSTANCE);
        signer.init(true, Sm2PublicKey.withUser(new ParametersWithRandom(key, new SecureRandom())));
        signer.update(message, 0, message.length);
        try {
            return signer.generateSignature();
        } catch (CryptoException e) {
            throw new IllegalStateException("SM2 signing failed", e);
        }
    }
}
