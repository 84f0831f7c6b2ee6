package cn.tiaoxi.trace;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** The calls by which a log changes its folder. The tests make each of them fail in turn. */
interface Disk {
    /** An open file. */
    interface Writable extends Closeable {
        /** Writes all bytes at the position. */
        void write(ByteBuffer bytes, long position) throws IOException;

        /** Returns when all that was written is durable. */
        void force() throws IOException;

        @Override
        void close() throws IOException;
    }

    /** All files of a log together. */
    interface Whole extends Closeable {
        /** From how many new files on it is better to force all together. */
        int worthFiles();

        /** Whether {@link #force} can be called here. */
        boolean isThere();

        /** Returns when all that was written into files and folders is durable. */
        void force() throws IOException;

        @Override
        void close();
    }

    /** The operating system's files. */
    Disk REAL = new RealDisk();

    /** Opens for writing and creates what is missing; {@code empty} drops earlier content. */
    Writable open(Path file, boolean empty) throws IOException;

    /** All that lies in a folder, seen from now on. */
    Whole whole(Path folder);

    /** Creates one folder if it is missing. */
    void createFolder(Path folder) throws IOException;

    /** Makes the names in a folder durable. */
    void forceFolder(Path folder) throws IOException;

    /** Replaces atomically. */
    void rename(Path from, Path to) throws IOException;

    /** Removes a file or an empty folder if it is there. */
    void delete(Path path) throws IOException;

    /** The operating system's files. */
    final class RealDisk implements Disk {
        @Override
        public Writable open(Path file, boolean empty) throws IOException {
            FileChannel channel =
                    empty
                            ? FileChannel.open(
                                    file,
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.TRUNCATE_EXISTING,
                                    StandardOpenOption.WRITE)
                            : FileChannel.open(
                                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            return new RealFile(channel);
        }

        @Override
        public Whole whole(Path folder) {
            return new RealWhole(FileSystemSync.open(folder));
        }

        @Override
        public void createFolder(Path folder) throws IOException {
            try {
                Files.createDirectory(folder);
            } catch (FileAlreadyExistsException e) {
                if (!Files.isDirectory(folder)) {
                    throw e;
                }
            }
        }

        @Override
        public void forceFolder(Path folder) throws IOException {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        }

        @Override
        public void delete(Path path) throws IOException {
            Files.deleteIfExists(path);
        }
    }

    /** A file of the operating system. */
    final class RealFile implements Writable {
        private final FileChannel channel;

        RealFile(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public void write(ByteBuffer bytes, long position) throws IOException {
            long at = position;
            while (bytes.hasRemaining()) {
                at += channel.write(bytes, at);
            }
        }

        @Override
        public void force() throws IOException {
            channel.force(false);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    /** The operating system's file system. */
    record RealWhole(Optional<FileSystemSync> sync) implements Whole {
        private static final int WORTH = 64;
        private static final int OPEN_FILES = 256;

        @Override
        public int worthFiles() {
            return isThere() ? WORTH : OPEN_FILES;
        }

        @Override
        public boolean isThere() {
            return sync.isPresent();
        }

        @Override
        public void force() throws IOException {
            sync.orElseThrow().sync();
        }

        @Override
        public void close() {
            sync.ifPresent(FileSystemSync::close);
        }
    }
}
