package cn.tiaoxi.trace;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The text form of a public key on notes, {@code name+hash+base64}, whatever its type.
 *
 * @param name the key's name
 * @param typed the signature type, then the bytes of the key
 */
public record VerifierKey(String name, byte[] typed) {
    /** Checks the name and copies. */
    public VerifierKey {
        checkedName(name);
        typed = typed.clone();
    }

    /** A key of the type that these bytes name. */
    public static VerifierKey of(String name, byte[] type, byte[] key) {
        byte[] typed = Arrays.copyOf(type, type.length + key.length);
        System.arraycopy(key, 0, typed, type.length, key.length);
        return new VerifierKey(name, typed);
    }

    /**
     * Reads the text form.
     *
     * @throws TraceException MALFORMED if it is not in form or its hash is wrong
     */
    public static VerifierKey parse(String vkey) {
        String[] parts = vkey.strip().split("\\+", 3);
        if (parts.length != 3) {
            throw malformed("a verifier key reads name+hash+base64, not: " + vkey, null);
        }
        VerifierKey key;
        try {
            key = new VerifierKey(parts[0], Base64.getDecoder().decode(parts[2]));
        } catch (IllegalArgumentException e) {
            throw malformed("the key in " + vkey + " is not Base64", e);
        }
        if (key.typed.length < 2 || !parts[1].equals(HexFormat.of().toHexDigits(key.id()))) {
            throw malformed("the hash in " + vkey + " does not belong to the key", null);
        }
        return key;
    }

    /** The first four bytes of SHA-256 over name, newline, type and key. */
    public int id() {
        MessageDigest sha256 = TreeHasher.sha256();
        sha256.update(name.getBytes(StandardCharsets.UTF_8));
        sha256.update((byte) '\n');
        sha256.update(typed);
        return ByteBuffer.wrap(sha256.digest()).getInt();
    }

    /** The text form. */
    public String text() {
        return name
                + "+"
                + HexFormat.of().toHexDigits(id())
                + "+"
                + Base64.getEncoder().encodeToString(typed);
    }

    /** Whether the key is of that type. */
    public boolean isOf(byte[] type) {
        return Arrays.equals(typed, 0, Math.min(type.length, typed.length), type, 0, type.length);
    }

    /**
     * The bytes of a key of that type.
     *
     * @throws TraceException MALFORMED if it is of another type or length
     */
    public byte[] key(byte[] type, int length) {
        if (!isOf(type) || typed.length != type.length + length) {
            throw malformed("not a verifier key of the type asked for: " + text(), null);
        }
        return Arrays.copyOfRange(typed, type.length, typed.length);
    }

    @Override
    public byte[] typed() {
        return typed.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifierKey key
                && name.equals(key.name)
                && Arrays.equals(typed, key.typed);
    }

    @Override
    public int hashCode() {
        return id();
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

    private static TraceException malformed(String message, @Nullable Exception cause) {
        return new TraceException(TraceException.Code.MALFORMED, message, cause);
    }
}
