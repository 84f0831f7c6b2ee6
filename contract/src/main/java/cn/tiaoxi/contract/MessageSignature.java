package cn.tiaoxi.contract;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * HTTP message signatures (RFC 9421) over requests, with {@code hmac-sha256} and {@code ed25519},
 * and with the national algorithms under the names {@code hmac-sm3} and {@code sm2-sm3}, which are
 * this project's own: the registry has none for them. The fastest installed security provider is
 * used.
 */
public final class MessageSignature {
    /** Finding a provider costs more than the HMAC of a call. */
    private static final ThreadLocal<Mac> MACS = ThreadLocal.withInitial(MessageSignature::mac);

    private MessageSignature() {}

    /** HMAC-SHA256 over the signature base. */
    public static byte[] hmac(SignatureInput input, RequestParts request, byte[] secret) {
        Mac mac = MACS.get();
        try {
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("HmacSHA256 takes any key", e);
        }
        return mac.doFinal(base(input, request));
    }

    private static Mac mac() {
        try {
            return Mac.getInstance("HmacSHA256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is missing", e);
        }
    }

    /** Ed25519 (RFC 8032) over the signature base. */
    public static byte[] ed25519(SignatureInput input, RequestParts request, PrivateKey key) {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(key);
            signer.update(base(input, request));
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Ed25519 signing failed", e);
        }
    }

    /** Whether that is the HMAC of the request; takes the same time wherever it differs. */
    public static boolean verifyHmac(
            SignatureInput input, RequestParts request, byte[] secret, byte[] signature) {
        return MessageDigest.isEqual(hmac(input, request, secret), signature);
    }

    /** Whether that is a signature of the request under the public key. */
    public static boolean verifyEd25519(
            SignatureInput input, RequestParts request, PublicKey key, byte[] signature) {
        if (signature.length != 64) {
            return false;
        }
        byte[] base = base(input, request);
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(base);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** HMAC (RFC 2104) with SM3 (GB/T 32905) over the signature base. */
    public static byte[] hmacSm3(SignatureInput input, RequestParts request, byte[] secret) {
        return hmacSm3(base(input, request), secret);
    }

    static byte[] hmacSm3(byte[] message, byte[] secret) {
        HMac mac = new HMac(new SM3Digest());
        mac.init(new KeyParameter(secret));
        mac.update(message, 0, message.length);
        byte[] result = new byte[mac.getMacSize()];
        mac.doFinal(result, 0);
        return result;
    }

    /** SM2 with SM3 (GB/T 32918.2) over the signature base. */
    public static byte[] sm2(SignatureInput input, RequestParts request, Sm2PrivateKey key) {
        return key.sign(base(input, request));
    }

    /** Whether that is the HMAC with SM3; takes the same time wherever it differs. */
    public static boolean verifyHmacSm3(
            SignatureInput input, RequestParts request, byte[] secret, byte[] signature) {
        return MessageDigest.isEqual(hmacSm3(input, request, secret), signature);
    }

    /** Whether that is an SM2 signature of the request under the public key. */
    public static boolean verifySm2(
            SignatureInput input, RequestParts request, Sm2PublicKey key, byte[] signature) {
        return key.verifies(base(input, request), signature);
    }

    /** A {@code Signature} header with one member. */
    public static String header(SignatureInput input, byte[] signature) {
        return input.label() + "=:" + Base64.getEncoder().encodeToString(signature) + ":";
    }

    /** A {@code Content-Digest} header (RFC 9530) with SHA-256 of a body. */
    public static String contentDigest(byte[] body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
            return "sha-256=:" + Base64.getEncoder().encodeToString(digest) + ":";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-256 is missing", e);
        }
    }

    /** Bytes of the signature base; one char, one byte, since header values may be Latin-1. */
    private static byte[] base(SignatureInput input, RequestParts request) {
        return input.base(request).getBytes(StandardCharsets.ISO_8859_1);
    }
}
