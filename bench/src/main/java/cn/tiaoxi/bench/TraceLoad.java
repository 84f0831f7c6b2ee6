package cn.tiaoxi.bench;

import cn.tiaoxi.trace.FolderTileSource;
import cn.tiaoxi.trace.LogVerifier;
import cn.tiaoxi.trace.NoteSigner;
import cn.tiaoxi.trace.TraceLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Appends to a trace log and verifies it. */
final class TraceLoad {
    private static final int WINDOW = 64;
    private static final int OFFERED_PER_S = 50_000;
    private static final int RECORDS_TICK = 10;
    private static final TraceLog.Settings BUSY =
            new TraceLog.Settings(Duration.ofMillis(100), 1 << 16, 32L << 20, 128 << 20);

    private final NoteSigner signer = NoteSigner.generate("bench.example/trace");
    private final int records;
    private final int bytes;
    private final boolean quick;
    private final byte[][] samples = new byte[256][];

    TraceLoad(int records, int bytes, boolean quick) {
        this.records = records;
        this.bytes = bytes;
        this.quick = quick;
        Random random = new Random(2);
        for (int i = 0; i < samples.length; i++) {
            samples[i] = new byte[bytes];
            random.nextBytes(samples[i]);
        }
    }

    /**
     * Writers that each keep a window of records under way, as an event loop does. The clock stops
     * when a checkpoint covers all.
     */
    void append(int writers, Path folder, TraceBench.Sample sample)
            throws IOException, InterruptedException {
        Path place = folder.resolve("log-" + writers);
        try (TraceLog log = TraceLog.open(place, signer, BUSY)) {
            long cpu = TraceBench.cpu();
            long began = System.nanoTime();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                threads.add(Thread.ofPlatform().start(() -> write(log, records / writers)));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            long durable = System.nanoTime() - began;
            log.integrate();
            long count = (long) (records / writers) * writers;
            sample.rate(count, System.nanoTime() - began, TraceBench.cpu() - cpu);
            sample.put("durable_per_s", count / (durable / 1e9));
            sample.put("commits", log.commits().count());
            if (log.checkpoint().size() != count) {
                throw new IllegalStateException("lost records: " + log.checkpoint());
            }
        }
    }

    private void write(TraceLog log, int count) {
        List<CompletableFuture<Long>> window = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            CompletableFuture<Long> appended = log.append(samples[i & 255]);
            if (i < WINDOW) {
                window.add(appended);
            } else {
                window.set(i % WINDOW, appended).join();
            }
        }
        window.forEach(CompletableFuture::join);
    }

    /** One writer that waits for each record. */
    void appendWaiting(Path folder, TraceBench.Sample sample)
            throws IOException, InterruptedException {
        int count = quick ? 1_000 : 5_000;
        try (TraceLog log = TraceLog.open(folder.resolve("log-waiting"), signer, BUSY)) {
            long cpu = TraceBench.cpu();
            long began = System.nanoTime();
            for (int i = 0; i < count; i++) {
                log.append(samples[i & 255]).join();
            }
            log.integrate();
            sample.rate(count, System.nanoTime() - began, TraceBench.cpu() - cpu);
        }
    }

    /**
     * From append to completion at 50,000 records a second, in slices in turn with bare fdatasyncs
     * of as many bytes as a commit had, as often as there were commits.
     */
    void commits(Path folder, TraceBench.Sample sample) throws IOException, InterruptedException {
        int slices = quick ? 3 : 6;
        long[] latencies = new long[slices * OFFERED_PER_S];
        List<Long> forces = new ArrayList<>();
        try (TraceLog log =
                        TraceLog.open(
                                folder.resolve("log-commits"), signer, TraceLog.Settings.DEFAULT);
                FileChannel bare =
                        FileChannel.open(
                                folder.resolve("bare"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE)) {
            allocate(bare);
            long busy = 0;
            long cpu = 0;
            for (int slice = 0; slice < slices; slice++) {
                long before = log.commits().count();
                long cpuBefore = TraceBench.cpu();
                long began = System.nanoTime();
                offer(log, latencies, slice * OFFERED_PER_S);
                busy += System.nanoTime() - began;
                cpu += TraceBench.cpu() - cpuBefore;
                log.integrate();
                force(bare, (int) (log.commits().count() - before), forces);
            }
            sample.rate(latencies.length, busy, cpu);
            sample.put("commits", log.commits().count());
        }
        Arrays.sort(latencies);
        sample.put("p50_ms", latencies[latencies.length / 2] / 1e6);
        sample.put("p99_ms", latencies[(int) (0.99 * latencies.length)] / 1e6);
        sample.put("fsync_p50_ms", Figures.quantile(forces, 0.5));
        sample.put("fsync_p99_ms", Figures.quantile(forces, 0.99));
    }

    private void offer(TraceLog log, long[] latencies, int from) throws InterruptedException {
        long began = System.nanoTime();
        AtomicInteger underWay = new AtomicInteger(OFFERED_PER_S);
        for (int i = 0; i < OFFERED_PER_S; i++) {
            if (i % RECORDS_TICK == 0) {
                long due = began + i * (1_000_000_000L / OFFERED_PER_S);
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(20_000);
                }
            }
            int at = from + i;
            long start = System.nanoTime();
            log.append(samples[i & 255])
                    .thenRun(
                            () -> {
                                latencies[at] = System.nanoTime() - start;
                                underWay.decrementAndGet();
                            });
        }
        while (underWay.get() > 0) {
            Thread.sleep(1);
        }
    }

    private static void allocate(FileChannel bare) throws IOException {
        bare.write(ByteBuffer.allocate(16 << 20), 0);
        bare.force(true);
    }

    private void force(FileChannel bare, int commits, List<Long> forces) throws IOException {
        int length = OFFERED_PER_S / Math.max(1, commits) * bytes;
        ByteBuffer content = ByteBuffer.allocateDirect(Math.max(512, length));
        for (int i = 0; i < commits; i++) {
            content.clear();
            long at = (long) i * content.capacity() % (15 << 20);
            long start = System.nanoTime();
            bare.write(content, at);
            bare.force(false);
            forces.add(System.nanoTime() - start);
        }
    }

    /** Verifies the log that 256 writers have written in this round. */
    void verify(Path folder, TraceBench.Sample sample) throws IOException, InterruptedException {
        Path place = folder.resolve("log-256");
        if (!Files.exists(place)) {
            append(256, folder, new TraceBench.Sample());
        }
        System.gc();
        long cpu = TraceBench.cpu();
        long began = System.nanoTime();
        try (HeapPeak heap = new HeapPeak()) {
            var verdict = new LogVerifier(new FolderTileSource(place), signer.verifier()).verify();
            if (!(verdict instanceof LogVerifier.Sound sound)) {
                throw new IllegalStateException("the log does not verify: " + verdict);
            }
            sample.rate(
                    sound.checkpoint().size(), System.nanoTime() - began, TraceBench.cpu() - cpu);
            sample.put("peak_heap_mb", heap.megabytes());
        }
    }
}
