package cn.tiaoxi.platform.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * The index of one kind of things.
 *
 * <p>A thing is read anew under its stripe's lock whenever it changed, so that of two changes the
 * older can never be what stays. While a fresh generation is built, the one before goes on serving;
 * what changes meanwhile is noted, and read again before the fresh one takes its place.
 */
final class KindIndex implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KindIndex.class);
    private static final int STRIPES = 512;
    private static final int AT_ONCE = 500;
    private static final long WAIT_SECONDS = 10;

    /** Transactions that were under way at a commit of the index are over after this. */
    private static final Duration OVERLAP = Duration.ofMinutes(15);

    private final SearchSource source;
    private final Path folder;
    private final Clock clock;
    private final ReentrantLock[] stripes = new ReentrantLock[STRIPES];
    private final CountDownLatch ready = new CountDownLatch(1);

    /** Held for reading by changes, for writing by the exchange of generations. */
    private final ReadWriteLock exchange = new ReentrantReadWriteLock();

    /** Held by what walks through the whole kind: a build or a comparison. */
    private final ReentrantLock whole = new ReentrantLock();

    /** What changed and is to be read again: during a build, or after a failure. */
    private final Set<String> noted = ConcurrentHashMap.newKeySet();

    private volatile @Nullable Generation current;
    private volatile @Nullable Progress progress;
    private volatile boolean closing;

    KindIndex(SearchSource source, Path folder, Clock clock) {
        this.source = source;
        this.folder = folder;
        this.clock = clock;
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new ReentrantLock();
        }
    }

    /** How far a build is: how many things are in, of how many. */
    static final class Progress {
        private final long of;
        private volatile long done;

        Progress(long of) {
            this.of = of;
        }

        long of() {
            return of;
        }

        long done() {
            return done;
        }

        synchronized void add(int more) {
            done += more;
        }
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
        Files.createDirectories(folder);
        List<Path> folders;
        try (Stream<Path> inside = Files.list(folder)) {
            folders = inside.sorted(Comparator.comparingInt(KindIndex::number).reversed()).toList();
        }
        for (Path each : folders) {
            Generation found = current == null ? open(each) : null;
            if (found == null) {
                FileSystemUtils.deleteRecursively(each);
            } else {
                current = found;
                ready.countDown();
            }
        }
        return current != null;
    }

    private static @Nullable Generation open(Path folder) throws IOException {
        try {
            Generation generation = Generation.open(folder);
            if (generation.isComplete()) {
                return generation;
            }
            generation.close();
        } catch (IOException | RuntimeException e) {
            LOG.warn("The search index in {} cannot be read; it is built anew", folder, e);
        }
        return null;
    }

    private static int number(Path folder) {
        try {
            return Integer.parseInt(folder.getFileName().toString());
        } catch (NumberFormatException e) {
            return -1;
        }
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
            Generation generation = current;
            if (generation == null || progress != null) {
                noted.addAll(ids);
            }
            if (generation != null) {
                write(generation, ids);
                generation.refresh();
            }
        } catch (IOException | RuntimeException e) {
            noted.addAll(ids);
            LOG.error(
                    "The search index missed a change of {}; it is tried again", source.kind(), e);
        } finally {
            exchange.readLock().unlock();
        }
    }

    private void write(Generation generation, Collection<String> ids) throws IOException {
        List<List<String>> batches = batches(ids);
        if (batches.size() == 1) {
            writeBatch(generation, batches.getFirst());
        } else {
            Workers workers = new Workers();
            batches.forEach(b -> workers.run(() -> writeBatch(generation, b)));
            workers.finish();
        }
    }

    /** Batches by stripe, so that those written side by side seldom wait for each other. */
    private static List<List<String>> batches(Collection<String> ids) {
        List<String> sorted = new ArrayList<>(Set.copyOf(ids));
        sorted.sort(Comparator.comparingInt(KindIndex::stripe));
        List<List<String>> batches = new ArrayList<>();
        for (int i = 0; i < sorted.size(); i += AT_ONCE) {
            batches.add(sorted.subList(i, Math.min(sorted.size(), i + AT_ONCE)));
        }
        return batches;
    }

    private static int stripe(String id) {
        int hash = id.hashCode() * 0x9E3779B9;
        return (hash >>> 16) % STRIPES;
    }

    private void writeBatch(Generation generation, List<String> ids) throws IOException {
        int[] wanted = ids.stream().mapToInt(KindIndex::stripe).distinct().sorted().toArray();
        for (int stripe : wanted) {
            stripes[stripe].lock();
        }
        try {
            Set<String> gone = new HashSet<>(ids);
            for (SearchDocument document : source.all(ids)) {
                gone.remove(document.id());
                generation.put(document);
            }
            for (String id : gone) {
                generation.remove(id);
            }
        } finally {
            for (int stripe : wanted) {
                stripes[stripe].unlock();
            }
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
            // From here on changes are noted; those under way end before the exchange.
            progress = building;
            int next = before == null ? 1 : number(before.folder()) + 1;
            Path place = folder.resolve(Integer.toString(next));
            FileSystemUtils.deleteRecursively(place);
            Generation fresh = Generation.open(place);
            try {
                fill(fresh, building);
                exchange(fresh, from);
            } catch (IOException | RuntimeException e) {
                fresh.discard();
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

    private void refuseWhenClosing() {
        if (closing) {
            throw new IllegalStateException("The search index is being closed");
        }
    }

    private void fill(Generation fresh, Progress building) throws IOException {
        fresh.building(true);
        Workers workers = new Workers();
        Batcher batcher =
                new Batcher(
                        batch ->
                                workers.run(
                                        () -> {
                                            fresh.add(batch);
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
        fresh.building(false);
    }

    private void exchange(Generation fresh, Instant from) throws IOException {
        reread(fresh);
        fresh.commit(from);
        exchange.writeLock().lock();
        try {
            reread(fresh);
            fresh.refresh();
            current = fresh;
            progress = null;
        } finally {
            exchange.writeLock().unlock();
        }
        ready.countDown();
    }

    private void reread(Generation fresh) throws IOException {
        List<String> again = List.copyOf(noted);
        again.forEach(noted::remove);
        if (!again.isEmpty()) {
            write(fresh, again);
        }
    }

    /** Reads what could not be read before, and makes all durable. */
    void commit() throws IOException {
        Generation generation = current;
        if (generation == null || progress != null) {
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
        if (!noted.isEmpty()) {
            List<String> again = List.copyOf(noted);
            again.forEach(noted::remove);
            update(again);
        }
        if (noted.isEmpty() && generation.hasChanges()) {
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
                if (generation.isOpen() && generation.hasChanges() && noted.isEmpty()) {
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
