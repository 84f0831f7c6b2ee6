package cn.tiaoxi.platform.intake;

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

/** The files that people bring, named by identifiers of our own. */
@Component
class ImportFiles {
    /** Bytes that a file may have. */
    static final long MOST = 500L << 20;

    private static final int BUFFER = 1 << 16;

    private final Path folder;

    ImportFiles(DataFolder data) {
        folder = data.folder("imports");
    }

    Path file(String id) {
        return folder.resolve(id);
    }

    /**
     * Keeps the bytes of a stream; they are durable when this returns.
     *
     * @return how many there were
     * @throws IntakeException if there are more than a file may have
     */
    long receive(String id, InputStream body) throws IOException {
        try (FileChannel channel =
                        FileChannel.open(
                                file(id),
                                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                                PosixFilePermissions.asFileAttribute(
                                        PosixFilePermissions.fromString("rw-------")));
                OutputStream out = Channels.newOutputStream(channel)) {
            byte[] buffer = new byte[BUFFER];
            long received = 0;
            int read;
            while ((read = body.read(buffer)) >= 0) {
                received += read;
                if (received > MOST) {
                    throw IntakeException.tooLarge(MOST >> 20);
                }
                out.write(buffer, 0, read);
            }
            channel.force(true);
            return received;
        }
    }

    void delete(String id) {
        try {
            Files.deleteIfExists(file(id));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes files that belong to no import: what a crash left. */
    void keepOnly(Predicate<String> known) {
        try (Stream<Path> all = Files.list(folder)) {
            all.map(f -> f.getFileName().toString()).filter(known.negate()).forEach(this::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
