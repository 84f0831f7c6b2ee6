package cn.tiaoxi.lake.table;

import java.io.IOException;
import java.io.OutputStream;
import java.util.EnumSet;
import java.util.Set;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.EncodingStats;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * The encoded and compressed values of one column of one row group.
 *
 * @param column the column
 * @param pages the dictionary page, if there is one, and the data pages
 * @param statistics least and greatest value, and how many are missing
 */
record ColumnChunk(ColumnDescriptor column, ChunkPages pages, Statistics<?> statistics) {

    /** Writes the pages to a file at a position, and tells what stands there. */
    ColumnChunkMetaData appendTo(OutputStream out, long position) throws IOException {
        pages.writeTo(out);
        int dictionary = pages.dictionaryLength();
        Encoding encoding = dictionary == 0 ? Encoding.PLAIN : Encoding.PLAIN_DICTIONARY;
        Set<Encoding> encodings = EnumSet.of(encoding, Encoding.RLE);
        EncodingStats.Builder stats = new EncodingStats.Builder();
        stats.addDataEncoding(encoding, pages.dataPages());
        if (dictionary > 0) {
            stats.addDictEncoding(Encoding.PLAIN_DICTIONARY);
        }
        return ColumnChunkMetaData.get(
                ColumnPath.get(column.getPath()),
                column.getPrimitiveType(),
                CompressionCodecName.SNAPPY,
                stats.build(),
                encodings,
                statistics,
                position + dictionary,
                dictionary == 0 ? 0 : position,
                pages.values(),
                pages.length(),
                pages.uncompressed());
    }
}
