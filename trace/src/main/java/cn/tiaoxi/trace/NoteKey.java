package cn.tiaoxi.trace;

/**
 * A public key that checks signatures on <a href="https://c2sp.org/signed-note">signed notes</a>.
 * There are several kinds: {@link NoteVerifier} for logs, {@link CosignatureKey} for witnesses, and
 * outside this library one for SM2. Immutable; may be shared between threads.
 */
public interface NoteKey {
    /** The key's name, without spaces and plus. */
    String name();

    /** The 32-bit key id that stands before each signature. */
    int id();

    /** The text form {@code name+hash+base64}. */
    String vkey();

    /**
     * Whether that is a signature of the text under this key.
     *
     * @param signature what follows the key id in a signature line; false if it has another length
     */
    boolean verifies(byte[] text, byte[] signature);
}
