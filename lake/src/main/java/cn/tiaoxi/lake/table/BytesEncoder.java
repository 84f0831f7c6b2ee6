package cn.tiaoxi.lake.table;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * Encodes text and decimals, the latter as big-endian two's complement of fixed length. Used by one
 * thread.
 */
final class BytesEncoder extends ColumnEncoder {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle BIG_LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /** Bytes before each value: the length of text; decimals have none. */
    private final int prefix;

    /**
     * The entries as PLAIN has them, close together so that they stay in the cache, and where each
     * ends.
     */
    private byte[] entryPlain = new byte[1 << 12];

    private final int[] entryEnds = new int[MAX_ENTRIES];

    /** The values as PLAIN has them, and where each ends. */
    private byte[] plain = new byte[1 << 16];

    private int[] ends = new int[1 << 12];
    private int length;

    BytesEncoder(ColumnDescriptor column, boolean dictionaryPays) {
        super(column, dictionaryPays);
        prefix =
                column.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY
                        ? Integer.BYTES
                        : 0;
    }

    void add(byte[] source, int from, int to) {
        int size = to - from;
        if (length + prefix + size > plain.length) {
            plain = Arrays.copyOf(plain, Math.max(plain.length * 2, length + prefix + size));
        }
        int at = values();
        if (at == ends.length) {
            ends = Arrays.copyOf(ends, at * 2);
        }
        if (prefix > 0) {
            INTS.set(plain, length, size);
            length += prefix;
        }
        System.arraycopy(source, from, plain, length, size);
        length += size;
        ends[at] = length;
        added(hash(source, from, to));
    }

    /** Eight bytes at a time; the last ones overlap. */
    private static int hash(byte[] source, int from, int to) {
        long hash = to - from;
        int i = from;
        for (; i + Long.BYTES <= to; i += Long.BYTES) {
            hash = (hash ^ (long) LONGS.get(source, i)) * 0x9E37_79B9_7F4A_7C15L;
            hash ^= hash >>> 29;
        }
        if (to - from >= Long.BYTES) {
            hash = (hash ^ (long) LONGS.get(source, to - Long.BYTES)) * 0xBF58_476D_1CE4_E5B9L;
        } else {
            for (; i < to; i++) {
                hash = (hash ^ source[i]) * 0xBF58_476D_1CE4_E5B9L;
            }
        }
        return (int) (hash >>> 32);
    }

    private int start(int[] endings, int index) {
        return (index == 0 ? 0 : endings[index - 1]) + prefix;
    }

    @Override
    void setEntry(int entry, int value) {
        int from = start(ends, value) - prefix;
        int size = ends[value] - from;
        int at = start(entryEnds, entry) - prefix;
        if (at + size > entryPlain.length) {
            entryPlain = Arrays.copyOf(entryPlain, Math.max(entryPlain.length * 2, at + size));
        }
        System.arraycopy(plain, from, entryPlain, at, size);
        entryEnds[entry] = at + size;
    }

    @Override
    boolean equalsEntry(int entry, int value) {
        return Arrays.equals(
                entryPlain,
                start(entryEnds, entry),
                entryEnds[entry],
                plain,
                start(ends, value),
                ends[value]);
    }

    @Override
    void putPlain(PageBuilder target, int from, int to) {
        if (from < to) {
            target.put(plain, start(ends, from) - prefix, ends[to - 1]);
        }
    }

    @Override
    void putEntries(PageBuilder target) {
        target.put(entryPlain, 0, entryEnds[entries() - 1]);
    }

    @Override
    void addBounds(Statistics.Builder statistics, boolean ofEntries) {
        byte[] source = ofEntries ? entryPlain : plain;
        int[] endings = ofEntries ? entryEnds : ends;
        int count = ofEntries ? entries() : values();
        int least = 0;
        int greatest = 0;
        for (int i = 1; i < count; i++) {
            if (compare(source, endings, i, least) < 0) {
                least = i;
            } else if (compare(source, endings, i, greatest) > 0) {
                greatest = i;
            }
        }
        statistics
                .withMin(Arrays.copyOfRange(source, start(endings, least), endings[least]))
                .withMax(Arrays.copyOfRange(source, start(endings, greatest), endings[greatest]));
    }

    private int compare(byte[] source, int[] endings, int left, int right) {
        int leftStart = start(endings, left);
        int rightStart = start(endings, right);
        if (prefix > 0) {
            return Arrays.compareUnsigned(
                    source, leftStart, endings[left], source, rightStart, endings[right]);
        }
        int high =
                Long.compare(
                        (long) BIG_LONGS.get(source, leftStart),
                        (long) BIG_LONGS.get(source, rightStart));
        return high != 0
                ? high
                : Long.compareUnsigned(
                        (long) BIG_LONGS.get(source, leftStart + Long.BYTES),
                        (long) BIG_LONGS.get(source, rightStart + Long.BYTES));
    }

    @Override
    void clear() {
        length = 0;
    }
}
