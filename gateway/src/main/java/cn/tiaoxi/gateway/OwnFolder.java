package cn.tiaoxi.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/** The gateway's own files: small ones, replaced whole and durably. */
final class OwnFolder {
    private final Path folder;

    OwnFolder(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make the gateway's folder " + folder, e);
        }
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    Optional<byte[]> read(String name) {
        Path file = path(name);
        try {
            return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    /** Replaces a file: after a crash at any moment it holds the old bytes or the new. */
    void write(String name, byte[] bytes) {
        String draft = name + ".new";
        try {
            try (FileChannel channel = create(draft)) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            rename(draft, name);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + path(name), e);
        }
    }

    /**
     * Opens an empty file for writing, in place of one of that name, readable by the owner only.
     */
    FileChannel create(String name) throws IOException {
        Path file = path(name);
        Files.deleteIfExists(file);
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return FileChannel.open(file, StandardOpenOption.WRITE);
    }

    /** Renames a file, durably and at once, in place of one of the new name. */
    void rename(String from, String to) throws IOException {
        Files.move(
                path(from),
                path(to),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        force();
    }

    /** Makes the names of the files durable. */
    void force() throws IOException {
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    /** Random bytes that are made once and then kept, readable by the owner only. */
    byte[] keptRandom(String name, int length) {
        Optional<byte[]> kept = read(name);
        if (kept.isPresent()) {
            return HexFormat.of()
                    .parseHex(
                            new String(kept.get(), java.nio.charset.StandardCharsets.US_ASCII)
                                    .strip());
        }
        byte[] random = new byte[length];
        new SecureRandom().nextBytes(random);
        write(
                name,
                (HexFormat.of().formatHex(random) + "\n")
                        .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        return random;
    }
}
