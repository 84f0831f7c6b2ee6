package cn.tiaoxi.platform.superior;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Fingerprints of keys, and proofs that both ends know an enrolment code. */
final class Prints {
    private Prints() {}

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing", e);
        }
    }

    /** SHA-256 of a key's 32 bytes in hexadecimal, by which people and messages name it. */
    static String of(String material) {
        return HexFormat.of().formatHex(sha256(Base64.getDecoder().decode(material)));
    }

    /** What only somebody can have made who knows the code. */
    static String proof(byte[] codeHash, String... lines) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(codeHash, "HmacSHA256"));
            byte[] text = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
            return Base64.getEncoder().encodeToString(mac.doFinal(text));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("HmacSHA256 is missing", e);
        }
    }

    /** Whether two texts are the same; takes the same time wherever they differ. */
    static boolean same(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
