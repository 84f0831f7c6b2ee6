package cn.tiaoxi.trace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A log's folder, locked for writing, and how it is brought in order after a crash. */
final class LogFolder {
    private static final String RESERVE = "reserve";
    private static final int RESERVED = 2 << 20;

    private final Path folder;
    private final Path state;
    private final Disk disk;
    private final FileChannel lock;
    private @Nullable NoteSigner signer;
    private List<SigningKey> others = List.of();
    private TraceLog.Recovery recovery = new TraceLog.Recovery(0, 0);

    private LogFolder(Path folder, Disk disk, FileChannel lock) {
        this.folder = folder;
        this.state = folder.resolve(".state");
        this.disk = disk;
        this.lock = lock;
    }

    /** Locks the folder, creating it first if necessary. */
    static LogFolder lock(Path folder, Disk disk) throws IOException {
        Path absolute = folder.toAbsolutePath().normalize();
        create(absolute, disk);
        Path state = absolute.resolve(".state");
        disk.createFolder(state);
        disk.forceFolder(absolute);
        FileChannel channel =
                FileChannel.open(
                        state.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            locked = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // Another log of this process holds it: the same as another process.
            locked = false;
        } finally {
            if (!locked) {
                channel.close();
            }
        }
        if (!locked) {
            throw new TraceException(
                    TraceException.Code.LOCKED,
                    "another writer has the trace log open: " + absolute);
        }
        return new LogFolder(absolute, disk, channel);
    }

    private static void create(Path folder, Disk disk) throws IOException {
        Path parent = folder.getParent();
        if (!Files.isDirectory(folder) && parent != null) {
            create(parent, disk);
            disk.createFolder(folder);
            disk.forceFolder(parent);
        }
    }

    Path folder() {
        return folder;
    }

    NoteVerifier verifier() {
        return Objects.requireNonNull(signer, "recover sets it").verifier();
    }

    AheadFile ahead(int number, int capacity) throws IOException {
        return AheadFile.open(disk, aheadPath(number), capacity);
    }

    long prune(long before, Path archive, Checkpoint checkpoint) throws IOException {
        return new Pruner(disk, folder).prune(before, archive, checkpoint);
    }

    void forceState() throws IOException {
        disk.forceFolder(state);
    }

    private Path aheadPath(int number) {
        return state.resolve("ahead." + number);
    }

    /**
     * Reads the end of the log and integrates what was only written ahead.
     *
     * @param others further keys that sign
     */
    Integrator recover(NoteSigner signer, List<? extends SigningKey> others) throws IOException {
        this.signer = signer;
        this.others = List.copyOf(others);
        List<SigningKey> signers = new ArrayList<>(List.of(signer));
        signers.addAll(others);
        List<NoteKey> keys = signers.stream().map(SigningKey::verifier).toList();
        NoteVerifier kept = LogKeyFile.kept(folder).orElse(signer.verifier());
        if (keys.stream().noneMatch(k -> k.vkey().equals(kept.vkey()))) {
            throw new TraceException(
                    TraceException.Code.KEY_MISMATCH,
                    "the trace log in " + folder + " belongs to the key " + kept.vkey());
        }
        TileSource files = new FolderTileSource(folder);
        Optional<byte[]> note = files.fetch(Tile.CHECKPOINT);
        Checkpoint checkpoint =
                note.isPresent()
                        ? Checkpoint.verified(note.get(), kept, keys)
                        : new Checkpoint(signer.name(), 0, Hash.EMPTY);
        TileTree tree = TileTree.restore(files, checkpoint);
        EntryBundle bundle = tree.restoreBundle(files);
        Integrator integrator =
                new Integrator(disk, folder, state, signers, tree, bundle, checkpoint);
        boolean first = LogKeyFile.isFirst(folder, signer.verifier());
        try {
            // Signed by the new key and the one before it, and only then the folder is the new's.
            bringIn(integrator, note.isEmpty() || !first, keys);
            return integrator;
        } catch (IOException | RuntimeException e) {
            integrator.close();
            throw e;
        }
    }

    private void bringIn(Integrator integrator, boolean sign, List<NoteKey> keys)
            throws IOException {
        Checkpoint checkpoint = integrator.checkpoint();
        if (sign) {
            integrator.publish(checkpoint);
        }
        LogKeyFile.keep(disk, folder, state, keys);
        new Pruner(disk, folder).finish();
        List<AheadFile.Recovered> recovered =
                new ArrayList<>(
                        List.of(AheadFile.recover(aheadPath(0)), AheadFile.recover(aheadPath(1))));
        recovered.sort(Comparator.comparingLong(AheadFile.Recovered::first));
        List<Batch> missing = missing(recovered, checkpoint.size());
        if (!missing.isEmpty()) {
            for (Batch batch : missing) {
                integrator.add(batch);
            }
            integrator.publish(integrator.cut());
        }
        if (recovered.getFirst().first() < integrator.checkpoint().size()) {
            integrator.cleanUp(recovered.getFirst().first());
        }
        long torn = recovered.stream().mapToLong(AheadFile.Recovered::torn).sum();
        recovery = new TraceLog.Recovery(integrator.checkpoint().size() - checkpoint.size(), torn);
        if (torn > 0) {
            AheadFile.clear(disk, aheadPath(0));
            AheadFile.clear(disk, aheadPath(1));
        }
    }

    /** What the last {@link #recover} found. */
    TraceLog.Recovery recovery() {
        return recovery;
    }

    /**
     * Takes room that is given back when the disk is full, so that what is durable can still be
     * brought into tiles.
     */
    void reserve(int aheadBytes) throws IOException {
        int wanted = Math.min(aheadBytes, RESERVED);
        Path file = state.resolve(RESERVE);
        long length = Files.exists(file) ? Files.size(file) : 0;
        if (length < wanted) {
            try (Disk.Writable out = disk.open(file, false)) {
                out.write(ByteBuffer.allocate((int) (wanted - length)), length);
                out.force();
            }
        }
    }

    /** On a full disk: gives the reserve free and brings into tiles what is durable. */
    void settle() throws IOException {
        disk.delete(state.resolve(RESERVE));
        disk.forceFolder(state);
        recover(Objects.requireNonNull(signer, "recover sets it"), others).close();
    }

    /** Whether an error came of a full disk. */
    boolean isFull(Throwable error) {
        for (Throwable e = error; e != null; e = e.getCause()) {
            if (e instanceof IOException && String.valueOf(e.getMessage()).contains("No space")) {
                return true;
            }
        }
        try { // The system may tell it in another language.
            return Files.getFileStore(folder).getUsableSpace() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** The batches that the checkpoint does not cover; there must be no gap before them. */
    private List<Batch> missing(List<AheadFile.Recovered> recovered, long size) {
        List<Batch> missing = new ArrayList<>();
        long next = size;
        for (AheadFile.Recovered file : recovered) {
            for (Batch batch : file.batches()) {
                if (batch.next() <= next) {
                    continue;
                }
                if (batch.first() > next) {
                    throw new TraceException(
                            TraceException.Code.BROKEN,
                            "records "
                                    + next
                                    + " to "
                                    + (batch.first() - 1)
                                    + " are neither in the tiles nor written ahead in "
                                    + folder);
                }
                missing.add(batch.from(next));
                next = batch.next();
            }
        }
        return missing;
    }

    /** Gives the folder free. */
    void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new TraceException(TraceException.Code.UNREACHABLE, "cannot unlock " + folder, e);
        }
    }
}
