package cn.tiaoxi.platform.investigation;

import cn.tiaoxi.contract.Sha256;
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
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Leaked files while they are examined, readable by the platform alone. */
@Component
class LeakFiles {
    /** Bytes that a file may have: 20 GiB. */
    static final long MOST = 20L << 30;

    private static final int BUFFER = 1 << 16;

    private final Path folder;

    LeakFiles(DataFolder data) {
        this.folder = data.folder("leaks");
    }

    /** What was received. */
    record Received(long bytes, String sha256) {}

    Path path(String investigation) {
        return folder.resolve(investigation);
    }

    /**
     * Keeps a stream; durable when this returns. What was kept before is replaced then.
     *
     * @throws InvestigationException if it is too large, or there is no room for it
     * @throws IOException if the sender went away; nothing is kept then
     */
    Received receive(String investigation, InputStream body) throws IOException {
        Path draft = Files.createTempFile(folder, ".receiving", "", ownerOnly());
        try {
            Received received = write(draft, body);
            Files.move(
                    draft,
                    path(investigation),
                    java.nio.file.StandardCopyOption.ATOMIC_MOVE,
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            return received;
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(draft);
            if (String.valueOf(e.getMessage()).contains("No space left")) {
                throw InvestigationException.noRoom();
            }
            throw e;
        }
    }

    private static Received write(Path file, InputStream body) throws IOException {
        MessageDigest sha256 = Sha256.begin();
        long bytes = 0;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                OutputStream out = Channels.newOutputStream(channel)) {
            byte[] buffer = new byte[BUFFER];
            int read;
            while ((read = body.read(buffer)) >= 0) {
                bytes += read;
                if (bytes > MOST) {
                    throw InvestigationException.tooLarge(MOST);
                }
                sha256.update(buffer, 0, read);
                out.write(buffer, 0, read);
            }
            channel.force(true);
        }
        return new Received(bytes, HexFormat.of().formatHex(sha256.digest()));
    }

    void delete(String investigation) {
        try {
            Files.deleteIfExists(path(investigation));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes files that nobody needs: what a crash left. */
    void keep(Set<String> investigations) {
        try (Stream<Path> all = Files.list(folder)) {
            for (Path each : all.toList()) {
                if (!investigations.contains(String.valueOf(each.getFileName()))) {
                    Files.deleteIfExists(each);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static java.nio.file.attribute.FileAttribute<?> ownerOnly() {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    }
}
