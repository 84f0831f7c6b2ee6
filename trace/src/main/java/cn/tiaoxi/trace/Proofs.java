package cn.tiaoxi.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Inclusion and consistency proofs of RFC 6962, sections 2.1.1 and 2.1.2; verified as RFC 9162,
 * sections 2.1.3.2 and 2.1.4.2, write it out.
 */
public final class Proofs {
    /** Answers the hashes of a tree's perfect subtrees. */
    public interface Nodes {
        /** The hash over the entries from {@code index << height}, {@code 1 << height} of them. */
        Hash node(int height, long index);
    }

    private Proofs() {}

    /** The root of the tree of the first {@code size} entries. */
    public static Hash root(Nodes nodes, long size) {
        return size == 0 ? Hash.EMPTY : range(nodes, 0, size);
    }

    /** The hashes that lead from the entry to the root of the tree of {@code size} entries. */
    public static List<Hash> inclusion(Nodes nodes, long index, long size) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException("entry " + index + " in a tree of " + size);
        }
        return inclusion(nodes, index, 0, size);
    }

    /** The hashes that lead from the entry to the hash of the entries from {@code start} on. */
    static List<Hash> inclusion(Nodes nodes, long index, long start, long stop) {
        List<Hash> proof = new ArrayList<>();
        long begin = start;
        long end = stop;
        while (end - begin > 1) {
            long middle = begin + split(end - begin);
            if (index < middle) {
                proof.add(range(nodes, middle, end));
                end = middle;
            } else {
                proof.add(range(nodes, begin, middle));
                begin = middle;
            }
        }
        return proof.reversed();
    }

    /**
     * The hashes that show that a tree of {@code before} entries is the beginning of a later one.
     */
    public static List<Hash> consistency(Nodes nodes, long before, long after) {
        if (before < 0 || before > after) {
            throw new IndexOutOfBoundsException("a tree of " + before + " in one of " + after);
        }
        if (before == 0 || before == after) {
            return List.of();
        }
        List<Hash> proof = new ArrayList<>();
        long begin = 0;
        long end = after;
        while (end > before) {
            long middle = begin + split(end - begin);
            if (before <= middle) {
                proof.add(range(nodes, middle, end));
                end = middle;
            } else {
                proof.add(range(nodes, begin, middle));
                begin = middle;
            }
        }
        if (begin > 0) {
            proof.add(range(nodes, begin, end));
        }
        return proof.reversed();
    }

    /**
     * Whether the proof leads from the leaf at {@code index} to the root of {@code size} entries.
     */
    public static boolean verifyInclusion(
            long index, long size, Hash leaf, List<Hash> proof, Hash root) {
        if (index < 0 || index >= size) {
            return false;
        }
        long node = index;
        long last = size - 1;
        Hash hash = leaf;
        for (Hash sibling : proof) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                hash = Hash.ofNode(sibling, hash);
                int shift = Long.numberOfTrailingZeros(node);
                node >>>= shift;
                last >>>= shift;
            } else {
                hash = Hash.ofNode(hash, sibling);
            }
            node >>>= 1;
            last >>>= 1;
        }
        return last == 0 && hash.equals(root);
    }

    /**
     * Whether the proof shows that the tree of {@code before} entries is the beginning of the tree
     * of {@code after} entries. False if the first tree is empty, as in other verifiers: that
     * proves nothing.
     */
    public static boolean verifyConsistency(
            long before, long after, Hash rootBefore, Hash rootAfter, List<Hash> proof) {
        if (before < 1 || before > after) {
            return false;
        }
        if (before == after) {
            return proof.isEmpty() && rootBefore.equals(rootAfter);
        }
        if (proof.isEmpty()) {
            return false;
        }
        boolean perfect = Long.bitCount(before) == 1;
        long node = before - 1;
        long last = after - 1;
        int shift = Long.numberOfTrailingZeros(~node);
        node >>>= shift;
        last >>>= shift;
        Hash old = perfect ? rootBefore : proof.getFirst();
        Hash now = old;
        for (Hash sibling : perfect ? proof : proof.subList(1, proof.size())) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                old = Hash.ofNode(sibling, old);
                now = Hash.ofNode(sibling, now);
                int skip = Long.numberOfTrailingZeros(node);
                node >>>= skip;
                last >>>= skip;
            } else {
                now = Hash.ofNode(now, sibling);
            }
            node >>>= 1;
            last >>>= 1;
        }
        return last == 0 && old.equals(rootBefore) && now.equals(rootAfter);
    }

    /** The tree hash of a range that begins where a perfect subtree of its size would. */
    static Hash range(Nodes nodes, long begin, long end) {
        Hash hash = null;
        long at = end;
        while (at > begin) {
            long width = Long.lowestOneBit(at - begin);
            at -= width;
            Hash left = nodes.node(Long.numberOfTrailingZeros(width), at / width);
            hash = hash == null ? left : Hash.ofNode(left, hash);
        }
        return Objects.requireNonNull(hash, "an empty range has no hash");
    }

    /** The largest power of two below {@code width}. */
    static long split(long width) {
        return Long.highestOneBit(width - 1);
    }
}
