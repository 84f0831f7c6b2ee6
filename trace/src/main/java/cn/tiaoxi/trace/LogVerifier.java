package cn.tiaoxi.trace;

import java.io.IOException;
import java.util.Arrays;

/**
 * Checks a whole log from its entries up, without trust in anything but the key. Uses all cores, a
 * subtree of 65,536 entries on each, and holds a bundle at a time, however long the log is. May run
 * while the log is written, since it checks the tree of one checkpoint.
 */
public final class LogVerifier {
    /** What the check found. */
    public sealed interface Verdict {}

    /**
     * All entries that are there are what was signed, and so are the hashes of those that were
     * pruned.
     *
     * @param checkpoint the tree that was checked
     * @param bytes how many bytes the entries have
     * @param pruned index of the first entry that is there
     */
    public record Sound(Checkpoint checkpoint, long bytes, long pruned) implements Verdict {
        /** A log from which nothing was pruned. */
        public Sound(Checkpoint checkpoint, long bytes) {
            this(checkpoint, bytes, 0);
        }
    }

    /**
     * The log is not what was signed.
     *
     * @param fault what is wrong
     * @param place the first resource that is wrong, as a path below the log's prefix
     * @param index the first entry that is wrong or that the place covers, or -1 if none is
     * @param detail more, in English
     */
    public record Broken(Fault fault, String place, long index, String detail) implements Verdict {}

    /** Kinds of damage. */
    public enum Fault {
        /** There is no checkpoint. */
        NO_CHECKPOINT,
        /** The checkpoint is not signed by the key, or not in form. */
        CHECKPOINT_WRONG,
        /** A bundle or tile is not there. */
        MISSING,
        /** A bundle or tile has a wrong length or form. */
        FORM_WRONG,
        /** An entry differs from what was signed. */
        ENTRY_CHANGED,
        /** A tile differs from what the entries give. */
        TILE_CHANGED,
        /** Entries and tiles agree, but not with the signed root. */
        ROOT_WRONG
    }

    /** Thrown inside one check to come straight to its end. */
    private static final class Found extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Broken broken;

        Found(Broken broken) {
            super(broken.detail(), null, false, false);
            this.broken = broken;
        }
    }

    private final TileSource source;
    private final NoteVerifier verifier;

    /** A check of one log. The source must allow several threads to fetch at once. */
    public LogVerifier(TileSource source, NoteVerifier verifier) {
        this.source = source;
        this.verifier = verifier;
    }

    /**
     * Reads everything that the present checkpoint covers.
     *
     * @throws TraceException UNREACHABLE if files or network could not be read
     */
    public Verdict verify() {
        try {
            return check();
        } catch (Found found) {
            return found.broken;
        } catch (IOException e) {
            throw new TraceException(TraceException.Code.UNREACHABLE, "cannot read the log", e);
        }
    }

    private Sound check() throws IOException {
        Checkpoint checkpoint = checkpoint();
        long subtrees = checkpoint.size() / TileTree.SUBTREE;
        TileTree tree = new TileTree();
        Comparison comparison = new Comparison(checkpoint);
        long bytes = 0;
        long pruned = Math.min(source.pruned(), checkpoint.size());
        // In the order of the log, so that what is found is the first that is wrong.
        try (OrderedWork<Subtree> work =
                new OrderedWork<>(
                        subtrees, number -> subtree(number, pruned, checkpoint, comparison))) {
            for (long number = 0; number < subtrees; number++) {
                Subtree subtree = work.next();
                tree.addSubtree(subtree.root(), comparison);
                bytes += subtree.bytes();
            }
        }
        bytes += add(subtrees * TileTree.SUBTREE, checkpoint.size(), tree, comparison);
        tree.partials(comparison);
        if (!tree.root().equals(checkpoint.root())) {
            throw new Found(
                    new Broken(
                            Fault.ROOT_WRONG,
                            Tile.CHECKPOINT,
                            -1,
                            "computed " + tree.root() + ", signed " + checkpoint.root()));
        }
        return new Sound(checkpoint, bytes, pruned);
    }

    /** A checked subtree of {@link TileTree#SUBTREE} entries. */
    private record Subtree(byte[] root, long bytes) {}

    private Subtree subtree(long number, long pruned, Checkpoint checkpoint, Comparison comparison)
            throws IOException {
        long first = number * TileTree.SUBTREE;
        TileTree tree = TileTree.at(first);
        if (first < pruned) {
            for (long leaf = first; leaf < first + TileTree.SUBTREE; leaf += Tile.WIDTH) {
                tree.addHashes(hashes(0, leaf / Tile.WIDTH, Tile.WIDTH), comparison);
            }
            return new Subtree(tree.subtreeRoot(), 0);
        }
        long bytes = add(first, first + TileTree.SUBTREE, tree, comparison);
        return new Subtree(tree.subtreeRoot(), bytes);
    }

    /** Adds entries to a tree and answers how many bytes they have. */
    private long add(long from, long to, TileTree tree, Comparison comparison) throws IOException {
        long bytes = 0;
        for (long first = from; first < to; first += Tile.WIDTH) {
            int width = (int) Math.min(Tile.WIDTH, to - first);
            byte[] bundle = bundle(first / Tile.WIDTH, width);
            int at = 0;
            for (int i = 0; i < width; i++) {
                int length = Batch.lengthAt(bundle, at);
                tree.add(bundle, at + 2, length, comparison);
                bytes += length;
                at += Batch.cost(length);
            }
        }
        return bytes;
    }

    private Checkpoint checkpoint() {
        byte[] note =
                source.fetch(Tile.CHECKPOINT)
                        .orElseThrow(
                                () ->
                                        new Found(
                                                new Broken(
                                                        Fault.NO_CHECKPOINT,
                                                        Tile.CHECKPOINT,
                                                        -1,
                                                        "no such file")));
        try {
            return Checkpoint.verified(note, verifier);
        } catch (TraceException e) {
            throw new Found(
                    new Broken(
                            Fault.CHECKPOINT_WRONG,
                            Tile.CHECKPOINT,
                            -1,
                            String.valueOf(e.getMessage())));
        }
    }

    private byte[] bundle(long number, int width) {
        String path = Tile.entries(number, width);
        try {
            byte[] bundle = Tiles.fetchBundle(source, number, width);
            Bundle.check(bundle, width, path);
            return bundle;
        } catch (TraceException e) {
            throw unusable(e, path, number * Tile.WIDTH);
        }
    }

    private byte[] hashes(int level, long number, int width) {
        try {
            return Tiles.fetchHashes(source, level, number, width);
        } catch (TraceException e) {
            long first = number << Tile.HEIGHT * (level + 1);
            throw unusable(e, Tile.hashes(level, number, width), first);
        }
    }

    private RuntimeException unusable(TraceException e, String place, long index) {
        if (e.code() != TraceException.Code.BROKEN) {
            return e;
        }
        String full = place.replaceFirst("\\.p/[0-9]+$", "");
        Fault fault = isThere(place) || isThere(full) ? Fault.FORM_WRONG : Fault.MISSING;
        return new Found(new Broken(fault, place, index, String.valueOf(e.getMessage())));
    }

    private boolean isThere(String place) {
        try {
            return source.fetch(place).isPresent();
        } catch (TraceException e) {
            return true;
        }
    }

    /** Compares what the entries give with the tiles of the log. */
    private final class Comparison implements TileTree.Sink {
        private final Checkpoint checkpoint;

        Comparison(Checkpoint checkpoint) {
            this.checkpoint = checkpoint;
        }

        @Override
        public void tile(int level, long number, int width, byte[] computed) {
            byte[] kept = hashes(level, number, width);
            int differs = Arrays.mismatch(kept, 0, kept.length, computed, 0, kept.length);
            if (differs < 0) {
                return;
            }
            String place = Tile.hashes(level, number, width);
            long index = number * Tile.WIDTH + differs / Hash.BYTES;
            if (level == 0 && isSigned(number)) {
                throw new Found(
                        new Broken(
                                Fault.ENTRY_CHANGED,
                                Tile.entries(number, width),
                                index,
                                "its hash is not the one in " + place));
            }
            throw new Found(
                    new Broken(
                            Fault.TILE_CHANGED,
                            place,
                            index << Tile.HEIGHT * level,
                            "hash " + differs / Hash.BYTES + " is not what the entries give"));
        }

        /** Whether the leaf hashes are those that were signed, so that the entry must be wrong. */
        private boolean isSigned(long number) {
            try {
                new Tiles(source, checkpoint).node(0, number * Tile.WIDTH);
                return true;
            } catch (TraceException e) {
                return false;
            }
        }
    }
}
