package cn.tiaoxi.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Entry bundles: big-endian 16-bit lengths, each with that many bytes. */
final class Bundle {
    private Bundle() {}

    /**
     * The first {@code width} entries of a bundle. A full bundle may stand in for a partial one.
     *
     * @throws TraceException BROKEN if it is cut or longer than it may be
     */
    static List<byte[]> parse(byte[] bytes, int width, String path) {
        check(bytes, width, path);
        List<byte[]> entries = new ArrayList<>(width);
        int at = 0;
        for (int i = 0; i < width; i++) {
            int length = Batch.lengthAt(bytes, at);
            entries.add(Arrays.copyOfRange(bytes, at + 2, at + 2 + length));
            at += Batch.cost(length);
        }
        return entries;
    }

    /** Checks the form of what {@link #parse} takes. */
    static void check(byte[] bytes, int width, String path) {
        int at = 0;
        int entries = 0;
        while (at < bytes.length && entries < Tile.WIDTH) {
            if (at + 2 > bytes.length) {
                throw cut(path, entries);
            }
            at += Batch.cost(Batch.lengthAt(bytes, at));
            if (at > bytes.length) {
                throw cut(path, entries);
            }
            entries++;
        }
        boolean exact = entries == width || entries == Tile.WIDTH;
        if (at != bytes.length || !exact) {
            throw new TraceException(
                    TraceException.Code.BROKEN,
                    path + " holds " + entries + " entries and should hold " + width);
        }
    }

    private static TraceException cut(String path, int entry) {
        return new TraceException(
                TraceException.Code.BROKEN, path + " is cut off in its entry " + entry);
    }
}
