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
        List<byte[]> entries = new ArrayList<>(width);
        int at = 0;
        while (at < bytes.length && entries.size() < Tile.WIDTH) {
            if (at + 2 > bytes.length) {
                throw cut(path, entries.size());
            }
            int length = (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
            at += 2;
            if (at + length > bytes.length) {
                throw cut(path, entries.size());
            }
            entries.add(Arrays.copyOfRange(bytes, at, at + length));
            at += length;
        }
        boolean exact = entries.size() == width || entries.size() == Tile.WIDTH;
        if (at != bytes.length || !exact) {
            throw new TraceException(
                    TraceException.Code.BROKEN,
                    path + " holds " + entries.size() + " entries and should hold " + width);
        }
        return entries.subList(0, width);
    }

    private static TraceException cut(String path, int entry) {
        return new TraceException(
                TraceException.Code.BROKEN, path + " is cut off in its entry " + entry);
    }
}
