package cn.tiaoxi.platform.evidence;

import cn.tiaoxi.trace.SignedNote;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;

/**
 * That a witness saw a checkpoint and found it to continue what it saw before.
 *
 * @param name the witness
 * @param time when it cosigned
 */
public record Cosignature(String name, Instant time) {
    /** Bytes of a timestamp and an Ed25519 signature. */
    private static final int BYTES = Long.BYTES + 64;

    /** The cosignatures on a note, whose signatures were verified when it was kept. */
    static List<Cosignature> of(SignedNote note) {
        return note.signatures().stream()
                .filter(line -> line.signature().length == BYTES)
                .map(line -> new Cosignature(line.name(), time(line.signature())))
                .toList();
    }

    private static Instant time(byte[] signature) {
        return Instant.ofEpochSecond(ByteBuffer.wrap(signature).getLong());
    }
}
