package cn.tiaoxi.lake.table;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** Encodes INT64, INT32 and BOOLEAN columns. Used by one thread. */
final class NumberEncoder extends ColumnEncoder {
    private final PrimitiveTypeName type;
    private final long[] entryValues = new long[MAX_ENTRIES];
    private long[] numbers = new long[1 << 12];

    NumberEncoder(ColumnDescriptor column, boolean dictionaryPays) {
        super(column, dictionaryPays);
        type = column.getPrimitiveType().getPrimitiveTypeName();
    }

    void add(long value) {
        int at = values();
        if (at == numbers.length) {
            numbers = Arrays.copyOf(numbers, at * 2);
        }
        numbers[at] = value;
        long mixed = value * 0x9E37_79B9_7F4A_7C15L;
        added((int) (mixed >>> 32));
    }

    @Override
    void setEntry(int entry, int value) {
        entryValues[entry] = numbers[value];
    }

    @Override
    boolean equalsEntry(int entry, int value) {
        return entryValues[entry] == numbers[value];
    }

    @Override
    void putPlain(PageBuilder target, int from, int to) {
        put(target, numbers, from, to);
    }

    @Override
    void putEntries(PageBuilder target) {
        put(target, entryValues, 0, entries());
    }

    private void put(PageBuilder target, long[] source, int from, int to) {
        switch (type) {
            case INT64 -> {
                for (int i = from; i < to; i++) {
                    target.putLong(source[i]);
                }
            }
            case INT32 -> {
                for (int i = from; i < to; i++) {
                    target.putInt((int) source[i]);
                }
            }
            default -> {
                byte[] bits = new byte[to - from];
                for (int i = from; i < to; i++) {
                    bits[i - from] = (byte) source[i];
                }
                target.putBits(bits, 0, bits.length);
            }
        }
    }

    @Override
    void addBounds(Statistics.Builder statistics, boolean ofEntries) {
        long[] source = ofEntries ? entryValues : numbers;
        int count = ofEntries ? entries() : values();
        long least = source[0];
        long greatest = source[0];
        for (int i = 1; i < count; i++) {
            least = Math.min(least, source[i]);
            greatest = Math.max(greatest, source[i]);
        }
        statistics.withMin(bytes(least)).withMax(bytes(greatest));
    }

    private byte[] bytes(long value) {
        ByteBuffer buffer = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, value);
        int width =
                switch (type) {
                    case INT64 -> 8;
                    case INT32 -> 4;
                    default -> 1;
                };
        return Arrays.copyOf(buffer.array(), width);
    }

    @Override
    void clear() {
        // numbers are overwritten
    }
}
