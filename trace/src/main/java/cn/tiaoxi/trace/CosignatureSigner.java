package cn.tiaoxi.trace;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * The private key of a witness. It must be used for nothing else. Immutable; may be shared between
 * threads.
 */
public final class CosignatureSigner implements SigningKey {
    private final NoteSigner key;
    private final CosignatureKey verifier;
    private final InstantSource clock;

    /**
     * A witness's key.
     *
     * @param key an Ed25519 key under the witness's name
     * @param clock tells the time of each cosignature
     */
    public CosignatureSigner(NoteSigner key, InstantSource clock) {
        this.key = key;
        this.verifier = new CosignatureKey(key.name(), key.verifier().keyBytes());
        this.clock = clock;
    }

    /** Reads the key file, or makes a key and stores it there when there is no such file. */
    public static CosignatureSigner loadOrCreate(Path file, String name, InstantSource clock) {
        return new CosignatureSigner(NoteSigner.loadOrCreate(file, name), clock);
    }

    @Override
    public CosignatureKey verifier() {
        return verifier;
    }

    @Override
    public byte[] sign(byte[] checkpoint) {
        long seconds = Math.max(1, clock.instant().getEpochSecond());
        byte[] signature = key.sign(CosignatureKey.message(checkpoint, seconds));
        return ByteBuffer.allocate(Long.BYTES + signature.length)
                .putLong(seconds)
                .put(signature)
                .array();
    }
}
