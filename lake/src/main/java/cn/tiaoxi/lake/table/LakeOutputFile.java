package cn.tiaoxi.lake.table;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;

/** A file of the warehouse, to be written; durable once its stream is closed. */
final class LakeOutputFile implements OutputFile {
    private final Path path;

    LakeOutputFile(Path path) {
        this.path = path;
    }

    @Override
    public PositionOutputStream create() {
        return open(StandardOpenOption.CREATE_NEW);
    }

    @Override
    public PositionOutputStream createOrOverwrite() {
        return open(StandardOpenOption.CREATE);
    }

    private PositionOutputStream open(StandardOpenOption option) {
        try {
            Files.createDirectories(path.getParent());
            return new DurableStream(path, option);
        } catch (FileAlreadyExistsException e) {
            throw new AlreadyExistsException(e, "File exists: %s", path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String location() {
        return path.toString();
    }

    @Override
    public InputFile toInputFile() {
        return new LakeInputFile(path);
    }

    private static final class DurableStream extends PositionOutputStream {
        private final Path path;
        private final BufferedOutputStream out;
        private long position;
        private boolean closed;

        DurableStream(Path path, StandardOpenOption option) throws IOException {
            this.path = path;
            out =
                    new BufferedOutputStream(
                            Files.newOutputStream(
                                    path,
                                    option,
                                    StandardOpenOption.WRITE,
                                    StandardOpenOption.TRUNCATE_EXISTING));
        }

        @Override
        public long getPos() {
            return position;
        }

        @Override
        public void write(int value) throws IOException {
            out.write(value);
            position++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            position += length;
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                out.close();
                LakeFiles.force(path);
            }
        }
    }
}
