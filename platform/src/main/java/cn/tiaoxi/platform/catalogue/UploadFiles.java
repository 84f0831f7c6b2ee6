package cn.tiaoxi.platform.catalogue;

import cn.tiaoxi.platform.database.DataFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * The bytes of uploads and of the rows that loads handed back. Files are named by identifiers of
 * our own, never as people call them.
 */
@Component
class UploadFiles {
    private static final int BUFFER = 1 << 16;

    private final Path sources;
    private final Path rejects;

    UploadFiles(DataFolder data) {
        this.sources = data.folder("uploads");
        this.rejects = data.folder("rejects");
    }

    /** The file that a person brought. */
    Path source(String upload) {
        return sources.resolve(upload);
    }

    /** The rows that a load handed back. */
    Path rejects(String upload) {
        return rejects.resolve(upload + ".csv");
    }

    /**
     * Keeps the bytes of a stream; they are durable when this returns.
     *
     * @param most most bytes to take
     * @return how many there were
     * @throws CatalogueException if there are more
     */
    long receive(String upload, InputStream body, long most) throws IOException {
        try (FileChannel channel =
                        FileChannel.open(
                                source(upload),
                                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                                PosixFilePermissions.asFileAttribute(
                                        PosixFilePermissions.fromString("rw-------")));
                OutputStream out = Channels.newOutputStream(channel)) {
            byte[] buffer = new byte[BUFFER];
            long received = 0;
            int read;
            while ((read = body.read(buffer)) >= 0) {
                received += read;
                if (received > most) {
                    throw CatalogueException.uploadTooLarge(most >> 20);
                }
                out.write(buffer, 0, read);
            }
            channel.force(true);
            return received;
        }
    }

    /** Removes files that belong to no upload: what a crash left. */
    void keepSourcesOf(Predicate<String> known) {
        try (Stream<Path> all = Files.list(sources)) {
            all.map(f -> f.getFileName().toString())
                    .filter(known.negate())
                    .forEach(this::deleteSource);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void deleteSource(String upload) {
        delete(source(upload));
    }

    void deleteRejects(String upload) {
        delete(rejects(upload));
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
