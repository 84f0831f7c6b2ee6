package cn.tiaoxi.lake.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;
import org.xerial.snappy.Snappy;

/**
 * Collects the values of one column of a row group, then encodes them: with a dictionary where it
 * makes them smaller, else plain. Buffers are kept from one row group to the next. Used by one
 * thread.
 */
abstract class ColumnEncoder {
    /** Entries that a dictionary may have. */
    static final int MAX_ENTRIES = 1 << 13;

    private static final int PAGE_ROWS = 1 << 15;
    private static final int SLOTS = MAX_ENTRIES * 4;

    private final ColumnDescriptor column;
    private final boolean optional;
    private final int[] slots = new int[SLOTS];
    private final PageBuilder page = new PageBuilder();
    private byte[] scratch = new byte[1 << 12];

    private byte[] levels = new byte[1 << 12];
    private int rows;
    private int values;
    private int[] indexes = new int[1 << 12];
    private int entries;
    private boolean dictionary;
    private boolean dictionaryPays;

    /**
     * @param dictionaryPays whether to try a dictionary; given up for good once it grew too large
     */
    ColumnEncoder(ColumnDescriptor column, boolean dictionaryPays) {
        this.column = column;
        this.dictionaryPays = dictionaryPays;
        optional = column.getMaxDefinitionLevel() > 0;
        dictionary = dictionaryPays;
    }

    final ColumnDescriptor column() {
        return column;
    }

    final int values() {
        return values;
    }

    final int entries() {
        return entries;
    }

    final void addNull() {
        addLevel((byte) 0);
    }

    private void addLevel(byte level) {
        if (rows == levels.length) {
            levels = Arrays.copyOf(levels, rows * 2);
        }
        levels[rows++] = level;
    }

    /** Notes that the value that the subclass has just stored as the last has this hash. */
    final void added(int hash) {
        addLevel((byte) 1);
        if (dictionary) {
            index(hash);
        }
        values++;
    }

    private void index(int hash) {
        if (values == indexes.length) {
            indexes = Arrays.copyOf(indexes, values * 2);
        }
        int slot = (hash ^ hash >>> 16) & (SLOTS - 1);
        while (true) {
            int entry = slots[slot] - 1;
            if (entry < 0) {
                if (entries == MAX_ENTRIES) {
                    dictionary = false;
                    dictionaryPays = false;
                    return;
                }
                slots[slot] = entries + 1;
                setEntry(entries, values);
                indexes[values] = entries++;
                return;
            }
            if (equalsEntry(entry, values)) {
                indexes[values] = entry;
                return;
            }
            slot = (slot + 1) & (SLOTS - 1);
        }
    }

    /** Makes the stored value an entry of the dictionary. */
    abstract void setEntry(int entry, int value);

    /** Whether a stored value equals an entry of the dictionary. */
    abstract boolean equalsEntry(int entry, int value);

    /** Writes the stored values from one to another, without the latter, as PLAIN. */
    abstract void putPlain(PageBuilder target, int from, int to);

    /** Writes the entries of the dictionary as PLAIN. */
    abstract void putEntries(PageBuilder target);

    /**
     * The least and the greatest of the stored values, or of the dictionary's entries if it is
     * used.
     */
    abstract void addBounds(Statistics.Builder statistics, boolean ofEntries);

    /** Forgets the stored values. */
    abstract void clear();

    /** Encodes what was collected, and starts anew. */
    final ColumnChunk finish() {
        try {
            ChunkPages pages = new ChunkPages();
            boolean used = dictionary && entries > 0 && entries * 2 <= Math.max(values, 2);
            if (used) {
                page.clear();
                putEntries(page);
                pages.dictionary(page.bytes(), page.length(), entries, scratch(page.length()));
            }
            writeData(pages, used);
            Statistics.Builder statistics =
                    Statistics.getBuilderForReading(column.getPrimitiveType());
            statistics.withNumNulls((long) rows - values);
            if (values > 0) {
                addBounds(statistics, used);
            }
            ColumnChunk chunk = new ColumnChunk(column, pages, statistics.build());
            reset();
            return chunk;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void writeData(ChunkPages pages, boolean useDictionary) throws IOException {
        int value = 0;
        for (int from = 0; from < rows; from += PAGE_ROWS) {
            int to = Math.min(rows, from + PAGE_ROWS);
            int present = 0;
            for (int i = from; i < to; i++) {
                present += levels[i];
            }
            page.clear();
            if (optional) {
                page.putLevels(levels, from, to, present == to - from);
            }
            if (useDictionary) {
                page.putIndexes(indexes, value, value + present, entries);
            } else {
                putPlain(page, value, value + present);
            }
            value += present;
            Encoding encoding = useDictionary ? Encoding.PLAIN_DICTIONARY : Encoding.PLAIN;
            pages.data(page.bytes(), page.length(), to - from, encoding, scratch(page.length()));
        }
    }

    private byte[] scratch(int length) {
        int needed = Snappy.maxCompressedLength(length);
        if (scratch.length < needed) {
            scratch = new byte[needed];
        }
        return scratch;
    }

    private void reset() {
        if (entries > 0) {
            Arrays.fill(slots, 0);
        }
        rows = 0;
        values = 0;
        entries = 0;
        dictionary = dictionaryPays;
        clear();
    }
}
