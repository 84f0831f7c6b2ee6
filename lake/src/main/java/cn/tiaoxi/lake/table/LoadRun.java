package cn.tiaoxi.lake.table;

import cn.tiaoxi.lake.ErrorCode;
import cn.tiaoxi.lake.LakeException;
import cn.tiaoxi.lake.RowFault;
import cn.tiaoxi.lake.source.Segment;
import cn.tiaoxi.lake.source.SegmentSource;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.Table;
import org.apache.iceberg.parquet.ParquetSchemaUtil;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * One load under way. The calling thread cuts the file into segments and writes what comes back, in
 * the file's order; the threads of a pool check and encode segments between. So many segments are
 * in flight as there are threads, and two more.
 */
final class LoadRun {
    private static final long FILE_SIZE = 256L << 20;

    private final LakeTables lake;
    private final Table table;
    private final LoadPlan plan;
    private final LoadListener listener;
    private final long totalBytes;
    private final MessageType schema;
    private final ExecutorService pool;
    private final ConcurrentLinkedQueue<RowGroupEncoder> encoders = new ConcurrentLinkedQueue<>();
    private final Deque<Future<RowGroup>> pending = new ArrayDeque<>();
    private final int mostPending;
    private final long rowBase;

    private final List<DataFile> dataFiles = new ArrayList<>();
    private final List<Path> paths = new ArrayList<>();
    private final Map<RowFault, Long> faults = new EnumMap<>(RowFault.class);
    private @Nullable DataFileWriter writer;
    private long rows;
    private long rejected;
    private long bytes;

    LoadRun(
            LakeTables lake,
            Table table,
            LoadPlan plan,
            long rowBase,
            LoadListener listener,
            long totalBytes) {
        this.lake = lake;
        this.table = table;
        this.plan = plan;
        this.rowBase = rowBase;
        this.listener = listener;
        this.totalBytes = totalBytes;
        schema = ParquetSchemaUtil.convert(table.schema(), "table");
        int threads = lake.settings().threads();
        mostPending = threads + 2;
        pool =
                Executors.newFixedThreadPool(
                        threads, Thread.ofPlatform().name("lake-load-", 0).daemon().factory());
    }

    void write(SegmentSource source) throws IOException {
        report(LoadProgress.Phase.WRITING);
        try (OutputStream rejects =
                new BufferedOutputStream(Files.newOutputStream(plan.rejects()))) {
            rejects.write(RejectWriter.HEADER);
            for (Segment segment = source.next(); segment != null; segment = source.next()) {
                Segment next = segment;
                pending.add(pool.submit(() -> encode(next)));
                if (pending.size() >= mostPending) {
                    take(pending.remove(), rejects);
                }
            }
            while (!pending.isEmpty()) {
                take(pending.remove(), rejects);
            }
        }
        LakeFiles.force(plan.rejects().toAbsolutePath());
        finishFile();
    }

    private RowGroup encode(Segment segment) {
        RowGroupEncoder encoder = encoders.poll();
        if (encoder == null) {
            encoder = new RowGroupEncoder(schema, plan, rowBase);
        }
        RowGroup group = encoder.encode(segment);
        encoders.add(encoder);
        return group;
    }

    private void take(Future<RowGroup> future, OutputStream rejects) throws IOException {
        RowGroup group = join(future);
        rejects.write(group.rejects());
        if (group.rows() > 0) {
            if (writer == null) {
                writer = newFile();
            }
            writer.append(group);
            if (writer.size() >= FILE_SIZE) {
                finishFile();
            }
        }
        rows += group.rows();
        rejected += group.rejected();
        bytes = group.sourceBytes();
        group.faults().forEach((fault, count) -> faults.merge(fault, count, Long::sum));
        report(LoadProgress.Phase.WRITING);
    }

    private static RowGroup join(Future<RowGroup> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LakeException(e, ErrorCode.LOAD_CANCELLED);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof LakeException known) {
                throw known;
            }
            throw new LakeException(
                    e.getCause(), ErrorCode.ENGINE_FAILED, String.valueOf(e.getCause()));
        }
    }

    private DataFileWriter newFile() throws IOException {
        Path path = lake.newDataFile(table, UUID.randomUUID() + ".parquet");
        lake.inFlight().add(path.toString());
        paths.add(path);
        return new DataFileWriter(path, schema);
    }

    private void finishFile() throws IOException {
        if (writer != null) {
            dataFiles.add(writer.finish(table.spec(), MetricsConfig.forTable(table)));
            writer = null;
        }
    }

    private void report(LoadProgress.Phase phase) {
        boolean goOn =
                listener.onProgress(new LoadProgress(phase, rows, rejected, bytes, totalBytes));
        if (!goOn && phase != LoadProgress.Phase.DONE) {
            throw new LakeException(ErrorCode.LOAD_CANCELLED);
        }
    }

    void committing() {
        report(LoadProgress.Phase.COMMITTING);
    }

    void done() {
        report(LoadProgress.Phase.DONE);
    }

    long rows() {
        return rows;
    }

    long rejected() {
        return rejected;
    }

    List<DataFile> dataFiles() {
        return dataFiles;
    }

    LoadResult result(long snapshot, long totalRows) {
        return new LoadResult(rows, rejected, faults, snapshot, totalRows);
    }

    /** Ends the run. Unless its files may belong to the table by now, nothing of it stays. */
    void close(boolean keepFiles) {
        pool.shutdownNow();
        try {
            if (writer != null) {
                writer.close();
            }
            for (Path path : paths) {
                if (!keepFiles) {
                    Files.deleteIfExists(path);
                }
                lake.inFlight().remove(path.toString());
            }
            if (!keepFiles) {
                Files.deleteIfExists(plan.rejects());
            }
        } catch (IOException e) {
            throw new LakeException(e, ErrorCode.STORAGE_FAILED, table.name());
        }
    }
}
