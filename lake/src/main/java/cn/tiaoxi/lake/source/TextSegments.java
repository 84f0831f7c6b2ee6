package cn.tiaoxi.lake.source;

import static java.util.Objects.requireNonNull;

import cn.tiaoxi.lake.ErrorCode;
import cn.tiaoxi.lake.LakeException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Cuts delimited text into segments at ends of rows, in one pass. */
final class TextSegments implements SegmentSource {
    private static final int SIZE = 12 << 20;

    private final CountingInputStream counter;
    private final InputStream in;
    private final byte separator;
    private final boolean transcoded;
    private final int size;
    private boolean headerPending;

    private byte[] buffer;
    private int position;
    private int limit;
    private boolean last;
    private long nextRow;
    private long nextLine = 1;

    private int scanEnd;
    private int scanRows;
    private long scanLines;

    private TextSegments(
            CountingInputStream counter,
            TextEncoding encoding,
            byte separator,
            boolean header,
            int size)
            throws IOException {
        this.counter = counter;
        this.separator = separator;
        this.size = size;
        headerPending = header;
        transcoded = !encoding.isUtf8();
        counter.skipNBytes(encoding.markLength());
        in = transcoded ? new TranscodingInputStream(counter, encoding.charset()) : counter;
        buffer = new byte[size];
    }

    static TextSegments open(Path file, SourceLayout layout) throws IOException {
        int size = (int) Math.min(SIZE, Math.max(1 << 16, Files.size(file) * 3 + 1));
        return open(
                Files.newInputStream(file),
                requireNonNull(layout.encoding()),
                (byte) (char) requireNonNull(layout.separator()),
                layout.header(),
                size);
    }

    static TextSegments open(
            InputStream in, TextEncoding encoding, byte separator, boolean header, int size)
            throws IOException {
        CountingInputStream counter = new CountingInputStream(in);
        try {
            return new TextSegments(counter, encoding, separator, header, size);
        } catch (IOException | RuntimeException e) {
            counter.close();
            throw e;
        }
    }

    @Override
    public @Nullable Segment next() throws IOException {
        while (true) {
            if (!last) {
                refill();
            }
            int from = position;
            long firstLine = nextLine;
            scan();
            if (scanEnd == from) {
                if (last) {
                    return null;
                }
                throw new LakeException(
                        ErrorCode.FILE_UNREADABLE, nextLine, Records.MAX_LENGTH >> 20);
            }
            position = scanEnd;
            nextLine += scanLines;
            if (scanRows > 0) {
                long firstRow = nextRow;
                nextRow += scanRows;
                return new Segment(
                        buffer,
                        from,
                        scanEnd,
                        separator,
                        firstRow,
                        scanRows,
                        firstLine,
                        null,
                        transcoded,
                        counter.count());
            }
        }
    }

    /**
     * Moves what is left to a new buffer, since the old one belongs to the segments cut from it.
     */
    private void refill() throws IOException {
        if (position > 0) {
            byte[] fresh = new byte[size];
            System.arraycopy(buffer, position, fresh, 0, limit - position);
            buffer = fresh;
            limit -= position;
            position = 0;
        }
        int read = in.readNBytes(buffer, limit, buffer.length - limit);
        limit += read;
        last = limit < buffer.length;
    }

    /** Finds the end of the last whole row. The header is a scan of its own without rows. */
    private void scan() {
        int i = position;
        scanEnd = i;
        scanRows = 0;
        scanLines = 0;
        while (i < limit) {
            int start = i;
            i = recordEnd(start);
            if (i == Records.INCOMPLETE || (i == limit && !last)) {
                return;
            }
            int next = Records.afterLineEnd(buffer, i, limit);
            if (next == limit && !last && buffer[i] == '\r') {
                return;
            }
            scanLines += recordLines + 1;
            scanEnd = next;
            boolean blank = i == start;
            i = next;
            if (!blank && headerPending) {
                headerPending = false;
                return;
            }
            if (!blank) {
                scanRows++;
            }
        }
    }

    private long recordLines;

    /** Where the row that begins at {@code start} ends. Sets the number of line ends inside it. */
    private int recordEnd(int start) {
        byte[] bytes = buffer;
        int end = limit;
        recordLines = 0;
        int i = start;
        while (i < end) {
            byte c = bytes[i];
            if (c == '\n' || c == '\r') {
                return i;
            }
            if (c == Records.QUOTE && (i == start || bytes[i - 1] == separator)) {
                int after = Records.afterQuoted(bytes, i, end, separator, last);
                if (after == Records.INCOMPLETE) {
                    return after;
                }
                if (after == Records.BROKEN) {
                    recordLines = 0;
                    return Records.lineEnd(bytes, start, end);
                }
                countLines(i, after);
                i = after;
            } else {
                i++;
            }
        }
        return i;
    }

    private void countLines(int from, int to) {
        for (int i = from; i < to; i++) {
            if (buffer[i] == '\n' || (buffer[i] == '\r' && buffer[i + 1] != '\n')) {
                recordLines++;
            }
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
