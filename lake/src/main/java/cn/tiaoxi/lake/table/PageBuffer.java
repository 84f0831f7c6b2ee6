package cn.tiaoxi.lake.table;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.EncodingStats;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.SizeStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.statistics.geospatial.GeospatialStatistics;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/** The compressed pages of one column of one row group, in memory. Used by one thread. */
final class PageBuffer implements PageWriter {
    private static final ParquetMetadataConverter CONVERTER = new ParquetMetadataConverter();

    private final ColumnDescriptor column;
    private final Pages data = new Pages();
    private final Pages dictionary = new Pages();
    private final Set<Encoding> encodings = new LinkedHashSet<>();
    private final EncodingStats.Builder encodingStats = new EncodingStats.Builder();
    private Statistics<?> statistics;
    private int plainPages;
    private long valueCount;
    private long uncompressed;

    PageBuffer(ColumnDescriptor column) {
        this.column = column;
        statistics = Statistics.createStats(column.getPrimitiveType());
    }

    /** Bytes that can be written out without a copy. */
    private static final class Pages extends ByteArrayOutputStream {
        void put(byte[] bytes, int length) {
            write(bytes, 0, length);
        }
    }

    @Override
    public void writePage(
            BytesInput bytes,
            int values,
            int rows,
            Statistics<?> pageStatistics,
            Encoding repetition,
            Encoding definition,
            Encoding encoding)
            throws IOException {
        byte[] raw = bytes.toByteArray();
        byte[] packed = new byte[Snappy.maxCompressedLength(raw.length)];
        int size = Snappy.compress(raw, 0, raw.length, packed, 0);
        int before = data.size();
        CONVERTER.writeDataPageV1Header(
                raw.length, size, values, repetition, definition, encoding, data);
        uncompressed += data.size() - before + raw.length;
        data.put(packed, size);
        plainPages += encoding == Encoding.PLAIN ? 1 : 0;
        valueCount += values;
        statistics.mergeStatistics(pageStatistics);
        encodings.add(repetition);
        encodings.add(definition);
        encodings.add(encoding);
        encodingStats.addDataEncoding(encoding);
    }

    @Override
    public void writePage(
            BytesInput bytes,
            int values,
            int rows,
            Statistics<?> pageStatistics,
            SizeStatistics sizes,
            GeospatialStatistics places,
            Encoding repetition,
            Encoding definition,
            Encoding encoding)
            throws IOException {
        writePage(bytes, values, rows, pageStatistics, repetition, definition, encoding);
    }

    @Override
    @Deprecated
    public void writePage(
            BytesInput bytes,
            int values,
            Statistics<?> pageStatistics,
            Encoding repetition,
            Encoding definition,
            Encoding encoding) {
        throw new UnsupportedOperationException("pages carry their number of rows");
    }

    @Override
    public void writePageV2(
            int rows,
            int nulls,
            int values,
            BytesInput repetition,
            BytesInput definition,
            Encoding encoding,
            BytesInput bytes,
            Statistics<?> pageStatistics) {
        throw new UnsupportedOperationException("pages are of version 1");
    }

    @Override
    public void writeDictionaryPage(DictionaryPage page) throws IOException {
        byte[] raw = page.getBytes().toByteArray();
        byte[] packed = new byte[Snappy.maxCompressedLength(raw.length)];
        int size = Snappy.compress(raw, 0, raw.length, packed, 0);
        CONVERTER.writeDictionaryPageHeader(
                raw.length, size, page.getDictionarySize(), page.getEncoding(), dictionary);
        uncompressed += dictionary.size() + raw.length;
        dictionary.put(packed, size);
        encodings.add(page.getEncoding());
        encodingStats.addDictEncoding(page.getEncoding());
    }

    /** Writes the pages to a file at a position, and tells what stands there. */
    ColumnChunkMetaData appendTo(OutputStream out, long position) throws IOException {
        dictionary.writeTo(out);
        data.writeTo(out);
        return ColumnChunkMetaData.get(
                ColumnPath.get(column.getPath()),
                column.getPrimitiveType(),
                CompressionCodecName.SNAPPY,
                encodingStats.build(),
                encodings,
                statistics,
                position + dictionary.size(),
                dictionary.size() == 0 ? 0 : position,
                valueCount,
                size(),
                uncompressed);
    }

    String name() {
        return column.getPath()[0];
    }

    /** Whether values were written without a dictionary. */
    boolean isPlain() {
        return plainPages > 0;
    }

    long size() {
        return (long) dictionary.size() + data.size();
    }

    long uncompressedSize() {
        return uncompressed;
    }

    @Override
    public long getMemSize() {
        return size();
    }

    @Override
    public long allocatedSize() {
        return size();
    }

    @Override
    public String memUsageString(String prefix) {
        return prefix + " " + size() + " bytes";
    }
}
