package cn.tiaoxi.trace;

import java.util.ArrayList;
import java.util.List;

/**
 * Proofs about a part of a tree, {@code start} to {@code end}, as the sign-subtree call of <a
 * href="https://c2sp.org/tlog-witness">tlog-witness</a> uses them; made and verified as
 * draft-ietf-plants-merkle-tree-certs, sections 4.1 to 4.4, says.
 *
 * <p>A subtree is valid if {@code start} is a multiple of the smallest power of two that is not
 * below its number of entries. An empty one is valid and consistent with every tree.
 */
public final class SubtreeProofs {
    private SubtreeProofs() {}

    /** Whether these entries, the last excluded, are a subtree about which proofs can be made. */
    public static boolean isValid(long start, long end) {
        if (start < 0 || end < start) {
            return false;
        }
        long width = end - start;
        long ceiling = width <= 1 ? 1 : Long.highestOneBit(width - 1) << 1;
        return ceiling > 0 && (start & (ceiling - 1)) == 0;
    }

    /** The hash of a subtree. */
    public static Hash root(Proofs.Nodes nodes, long start, long end) {
        check(start, end, end);
        return start == end ? Hash.EMPTY : Proofs.range(nodes, start, end);
    }

    /** The hashes that lead from an entry to the hash of a subtree that holds it. */
    public static List<Hash> inclusion(Proofs.Nodes nodes, long index, long start, long end) {
        check(start, end, end);
        if (index < start || index >= end) {
            throw new IndexOutOfBoundsException(index + " is not from " + start + " to " + end);
        }
        return Proofs.inclusion(nodes, index, start, end);
    }

    /** Whether the proof leads from the leaf at {@code index} of the log to the subtree's hash. */
    public static boolean verifyInclusion(
            long index, long start, long end, Hash leaf, List<Hash> proof, Hash root) {
        return isValid(start, end)
                && index >= start
                && Proofs.verifyInclusion(index - start, end - start, leaf, proof, root);
    }

    /** The hashes that show that a subtree is part of the tree of {@code size} entries. */
    public static List<Hash> consistency(Proofs.Nodes nodes, long start, long end, long size) {
        check(start, end, size);
        List<Hash> proof = new ArrayList<>();
        if (start == end) {
            return proof;
        }
        long begin = start;
        long from = 0;
        long to = size;
        while (from != begin || to != end) {
            long middle = from + Proofs.split(to - from);
            if (end <= middle) {
                proof.add(Proofs.range(nodes, middle, to));
                to = middle;
            } else {
                proof.add(Proofs.range(nodes, from, middle));
                // A subtree that crosses the middle begins where this tree does; the part after
                // the middle is shown from here on.
                begin = Math.max(begin, middle);
                from = middle;
            }
        }
        if (begin != start) {
            proof.add(Proofs.range(nodes, from, to));
        }
        return proof.reversed();
    }

    /**
     * Whether the proof shows that the subtree with hash {@code part} is in the tree of {@code
     * size} entries with hash {@code root}. That is always so of an empty subtree.
     */
    public static boolean verifyConsistency(
            long start, long end, long size, Hash part, Hash root, List<Hash> proof) {
        if (!isValid(start, end) || end > size) {
            return false;
        }
        if (start == end) {
            return proof.isEmpty() && part.equals(Hash.EMPTY);
        }
        long first = start;
        long node = end - 1;
        long last = size - 1;
        int shift =
                node == last
                        ? Long.SIZE - Long.numberOfLeadingZeros(first ^ node)
                        : Math.min(
                                Long.SIZE - Long.numberOfLeadingZeros(first ^ node),
                                Long.numberOfTrailingZeros(~node));
        first >>>= shift;
        node >>>= shift;
        last >>>= shift;
        boolean whole = first == node;
        if (!whole && proof.isEmpty()) {
            return false;
        }
        Hash old = whole ? part : proof.getFirst();
        Hash now = old;
        for (Hash sibling : whole ? proof : proof.subList(1, proof.size())) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                old = first < node ? Hash.ofNode(sibling, old) : old;
                now = Hash.ofNode(sibling, now);
                int skip = Long.numberOfTrailingZeros(node);
                first >>>= skip;
                node >>>= skip;
                last >>>= skip;
            } else {
                now = Hash.ofNode(now, sibling);
            }
            first >>>= 1;
            node >>>= 1;
            last >>>= 1;
        }
        return last == 0 && old.equals(part) && now.equals(root);
    }

    private static void check(long start, long end, long size) {
        if (!isValid(start, end) || end > size) {
            throw new IndexOutOfBoundsException(
                    start + " to " + end + " is no subtree of a tree of " + size);
        }
    }
}
