package cn.tiaoxi.lake.source;

import cn.tiaoxi.lake.RowFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes the rows of files that are no delimited text as such, so that one reader serves them all.
 */
abstract class GeneratedSegments implements SegmentSource {
    private static final int SIZE = 8 << 20;
    private static final byte SEPARATOR = ',';

    /**
     * Begins a field whose value cannot be taken; the fault's ordinal follows, then the text. No
     * UTF-8 text has this byte.
     */
    static final byte FAULT_MARK = (byte) 0xff;

    private byte[] bytes = new byte[1 << 16];
    private long[] lines = new long[1 << 10];
    private int length;
    private int rows;
    private long firstRow;
    private boolean first;

    /** Writes the next row by {@link #beginRow} and {@link #field}; false after the last. */
    abstract boolean writeRow() throws IOException;

    /** Bytes of the file read so far, as far as it is known. */
    abstract long sourceBytes();

    @Override
    public final @Nullable Segment next() throws IOException {
        bytes = new byte[Math.max(bytes.length, length + (length >> 3))];
        lines = new long[lines.length];
        length = 0;
        rows = 0;
        long start = firstRow;
        boolean more = true;
        while (more && length < SIZE) {
            more = writeRow();
        }
        firstRow += rows;
        if (rows == 0) {
            return null;
        }
        return new Segment(
                bytes, 0, length, SEPARATOR, start, rows, 1, lines, false, sourceBytes());
    }

    final void beginRow(long line) {
        if (rows > 0) {
            put((byte) '\n');
        }
        if (rows == lines.length) {
            lines = Arrays.copyOf(lines, rows * 2);
        }
        lines[rows++] = line;
        first = true;
    }

    final void field(@Nullable String value) {
        field(null, value);
    }

    final void field(@Nullable RowFault fault, @Nullable String value) {
        boolean leading = first;
        if (!leading) {
            put(SEPARATOR);
        }
        first = false;
        if (value == null && fault == null && !leading) {
            return;
        }
        put(Records.QUOTE);
        byte[] text = (value == null ? "" : value).getBytes(StandardCharsets.UTF_8);
        RowFault found =
                text.length > Records.MAX_LENGTH / 4 && fault == null
                        ? RowFault.ROW_TOO_LONG
                        : fault;
        if (found != null) {
            put(FAULT_MARK);
            put((byte) (found.ordinal() + 1));
        }
        int end = found == RowFault.ROW_TOO_LONG ? 1000 : text.length;
        for (int i = 0; i < end; i++) {
            if (text[i] == Records.QUOTE) {
                put(Records.QUOTE);
            }
            put(text[i]);
        }
        put(Records.QUOTE);
    }

    private void put(byte value) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, length * 2);
        }
        bytes[length++] = value;
    }

    /** The fault that a field was marked with, or null. */
    static @Nullable RowFault markedFault(byte[] bytes, int start, int end) {
        return end - start >= 2 && bytes[start] == FAULT_MARK && bytes[start + 1] > 0
                ? RowFault.values()[bytes[start + 1] - 1]
                : null;
    }
}
