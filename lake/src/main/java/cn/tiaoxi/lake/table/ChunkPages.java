package cn.tiaoxi.lake.table;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.xerial.snappy.Snappy;

/**
 * Compressed Parquet pages (version 1) with their headers, in memory. Used by one thread, then read
 * by another.
 */
final class ChunkPages {
    private static final ParquetMetadataConverter CONVERTER = new ParquetMetadataConverter();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 14);
    private int dictionaryLength;
    private int dataPages;
    private long values;
    private long uncompressed;

    /** Adds the dictionary; before any data. */
    void dictionary(byte[] plain, int length, int entries, byte[] scratch) throws IOException {
        int packed = Snappy.compress(plain, 0, length, scratch, 0);
        CONVERTER.writeDictionaryPageHeader(
                length, packed, entries, Encoding.PLAIN_DICTIONARY, out);
        uncompressed += (long) out.size() + length;
        out.write(scratch, 0, packed);
        dictionaryLength = out.size();
    }

    /**
     * Adds a page whose bytes hold definition levels, if the column may miss values, and then
     * values.
     */
    void data(byte[] page, int length, int rows, Encoding encoding, byte[] scratch)
            throws IOException {
        int packed = Snappy.compress(page, 0, length, scratch, 0);
        int before = out.size();
        CONVERTER.writeDataPageV1Header(
                length, packed, rows, Encoding.RLE, Encoding.RLE, encoding, out);
        uncompressed += (long) out.size() - before + length;
        out.write(scratch, 0, packed);
        dataPages++;
        values += rows;
    }

    void writeTo(OutputStream target) throws IOException {
        out.writeTo(target);
    }

    int length() {
        return out.size();
    }

    int dictionaryLength() {
        return dictionaryLength;
    }

    int dataPages() {
        return dataPages;
    }

    long values() {
        return values;
    }

    long uncompressed() {
        return uncompressed;
    }
}
