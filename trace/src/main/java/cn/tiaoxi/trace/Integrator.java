package cn.tiaoxi.trace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/**
 * Brings durable records into tiles and publishes the checkpoint that covers them. Called by one
 * thread at a time; {@link #checkpoint} may be read by any.
 */
final class Integrator {
    private final Disk disk;
    private final Path folder;
    private final Path draft;
    private final NoteSigner signer;
    private final TileTree tree;
    private final TileWriter writer;
    private volatile Checkpoint checkpoint;

    Integrator(
            Disk disk, Path folder, Path state, NoteSigner signer, TileTree tree, Checkpoint at) {
        this.disk = disk;
        this.folder = folder;
        this.draft = state.resolve("checkpoint.new");
        this.signer = signer;
        this.tree = tree;
        this.writer = new TileWriter(disk, folder);
        this.checkpoint = at;
    }

    Checkpoint checkpoint() {
        return checkpoint;
    }

    /** When this returns, a durable checkpoint covers the batches. They continue the tree. */
    void integrate(List<Batch> batches) throws IOException {
        long before = tree.size();
        try {
            for (Batch batch : batches) {
                for (byte[] entry : batch.records()) {
                    tree.add(entry, writer);
                }
            }
            tree.partials(writer);
            writer.sync();
        } finally {
            writer.close();
        }
        publish(new Checkpoint(signer.name(), tree.size(), tree.root()));
        writer.deletePartials(before, tree.size());
    }

    /** Deletes what an interrupted run left of partial tiles that have become full. */
    void cleanUp(long sizeBefore) throws IOException {
        writer.deletePartials(sizeBefore, tree.size());
    }

    void publish(Checkpoint next) throws IOException {
        byte[] note = SignedNote.sign(next.text(), signer).encode();
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
