package cn.tiaoxi.lake.table;

import cn.tiaoxi.lake.ErrorCode;
import cn.tiaoxi.lake.LakeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;

/**
 * Files of a warehouse folder for Iceberg. A file is on the disk when it is closed. Locations are
 * absolute paths; outside the folder nothing can be reached.
 */
final class LakeFiles implements FileIO {
    private static final long serialVersionUID = 1L;

    private final transient Path root;

    LakeFiles(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    Path root() {
        return root;
    }

    /** The path of a location. */
    Path path(String location) {
        String plain =
                location.startsWith("file:") ? location.replaceFirst("^file:/*", "/") : location;
        Path path = Path.of(plain).toAbsolutePath().normalize();
        if (!path.startsWith(root)) {
            throw new LakeException(ErrorCode.STORAGE_FAILED, location);
        }
        return path;
    }

    @Override
    public InputFile newInputFile(String location) {
        return new LakeInputFile(path(location));
    }

    @Override
    public OutputFile newOutputFile(String location) {
        return new LakeOutputFile(path(location));
    }

    @Override
    public void deleteFile(String location) {
        try {
            Files.deleteIfExists(path(location));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a file and its name in the folder durable. */
    static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Path parent = file.getParent();
        if (parent != null) {
            forceFolder(parent);
        }
    }

    static void forceFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
