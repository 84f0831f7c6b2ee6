package cn.tiaoxi.trace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Entries that were taken out of a log, in files of {@value #ENTRIES} each. A file is: 8 bytes
 * {@code TXTRACE1}; the index of its first entry in 8 bytes; the lengths of its 256 entry bundles
 * in 4 bytes each; the bundles as the log had them; SHA-256 of all before. Numbers are big-endian.
 * The entries are still proved by the hash tiles of the log, not by that sum, which tells damage.
 *
 * @param folder where the files are
 */
record Archive(Path folder) {
    /** Entries in a file. */
    static final int ENTRIES = Tile.WIDTH * Tile.WIDTH;

    private static final byte[] MAGIC = "TXTRACE1".getBytes(StandardCharsets.US_ASCII);
    private static final int HEAD = MAGIC.length + Long.BYTES + Tile.WIDTH * Integer.BYTES;
    private static final int MAX_BUNDLE = Tile.WIDTH * (2 + TraceLog.MAX_RECORD_BYTES);

    /** The file of the entries from {@code number} times {@value #ENTRIES} on. */
    Path file(long number) {
        return folder.resolve(String.format(Locale.ROOT, "entries-%015d.tlog", number * ENTRIES));
    }

    /** Writes a file durably; one that is there is replaced. */
    void write(Disk disk, long number, List<byte[]> bundles) throws IOException {
        Files.createDirectories(folder);
        Path draft = folder.resolve("entries.new");
        MessageDigest sum = TreeHasher.sha256();
        try (Disk.Writable out = disk.open(draft, true)) {
            ByteBuffer head = ByteBuffer.allocate(HEAD).put(MAGIC).putLong(number * ENTRIES);
            bundles.forEach(bundle -> head.putInt(bundle.length));
            long at = append(out, sum, head.array(), 0);
            for (byte[] bundle : bundles) {
                at = append(out, sum, bundle, at);
            }
            out.write(ByteBuffer.wrap(sum.digest()), at);
            out.force();
        }
        disk.rename(draft, file(number));
        disk.forceFolder(folder);
    }

    private static long append(Disk.Writable out, MessageDigest sum, byte[] bytes, long at)
            throws IOException {
        sum.update(bytes);
        out.write(ByteBuffer.wrap(bytes), at);
        return at + bytes.length;
    }

    /**
     * Reads the bundles of a file.
     *
     * @throws TraceException BROKEN if it is not what was written, UNREACHABLE if it cannot be read
     */
    List<byte[]> read(long number) {
        Path file = file(number);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            MessageDigest sum = TreeHasher.sha256();
            ByteBuffer head = ByteBuffer.wrap(take(channel, HEAD, file));
            sum.update(head.array());
            byte[] magic = new byte[MAGIC.length];
            head.get(magic);
            if (!Arrays.equals(magic, MAGIC) || head.getLong() != number * ENTRIES) {
                throw broken(file);
            }
            List<byte[]> bundles = new ArrayList<>(Tile.WIDTH);
            while (head.hasRemaining()) {
                int length = head.getInt();
                if (length < 0 || length > MAX_BUNDLE) {
                    throw broken(file);
                }
                byte[] bundle = take(channel, length, file);
                sum.update(bundle);
                bundles.add(bundle);
            }
            byte[] kept = take(channel, Hash.BYTES, file);
            if (!Arrays.equals(sum.digest(), kept) || channel.position() != channel.size()) {
                throw broken(file);
            }
            return bundles;
        } catch (IOException e) {
            throw new TraceException(TraceException.Code.UNREACHABLE, "cannot read " + file, e);
        }
    }

    private static byte[] take(FileChannel channel, int length, Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw broken(file);
            }
        }
        return bytes.array();
    }

    private static TraceException broken(Path file) {
        return new TraceException(
                TraceException.Code.BROKEN, file + " is not what was archived: its sum is wrong");
    }
}
