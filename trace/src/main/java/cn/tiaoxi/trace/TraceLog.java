package cn.tiaoxi.trace;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

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
 * <p><b>Threads.</b> All methods may be called by any thread. One thread commits, one hashes and
 * writes tiles, one makes them durable and publishes. After an input or output error the log takes
 * no more records: all futures fail with {@link TraceException.Code#FAILED}; what was acknowledged
 * can still be read, and opening the log anew recovers it. If the disk was full the code is {@link
 * TraceException.Code#DISK_FULL}: what is durable has then been brought into tiles in a reserve,
 * and the log can be opened again as soon as there is room.
 */
public final class TraceLog implements Closeable {
    /** The longest record, in bytes: its length is stored in 16 bits. */
    public static final int MAX_RECORD_BYTES = 65_535;

    /**
     * The file with the public keys, beside the log: first the one that must have signed, then
     * those that sign or signed too, one in a line.
     */
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

    /**
     * What opening a log found of a run that did not close it.
     *
     * @param records acknowledged or at least durable records that were brought into tiles
     * @param droppedBytes bytes of a commit that was torn: it was never acknowledged
     */
    public record Recovery(long records, long droppedBytes) {
        /** Whether the log was closed in order before. */
        public boolean isNothing() {
            return records == 0 && droppedBytes == 0;
        }
    }

    private final LogFolder place;
    private final Object pruning = new Object();
    private final Integrator integrator;
    private final FolderTileSource files;
    private final AppendQueue queue;
    private final LogWriter writer;
    private final Recovery recovery;

    private TraceLog(
            LogFolder place,
            Settings settings,
            Integrator integrator,
            AheadFile first,
            AheadFile second) {
        this.place = place;
        this.integrator = integrator;
        this.files = new FolderTileSource(place.folder());
        this.queue =
                new AppendQueue(
                        settings.queueRecords,
                        settings.queueBytes,
                        AheadFile.maxPayload(settings.aheadBytes));
        this.recovery = place.recovery();
        this.writer = new LogWriter(place, settings, integrator, queue, first, second);
    }

    /**
     * Opens a log for writing and creates it if the folder is empty. Recovers what a crash left.
     * Takes time for the tail only, however long the log is.
     *
     * @param signer the log's key; its name is the origin
     * @throws TraceException LOCKED, KEY_MISMATCH, BROKEN if the log's end does not fit its own
     *     checkpoint, DISK_FULL, UNREACHABLE if the folder cannot be read or written
     */
    public static TraceLog open(Path folder, NoteSigner signer, Settings settings) {
        return open(folder, signer, List.of(), settings);
    }

    /**
     * Opens a log that several keys sign.
     *
     * @param others further keys that sign each checkpoint. While the key of a log is changed the
     *     one before is among them, or the log does not open.
     */
    public static TraceLog open(
            Path folder, NoteSigner signer, List<? extends SigningKey> others, Settings settings) {
        return open(folder, signer, others, settings, Disk.REAL);
    }

    static TraceLog open(Path folder, NoteSigner signer, Settings settings, Disk disk) {
        return open(folder, signer, List.of(), settings, disk);
    }

    static TraceLog open(
            Path folder,
            NoteSigner signer,
            List<? extends SigningKey> others,
            Settings settings,
            Disk disk) {
        try {
            LogFolder place = LogFolder.lock(folder, disk);
            try {
                return open(place, signer, others, settings);
            } catch (IOException e) {
                place.close();
                if (place.isFull(e)) {
                    throw new TraceException(
                            TraceException.Code.DISK_FULL,
                            "the disk of the trace log in " + folder + " is full",
                            e);
                }
                throw e;
            } catch (RuntimeException e) {
                place.close();
                throw e;
            }
        } catch (IOException e) {
            throw new TraceException(
                    TraceException.Code.UNREACHABLE, "cannot open the trace log in " + folder, e);
        }
    }

    private static TraceLog open(
            LogFolder place,
            NoteSigner signer,
            List<? extends SigningKey> others,
            Settings settings)
            throws IOException {
        Integrator integrator = place.recover(signer, others);
        try {
            AheadFile first = place.ahead(0, settings.aheadBytes);
            AheadFile second = place.ahead(1, settings.aheadBytes);
            place.reserve(settings.aheadBytes);
            place.forceState();
            first.begin();
            TraceLog log = new TraceLog(place, settings, integrator, first, second);
            log.writer.start();
            return log;
        } catch (IOException | RuntimeException e) {
            integrator.close();
            throw e;
        }
    }

    /**
     * Appends a copy of the record and waits while the queue is full. The future completes with the
     * record's index, and MUST NOT complete before the record is durable. It never throws: the
     * future fails with a {@link TraceException} CLOSED, FAILED, DISK_FULL or RECORD_TOO_LARGE. A
     * record whose future failed with FAILED or DISK_FULL may or may not be in the log when it is
     * opened next.
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
        return queue.add(data, wait);
    }

    /** How many records are durable: the index that the next one gets. */
    public long size() {
        return writer.size();
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
        return writer.commits();
    }

    /** What opening this log found of the run before. */
    public Recovery recovery() {
        return recovery;
    }

    /** Why the log takes no more records, if an error has stopped it. */
    public Optional<TraceException> failure() {
        return Optional.ofNullable(writer.failure());
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
            throw new IndexOutOfBoundsException("record " + index + " of " + size());
        }
        return entries.next().data();
    }

    /** The durable records from an index to the present end. The iterator is for one thread. */
    public Iterator<Entry> entries(long from) {
        if (from < 0) {
            throw new IndexOutOfBoundsException("record " + from);
        }
        return new EntryIterator(from, size(), this::run);
    }

    /** Records from {@code index} on: those of one batch or one bundle. */
    private EntryIterator.Run run(long index) {
        Batch batch = writer.unpublished(index);
        if (batch != null) {
            return new EntryIterator.Run(index, batch.from(index).records());
        }
        long number = index / Tile.WIDTH;
        int width = Tile.width(0, number, checkpoint().size());
        return new EntryIterator.Run(number * Tile.WIDTH, Tiles.fetchEntries(files, number, width));
    }

    /**
     * Takes the oldest entries out of the log and into an archive, as far as they fill files of
     * 65,536. Hash tiles stay: all proofs still verify, {@code trace verify} says what is pruned,
     * and with {@code --archive} checks the whole log. The archive is durable before anything is
     * deleted; after a crash the log is opened as it was before or pruned. May run while the log is
     * written.
     *
     * @param before index of the first entry to keep at least
     * @param archive folder for the files; made if it is missing
     * @return index of the first entry that is in the log now
     * @throws TraceException BROKEN if entries are not what was signed; they stay then
     */
    public long prune(long before, Path archive) {
        synchronized (pruning) {
            try {
                return place.prune(before, archive, checkpoint());
            } catch (IOException e) {
                throw new TraceException(
                        TraceException.Code.UNREACHABLE, "cannot prune " + place.folder(), e);
            }
        }
    }

    /**
     * Waits until a checkpoint covers all records that are durable now.
     *
     * @throws TraceException FAILED, DISK_FULL, CLOSED
     */
    public Checkpoint integrate() throws InterruptedException {
        writer.integrate();
        return checkpoint();
    }

    /**
     * Makes what waits durable, publishes a last checkpoint and gives the folder free. Closing
     * twice does nothing. After a failure it only gives the folder free.
     */
    @Override
    public void close() {
        queue.close(LogWriter.closed());
        writer.awaitEnd();
    }
}
