package cn.tiaoxi.trace;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Grows a tree entry by entry and says which tiles it consists of. Holds only the rightmost tile of
 * each level. Owned by one thread.
 */
final class TileTree {
    /** Entries below a hash of level 2, which is the root of a full tile of level 1. */
    static final int SUBTREE = Tile.WIDTH * Tile.WIDTH;

    /** Receives tiles. */
    interface Sink {
        /** A tile of {@code width} hashes. The array is reused after the call. */
        void tile(int level, long number, int width, byte[] hashes) throws IOException;
    }

    private static final class Level {
        final byte[] hashes = new byte[Tile.FULL_BYTES];
        int width;
        boolean changed;
    }

    private final TreeHasher hasher = new TreeHasher();
    private final List<Level> levels = new ArrayList<>();
    private long size;

    TileTree() {
        levels.add(new Level());
    }

    /** The part of a larger tree that begins with a multiple of {@link #SUBTREE} entries. */
    static TileTree at(long first) {
        TileTree tree = new TileTree();
        tree.size = first;
        return tree;
    }

    /**
     * Reads the right edge of a log's files.
     *
     * @throws TraceException BROKEN if it does not have the checkpoint's root
     */
    static TileTree restore(TileSource source, Checkpoint checkpoint) {
        TileTree tree = new TileTree();
        long size = checkpoint.size();
        for (int l = 0; l < Tile.levels(size); l++) {
            long number = size >>> Tile.HEIGHT * l >>> Tile.HEIGHT;
            int width = Tile.width(l, number, size);
            Level level = tree.level(l);
            level.width = width;
            if (width > 0) {
                byte[] hashes = Tiles.fetchHashes(source, l, number, width);
                System.arraycopy(hashes, 0, level.hashes, 0, width * Hash.BYTES);
            }
        }
        tree.size = size;
        if (!tree.root().equals(checkpoint.root())) {
            throw new TraceException(
                    TraceException.Code.BROKEN,
                    "the rightmost tiles do not have the root of the checkpoint of size " + size);
        }
        return tree;
    }

    /** Reads the entries of a log's partial bundle, as far as the checkpoint covers it. */
    EntryBundle restoreBundle(TileSource source) {
        EntryBundle bundle = new EntryBundle();
        int width = (int) (size % Tile.WIDTH);
        if (width == 0) {
            return bundle;
        }
        byte[] hash = new byte[Hash.BYTES];
        int i = 0;
        for (byte[] entry : Tiles.fetchEntries(source, size / Tile.WIDTH, width)) {
            hasher.leaf(entry, hash, 0);
            int at = i++ * Hash.BYTES;
            if (!Arrays.equals(hash, 0, 32, level(0).hashes, at, at + Hash.BYTES)) {
                throw new TraceException(
                        TraceException.Code.BROKEN,
                        "entry " + (size - width + i - 1) + " does not match its hash");
            }
            bundle.add(entry, 0, entry.length);
        }
        return bundle;
    }

    long size() {
        return size;
    }

    /**
     * Appends an entry, which must not lie at the very beginning of the array, and hands on what
     * became full by it.
     */
    void add(byte[] bytes, int at, int length, Sink sink) throws IOException {
        Level leaves = levels.getFirst();
        hasher.leafInPlace(bytes, at, length, leaves.hashes, leaves.width * Hash.BYTES);
        leaves.width++;
        leaves.changed = true;
        size++;
        carry(0, sink);
    }

    /** Appends {@link #SUBTREE} entries by their root, to a tree of a multiple of as many. */
    void addSubtree(byte[] root, Sink sink) throws IOException {
        Level level = level(2);
        System.arraycopy(root, 0, level.hashes, level.width * Hash.BYTES, Hash.BYTES);
        level.width++;
        level.changed = true;
        size += SUBTREE;
        carry(2, sink);
    }

    /** The root of the {@link #SUBTREE} entries that this tree, begun {@link #at}, consists of. */
    byte[] subtreeRoot() {
        return Arrays.copyOf(level(2).hashes, Hash.BYTES);
    }

    /**
     * Appends a full bundle's entries of which only the hashes are there. The size must be a
     * multiple of 256.
     */
    void addHashes(byte[] hashes, Sink sink) throws IOException {
        Level leaves = levels.getFirst();
        System.arraycopy(hashes, 0, leaves.hashes, 0, Tile.FULL_BYTES);
        leaves.width = Tile.WIDTH;
        leaves.changed = true;
        size += Tile.WIDTH;
        carry(0, sink);
    }

    /** Hands on the partial tiles that changed since the last call. */
    void partials(Sink sink) throws IOException {
        for (int l = 0; l < levels.size(); l++) {
            Level level = levels.get(l);
            if (level.changed) {
                long number = size >>> Tile.HEIGHT * l >>> Tile.HEIGHT;
                sink.tile(l, number, level.width, level.hashes);
                level.changed = false;
            }
        }
    }

    /**
     * The root of the tree so far: the perfect subtrees of the right edge, folded from the right.
     */
    Hash root() {
        if (size == 0) {
            return Hash.EMPTY;
        }
        byte[] root = new byte[Hash.BYTES];
        byte[] subtree = new byte[Hash.BYTES];
        boolean first = true;
        for (Level level : levels) {
            int end = level.width;
            while (end > 0) {
                int width = Integer.lowestOneBit(end);
                end -= width;
                if (first) {
                    hasher.subtree(level.hashes, end, width, root, 0);
                    first = false;
                } else {
                    hasher.subtree(level.hashes, end, width, subtree, 0);
                    hasher.node(subtree, 0, root, 0, root, 0);
                }
            }
        }
        return Hash.of(root);
    }

    private void carry(int from, Sink sink) throws IOException {
        for (int l = from; level(l).width == Tile.WIDTH; l++) {
            Level full = level(l);
            long number = (size >>> Tile.HEIGHT * l >>> Tile.HEIGHT) - 1;
            sink.tile(l, number, Tile.WIDTH, full.hashes);
            Level above = level(l + 1);
            hasher.subtree(full.hashes, 0, Tile.WIDTH, above.hashes, above.width * Hash.BYTES);
            above.width++;
            above.changed = true;
            full.width = 0;
            full.changed = false;
        }
    }

    private Level level(int number) {
        while (levels.size() <= number) {
            levels.add(new Level());
        }
        return levels.get(number);
    }
}
