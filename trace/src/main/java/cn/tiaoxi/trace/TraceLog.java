package cn.tiaoxi.trace;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * An append-only log whose files are, byte for byte, a <a href="https://c2sp.org/tlog-tiles">tiled
 * transparency log</a>: anyone with the public key can check that nothing was changed or taken
 * away.
 *
 * <pre>{@code
 * NoteSigner signer = NoteSigner.loadOrCreate(keys.resolve("trace.pem"), "huzhou.example/gateway-1");
 * try (TraceLog log = TraceLog.open(folder, signer, TraceLog.Settings.DEFAULT)) {
 *     log.append(bytes).thenAcceptAsync(index -> answer(index), executor);
 *     log.entries(Math.max(0, log.size() - 1000)).forEachRemaining(entry -> show(entry));
 * }
 * }</pre>
 *
 * <p><b>Durability.</b> Records that wait are written together into a pre-allocated, checksummed
 * file ahead of the tiles (see {@link AheadFile}) and forced to the disk; only then the futures
 * complete. About ten times a second they are brought into bundles and tiles and a new signed
 * checkpoint covers them. After a crash, {@link #open} finds every acknowledged record in the tiles
 * or in the files written ahead, and integrates the latter before it returns.
 *
 * <p><b>Files.</b> {@code checkpoint}, {@code tile/…} as the specification names them; {@code
 * key.vkey} holds the public key; {@code .state/} belongs to the writer alone. Only what {@link
 * Tile#isResource} accepts may be served to others.
 *
 * <p><b>Threads.</b> All methods may be called by any thread. One writer thread commits, one other
 * integrates. After an input or output error the log takes no more records: all futures fail with
 * {@link TraceException.Code#FAILED}; what was acknowledged can still be read, and opening the log
 * anew recovers it.
 */
public final class TraceLog implements Closeable {
    /** The longest record, in bytes: its length is stored in 16 bits. */
    public static final int MAX_RECORD_BYTES = 65_535;

    /** The file with the public key, beside the log. */
    public static final String KEY_FILE = "key.vkey";

    /**
     * How a log works.
     *
     * @param integrateEvery how long a record may be durable without a checkpoint that covers it
     * @param commitEvery least time from the beginning of one group commit to that of the next;
     *     more records then share a commit when many come, and a lone one does not wait
     * @param queueRecords how many records may wait before appenders are held back
     * @param queueBytes how many bytes may wait before appenders are held back
     * @param aheadBytes size of each of the two files written ahead; at least 64 KiB and a bit, so
     *     that the longest record fits
     */
    public record Settings(
            Duration integrateEvery,
            Duration commitEvery,
            int queueRecords,
            long queueBytes,
            int aheadBytes) {
        /** 100 ms, 65,536 records or 32 MiB waiting, 16 MiB ahead. */
        public static final Settings DEFAULT =
                new Settings(Duration.ofMillis(100), 1 << 16, 32L << 20, 16 << 20);

        /** Settings of a log that commits as often as it can. */
        public Settings(
                Duration integrateEvery, int queueRecords, long queueBytes, int aheadBytes) {
            this(integrateEvery, Duration.ZERO, queueRecords, queueBytes, aheadBytes);
        }

        /** Checks the bounds. */
        public Settings {
            boolean sound =
                    !integrateEvery.isNegative()
                            && !commitEvery.isNegative()
                            && queueRecords > 0
                            && queueBytes > 0
                            && AheadFile.maxPayload(aheadBytes) >= MAX_RECORD_BYTES + 2;
            if (!sound) {
                throw new IllegalArgumentException("a trace log cannot work with these settings");
            }
        }
    }

    private final LogFolder place;
    private final Settings settings;
    private final Integrator integrator;
    private final FolderTileSource files;
    private final AppendQueue queue;
    private final LongAdder commitCount = new LongAdder();
    private final LongAdder commitNanos = new LongAdder();
    private final ExecutorService integration =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("trace-integrator").factory());
    private final Thread writer;

    /** Durable records that no checkpoint covers yet, by the index of their batch. */
    private final ConcurrentSkipListMap<Long, Batch> tail = new ConcurrentSkipListMap<>();

    private volatile long size;
    private volatile boolean urgent;
    private volatile @Nullable TraceException failure;

    // Owned by the writer thread.
    private AheadFile current;
    private AheadFile other;
    private List<Batch> ahead = new ArrayList<>();
    private long integrateAt = Long.MAX_VALUE;
    private CompletableFuture<Void> integrating = CompletableFuture.completedFuture(null);

    private TraceLog(
            LogFolder place,
            Settings settings,
            Integrator integrator,
            AheadFile current,
            AheadFile other) {
        this.place = place;
        this.settings = settings;
        this.integrator = integrator;
        this.files = new FolderTileSource(place.folder());
        this.queue = new AppendQueue(settings.queueRecords, settings.queueBytes);
        this.current = current;
        this.other = other;
        this.size = integrator.checkpoint().size();
        this.writer = Thread.ofPlatform().daemon().name("trace-writer").unstarted(this::write);
    }

    /**
     * Opens a log for writing and creates it if the folder is empty. Recovers what a crash left.
     * Takes time for the tail only, however long the log is.
     *
     * @param signer the log's key; its name is the origin
     * @throws TraceException LOCKED, KEY_MISMATCH, BROKEN if the log's end does not fit its own
     *     checkpoint, UNREACHABLE if the folder cannot be read or written
     */
    public static TraceLog open(Path folder, NoteSigner signer, Settings settings) {
        return open(folder, signer, settings, Disk.REAL);
    }

    static TraceLog open(Path folder, NoteSigner signer, Settings settings, Disk disk) {
        try {
            LogFolder place = LogFolder.lock(folder, disk);
            try {
                Integrator integrator = place.recover(signer);
                AheadFile first = place.ahead(0, settings.aheadBytes);
                AheadFile second = place.ahead(1, settings.aheadBytes);
                place.forceState();
                first.begin();
                TraceLog log = new TraceLog(place, settings, integrator, first, second);
                log.writer.start();
                return log;
            } catch (IOException | RuntimeException e) {
                place.close();
                throw e;
            }
        } catch (IOException e) {
            throw new TraceException(
                    TraceException.Code.UNREACHABLE, "cannot open the trace log in " + folder, e);
        }
    }

    /**
     * Appends a copy of the record and waits while the queue is full. The future completes with the
     * record's index, and MUST NOT complete before the record is durable. It never throws: the
     * future fails with a {@link TraceException} CLOSED, FAILED or RECORD_TOO_LARGE. A record whose
     * future failed with FAILED may or may not be in the log when it is opened next.
     *
     * <p>What depends on the future runs on the writer's thread unless an executor is named; it
     * must not block there.
     */
    public CompletableFuture<Long> append(byte[] data) {
        return append(data, true);
    }

    /** Like {@link #append}, but fails with FULL at once where that one would wait. */
    public CompletableFuture<Long> tryAppend(byte[] data) {
        return append(data, false);
    }

    private CompletableFuture<Long> append(byte[] data, boolean wait) {
        if (data.length > MAX_RECORD_BYTES) {
            return CompletableFuture.failedFuture(
                    new TraceException(
                            TraceException.Code.RECORD_TOO_LARGE,
                            "a trace record of "
                                    + data.length
                                    + " bytes; at most "
                                    + MAX_RECORD_BYTES
                                    + " are allowed"));
        }
        return queue.add(data.clone(), wait);
    }

    /** How many records are durable: the index that the next one gets. */
    public long size() {
        return size;
    }

    /**
     * The newest published checkpoint. It lags behind {@link #size} by what is being integrated.
     */
    public Checkpoint checkpoint() {
        return integrator.checkpoint();
    }

    /**
     * What commits came to since the log was opened, for those who watch it.
     *
     * @param count number of group commits
     * @param nanos time they took together
     * @param waiting records that wait for the next
     */
    public record Commits(long count, long nanos, int waiting) {}

    /** What commits came to since the log was opened. */
    public Commits commits() {
        return new Commits(commitCount.sum(), commitNanos.sum(), queue.size());
    }

    /** The public key of this log. */
    public NoteVerifier verifier() {
        return place.verifier();
    }

    /** The folder of this log. */
    public Path folder() {
        return place.folder();
    }

    /** Reads a durable record, be it in a tile yet or not. */
    public byte[] read(long index) {
        Iterator<Entry> entries = entries(index);
        if (!entries.hasNext()) {
            throw new IndexOutOfBoundsException("record " + index + " of " + size);
        }
        return entries.next().data();
    }

    /** The durable records from an index to the present end. The iterator is for one thread. */
    public Iterator<Entry> entries(long from) {
        if (from < 0) {
            throw new IndexOutOfBoundsException("record " + from);
        }
        return new EntryIterator(from, size, this::run);
    }

    /** Records from {@code index} on: those of one batch or one bundle. */
    private EntryIterator.Run run(long index) {
        Map.Entry<Long, Batch> batch = tail.floorEntry(index);
        if (batch != null && index < batch.getValue().end()) {
            return new EntryIterator.Run(batch.getKey(), batch.getValue().records());
        }
        long number = index / Tile.WIDTH;
        int width = Tile.width(0, number, checkpoint().size());
        return new EntryIterator.Run(number * Tile.WIDTH, Tiles.fetchEntries(files, number, width));
    }

    /**
     * Waits until a checkpoint covers all records that are durable now.
     *
     * @throws TraceException FAILED, CLOSED
     */
    public Checkpoint integrate() throws InterruptedException {
        long wanted = size;
        urgent = true;
        queue.wake();
        synchronized (tail) {
            while (checkpoint().size() < wanted) {
                TraceException failed = failure;
                if (failed != null) {
                    throw failed.again();
                }
                if (!writer.isAlive()) {
                    throw closed();
                }
                tail.wait(1000);
            }
        }
        return checkpoint();
    }

    /**
     * Makes what waits durable, publishes a last checkpoint and gives the folder free. Closing
     * twice does nothing. After a failure it only gives the folder free.
     */
    @Override
    public void close() {
        queue.close(closed());
        boolean interrupted = false;
        while (writer.isAlive()) {
            try {
                writer.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static TraceException closed() {
        return new TraceException(TraceException.Code.CLOSED, "the trace log is closed");
    }

    /** The writer thread. */
    private void write() {
        try {
            while (!queue.isDrained()) {
                List<AppendQueue.Pending> taken =
                        queue.take(AheadFile.maxPayload(settings.aheadBytes), integrateAt());
                if (!taken.isEmpty()) {
                    long next = System.nanoTime() + settings.commitEvery.toNanos();
                    commit(taken);
                    rest(next);
                }
                if (integrationIsDue()) {
                    startIntegration();
                }
            }
            if (failure == null && !ahead.isEmpty()) {
                startIntegration();
            }
            awaitIntegration();
        } catch (IOException | InterruptedException | RuntimeException e) {
            fail(e);
        } finally {
            release();
        }
    }

    /** Until then records gather for the next commit. */
    private static void rest(long until) {
        long left = until - System.nanoTime();
        if (left > 0) {
            LockSupport.parkNanos(left);
        }
    }

    private void commit(List<AppendQueue.Pending> taken) throws IOException, InterruptedException {
        List<byte[]> records = new ArrayList<>(taken.size());
        int payload = 0;
        for (AppendQueue.Pending pending : taken) {
            records.add(pending.entry());
            payload += AheadFile.cost(pending.entry());
        }
        try {
            if (!current.fits(payload)) {
                startIntegration();
            }
            long began = System.nanoTime();
            current.commit(size, records);
            commitNanos.add(System.nanoTime() - began);
            commitCount.increment();
        } catch (IOException | InterruptedException | RuntimeException e) {
            TraceException reason = fail(e);
            taken.forEach(pending -> pending.appended().completeExceptionally(reason));
            return;
        }
        Batch batch = new Batch(size, records);
        if (ahead.isEmpty()) {
            integrateAt = System.nanoTime() + settings.integrateEvery.toNanos();
        }
        ahead.add(batch);
        tail.put(batch.first(), batch);
        size = batch.end();
        long index = batch.first();
        for (AppendQueue.Pending pending : taken) {
            pending.appended().complete(index++);
        }
    }

    private long integrateAt() {
        return ahead.isEmpty() || !integrating.isDone() ? Long.MAX_VALUE : integrateAt;
    }

    private boolean integrationIsDue() {
        return failure == null
                && !ahead.isEmpty()
                && integrating.isDone()
                && (urgent || System.nanoTime() - integrateAt >= 0);
    }

    /** Hands the current file's records to the integrator and goes on with the other file. */
    private void startIntegration() throws IOException, InterruptedException {
        awaitIntegration();
        List<Batch> batches = ahead;
        ahead = new ArrayList<>();
        urgent = false;
        AheadFile full = current;
        current = other;
        other = full;
        current.begin();
        integrating = CompletableFuture.runAsync(() -> integrate(batches), integration);
        // Only now: the writer that is woken must see that the integration is done.
        integrating.thenRun(queue::wake);
    }

    private void awaitIntegration() throws InterruptedException {
        try {
            integrating.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("integration failed", e.getCause());
        }
        TraceException failed = failure;
        if (failed != null) {
            throw failed;
        }
    }

    /** On the integrator's thread. */
    private void integrate(List<Batch> batches) {
        try {
            integrator.integrate(batches);
            tail.headMap(checkpoint().size()).clear();
        } catch (IOException | RuntimeException e) {
            fail(e);
        }
        synchronized (tail) {
            tail.notifyAll();
        }
    }

    private TraceException fail(Throwable cause) {
        TraceException reason =
                cause instanceof TraceException known && known.code() == TraceException.Code.FAILED
                        ? known
                        : new TraceException(
                                TraceException.Code.FAILED,
                                "the trace log in "
                                        + place.folder()
                                        + " stopped after an error and must be opened anew: "
                                        + cause.getMessage(),
                                cause);
        failure = reason;
        queue.fail(reason);
        return reason;
    }

    private void release() {
        integration.shutdown();
        try {
            integration.awaitTermination(1, TimeUnit.MINUTES);
            current.close();
            other.close();
        } catch (IOException e) {
            fail(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            place.close();
            synchronized (tail) {
                tail.notifyAll();
            }
        }
    }
}
