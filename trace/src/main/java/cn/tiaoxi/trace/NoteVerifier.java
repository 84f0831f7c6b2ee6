package cn.tiaoxi.trace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/**
 * The public key of a log: checks Ed25519 signatures on <a
 * href="https://c2sp.org/signed-note">signed notes</a>. Immutable; may be shared between threads.
 */
public final class NoteVerifier implements NoteKey {
    static final int KEY_BYTES = 32;
    private static final byte[] TYPE = {1};

    /** What stands before the 32 key bytes in a DER SubjectPublicKeyInfo (RFC 8410). */
    private static final byte[] DER = HexFormat.of().parseHex("302a300506032b6570032100");

    private final VerifierKey text;
    private final int id;
    private final PublicKey publicKey;

    NoteVerifier(String name, byte[] key) {
        this.text = VerifierKey.of(name, TYPE, key);
        this.id = text.id();
        this.publicKey = publicKey(key);
    }

    /**
     * Reads the text form {@code name+hash+base64}.
     *
     * @throws TraceException MALFORMED if it is not an Ed25519 verifier key or its hash is wrong
     */
    public static NoteVerifier parse(String vkey) {
        VerifierKey key = VerifierKey.parse(vkey);
        return new NoteVerifier(key.name(), key.key(TYPE, KEY_BYTES));
    }

    /**
     * Reads the file with a log's keys: the key that must have signed is the first line, others
     * that it has or had follow.
     *
     * @throws TraceException MALFORMED, UNREACHABLE if it cannot be read; both name the file
     */
    public static NoteVerifier ofFile(Path file) {
        try {
            return parse(Files.readString(file).strip().lines().findFirst().orElse(""));
        } catch (TraceException e) {
            throw new TraceException(e.code(), file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new TraceException(
                    TraceException.Code.UNREACHABLE, "cannot read the key " + file, e);
        }
    }

    /** The key's name, which is also the origin of the log it signs. */
    @Override
    public String name() {
        return text.name();
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    public String vkey() {
        return text.text();
    }

    byte[] keyBytes() {
        return text.key(TYPE, KEY_BYTES);
    }

    @Override
    public boolean verifies(byte[] text, byte[] signature) {
        return verifies(publicKey, text, signature);
    }

    static boolean verifies(PublicKey key, byte[] text, byte[] signature) {
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initVerify(key);
            ed25519.update(text);
            return ed25519.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    static PublicKey publicKey(byte[] key) {
        byte[] der = ByteBuffer.allocate(DER.length + key.length).put(DER).put(key).array();
        try {
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der));
        } catch (GeneralSecurityException e) {
            throw new TraceException(TraceException.Code.MALFORMED, "not an Ed25519 public key", e);
        }
    }

    @Override
    public String toString() {
        return vkey();
    }
}
