package cn.tiaoxi.trace;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A pre-allocated file into which records are written ahead of the tiles. A log has two and uses
 * them in turn: while the records of one are brought into the tree, the other takes new ones.
 *
 * <p>Layout, big-endian. Header: 8 bytes magic with version, 8 bytes index of the first record, 8
 * bytes salt, 4 bytes CRC-32C of these 24, 4 bytes zero. Then frames, one for each group commit: 4
 * bytes length of the payload, 4 bytes CRC-32C of salt, index, count and payload, 8 bytes index of
 * the first record, 4 bytes count, payload in the form of an entry bundle. The first frame that
 * does not check ends the file: what stands behind it is older than the salt or was never
 * acknowledged.
 *
 * <p>Owned by the log's writer thread.
 */
final class AheadFile implements Closeable {
    static final int HEADER = 32;
    static final int FRAME_HEADER = 20;
    private static final long MAGIC = 0x5458_4148_4541_4401L; // "TXAHEAD" and version 1
    private static final int ZEROS = 1 << 20;

    /** What a file held when it was read back. */
    record Recovered(long first, List<Batch> batches) {}

    private final Disk.Writable file;
    private final int capacity;
    private final ByteBuffer buffer;
    private final SecureRandom random = new SecureRandom();
    private long salt;
    private int position;

    private AheadFile(Disk.Writable file, int capacity) {
        this.file = file;
        this.capacity = capacity;
        this.buffer = ByteBuffer.allocateDirect(capacity);
    }

    /**
     * Opens the file and fills it with zeros up to its capacity, so that commits move no metadata.
     */
    static AheadFile open(Disk disk, Path path, int capacity) throws IOException {
        long length = Files.exists(path) ? Files.size(path) : 0;
        Disk.Writable file = disk.open(path, false);
        try {
            while (length < capacity) {
                int zeros = (int) Math.min(ZEROS, capacity - length);
                file.write(ByteBuffer.allocate(zeros), length);
                length += zeros;
            }
            file.force();
            return new AheadFile(file, capacity);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** How many bytes a record takes inside a frame. */
    static int cost(byte[] entry) {
        return 2 + entry.length;
    }

    /** The largest payload that fits into an empty file. */
    static int maxPayload(int capacity) {
        return capacity - HEADER - FRAME_HEADER;
    }

    /** Begins anew: what the file held counts no more. */
    void begin() {
        salt = random.nextLong();
        position = 0;
    }

    boolean isEmpty() {
        return position == 0;
    }

    boolean fits(int payload) {
        return Math.max(position, HEADER) + FRAME_HEADER + payload <= capacity;
    }

    /** Writes a frame. When this returns, the records are durable. */
    void commit(long first, List<byte[]> records) throws IOException {
        buffer.clear();
        if (position == 0) {
            header(first);
        }
        int start = buffer.position();
        buffer.position(start + FRAME_HEADER);
        for (byte[] entry : records) {
            buffer.putShort((short) entry.length).put(entry);
        }
        int end = buffer.position();
        int payload = end - start - FRAME_HEADER;
        buffer.putLong(start + 8, first).putInt(start + 16, records.size());
        buffer.putInt(start, payload);
        buffer.putInt(start + 4, checksum(salt, buffer.slice(start + 8, payload + 12)));
        buffer.flip();
        file.write(buffer, position);
        file.force();
        position += end;
    }

    private void header(long first) {
        buffer.putLong(MAGIC).putLong(first).putLong(salt);
        CRC32C crc = new CRC32C();
        crc.update(buffer.slice(0, 24));
        buffer.putInt((int) crc.getValue()).putInt(0);
    }

    private static int checksum(long salt, ByteBuffer content) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(8).putLong(salt).flip());
        crc.update(content);
        return (int) crc.getValue();
    }

    /** Reads back what was committed, up to the first frame that is torn or old. */
    static Recovered recover(Path path) throws IOException {
        List<Batch> batches = new ArrayList<>();
        if (!Files.exists(path)) {
            return new Recovered(Long.MAX_VALUE, batches);
        }
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path));
        if (bytes.remaining() < HEADER || bytes.getLong(0) != MAGIC) {
            return new Recovered(Long.MAX_VALUE, batches);
        }
        CRC32C crc = new CRC32C();
        crc.update(bytes.slice(0, 24));
        if ((int) crc.getValue() != bytes.getInt(24)) {
            return new Recovered(Long.MAX_VALUE, batches);
        }
        long first = bytes.getLong(8);
        long next = first;
        bytes.position(HEADER);
        Batch batch = frame(bytes, bytes.getLong(16), next);
        while (batch != null) {
            batches.add(batch);
            next = batch.end();
            batch = frame(bytes, bytes.getLong(16), next);
        }
        return new Recovered(first, batches);
    }

    private static @Nullable Batch frame(ByteBuffer bytes, long salt, long expected) {
        int start = bytes.position();
        if (bytes.remaining() < FRAME_HEADER) {
            return null;
        }
        int payload = bytes.getInt(start);
        long first = bytes.getLong(start + 8);
        int count = bytes.getInt(start + 16);
        if (payload < 2
                || payload > bytes.remaining() - FRAME_HEADER
                || first != expected
                || count < 1
                || bytes.getInt(start + 4)
                        != checksum(salt, bytes.slice(start + 8, payload + 12))) {
            return null;
        }
        bytes.position(start + FRAME_HEADER);
        List<byte[]> records = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            byte[] entry = new byte[bytes.getShort() & 0xffff];
            bytes.get(entry);
            records.add(entry);
        }
        return new Batch(first, records);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
