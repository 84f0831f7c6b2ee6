package cn.tiaoxi.trace;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** A SHA-256 hash in a Merkle tree as RFC 6962, section 2.1, defines it. */
public final class Hash {
    /** Length in bytes. */
    public static final int BYTES = 32;

    /** The root of the tree without entries: the hash of nothing. */
    public static final Hash EMPTY = new Hash(TreeHasher.sha256().digest());

    private final byte[] bytes;

    private Hash(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Copies 32 bytes. */
    public static Hash of(byte[] bytes) {
        return of(bytes, 0, bytes.length);
    }

    static Hash of(byte[] bytes, int offset, int length) {
        if (length != BYTES) {
            throw new TraceException(
                    TraceException.Code.MALFORMED, "a hash has 32 bytes, not " + length);
        }
        return new Hash(Arrays.copyOfRange(bytes, offset, offset + BYTES));
    }

    /** Reads 64 hexadecimal digits. */
    public static Hash ofHex(String text) {
        try {
            return of(HexFormat.of().parseHex(text));
        } catch (IllegalArgumentException e) {
            throw new TraceException(
                    TraceException.Code.MALFORMED, "not a hash in hexadecimal: " + text, e);
        }
    }

    /** The hash of a log entry: SHA-256 of a zero byte and the entry. */
    public static Hash ofEntry(byte[] entry) {
        byte[] out = new byte[BYTES];
        new TreeHasher().leaf(entry, out, 0);
        return new Hash(out);
    }

    /** The hash of an inner node: SHA-256 of a one byte and both children. */
    public static Hash ofNode(Hash left, Hash right) {
        byte[] out = new byte[BYTES];
        new TreeHasher().node(left.bytes, 0, right.bytes, 0, out, 0);
        return new Hash(out);
    }

    /** A copy of the 32 bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    void copyTo(byte[] out, int offset) {
        System.arraycopy(bytes, 0, out, offset, BYTES);
    }

    boolean equalsRange(byte[] other, int offset) {
        return Arrays.equals(bytes, 0, BYTES, other, offset, offset + BYTES);
    }

    /** Lower-case hexadecimal. */
    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    /** Base64 as in checkpoints. */
    public String base64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return hex();
    }
}
