package cn.tiaoxi.lake.source;

import static java.util.Objects.requireNonNull;

import cn.tiaoxi.lake.RowFault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads rows from the beginning of a file, and of delimited text from all over it. */
final class SampleReader {
    static final int HEAD_ROWS = 5_000;
    private static final int HEAD_BYTES = 2 << 20;
    private static final int SAMPLE_BYTES = 1 << 17;
    private static final int SAMPLES = 16;
    private static final int SAMPLE_ROWS = 500;

    private SampleReader() {}

    /** The first rows, the header among them if there is one. */
    static List<SampleRow> head(Path file, SourceLayout layout) throws IOException {
        if (layout.format().isDelimited()) {
            byte[] head = readAt(file, 0, HEAD_BYTES);
            boolean whole = head.length < HEAD_BYTES;
            return text(head, layout, requireNonNull(layout.encoding()), whole, HEAD_ROWS);
        }
        List<SampleRow> rows = new ArrayList<>();
        try (SegmentSource source = SegmentSource.open(file, layout)) {
            Segment segment = source.next();
            if (segment != null) {
                collect(segment, rows, HEAD_ROWS);
            }
        }
        return rows;
    }

    /** Rows of delimited text from places after the head, those of the given width only. */
    static List<SampleRow> across(Path file, SourceLayout layout, int width) throws IOException {
        List<SampleRow> rows = new ArrayList<>();
        long size = Files.size(file);
        TextEncoding encoding = requireNonNull(layout.encoding());
        boolean wide = encoding.charset().name().startsWith("UTF-16");
        if (!layout.format().isDelimited() || size <= HEAD_BYTES || wide) {
            return rows;
        }
        for (int i = 1; i <= SAMPLES; i++) {
            long position = HEAD_BYTES + (size - HEAD_BYTES) / SAMPLES * i - SAMPLE_BYTES;
            byte[] bytes = readAt(file, Math.max(HEAD_BYTES, position), SAMPLE_BYTES);
            int start =
                    Records.afterLineEnd(
                            bytes, Records.lineEnd(bytes, 0, bytes.length), bytes.length);
            TextEncoding plain = encoding.isUtf8() ? TextEncoding.UTF_8 : encoding;
            for (SampleRow row :
                    text(
                            Arrays.copyOfRange(bytes, start, bytes.length),
                            layout,
                            plain,
                            false,
                            SAMPLE_ROWS)) {
                if (row.fault() == null && row.width() == width) {
                    rows.add(row);
                }
            }
        }
        return rows;
    }

    private static byte[] readAt(Path file, long position, int length) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            ByteBuffer buffer =
                    ByteBuffer.allocate(
                            (int) Math.min(length, Math.max(0, channel.size() - position)));
            channel.position(position);
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                // read on
            }
            return Arrays.copyOf(buffer.array(), buffer.position());
        }
    }

    private static List<SampleRow> text(
            byte[] bytes, SourceLayout layout, TextEncoding encoding, boolean whole, int most)
            throws IOException {
        List<SampleRow> rows = new ArrayList<>();
        byte separator = (byte) (char) requireNonNull(layout.separator());
        int size = bytes.length * 3 + 1;
        try (TextSegments source =
                TextSegments.open(
                        new ByteArrayInputStream(bytes), encoding, separator, false, size)) {
            Segment segment = source.next();
            if (segment != null) {
                collect(segment, rows, most);
                boolean cut = !whole && rows.size() < most && !rows.isEmpty();
                if (cut && rows.size() > 1) {
                    rows.removeLast();
                }
            }
        }
        return rows;
    }

    private static void collect(Segment segment, List<SampleRow> rows, int most) {
        RecordCursor cursor = new RecordCursor();
        cursor.reset(segment);
        boolean generated = segment.lines() != null;
        while (rows.size() < most && cursor.next()) {
            List<@Nullable String> values = new ArrayList<>();
            List<@Nullable RowFault> faults = new ArrayList<>();
            for (int i = 0; i < cursor.fieldCount(); i++) {
                RowFault fault =
                        generated
                                ? GeneratedSegments.markedFault(
                                        cursor.bytes(), cursor.start(i), cursor.end(i))
                                : null;
                String text = fault == null ? cursor.text(i) : cursor.text(i).substring(2);
                boolean blank =
                        fault == null
                                && ValueParser.isBlank(
                                        cursor.bytes(), cursor.start(i), cursor.end(i));
                values.add(blank ? null : text);
                faults.add(fault);
            }
            rows.add(new SampleRow(cursor.line(), cursor.fault(), values, faults));
        }
    }
}
