package cn.tiaoxi.lake.source;

import cn.tiaoxi.lake.RowFault;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the rows of a segment and finds their fields without copying them. Used by one thread.
 */
public final class RecordCursor {
    private byte[] bytes = new byte[0];
    private int limit;
    private byte separator;
    private long @Nullable [] lines;
    private int record;
    private int position;
    private long nextLine;

    private long line;
    private int recordStart;
    private int recordEnd;
    private int fieldCount;
    private int[] starts = new int[16];
    private int[] ends = new int[16];
    private byte[] marks = new byte[16];
    private @Nullable RowFault fault;

    private static final byte DOUBLED_QUOTES = 1;
    private static final byte NOT_ASCII = 2;

    /** Starts at the beginning of a segment. */
    public void reset(Segment segment) {
        bytes = segment.bytes();
        limit = segment.to();
        position = segment.from();
        separator = segment.separator();
        nextLine = segment.firstLine();
        lines = segment.lines();
        record = -1;
    }

    /** Moves to the next row; false after the last. Empty lines are no rows. */
    public boolean next() {
        while (position < limit && (bytes[position] == '\n' || bytes[position] == '\r')) {
            position = Records.afterLineEnd(bytes, position, limit);
            nextLine++;
        }
        if (position >= limit) {
            return false;
        }
        record++;
        line = lines == null ? nextLine : lines[record];
        recordStart = position;
        fieldCount = 0;
        fault = null;
        while (readField()) {
            position++;
        }
        recordEnd = position;
        if (position < limit) {
            position = Records.afterLineEnd(bytes, position, limit);
            nextLine++;
        }
        return true;
    }

    /** Reads the field at the position; true if a separator follows at the position then. */
    private boolean readField() {
        int start = position;
        if (start < limit && bytes[start] == Records.QUOTE) {
            int after = Records.afterQuoted(bytes, start, limit, separator, true);
            if (after == Records.BROKEN) {
                fault = RowFault.QUOTE_NOT_CLOSED;
                position = Records.lineEnd(bytes, recordStart, limit);
                return false;
            }
            addField(start + 1, after - 1, marksOfQuoted(start + 1, after - 1));
            position = after;
            if (after < limit
                    && bytes[after] != separator
                    && bytes[after] != '\n'
                    && bytes[after] != '\r') {
                fault = RowFault.QUOTE_MISPLACED;
                return readPlain(after);
            }
            return after < limit && bytes[after] == separator;
        }
        return readPlain(start);
    }

    private boolean readPlain(int start) {
        int i = start;
        int seen = 0;
        byte c = 0;
        while (i < limit) {
            c = bytes[i];
            if (c == separator || c == '\n' || c == '\r') {
                break;
            }
            seen |= c;
            i++;
        }
        addField(start, i, seen < 0 ? NOT_ASCII : 0);
        position = i;
        return i < limit && c == separator;
    }

    private int marksOfQuoted(int from, int to) {
        int found = 0;
        for (int i = from; i < to; i++) {
            byte c = bytes[i];
            if (c < 0) {
                found |= NOT_ASCII;
            } else if (c == Records.QUOTE) {
                found |= DOUBLED_QUOTES;
            } else if (c == '\n' || c == '\r') {
                if (c == '\n' || bytes[i + 1] != '\n') {
                    nextLine++;
                }
            }
        }
        return found;
    }

    private void addField(int start, int end, int mark) {
        if (fieldCount == starts.length) {
            starts = Arrays.copyOf(starts, fieldCount * 2);
            ends = Arrays.copyOf(ends, fieldCount * 2);
            marks = Arrays.copyOf(marks, fieldCount * 2);
        }
        starts[fieldCount] = start;
        ends[fieldCount] = end;
        marks[fieldCount] = (byte) mark;
        fieldCount++;
    }

    /** The bytes that the fields lie in. */
    public byte[] bytes() {
        return bytes;
    }

    /** How many rows of the segment stand before this one. */
    public int record() {
        return record;
    }

    /** The line of the file that the row begins on, from 1. */
    public long line() {
        return line;
    }

    /** What is wrong with the row's quotation marks, or null. */
    public @Nullable RowFault fault() {
        return fault;
    }

    /** How many fields the row has. */
    public int fieldCount() {
        return fieldCount;
    }

    /** Where a field's text begins. */
    public int start(int field) {
        return starts[field];
    }

    /** Where a field's text ends. */
    public int end(int field) {
        return ends[field];
    }

    /** Whether quotation marks in the field are doubled and have to be halved. */
    public boolean hasDoubledQuotes(int field) {
        return (marks[field] & DOUBLED_QUOTES) != 0;
    }

    /** Whether the field is pure ASCII. */
    public boolean isAscii(int field) {
        return (marks[field] & NOT_ASCII) == 0;
    }

    /** A field as text; bytes that are no UTF-8 become replacement characters. */
    public String text(int field) {
        String text =
                new String(
                        bytes, starts[field], ends[field] - starts[field], StandardCharsets.UTF_8);
        return hasDoubledQuotes(field) ? text.replace("\"\"", "\"") : text;
    }

    /**
     * The row as it stands in the segment, without its line end, at most {@code length} bytes of
     * it.
     */
    public String rowText(int length) {
        return new String(
                bytes,
                recordStart,
                Math.min(recordEnd - recordStart, length),
                StandardCharsets.UTF_8);
    }
}
