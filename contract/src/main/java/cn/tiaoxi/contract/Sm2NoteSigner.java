package cn.tiaoxi.contract;

import cn.tiaoxi.trace.SigningKey;

/** The private half of a {@link Sm2NoteKey}. Never changes. */
public final class Sm2NoteSigner implements SigningKey {
    private final Sm2PrivateKey key;
    private final Sm2NoteKey verifier;

    /**
     * A key for notes.
     *
     * @param name origin of the log
     */
    public Sm2NoteSigner(String name, Sm2PrivateKey key) {
        this.key = key;
        this.verifier = new Sm2NoteKey(name, key.publicKey());
    }

    @Override
    public Sm2NoteKey verifier() {
        return verifier;
    }

    @Override
    public byte[] sign(byte[] text) {
        return key.sign(text);
    }
}
