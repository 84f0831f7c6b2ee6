package cn.tiaoxi.trace;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The public key of a log: checks Ed25519 signatures on <a
 * href="https://c2sp.org/signed-note">signed notes</a>. Immutable; may be shared between threads.
 */
public final class NoteVerifier {
    static final byte ED25519 = 1;

    /** What stands before the 32 key bytes in a DER SubjectPublicKeyInfo (RFC 8410). */
    private static final byte[] DER = HexFormat.of().parseHex("302a300506032b6570032100");

    private final String name;
    private final int id;
    private final byte[] key;
    private final PublicKey publicKey;

    NoteVerifier(String name, byte[] key) {
        this.name = checkedName(name);
        this.key = key.clone();
        this.id = id(name, key);
        this.publicKey = publicKey(key);
    }

    /**
     * Reads the text form {@code name+hash+base64}.
     *
     * @throws TraceException MALFORMED if it is not an Ed25519 verifier key or its hash is wrong
     */
    public static NoteVerifier parse(String vkey) {
        String[] parts = vkey.strip().split("\\+", 3);
        if (parts.length != 3) {
            throw malformed("a verifier key reads name+hash+base64, not: " + vkey, null);
        }
        byte[] key;
        try {
            key = Base64.getDecoder().decode(parts[2]);
        } catch (IllegalArgumentException e) {
            throw malformed("the key in " + vkey + " is not Base64", e);
        }
        if (key.length != 33 || key[0] != ED25519) {
            throw malformed("not an Ed25519 verifier key: " + vkey, null);
        }
        NoteVerifier verifier = new NoteVerifier(parts[0], Arrays.copyOfRange(key, 1, 33));
        if (!parts[1].equals(HexFormat.of().toHexDigits(verifier.id))) {
            throw malformed("the hash in " + vkey + " does not belong to the key", null);
        }
        return verifier;
    }

    /** The key's name, which is also the origin of the log it signs. */
    public String name() {
        return name;
    }

    /** The 32-bit key id that stands before each signature. */
    public int id() {
        return id;
    }

    /** The text form {@code name+hash+base64}. */
    public String vkey() {
        byte[] typed = ByteBuffer.allocate(33).put(ED25519).put(key).array();
        return name
                + "+"
                + HexFormat.of().toHexDigits(id)
                + "+"
                + Base64.getEncoder().encodeToString(typed);
    }

    boolean verifies(byte[] text, byte[] signature) {
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initVerify(publicKey);
            ed25519.update(text);
            return ed25519.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    static String checkedName(String name) {
        boolean wrong =
                name.isEmpty()
                        || name.codePoints()
                                .anyMatch(
                                        c ->
                                                c == '+'
                                                        || c < 0x20
                                                        || Character.isWhitespace(c)
                                                        || Character.isSpaceChar(c));
        if (wrong) {
            throw malformed("a key name has no spaces and no plus: '" + name + "'", null);
        }
        return name;
    }

    private static int id(String name, byte[] key) {
        MessageDigest sha256 = TreeHasher.sha256();
        sha256.update(name.getBytes(StandardCharsets.UTF_8));
        sha256.update((byte) '\n');
        sha256.update(ED25519);
        sha256.update(key);
        return ByteBuffer.wrap(sha256.digest()).getInt();
    }

    private static PublicKey publicKey(byte[] key) {
        byte[] der = ByteBuffer.allocate(DER.length + key.length).put(DER).put(key).array();
        try {
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der));
        } catch (GeneralSecurityException e) {
            throw malformed("not an Ed25519 public key", e);
        }
    }

    private static TraceException malformed(String message, @Nullable Exception cause) {
        return new TraceException(TraceException.Code.MALFORMED, message, cause);
    }

    @Override
    public String toString() {
        return vkey();
    }
}
