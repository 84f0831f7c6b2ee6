package cn.tiaoxi.trace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes bundles and tiles into the folder. One thread writes and cuts, one forces what was cut.
 */
final class TileWriter implements TileTree.Sink {
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

    /** What was written and is not yet durable. */
    static final class Unforced {
        private final List<Disk.Writable> files = new ArrayList<>();
        private final Set<Path> folders = new LinkedHashSet<>();

        /** Whether files were closed that only a force of all makes durable. */
        private boolean many;

        private void close() throws IOException {
            for (Disk.Writable file : files) {
                file.close();
            }
            files.clear();
        }
    }

    private final Disk disk;
    private final Path folder;
    private final Disk.Whole whole;

    /** Folders whose own names are durable or will be with what is unforced. */
    private final Set<Path> known = ConcurrentHashMap.newKeySet();

    // Owned by the thread that writes.
    private Unforced unforced = new Unforced();

    TileWriter(Disk disk, Path folder) {
        this.disk = disk;
        this.folder = folder;
        this.whole = disk.whole(folder);
    }

    void bundle(long number, int width, EntryBundle bundle) throws IOException {
        write(Tile.entries(number, width), ByteBuffer.wrap(bundle.bytes(), 0, bundle.length()));
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
        unforced.files.add(out);
        unforced.folders.add(parent);
        out.write(bytes, 0);
        if (unforced.files.size() >= whole.worthFiles()) {
            if (whole.isThere()) {
                unforced.many = true;
                unforced.close();
            } else {
                forceFiles(unforced);
            }
        }
    }

    /** What was written since the last cut. */
    Unforced cut() {
        if (known.size() > KNOWN_FOLDERS) {
            known.clear();
        }
        Unforced cut = unforced;
        unforced = new Unforced();
        return cut;
    }

    /** When this returns, all that was written up to a cut is durable. */
    void force(Unforced cut) throws IOException {
        try {
            if (cut.many) {
                whole.force();
            } else {
                forceFiles(cut);
                for (Path changed : cut.folders) {
                    disk.forceFolder(changed);
                }
            }
        } finally {
            cut.close();
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

    private static void forceFiles(Unforced written) throws IOException {
        List<Future<?>> forced = new ArrayList<>(written.files.size());
        for (Disk.Writable file : written.files) {
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
        written.close();
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

    /** Closes what is still open. */
    void close() throws IOException {
        unforced.close();
        whole.close();
    }

    /** A folder found here may be new from a run that crashed: its name is made durable anyway. */
    private void ensure(Path wanted) throws IOException {
        if (wanted.equals(folder) || known.contains(wanted)) {
            return;
        }
        Path parent = parent(wanted);
        ensure(parent);
        disk.createFolder(wanted);
        unforced.folders.add(parent);
        known.add(wanted);
    }

    private static Path parent(Path path) {
        return Objects.requireNonNull(path.getParent(), "it lies below the log's folder");
    }
}
