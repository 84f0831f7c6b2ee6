package cn.tiaoxi.gateway.meter;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * A file that is put aside when it is full: {@code access.log}, {@code access.log.1} …, the oldest
 * with the highest number; those beyond the bound are deleted. Readable by the owner only. For one
 * thread.
 */
final class RollingFile implements AutoCloseable {
    private final Path path;
    private final long mostBytes;
    private final int mostFiles;
    private @Nullable OutputStream out;
    private long size;

    /**
     * @param mostBytes size of one file; only a single longer line goes beyond
     * @param mostFiles number of files, the current one too
     */
    RollingFile(Path path, long mostBytes, int mostFiles) {
        this.path = path;
        this.mostBytes = mostBytes;
        this.mostFiles = mostFiles;
    }

    void write(byte[] line) throws IOException {
        OutputStream current = out;
        if (current == null) {
            current = open();
        }
        if (size > 0 && size + line.length > mostBytes) {
            current.close();
            out = null;
            putAside();
            current = open();
        }
        try {
            current.write(line);
            size += line.length;
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    void flush() throws IOException {
        OutputStream current = out;
        if (current != null) {
            current.flush();
        }
    }

    private OutputStream open() throws IOException {
        if (!Files.exists(path)) {
            Files.createFile(
                    path,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
        }
        size = Files.size(path);
        OutputStream opened =
                new BufferedOutputStream(
                        Files.newOutputStream(path, StandardOpenOption.APPEND), 1 << 16);
        out = opened;
        return opened;
    }

    private void putAside() throws IOException {
        Files.deleteIfExists(numbered(mostFiles - 1));
        for (int number = mostFiles - 2; number >= 0; number--) {
            if (Files.exists(numbered(number))) {
                Files.move(
                        numbered(number),
                        numbered(number + 1),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private Path numbered(int number) {
        return number == 0 ? path : path.resolveSibling(path.getFileName() + "." + number);
    }

    @Override
    public void close() {
        OutputStream current = out;
        out = null;
        if (current != null) {
            try {
                current.close();
            } catch (IOException e) {
                size = 0; // What it could not write is lost; the next line opens the file anew.
            }
        }
    }
}
