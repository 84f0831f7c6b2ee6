package cn.tiaoxi.platform.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The folder that holds everything the platform keeps outside of PostgreSQL, and by default
 * PostgreSQL itself.
 *
 * @param folder where it is; made when missing, readable by its owner only
 */
@ConfigurationProperties(prefix = "tiaoxi.data", ignoreUnknownFields = false)
public record DataFolder(@DefaultValue("data") Path folder) {

    public DataFolder {
        folder = folder.toAbsolutePath().normalize();
    }

    /** A folder inside, made when missing. */
    public Path folder(String name) {
        Path path = folder.resolve(name);
        try {
            Files.createDirectories(folder, privateTo("rwx------"));
            return Files.createDirectories(path, privateTo("rwx------"));
        } catch (IOException e) {
            throw new UncheckedIOException("The data folder cannot be written: " + path, e);
        }
    }

    /** A secret kept in {@code keys/}: 256 random bits in Base64, made at the first use. */
    public String secret(String name) {
        Path file = folder("keys").resolve(name);
        try {
            if (Files.notExists(file)) {
                byte[] bytes = new byte[32];
                new SecureRandom().nextBytes(bytes);
                writePrivate(file, Base64.getEncoder().encodeToString(bytes) + "\n");
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("The key file cannot be read: " + file, e);
        }
    }

    /** Writes a file that only its owner may read: whole or not at all. */
    public static void writePrivate(Path file, String text) throws IOException {
        Path draft = Files.createTempFile(file.getParent(), ".draft", "", privateTo("rw-------"));
        try (var channel =
                java.nio.channels.FileChannel.open(draft, java.nio.file.StandardOpenOption.WRITE)) {
            channel.write(
                    java.nio.ByteBuffer.wrap(
                            text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            channel.force(true);
        }
        Files.move(
                draft,
                file,
                java.nio.file.StandardCopyOption.ATOMIC_MOVE,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    private static java.nio.file.attribute.FileAttribute<?> privateTo(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }
}
