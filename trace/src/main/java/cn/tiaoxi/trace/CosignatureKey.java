package cn.tiaoxi.trace;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * The public key of a witness: checks timestamped Ed25519 cosignatures on checkpoints, by <a
 * href="https://c2sp.org/tlog-cosignature">tlog-cosignature</a>.
 */
public final class CosignatureKey implements NoteKey {
    private static final byte[] TYPE = {4};
    private static final int TIME_BYTES = 8;
    private static final int SIGNATURE_BYTES = TIME_BYTES + 64;

    private final VerifierKey text;
    private final int id;
    private final PublicKey publicKey;

    CosignatureKey(String name, byte[] key) {
        this.text = VerifierKey.of(name, TYPE, key);
        this.id = text.id();
        this.publicKey = NoteVerifier.publicKey(key);
    }

    /**
     * Reads the text form {@code name+hash+base64}.
     *
     * @throws TraceException MALFORMED if it is not a cosigner's key or its hash is wrong
     */
    public static CosignatureKey parse(String vkey) {
        VerifierKey key = VerifierKey.parse(vkey);
        return new CosignatureKey(key.name(), key.key(TYPE, NoteVerifier.KEY_BYTES));
    }

    /** What the witness signs: the checkpoint and the time. */
    static byte[] message(byte[] checkpoint, long seconds) {
        byte[] head =
                ("cosignature/v1\ntime " + seconds + "\n").getBytes(StandardCharsets.US_ASCII);
        byte[] message = Arrays.copyOf(head, head.length + checkpoint.length);
        System.arraycopy(checkpoint, 0, message, head.length, checkpoint.length);
        return message;
    }

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

    @Override
    public boolean verifies(byte[] checkpoint, byte[] signature) {
        if (signature.length != SIGNATURE_BYTES) {
            return false;
        }
        long seconds = ByteBuffer.wrap(signature).getLong();
        return seconds > 0
                && NoteVerifier.verifies(
                        publicKey,
                        message(checkpoint, seconds),
                        Arrays.copyOfRange(signature, TIME_BYTES, SIGNATURE_BYTES));
    }

    /**
     * When this witness cosigned; empty if it did not.
     *
     * @throws TraceException SIGNATURE_WRONG if there is a cosignature of it that does not verify
     */
    public Optional<Instant> time(SignedNote note) {
        if (!note.isSignedBy(this)) {
            return Optional.empty();
        }
        return note.signatures().stream()
                .filter(line -> line.id() == id && line.name().equals(name()))
                .map(line -> Instant.ofEpochSecond(ByteBuffer.wrap(line.signature()).getLong()))
                .findFirst();
    }

    @Override
    public String toString() {
        return vkey();
    }
}
