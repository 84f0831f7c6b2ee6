package cn.tiaoxi.trace;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Hashes leaves and nodes of RFC 6962 trees in place. Owned by one thread. */
final class TreeHasher {
    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private final MessageDigest digest = sha256();
    private final byte[] work = new byte[Tile.WIDTH / 2 * Hash.BYTES];
    private final byte[] pair = new byte[1 + 2 * Hash.BYTES];

    TreeHasher() {
        pair[0] = NODE;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    void leaf(byte[] entry, byte[] out, int outOffset) {
        leaf(entry, 0, entry.length, out, outOffset);
    }

    void leaf(byte[] entry, int offset, int length, byte[] out, int outOffset) {
        digest.update(LEAF);
        digest.update(entry, offset, length);
        finish(out, outOffset);
    }

    /**
     * Hashes an entry where it lies, in one call of the digest: the byte before it lends its place
     * to the prefix and has its value again when this returns.
     */
    void leafInPlace(byte[] bytes, int offset, int length, byte[] out, int outOffset) {
        byte lent = bytes[offset - 1];
        bytes[offset - 1] = LEAF;
        digest.update(bytes, offset - 1, length + 1);
        bytes[offset - 1] = lent;
        finish(out, outOffset);
    }

    void node(
            byte[] left, int leftOffset, byte[] right, int rightOffset, byte[] out, int outOffset) {
        System.arraycopy(left, leftOffset, pair, 1, Hash.BYTES);
        System.arraycopy(right, rightOffset, pair, 1 + Hash.BYTES, Hash.BYTES);
        digest.update(pair, 0, pair.length);
        finish(out, outOffset);
    }

    /** The root of {@code width} hashes beginning with the {@code first}; width a power of two. */
    void subtree(byte[] hashes, int first, int width, byte[] out, int outOffset) {
        if (width == 1) {
            System.arraycopy(hashes, first * Hash.BYTES, out, outOffset, Hash.BYTES);
            return;
        }
        byte[] from = hashes;
        int start = first;
        for (int left = width; left > 1; left /= 2) {
            for (int i = 0; i < left / 2; i++) {
                int at = (start + 2 * i) * Hash.BYTES;
                node(from, at, from, at + Hash.BYTES, work, i * Hash.BYTES);
            }
            from = work;
            start = 0;
        }
        System.arraycopy(work, 0, out, outOffset, Hash.BYTES);
    }

    private void finish(byte[] out, int outOffset) {
        try {
            digest.digest(out, outOffset, Hash.BYTES);
        } catch (DigestException e) {
            throw new IllegalArgumentException("no room for a hash at " + outOffset, e);
        }
    }
}
