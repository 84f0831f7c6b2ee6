package cn.tiaoxi.trace;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Grows a tree entry by entry and says which bundles and tiles it consists of. Holds only the
 * rightmost bundle and the rightmost tile of each level. Owned by one thread.
 */
final class TileTree {
    /** Receives bundles and tiles. The arrays are reused after the call. */
    interface Sink {
        /** A bundle of {@code width} entries: the first {@code length} bytes. */
        void bundle(long number, int width, byte[] bytes, int length) throws IOException;

        /** A tile of {@code width} hashes. */
        void tile(int level, long number, int width, byte[] hashes) throws IOException;
    }

    private static final class Level {
        final byte[] hashes = new byte[Tile.FULL_BYTES];
        int width;
        boolean changed;
    }

    private final TreeHasher hasher = new TreeHasher();
    private final List<Level> levels = new ArrayList<>();
    private byte[] bundle = new byte[1 << 16];
    private int bundleLength;
    private long size;

    TileTree() {
        levels.add(new Level());
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
        tree.restoreBundle(source);
        if (!tree.root().equals(checkpoint.root())) {
            throw new TraceException(
                    TraceException.Code.BROKEN,
                    "the rightmost tiles do not have the root of the checkpoint of size " + size);
        }
        return tree;
    }

    private void restoreBundle(TileSource source) {
        int width = (int) (size % Tile.WIDTH);
        if (width == 0) {
            return;
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
            store(entry);
        }
    }

    long size() {
        return size;
    }

    /** Appends an entry and hands on what became full by it. */
    void add(byte[] entry, Sink sink) throws IOException {
        store(entry);
        Level leaves = levels.getFirst();
        hasher.leaf(entry, leaves.hashes, leaves.width * Hash.BYTES);
        leaves.width++;
        leaves.changed = true;
        size++;
        if (leaves.width == Tile.WIDTH) {
            sink.bundle(size / Tile.WIDTH - 1, Tile.WIDTH, bundle, bundleLength);
            bundleLength = 0;
            carry(sink);
        }
    }

    /** Hands on the partial bundle and tiles that changed since the last call. */
    void partials(Sink sink) throws IOException {
        if (levels.getFirst().changed) {
            sink.bundle(size / Tile.WIDTH, levels.getFirst().width, bundle, bundleLength);
        }
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

    private void carry(Sink sink) throws IOException {
        for (int l = 0; level(l).width == Tile.WIDTH; l++) {
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

    private void store(byte[] entry) {
        int needed = bundleLength + 2 + entry.length;
        if (needed > bundle.length) {
            bundle = Arrays.copyOf(bundle, Math.max(needed, 2 * bundle.length));
        }
        bundle[bundleLength] = (byte) (entry.length >>> 8);
        bundle[bundleLength + 1] = (byte) entry.length;
        System.arraycopy(entry, 0, bundle, bundleLength + 2, entry.length);
        bundleLength = needed;
    }

    private Level level(int number) {
        while (levels.size() <= number) {
            levels.add(new Level());
        }
        return levels.get(number);
    }
}
