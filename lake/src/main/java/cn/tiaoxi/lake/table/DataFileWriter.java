package cn.tiaoxi.lake.table;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.parquet.ParquetUtil;
import org.apache.parquet.format.Util;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.MessageType;

/**
 * A Parquet file, put together from row groups that were encoded elsewhere. Parquet's own file
 * writer needs Hadoop's classes; its encoders and its footer do not, and those are used. Used by
 * one thread.
 */
final class DataFileWriter implements Closeable {
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final String CREATED_BY = "parquet-mr version 1.17.1 (build tiaoxi)";

    private final Path path;
    private final MessageType schema;
    private final OutputStream out;
    private final List<BlockMetaData> blocks = new ArrayList<>();
    private long position;
    private long rows;

    DataFileWriter(Path path, MessageType schema) throws IOException {
        this.path = path;
        this.schema = schema;
        out =
                new BufferedOutputStream(
                        Files.newOutputStream(
                                path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        1 << 17);
        out.write(MAGIC);
        position = MAGIC.length;
    }

    void append(RowGroup group) throws IOException {
        BlockMetaData block = new BlockMetaData();
        long uncompressed = 0;
        for (ColumnChunk chunk : group.chunks()) {
            block.addColumn(chunk.appendTo(out, position));
            position += chunk.pages().length();
            uncompressed += chunk.pages().uncompressed();
        }
        block.setRowCount(group.rows());
        block.setTotalByteSize(uncompressed);
        block.setOrdinal(blocks.size());
        block.setRowIndexOffset(rows);
        blocks.add(block);
        rows += group.rows();
    }

    long size() {
        return position;
    }

    /** Completes the file and makes it durable. */
    DataFile finish(PartitionSpec spec, MetricsConfig metrics) throws IOException {
        ParquetMetadata metadata =
                new ParquetMetadata(new FileMetaData(schema, Map.of(), CREATED_BY), blocks);
        ByteArrayOutputStream footer = new ByteArrayOutputStream();
        Util.writeFileMetaData(
                new ParquetMetadataConverter().toParquetMetadata(1, metadata), footer);
        footer.writeTo(out);
        for (int shift = 0; shift < 32; shift += 8) {
            out.write(footer.size() >> shift);
        }
        out.write(MAGIC);
        position += footer.size() + 4L + MAGIC.length;
        out.close();
        LakeFiles.force(path);
        return DataFiles.builder(spec)
                .withPath(path.toString())
                .withFormat(FileFormat.PARQUET)
                .withFileSizeInBytes(position)
                .withMetrics(ParquetUtil.footerMetrics(metadata, Stream.empty(), metrics))
                .withSplitOffsets(blocks.stream().map(BlockMetaData::getStartingPos).toList())
                .build();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
