package cn.tiaoxi.trace;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tree that a checkpoint stands for, fetched tile by tile. Every hash and entry it answers has
 * been traced up to the checkpoint's root. Not thread-safe.
 */
final class Tiles implements Proofs.Nodes {
    /** A megabyte or so of verified tiles. */
    private static final int CACHED = 128;

    private record Key(int level, long number) {}

    private final TileSource source;
    private final Checkpoint checkpoint;
    private final TreeHasher hasher = new TreeHasher();
    private final Map<Key, byte[]> verified =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Key, byte[]> eldest) {
                    return size() > CACHED;
                }
            };

    Tiles(TileSource source, Checkpoint checkpoint) {
        this.source = source;
        this.checkpoint = checkpoint;
        verifyEdge();
    }

    static byte[] fetchHashes(TileSource source, int level, long number, int width) {
        String path = Tile.hashes(level, number, width);
        byte[] hashes = fetch(source, path, Tile.hashes(level, number, Tile.WIDTH));
        int length = width * Hash.BYTES;
        if (hashes.length != length && hashes.length != Tile.FULL_BYTES) {
            throw new TraceException(
                    TraceException.Code.BROKEN,
                    path + " has " + hashes.length + " bytes and should have " + length);
        }
        return hashes.length == length ? hashes : Arrays.copyOf(hashes, length);
    }

    static List<byte[]> fetchEntries(TileSource source, long number, int width) {
        byte[] bundle = fetchBundle(source, number, width);
        return Bundle.parse(bundle, width, Tile.entries(number, width));
    }

    static byte[] fetchBundle(TileSource source, long number, int width) {
        String path = Tile.entries(number, width);
        try {
            return fetch(source, path, Tile.entries(number, Tile.WIDTH));
        } catch (TraceException e) {
            long pruned = source.pruned();
            if (e.code() == TraceException.Code.BROKEN && number * Tile.WIDTH < pruned) {
                throw new TraceException(
                        TraceException.Code.PRUNED, "entries 0 to " + (pruned - 1) + " are pruned");
            }
            throw e;
        }
    }

    /** A partial resource may be gone as soon as the full one is there. */
    private static byte[] fetch(TileSource source, String path, String full) {
        Optional<byte[]> found = source.fetch(path);
        if (found.isEmpty() && !full.equals(path)) {
            found = source.fetch(full);
        }
        return found.orElseThrow(
                () -> new TraceException(TraceException.Code.BROKEN, path + " is missing"));
    }

    Checkpoint checkpoint() {
        return checkpoint;
    }

    @Override
    public Hash node(int height, long index) {
        int level = height / Tile.HEIGHT;
        int above = height % Tile.HEIGHT;
        long first = index << above;
        byte[] tile = tile(level, first / Tile.WIDTH);
        byte[] out = new byte[Hash.BYTES];
        hasher.subtree(tile, (int) (first % Tile.WIDTH), 1 << above, out, 0);
        return Hash.of(out);
    }

    /** The entries of a bundle as far as the checkpoint covers it. */
    List<byte[]> entries(long number) {
        List<byte[]> entries =
                fetchEntries(source, number, Tile.width(0, number, checkpoint.size()));
        byte[] hashes = tile(0, number);
        byte[] hash = new byte[Hash.BYTES];
        for (int i = 0; i < entries.size(); i++) {
            hasher.leaf(entries.get(i), hash, 0);
            int at = i * Hash.BYTES;
            if (!Arrays.equals(hash, 0, Hash.BYTES, hashes, at, at + Hash.BYTES)) {
                throw new TraceException(
                        TraceException.Code.BROKEN,
                        "entry " + (number * Tile.WIDTH + i) + " does not match its hash");
            }
        }
        return entries;
    }

    private byte[] tile(int level, long number) {
        Key key = new Key(level, number);
        byte[] known = verified.get(key);
        if (known != null) {
            return known;
        }
        int width = Tile.width(level, number, checkpoint.size());
        byte[] hashes = fetchHashes(source, level, number, width);
        if (width == Tile.WIDTH) {
            byte[] root = new byte[Hash.BYTES];
            hasher.subtree(hashes, 0, Tile.WIDTH, root, 0);
            byte[] parent = tile(level + 1, number / Tile.WIDTH);
            int at = (int) (number % Tile.WIDTH) * Hash.BYTES;
            if (!Arrays.equals(root, 0, Hash.BYTES, parent, at, at + Hash.BYTES)) {
                throw new TraceException(
                        TraceException.Code.BROKEN,
                        Tile.hashes(level, number, width) + " does not match the tile above it");
            }
        } else {
            verifyEdge();
        }
        verified.put(key, hashes);
        return hashes;
    }

    /** Partial tiles have no tile above them; together they make the root. */
    private void verifyEdge() {
        long size = checkpoint.size();
        byte[] root = Hash.EMPTY.bytes();
        boolean first = true;
        byte[] subtree = new byte[Hash.BYTES];
        for (int level = 0; level < Tile.levels(size); level++) {
            long number = size >>> Tile.HEIGHT * level >>> Tile.HEIGHT;
            int end = Tile.width(level, number, size);
            if (end == 0) {
                continue;
            }
            byte[] hashes = fetchHashes(source, level, number, end);
            verified.put(new Key(level, number), hashes);
            while (end > 0) {
                int width = Integer.lowestOneBit(end);
                end -= width;
                hasher.subtree(hashes, end, width, first ? root : subtree, 0);
                if (!first) {
                    hasher.node(subtree, 0, root, 0, root, 0);
                }
                first = false;
            }
        }
        if (!checkpoint.root().equalsRange(root, 0)) {
            verified.clear();
            throw new TraceException(
                    TraceException.Code.BROKEN,
                    "the tiles do not have the root of the checkpoint of size " + size);
        }
    }
}
