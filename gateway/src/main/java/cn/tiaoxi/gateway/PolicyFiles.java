package cn.tiaoxi.gateway;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The policy on disk: the last whole one and the changes since, as the platform signed them, each
 * durable when its writing returns. After a crash at any moment they hold what was in force, or the
 * policy that was to come into force next. For one thread at a time.
 */
final class PolicyFiles {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyFiles.class);
    private static final int BUFFER = 64 << 10;

    static final String WHOLE = "policy.whole";
    static final String CHANGES = "policy.changes";

    /** What earlier gateways kept. */
    static final String EARLIER = "policy.json";

    private static final int MOST_CHANGES = 10_000;
    private static final long SMALL = 16 << 20;
    private static final String DRAFT = "policy.draft";

    private final OwnFolder folder;
    private long changes;
    private long changedBytes;
    private long wholeBytes;

    PolicyFiles(OwnFolder folder) {
        this.folder = folder;
    }

    /** Reads one signed policy of a stream, checks it, and keeps it if it holds. */
    interface Reading {
        /**
         * @throws IllegalArgumentException if it does not hold
         * @throws EOFException if it ends too early
         */
        void read(InputStream in) throws IOException;
    }

    /** The last whole policy; false if there is none. */
    boolean whole(Reading reading) throws IOException {
        Files.deleteIfExists(folder.path(DRAFT));
        Path file = folder.path(WHOLE);
        if (Files.notExists(file)) {
            return false;
        }
        wholeBytes = Files.size(file);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            reading.read(in);
        }
        return true;
    }

    /** The policy file of an earlier gateway, or null. */
    byte @Nullable [] earlier() {
        return folder.read(EARLIER).orElse(null);
    }

    /** The changes in their order; what is torn or does not hold is cut off with all behind it. */
    void changes(Reading reading) throws IOException {
        Path file = folder.path(CHANGES);
        if (Files.notExists(file)) {
            return;
        }
        long size = Files.size(file);
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            InputStream in =
                    new Counted(new BufferedInputStream(Channels.newInputStream(channel), BUFFER));
            while (changedBytes < size) {
                try {
                    reading.read(in);
                } catch (EOFException | IllegalArgumentException e) {
                    LOG.error(
                            "The policy's changes on disk are cut off after {} of {} bytes: {}",
                            changedBytes,
                            size,
                            e.getMessage());
                    channel.truncate(changedBytes);
                    channel.force(true);
                    return;
                }
                changes++;
                changedBytes = ((Counted) in).count;
            }
        }
    }

    /** A stream that knows how much of it was read. */
    private static final class Counted extends java.io.FilterInputStream {
        private long count;

        private Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int one = in.read();
            count += one < 0 ? 0 : 1;
            return one;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = in.read(into, offset, length);
            count += Math.max(read, 0);
            return read;
        }
    }

    /** Begins to write a whole policy beside the one that is kept. */
    FileChannel draft() throws IOException {
        return folder.create(DRAFT);
    }

    /** Keeps the draft, forced already, in place of all that was kept. */
    void keepDraft() throws IOException {
        wholeBytes = Files.size(folder.path(DRAFT));
        folder.rename(DRAFT, WHOLE);
        // Until these are gone, they are older than the whole policy and passed over.
        Files.deleteIfExists(folder.path(CHANGES));
        Files.deleteIfExists(folder.path(EARLIER));
        changes = 0;
        changedBytes = 0;
    }

    /** Appends a signed change; if that fails, nothing of it stays. */
    void append(byte[] change) throws IOException {
        Path file = folder.path(CHANGES);
        boolean made = Files.notExists(file);
        try (FileChannel channel =
                made ? folder.create(CHANGES) : FileChannel.open(file, StandardOpenOption.WRITE)) {
            try {
                ByteBuffer bytes = ByteBuffer.wrap(change);
                long at = changedBytes;
                while (bytes.hasRemaining()) {
                    at += channel.write(bytes, at);
                }
                channel.force(true);
            } catch (IOException e) {
                channel.truncate(changedBytes);
                throw e;
            }
        }
        if (made) {
            folder.force();
        }
        changes++;
        changedBytes += change.length;
    }

    /** Whether a start would be much quicker with a new whole policy. */
    boolean manyChanges() {
        return changes > MOST_CHANGES || changedBytes > Math.max(SMALL, wholeBytes / 2);
    }
}
