package cn.tiaoxi.platform.superior;

import cn.tiaoxi.contract.HmacSha256;
import cn.tiaoxi.contract.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;

/** Fingerprints of keys, and proofs that both ends know an enrolment code. */
final class Prints {
    private Prints() {}

    static byte[] sha256(byte[] bytes) {
        return Sha256.begin().digest(bytes);
    }

    /** SHA-256 of a key's 32 bytes in hexadecimal, by which people and messages name it. */
    static String of(String material) {
        return HexFormat.of().formatHex(sha256(Base64.getDecoder().decode(material)));
    }

    /** What only somebody can have made who knows the code. */
    static String proof(byte[] codeHash, String... lines) {
        byte[] proof = HmacSha256.of(codeHash, String.join("\n", lines));
        return Base64.getEncoder().encodeToString(proof);
    }

    /** Whether two texts are the same; takes the same time wherever they differ. */
    static boolean same(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
