package cn.tiaoxi.trace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/**
 * Brings durable records into tiles and publishes the checkpoint that covers them. One thread adds
 * and cuts, one publishes what was cut; {@link #checkpoint} may be read by any.
 */
final class Integrator {
    private final Disk disk;
    private final Path folder;
    private final Path draft;
    private final List<SigningKey> signers;
    private final String origin;
    private final TileTree tree;
    private final EntryBundle bundle;
    private final TileWriter writer;
    private volatile Checkpoint checkpoint;

    // Owned by the thread that adds, as are tree and bundle.
    private long sizeBefore;

    Integrator(
            Disk disk,
            Path folder,
            Path state,
            List<SigningKey> signers,
            TileTree tree,
            EntryBundle bundle,
            Checkpoint at) {
        this.disk = disk;
        this.folder = folder;
        this.draft = state.resolve("checkpoint.new");
        this.signers = List.copyOf(signers);
        this.origin = at.origin();
        this.tree = tree;
        this.bundle = bundle;
        this.writer = new TileWriter(disk, folder);
        this.checkpoint = at;
        this.sizeBefore = at.size();
    }

    Checkpoint checkpoint() {
        return checkpoint;
    }

    /**
     * What was written up to a checkpoint that is not published yet.
     *
     * @param sizeBefore size of the tree at the cut before
     */
    record Cut(Checkpoint next, long sizeBefore, TileWriter.Unforced files) {}

    /** Hashes a batch, which continues the tree, and writes the bundles and tiles it fills. */
    void add(Batch batch) throws IOException {
        byte[] bytes = batch.bytes();
        for (int at = batch.start(); at < batch.end(); ) {
            int length = Batch.lengthAt(bytes, at);
            int place = bundle.add(bytes, at + 2, length);
            boolean full = (tree.size() + 1) % Tile.WIDTH == 0;
            if (full) {
                writer.bundle(tree.size() / Tile.WIDTH, Tile.WIDTH, bundle);
            }
            tree.add(bundle.bytes(), place, length, writer);
            if (full) {
                bundle.clear();
            }
            at += Batch.cost(length);
        }
    }

    /** Writes partial bundle and tiles, so that the tree so far can be published. */
    Cut cut() throws IOException {
        if (bundle.length() > 0) {
            int width = (int) (tree.size() % Tile.WIDTH);
            writer.bundle(tree.size() / Tile.WIDTH, width, bundle);
        }
        tree.partials(writer);
        Checkpoint next = new Checkpoint(origin, tree.size(), tree.root());
        Cut cut = new Cut(next, sizeBefore, writer.cut());
        sizeBefore = next.size();
        return cut;
    }

    /**
     * When this returns, a durable checkpoint covers what was cut. May run beside {@link #add} and
     * {@link #cut}; cuts are published in turn.
     */
    void publish(Cut cut) throws IOException {
        writer.force(cut.files);
        publish(cut.next);
        writer.deletePartials(cut.sizeBefore, cut.next.size());
    }

    /** Deletes what an interrupted run left of partial tiles that have become full. */
    void cleanUp(long from) throws IOException {
        writer.deletePartials(from, tree.size());
    }

    /** Gives what it holds open back. */
    void close() throws IOException {
        writer.close();
    }

    void publish(Checkpoint next) throws IOException {
        byte[] note = SignedNote.sign(next.text(), signers).encode();
        replace(disk, draft, folder, Tile.CHECKPOINT, note);
        checkpoint = next;
    }

    /**
     * Replaces a file so that a reader, or the next start after a crash, sees the old or the new.
     */
    static void replace(Disk disk, Path draft, Path folder, String name, byte[] content)
            throws IOException {
        try (Disk.Writable out = disk.open(draft, true)) {
            out.write(ByteBuffer.wrap(content), 0);
            out.force();
        }
        disk.rename(draft, folder.resolve(name));
        disk.forceFolder(folder);
    }
}
