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
    private static final int CHUNK = 1 << 20;

    /**
     * What a file held when it was read back.
     *
     * @param first index of the first record, or {@link Long#MAX_VALUE} if nothing can be read
     * @param torn bytes of a commit that was begun and is not whole
     */
    record Recovered(long first, List<Batch> batches, int torn) {}

    private final Disk.Writable file;
    private final int capacity;
    private final ByteBuffer buffer;
    private final SecureRandom random = new SecureRandom();
    private long salt;
    private int position;

    private AheadFile(Disk.Writable file, int capacity) {
        this.file = file;
        this.capacity = capacity;
        this.buffer = ByteBuffer.allocateDirect(Math.min(capacity, CHUNK));
    }

    /**
     * Opens the file and fills it with zeros up to its capacity, so that commits move no metadata.
     */
    static AheadFile open(Disk disk, Path path, int capacity) throws IOException {
        long length = Files.exists(path) ? Files.size(path) : 0;
        Disk.Writable file = disk.open(path, false);
        try {
            while (length < capacity) {
                int zeros = (int) Math.min(CHUNK, capacity - length);
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
    void commit(Batch batch) throws IOException {
        buffer.clear();
        if (position == 0) {
            header(batch.first());
        }
        int payload = batch.end() - batch.start();
        int start = buffer.position();
        buffer.putInt(payload).putInt(0).putLong(batch.first()).putInt(batch.count());
        CRC32C crc = salted(salt);
        crc.update(buffer.slice(start + 8, 12));
        crc.update(batch.bytes(), batch.start(), payload);
        buffer.putInt(start + 4, (int) crc.getValue());
        int at = batch.start();
        int end = position;
        while (at < batch.end()) {
            int length = Math.min(buffer.remaining(), batch.end() - at);
            buffer.put(batch.bytes(), at, length).flip();
            at += length;
            int written = buffer.remaining();
            file.write(buffer, end);
            end += written;
            buffer.clear();
        }
        file.force();
        position = end;
    }

    private void header(long first) {
        buffer.putLong(MAGIC).putLong(first).putLong(salt);
        CRC32C crc = new CRC32C();
        crc.update(buffer.slice(0, 24));
        buffer.putInt((int) crc.getValue()).putInt(0);
    }

    private static CRC32C salted(long salt) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(8).putLong(salt).flip());
        return crc;
    }

    /**
     * Reads back what was committed, up to the first frame that is torn or old.
     *
     * @throws TraceException BROKEN if a frame behind it is whole: it was begun when the one before
     *     was durable, so that what is damaged was not torn by a crash
     */
    static Recovered recover(Path path) throws IOException {
        List<Batch> batches = new ArrayList<>();
        byte[] array = Files.exists(path) ? Files.readAllBytes(path) : new byte[0];
        ByteBuffer bytes = ByteBuffer.wrap(array);
        if (array.length < HEADER) {
            return new Recovered(Long.MAX_VALUE, batches, 0);
        }
        long first = bytes.getLong(8);
        long salt = bytes.getLong(16);
        if (bytes.getLong(0) != MAGIC || !hasSoundHeader(bytes)) {
            refuseIfOneFollows(path, bytes, HEADER, -1);
            boolean blank = bytes.getLong(0) == 0 && first == 0 && salt == 0;
            return new Recovered(Long.MAX_VALUE, batches, blank ? 0 : HEADER);
        }
        long next = first;
        int at = HEADER;
        while (isWhole(bytes, at, next)) {
            int start = at + FRAME_HEADER;
            at = start + bytes.getInt(at);
            Batch batch = new Batch(next, bytes.getInt(start - 4), array, start, at);
            batches.add(batch);
            next = batch.next();
        }
        refuseIfOneFollows(path, bytes, at, next);
        int torn = isBegun(bytes, at, next) ? FRAME_HEADER + bytes.getInt(at) : 0;
        return new Recovered(first, batches, torn);
    }

    /** Looks for a whole frame with a higher index than the one that should stand at a place. */
    private static void refuseIfOneFollows(Path path, ByteBuffer bytes, int from, long next) {
        for (int at = from; at <= bytes.limit() - FRAME_HEADER; at++) {
            long first = bytes.getLong(at + 8);
            if (first > next && first - next <= bytes.limit() && isWhole(bytes, at, first)) {
                throw new TraceException(
                        TraceException.Code.BROKEN,
                        path
                                + " is damaged at byte "
                                + from
                                + ": records "
                                + Math.max(next, 0)
                                + " to "
                                + (first - 1)
                                + " were durable and cannot be read");
            }
        }
    }

    private static boolean isWhole(ByteBuffer bytes, int at, long next) {
        if (!isBegun(bytes, at, next)) {
            return false;
        }
        CRC32C crc = salted(bytes.getLong(16));
        crc.update(bytes.array(), at + 8, 12 + bytes.getInt(at));
        return bytes.getInt(at + 4) == (int) crc.getValue();
    }

    /** Forgets what a file held, so that a torn commit is told of once. */
    static void clear(Disk disk, Path path) throws IOException {
        try (Disk.Writable file = disk.open(path, false)) {
            file.write(ByteBuffer.allocate(HEADER), 0);
            file.force();
        }
    }

    private static boolean hasSoundHeader(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.slice(0, 24));
        return (int) crc.getValue() == bytes.getInt(24);
    }

    /** Whether something that looks like the next frame stands at a place. */
    private static boolean isBegun(ByteBuffer bytes, int at, long next) {
        int room = bytes.limit() - at - FRAME_HEADER;
        return room >= 2
                && bytes.getInt(at) >= 2
                && bytes.getInt(at) <= room
                && bytes.getLong(at + 8) == next
                && bytes.getInt(at + 16) >= 1;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
