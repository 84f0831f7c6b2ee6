package cn.tiaoxi.platform.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The index of one kind of things.
 *
 * <p>A thing is read anew under its stripe's lock whenever it changed, so that of two changes the
 * older can never be what stays. While a fresh generation is built, the one before goes on serving;
 * what changes meanwhile is written into both, and the build passes it over.
 */
final class KindIndex implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KindIndex.class);
    private static final long WAIT_SECONDS = 10;

    /** Transactions that were under way at a commit of the index are over after this. */
    private static final Duration OVERLAP = Duration.ofMinutes(15);

    private final SearchSource source;
    private final GenerationFolder folder;
    private final Clock clock;
    private final Stripes stripes = new Stripes();
    private final CountDownLatch ready = new CountDownLatch(1);

    /** Held for reading by changes, for writing by the exchange of generations. */
    private final ReadWriteLock exchange = new ReentrantReadWriteLock();

    /** Held by what walks through the whole kind: a build or a comparison. */
    private final ReentrantLock whole = new ReentrantLock();

    /** What could not be read when it changed, and is to be read again. */
    private final Set<String> missed = ConcurrentHashMap.newKeySet();

    /** What changed during a build and is newer than what the build reads. Guarded by stripes. */
    private final Set<String> overtaken = ConcurrentHashMap.newKeySet();

    private volatile @Nullable Generation current;
    private volatile @Nullable Generation fresh;
    private volatile @Nullable Progress progress;
    private volatile boolean closing;

    KindIndex(SearchSource source, Path folder, Clock clock) {
        this.source = source;
        this.folder = new GenerationFolder(folder);
        this.clock = clock;
    }

    SearchSource source() {
        return source;
    }

    @Nullable Generation generation() {
        return current;
    }

    @Nullable Progress progress() {
        return progress;
    }

    /** Opens the newest complete generation and removes the others; false if there is none. */
    boolean open() throws IOException {
        Generation newest = folder.openNewest();
        if (newest != null) {
            current = newest;
            ready.countDown();
        }
        return newest != null;
    }

    /** Catches up with what changed while the platform was down, or builds what is unusable. */
    void catchUp() throws IOException {
        if (closing) {
            return;
        }
        Generation opened = current;
        if (opened == null || !opened.isOfThisFormat() || !isSound(opened)) {
            rebuild();
            return;
        }
        Set<String> changed = new HashSet<>();
        if (source.changedSince(opened.until().minus(OVERLAP), changed::add)) {
            update(changed);
        } else {
            compare();
        }
    }

    private static boolean isSound(Generation generation) {
        try {
            generation.verify();
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.warn("The search index in {} is damaged", generation.folder(), e);
            return false;
        }
    }

    /** Reads things anew, whatever happened to them; visible to searches that begin after it. */
    void update(Collection<String> ids) {
        exchange.readLock().lock();
        try {
            write(ids);
            Generation generation = current;
            if (generation != null) {
                generation.show();
            }
        } catch (IOException | RuntimeException e) {
            missed.addAll(ids);
            LOG.error(
                    "The search index missed a change of {}; it is tried again", source.kind(), e);
        } finally {
            exchange.readLock().unlock();
        }
    }

    private void write(Collection<String> ids) throws IOException {
        List<List<String>> batches = Stripes.batches(ids);
        if (batches.size() == 1) {
            writeBatch(batches.getFirst());
        } else {
            Workers workers = new Workers();
            batches.forEach(b -> workers.run(() -> writeBatch(b)));
            workers.finish();
        }
    }

    private void writeBatch(List<String> ids) throws IOException {
        stripes.alone(ids, () -> writeAlone(ids));
    }

    private void writeAlone(List<String> ids) throws IOException {
        Set<String> gone = new HashSet<>(ids);
        Generation serving = current;
        Generation built = fresh;
        if (built != null) {
            overtaken.addAll(ids);
        }
        for (SearchDocument document : source.all(ids)) {
            gone.remove(document.id());
            put(serving, document);
            put(built, document);
        }
        for (String id : gone) {
            remove(serving, id);
            remove(built, id);
        }
    }

    private static void put(@Nullable Generation generation, SearchDocument document)
            throws IOException {
        if (generation != null) {
            generation.put(document);
        }
    }

    private static void remove(@Nullable Generation generation, String id) throws IOException {
        if (generation != null) {
            generation.remove(id);
        }
    }

    /** Builds a fresh generation from the source and puts it in the place of the one before. */
    void rebuild() throws IOException {
        whole.lock();
        try {
            refuseWhenClosing();
            Instant from = clock.instant();
            Generation before = current;
            Progress building = new Progress(source.count());
            progress = building;
            Generation built = folder.begin(before);
            try {
                // From here on changes go into it too; those before it are what the source gives.
                fresh = built;
                fill(built, building);
                built.commit(from);
                exchange(built);
            } catch (IOException | RuntimeException e) {
                stopBuilding();
                built.discard();
                throw e;
            }
            if (before != null) {
                before.discard();
            }
        } finally {
            progress = null;
            whole.unlock();
        }
    }

    private void exchange(Generation built) throws IOException {
        exchange.writeLock().lock();
        try {
            built.refresh();
            current = built;
            fresh = null;
        } finally {
            exchange.writeLock().unlock();
        }
        overtaken.clear();
        ready.countDown();
    }

    private void stopBuilding() {
        exchange.writeLock().lock();
        try {
            fresh = null;
        } finally {
            exchange.writeLock().unlock();
        }
        overtaken.clear();
    }

    private void refuseWhenClosing() {
        if (closing) {
            throw new IllegalStateException("The search index is being closed");
        }
    }

    private void fill(Generation built, Progress building) throws IOException {
        built.building(true);
        Workers workers = new Workers();
        Batcher batcher =
                new Batcher(
                        batch ->
                                workers.run(
                                        () -> {
                                            batch.forEach(d -> add(built, d));
                                            building.add(batch.size());
                                        }));
        try {
            source.each(
                    document -> {
                        refuseWhenClosing();
                        batcher.add(document);
                    });
            batcher.end();
        } finally {
            workers.finish();
        }
        built.building(false);
    }

    private void add(Generation built, SearchDocument document) {
        try {
            stripes.alone(
                    document.id(),
                    () -> {
                        if (!overtaken.contains(document.id())) {
                            built.add(document);
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads what could not be read before, and makes all durable. */
    void commit() throws IOException {
        if (closing || progress != null) {
            return;
        }
        Generation generation = current;
        if (generation == null) {
            // The first build failed, for example because the database was away.
            rebuild();
            return;
        }
        if (!generation.isOpen()) {
            LOG.error(
                    "The search index of {} was closed by an error; it is built anew",
                    source.kind());
            rebuild();
            return;
        }
        Instant now = clock.instant();
        if (!missed.isEmpty()) {
            List<String> again = List.copyOf(missed);
            again.forEach(missed::remove);
            update(again);
        }
        if (missed.isEmpty() && generation.hasChanges()) {
            generation.commit(now);
        }
    }

    /** Compares each thing's revision with the source, and mends what differs. */
    Drift compare() throws IOException {
        whole.lock();
        try {
            refuseWhenClosing();
            Generation generation = current;
            if (generation == null) {
                throw SearchException.starting();
            }
            return new DriftCheck(source, generation, this::update).run();
        } finally {
            whole.unlock();
        }
    }

    /** Asks the index as it stands now. */
    interface Question<T> {
        T ask(KindSearcher searcher) throws IOException;
    }

    /**
     * Asks the index as it stands now.
     *
     * @throws SearchException if it is still being built for the first time
     */
    <T> T ask(Question<T> question) throws IOException {
        awaitReady();
        while (true) {
            Generation generation = current;
            if (generation == null) {
                throw SearchException.starting();
            }
            KindSearcher searcher;
            try {
                searcher = generation.acquire();
            } catch (org.apache.lucene.store.AlreadyClosedException e) {
                if (generation == current) {
                    throw SearchException.starting();
                }
                continue;
            }
            try {
                return question.ask(searcher);
            } finally {
                generation.release(searcher);
            }
        }
    }

    private void awaitReady() {
        try {
            if (!ready.await(WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw SearchException.starting();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SearchException.starting();
        }
    }

    @Override
    public void close() throws IOException {
        // A build ends at once, a comparison when it is through.
        closing = true;
        whole.lock();
        try {
            Generation generation = current;
            if (generation != null) {
                if (generation.isOpen() && generation.hasChanges() && missed.isEmpty()) {
                    generation.commit(clock.instant());
                }
                generation.close();
            }
        } finally {
            whole.unlock();
        }
    }

    /** Whether what fails now fails because the platform stops. */
    boolean isClosing() {
        return closing;
    }
}
