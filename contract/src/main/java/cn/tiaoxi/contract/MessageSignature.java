package cn.tiaoxi.contract;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HTTP message signatures (RFC 9421) with {@code hmac-sha256} and {@code ed25519}, over requests.
 * The fastest installed security provider is used.
 */
public final class MessageSignature {

    private MessageSignature() {}

    /** HMAC-SHA256 over the signature base. */
    public static byte[] hmac(SignatureInput input, RequestParts request, byte[] secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(base(input, request));
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
