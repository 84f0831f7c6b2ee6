package cn.tiaoxi.trace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes bundles and tiles into the folder. Owned by the thread that integrates. */
final class TileWriter implements TileTree.Sink {
    private static final int OPEN_FILES = 256;
    private static final int KNOWN_FOLDERS = 10_000;
    private static final int FORCING = 16;

    /**
     * Files are forced side by side, because the file system then writes its journal once for many:
     * measured on ext4, 256 files took 760 ms one after the other and 30 to 60 ms this way.
     */
    private static final ThreadPoolExecutor FORCERS =
            new ThreadPoolExecutor(
                    FORCING,
                    FORCING,
                    10,
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(),
                    Thread.ofPlatform().daemon().name("trace-force-", 0).factory());

    static {
        FORCERS.allowCoreThreadTimeOut(true);
    }

    private final Disk disk;
    private final Path folder;
    private final List<Disk.Writable> unforced = new ArrayList<>();
    private final Set<Path> unforcedFolders = new LinkedHashSet<>();

    /** Folders whose own names are durable or will be with the next sync. */
    private final Set<Path> known = new HashSet<>();

    TileWriter(Disk disk, Path folder) {
        this.disk = disk;
        this.folder = folder;
    }

    @Override
    public void bundle(long number, int width, byte[] bytes, int length) throws IOException {
        write(Tile.entries(number, width), ByteBuffer.wrap(bytes, 0, length));
    }

    @Override
    public void tile(int level, long number, int width, byte[] hashes) throws IOException {
        write(Tile.hashes(level, number, width), ByteBuffer.wrap(hashes, 0, width * Hash.BYTES));
    }

    private void write(String path, ByteBuffer bytes) throws IOException {
        Path file = folder.resolve(path);
        Path parent = parent(file);
        ensure(parent);
        Disk.Writable out = disk.open(file, true);
        unforced.add(out);
        unforcedFolders.add(parent);
        out.write(bytes, 0);
        if (unforced.size() >= OPEN_FILES) {
            forceFiles();
        }
    }

    /** When this returns, all that was written is durable. */
    void sync() throws IOException {
        forceFiles();
        for (Path changed : unforcedFolders) {
            disk.forceFolder(changed);
        }
        unforcedFolders.clear();
        if (known.size() > KNOWN_FOLDERS) {
            known.clear();
        }
    }

    /**
     * Deletes partial tiles and bundles that have become full while the tree grew. To be called
     * when a checkpoint that covers the full ones is durable.
     */
    void deletePartials(long sizeBefore, long size) throws IOException {
        for (int level = 0; level < Tile.levels(sizeBefore); level++) {
            long number = sizeBefore >>> Tile.HEIGHT * level >>> Tile.HEIGHT;
            if (Tile.width(level, number, size) == Tile.WIDTH) {
                deleteFolder(folder.resolve(Tile.folderOfPartials(level, number)));
                if (level == 0) {
                    deleteFolder(folder.resolve(Tile.folderOfPartialEntries(number)));
                }
            }
        }
    }

    private void deleteFolder(Path partials) throws IOException {
        if (!Files.isDirectory(partials)) {
            return;
        }
        List<Path> files;
        try (Stream<Path> listed = Files.list(partials)) {
            files = listed.toList();
        }
        for (Path file : files) {
            disk.delete(file);
        }
        disk.delete(partials);
        known.remove(partials);
    }

    private void forceFiles() throws IOException {
        List<Future<?>> forced = new ArrayList<>(unforced.size());
        for (Disk.Writable file : unforced) {
            forced.add(
                    FORCERS.submit(
                            () -> {
                                file.force();
                                return null;
                            }));
        }
        IOException failed = null;
        for (Future<?> one : forced) {
            // All are waited for, so that none is still at work when the files are closed.
            IOException error = await(one);
            failed = failed == null ? error : failed;
        }
        if (failed != null) {
            throw failed;
        }
        close();
    }

    private static @Nullable IOException await(Future<?> forced) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    forced.get();
                    return null;
                } catch (ExecutionException e) {
                    return new IOException(String.valueOf(e.getCause()), e.getCause());
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Closes files that an error left open. */
    void close() throws IOException {
        for (Disk.Writable file : unforced) {
            file.close();
        }
        unforced.clear();
    }

    /** A folder found here may be new from a run that crashed: its name is made durable anyway. */
    private void ensure(Path wanted) throws IOException {
        if (wanted.equals(folder) || known.contains(wanted)) {
            return;
        }
        Path parent = parent(wanted);
        ensure(parent);
        disk.createFolder(wanted);
        unforcedFolders.add(parent);
        known.add(wanted);
    }

    private static Path parent(Path path) {
        return Objects.requireNonNull(path.getParent(), "it lies below the log's folder");
    }
}
