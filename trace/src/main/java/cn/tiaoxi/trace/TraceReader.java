package cn.tiaoxi.trace;

import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Follows a log that someone else writes, believing nothing but the key: each checkpoint must be
 * signed and continue the one seen before, each entry must be in the tree. Not thread-safe.
 *
 * <pre>{@code
 * TraceReader reader = new TraceReader(new HttpTileSource(client, uri, token), verifier, lastSeen);
 * Checkpoint now = reader.refresh();
 * reader.entries(ingested, now.size()).forEachRemaining(entry -> ingest(entry));
 * keep(now);
 * }</pre>
 */
public final class TraceReader {
    private final TileSource source;
    private final NoteVerifier verifier;
    private final List<NoteKey> others;
    private @Nullable Checkpoint seen;
    private @Nullable Tiles tiles;
    private byte[] note = new byte[0];
    private byte[] shown = new byte[0];

    /**
     * A reader.
     *
     * @param lastSeen the checkpoint that an earlier reader ended with; null to believe the first
     *     one
     */
    public TraceReader(TileSource source, NoteVerifier verifier, @Nullable Checkpoint lastSeen) {
        this(source, verifier, List.of(), lastSeen);
    }

    /**
     * A reader that also checks signatures of the log's other keys.
     *
     * @param others keys that may have signed a checkpoint too; if one has, it must be right
     */
    public TraceReader(
            TileSource source,
            NoteVerifier verifier,
            List<? extends NoteKey> others,
            @Nullable Checkpoint lastSeen) {
        this.source = source;
        this.verifier = verifier;
        this.others = List.copyOf(others);
        this.seen = lastSeen;
    }

    /**
     * Fetches the newest checkpoint and checks signature, origin, tiles and that it continues the
     * one seen before.
     *
     * @throws TraceException UNREACHABLE, MALFORMED, SIGNATURE_WRONG, KEY_MISMATCH, BROKEN if the
     *     tiles do not have its root, ROLLED_BACK if it shows less or another history than before
     */
    public Checkpoint refresh() {
        byte[] signed =
                source.fetch(Tile.CHECKPOINT)
                        .orElseThrow(
                                () ->
                                        new TraceException(
                                                TraceException.Code.UNREACHABLE,
                                                "there is no checkpoint of " + verifier.name()));
        shown = signed;
        Checkpoint now = Checkpoint.verified(signed, verifier, others);
        Checkpoint before = seen;
        if (tiles != null && now.equals(before)) {
            note = signed;
            return now;
        }
        if (before != null && now.size() < before.size()) {
            throw new TraceException(
                    TraceException.Code.ROLLED_BACK,
                    now.origin() + " shows " + now.size() + " entries, before " + before.size());
        }
        Tiles next = new Tiles(source, now);
        if (before != null) {
            continues(next, before);
        }
        tiles = next;
        seen = now;
        note = signed;
        return now;
    }

    private static void continues(Tiles next, Checkpoint before) {
        Checkpoint now = next.checkpoint();
        if (before.size() == 0 && before.root().equals(Hash.EMPTY)) {
            return; // every log continues the empty one
        }
        List<Hash> proof = Proofs.consistency(next, before.size(), now.size());
        if (!Proofs.verifyConsistency(
                before.size(), now.size(), before.root(), now.root(), proof)) {
            throw new TraceException(
                    TraceException.Code.ROLLED_BACK,
                    now.origin()
                            + " of "
                            + now.size()
                            + " entries does not continue what it showed at "
                            + before.size());
        }
    }

    /** The checkpoint seen last: what the next reader should begin with. */
    public Checkpoint seen() {
        return tiles().checkpoint();
    }

    /** The checkpoint seen last with its signatures, as the log gave it. */
    public byte[] note() {
        tiles();
        return note.clone();
    }

    /**
     * The checkpoint that the log showed last, believed or not, as it gave it: proof of what it did
     * wrong if {@link #refresh} threw. Empty if none was fetched.
     */
    public byte[] shown() {
        return shown.clone();
    }

    /** One verified entry. */
    public Entry read(long index) {
        checkRange(index, index + 1);
        return entries(index, index + 1).next();
    }

    /**
     * The verified entries of a range within the checkpoint seen last. Fetches while it goes on,
     * and throws BROKEN or UNREACHABLE from {@code next}.
     *
     * @param from the first index
     * @param to the index after the last
     */
    public Iterator<Entry> entries(long from, long to) {
        checkRange(from, to);
        Tiles verified = tiles();
        return new EntryIterator(
                from,
                to,
                index -> {
                    long number = index / Tile.WIDTH;
                    return new EntryIterator.Run(number * Tile.WIDTH, verified.entries(number));
                });
    }

    /**
     * A proof that an entry is in the tree of the checkpoint seen last.
     *
     * @param index the entry's index
     * @param leaf the entry's hash
     * @param path the hashes from the leaf up
     * @param checkpoint the tree
     */
    public record Inclusion(long index, Hash leaf, List<Hash> path, Checkpoint checkpoint) {
        /** Copies the path. */
        public Inclusion {
            path = List.copyOf(path);
        }

        /** Whether the path leads from the leaf to the checkpoint's root. */
        public boolean verifies() {
            return Proofs.verifyInclusion(index, checkpoint.size(), leaf, path, checkpoint.root());
        }
    }

    /** Proves that an entry is in the tree. */
    public Inclusion inclusion(long index) {
        checkRange(index, index + 1);
        Tiles verified = tiles();
        Checkpoint checkpoint = verified.checkpoint();
        return new Inclusion(
                index,
                verified.node(0, index),
                Proofs.inclusion(verified, index, checkpoint.size()),
                checkpoint);
    }

    private void checkRange(long from, long to) {
        long size = tiles().checkpoint().size();
        if (from < 0 || from > to || to > size) {
            throw new IndexOutOfBoundsException(
                    "entries " + from + " to " + to + " of a log of " + size);
        }
    }

    private Tiles tiles() {
        if (tiles == null) {
            refresh();
        }
        return Objects.requireNonNull(tiles, "refresh sets it");
    }
}
