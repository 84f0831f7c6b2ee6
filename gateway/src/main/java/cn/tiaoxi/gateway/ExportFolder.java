package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder of the files that a gateway makes: orders and files, encrypted, readable by the owner
 * only, and together never more than so many bytes. Safe for use by threads.
 */
final class ExportFolder {
    private static final String ORDER = ".order";
    private static final String FILE = ".file";
    private static final String DRAFT = ".new";
    private static final Pattern OURS =
            Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.(order|\\d+\\.file)");

    private final OwnFolder folder;
    private final Path path;
    private final long mostBytes;
    private final AtomicLong used = new AtomicLong();

    /**
     * @param mostBytes bytes of all files together
     */
    ExportFolder(Path path, long mostBytes) {
        this.folder = new OwnFolder(path);
        this.path = path;
        this.mostBytes = mostBytes;
        try {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
            for (Path each : files()) {
                if (each.toString().endsWith(DRAFT)) {
                    Files.delete(each);
                } else {
                    used.addAndGet(Files.size(each));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot use the folder of exports " + path, e);
        }
    }

    /** Bytes of all files. */
    long used() {
        return used.get();
    }

    /**
     * Checks that a further export may be ordered.
     *
     * @throws RefusedException EXPORT_STORE_FULL
     */
    void requireRoom() {
        if (used.get() >= mostBytes) {
            throw full();
        }
    }

    /**
     * Takes room for bytes that are about to be written.
     *
     * @throws RefusedException EXPORT_STORE_FULL
     */
    void take(long bytes) {
        if (used.addAndGet(bytes) > mostBytes) {
            used.addAndGet(-bytes);
            throw full();
        }
    }

    private RefusedException full() {
        return new RefusedException(Refusal.EXPORT_STORE_FULL, (mostBytes >> 20) + " MiB");
    }

    /** Keeps an order, durably. */
    void keepOrder(UUID id, byte[] key, byte[] order) {
        byte[] sealed = new ExportSeal(key, 0).seal(0, order, order.length);
        take(sealed.length);
        try {
            folder.write(id + ORDER, sealed);
        } catch (UncheckedIOException e) {
            used.addAndGet(-sealed.length);
            throw e;
        }
    }

    /** The order, if it is there whole. */
    Optional<byte[]> order(UUID id, byte[] key) {
        Optional<byte[]> sealed = folder.read(id + ORDER);
        if (sealed.isEmpty()) {
            return Optional.empty();
        }
        try {
            byte[] bytes = sealed.get();
            return Optional.of(new ExportSeal(key, 0).open(0, bytes, bytes.length));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    /** An empty draft of a file. */
    FileChannel draft(UUID id, int attempt) throws IOException {
        return folder.create(id + "." + attempt + DRAFT);
    }

    /** Makes a draft, which must be durable, the file. */
    void finish(UUID id, int attempt) throws IOException {
        folder.rename(id + "." + attempt + DRAFT, id + "." + attempt + FILE);
        remove(id + ORDER);
    }

    /**
     * The file of an attempt, for reading.
     *
     * @throws NoSuchFileException if it is not there
     */
    FileChannel open(UUID id, int attempt) throws IOException {
        return FileChannel.open(path.resolve(id + "." + attempt + FILE), StandardOpenOption.READ);
    }

    /** Removes a draft and gives back the room that was taken for it. */
    void dropDraft(UUID id, int attempt, long taken) {
        try {
            Files.deleteIfExists(path.resolve(id + "." + attempt + DRAFT));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        used.addAndGet(-taken);
    }

    /** Removes order and files of an export; a draft is its writer's. */
    void remove(UUID id) {
        keepOnly(each -> !each.equals(id.toString()));
    }

    /** What is to be kept. */
    interface Wanted {
        boolean wants(String id);
    }

    /** Removes orders and files that are not wanted; what is neither is left alone. */
    void keepOnly(Wanted wanted) {
        for (Path each : files()) {
            String name = String.valueOf(each.getFileName());
            boolean ours = OURS.matcher(name).matches();
            if (ours && !wanted.wants(name.substring(0, name.indexOf('.')))) {
                remove(name);
            }
        }
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.list(path)) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void remove(String name) {
        Path file = path.resolve(name);
        try {
            long size = Files.size(file);
            if (Files.deleteIfExists(file)) {
                used.addAndGet(-size);
            }
        } catch (NoSuchFileException e) {
            // Somebody else removed it, and gave its room back.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
