package cn.tiaoxi.trace;

/** A private key that signs notes. Immutable; may be shared between threads. */
public interface SigningKey {
    /** The public half. */
    NoteKey verifier();

    /** What follows the key id in the signature line of a note with this text. */
    byte[] sign(byte[] text);
}
