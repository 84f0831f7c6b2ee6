package cn.tiaoxi.lake.source;

import cn.tiaoxi.lake.ColumnType;
import cn.tiaoxi.lake.RowFault;
import java.time.ZoneId;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a row into values of given types and keeps them until the next row. Used by
 * one thread.
 */
public final class CellReader {
    private final ColumnType[] types;
    private final ValueParser parser;
    private final boolean[] nulls;
    private final long[] numbers;
    private final byte[][] texts;
    private final int[] starts;
    private final int[] ends;
    private final byte[][] owned;
    private boolean generated;
    private boolean transcoded;
    private boolean hasNul;

    /** A reader of columns of these types; times without an offset are times of the zone. */
    public CellReader(ColumnType[] types, ZoneId zone) {
        this.types = types.clone();
        parser = new ValueParser(zone);
        nulls = new boolean[types.length];
        numbers = new long[types.length];
        texts = new byte[types.length][];
        owned = new byte[types.length][];
        starts = new int[types.length];
        ends = new int[types.length];
        Arrays.fill(owned, new byte[0]);
    }

    /** Prepares for the rows of a segment. */
    public void reset(Segment segment) {
        generated = segment.lines() != null;
        transcoded = segment.transcoded();
        hasNul = Utf8.hasNul(segment.bytes(), segment.from(), segment.to());
    }

    /**
     * Reads a field.
     *
     * @param field its place in the row
     * @param column its place among the types
     * @return what is wrong with it, or null
     */
    public @Nullable RowFault read(RecordCursor row, int field, int column) {
        byte[] bytes = row.bytes();
        int start = row.start(field);
        int end = row.end(field);
        if (generated) {
            RowFault marked = GeneratedSegments.markedFault(bytes, start, end);
            if (marked != null) {
                return marked;
            }
        }
        if (start == end
                || (bytes[start] <= ' ' || bytes[end - 1] <= ' ')
                        && ValueParser.isBlank(bytes, start, end)) {
            nulls[column] = true;
            return null;
        }
        nulls[column] = false;
        if (!row.isAscii(field)) {
            RowFault fault = Utf8.fault(bytes, start, end, transcoded);
            if (fault != null) {
                return fault;
            }
        }
        if (row.hasDoubledQuotes(field)) {
            end = halveQuotes(bytes, start, end, column);
            bytes = owned[column];
            start = 0;
        }
        ColumnType type = types[column];
        if (type == ColumnType.TEXT) {
            texts[column] = bytes;
            starts[column] = start;
            ends[column] = end;
            return hasNul && Utf8.hasNul(bytes, start, end) ? RowFault.CONTROL_CHARACTER : null;
        }
        RowFault fault = parser.parse(type, bytes, start, end);
        numbers[column] = parser.number();
        if (type == ColumnType.DECIMAL && fault == null) {
            keepDecimal(column);
        }
        return fault;
    }

    private void keepDecimal(int column) {
        if (owned[column].length < ValueParser.DECIMAL_BYTES) {
            owned[column] = new byte[64];
        }
        System.arraycopy(parser.decimal(), 0, owned[column], 0, ValueParser.DECIMAL_BYTES);
        texts[column] = owned[column];
        starts[column] = 0;
        ends[column] = ValueParser.DECIMAL_BYTES;
    }

    private int halveQuotes(byte[] bytes, int start, int end, int column) {
        if (owned[column].length < end - start) {
            owned[column] = new byte[(end - start) * 2];
        }
        byte[] target = owned[column];
        int length = 0;
        for (int i = start; i < end; i++) {
            target[length++] = bytes[i];
            if (bytes[i] == Records.QUOTE) {
                i++;
            }
        }
        return length;
    }

    /** Whether the column's value is missing. */
    public boolean isNull(int column) {
        return nulls[column];
    }

    /** The value of an INTEGER, BOOLEAN (0, 1), DATE (days) or TIMESTAMP (microseconds). */
    public long number(int column) {
        return numbers[column];
    }

    /** The bytes that a TEXT (UTF-8) or DECIMAL (see {@link ValueParser#decimal}) lies in. */
    public byte[] bytes(int column) {
        return texts[column];
    }

    /** Where a TEXT or DECIMAL begins. */
    public int start(int column) {
        return starts[column];
    }

    /** Where a TEXT or DECIMAL ends. */
    public int end(int column) {
        return ends[column];
    }
}
