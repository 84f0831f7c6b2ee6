package cn.tiaoxi.platform.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * One index of a kind in a folder of its own. It counts only when it is complete, which its commit
 * says; what a crash left half built is thrown away.
 */
final class Generation implements AutoCloseable {
    private static final int WRITE_BUFFER_MB = 16;
    private static final int BUILD_BUFFER_MB = 48;
    private static final String FORMAT = "format";
    private static final String COMPLETE = "complete";
    private static final String UNTIL = "until";

    private final Path folder;
    private final Directory directory;
    private final IndexWriter writer;
    private final SearcherManager searchers;
    private final SegmentCache segments = new SegmentCache();
    private final Queue<DocumentMaker> makers = new ConcurrentLinkedQueue<>();
    private final Map<String, String> facts = new HashMap<>();

    /** The last change that searches are to see. */
    private final AtomicLong shown = new AtomicLong();

    /** The last change that searches see. Written under this. */
    private volatile long visible;

    private Generation(Path folder) throws IOException {
        this.folder = folder;
        this.directory = new MMapDirectory(folder);
        IndexWriter opened = null;
        try {
            opened = new IndexWriter(directory, config());
            this.searchers = new SearcherManager(opened, factory());
        } catch (IOException | RuntimeException e) {
            if (opened != null) {
                opened.rollback();
            }
            directory.close();
            throw e;
        }
        this.writer = opened;
        Iterable<Map.Entry<String, String>> kept = writer.getLiveCommitData();
        if (kept != null) {
            kept.forEach(e -> facts.put(e.getKey(), e.getValue()));
        }
    }

    /**
     * Opens what is in a folder, or begins anew there.
     *
     * @throws IOException if what is there cannot be read
     */
    static Generation open(Path folder) throws IOException {
        return new Generation(folder);
    }

    private static IndexWriterConfig config() {
        ConcurrentMergeScheduler merges = new ConcurrentMergeScheduler();
        merges.setMaxMergesAndThreads(6, 1);
        TieredMergePolicy policy = new TieredMergePolicy();
        return new IndexWriterConfig(new WhitespaceAnalyzer())
                .setSimilarity(new TitleWeight())
                .setMergeScheduler(merges)
                .setMergePolicy(policy)
                .setCommitOnClose(false)
                .setRAMBufferSizeMB(WRITE_BUFFER_MB);
    }

    private SearcherFactory factory() {
        return new SearcherFactory() {
            @Override
            public IndexSearcher newSearcher(IndexReader reader, @Nullable IndexReader before) {
                return new KindSearcher(reader, segments);
            }
        };
    }

    /** Whether it holds everything that there was when it was last committed. */
    synchronized boolean isComplete() {
        return facts.containsKey(COMPLETE);
    }

    /** Whether it was written as documents are written now. */
    synchronized boolean isOfThisFormat() {
        return DocumentMaker.FORMAT.equals(facts.get(FORMAT));
    }

    /** Changes before this time are on disk, but for those that were just under way. */
    synchronized Instant until() {
        return Instant.parse(facts.getOrDefault(UNTIL, Instant.EPOCH.toString()));
    }

    Path folder() {
        return folder;
    }

    /** Reads everything once and compares the checksums. */
    void verify() throws IOException {
        KindSearcher searcher = acquire();
        try {
            for (LeafReaderContext leaf : searcher.getLeafContexts()) {
                if (leaf.reader() instanceof CodecReader reader) {
                    reader.checkIntegrity();
                }
            }
        } finally {
            release(searcher);
        }
    }

    /** Gives more memory to writing while all is written. */
    void building(boolean building) {
        writer.getConfig().setRAMBufferSizeMB(building ? BUILD_BUFFER_MB : WRITE_BUFFER_MB);
    }

    /** Adds a thing that is not there yet. */
    void add(SearchDocument document) throws IOException {
        DocumentMaker maker = maker();
        writer.addDocument(maker.document(document));
        makers.add(maker);
    }

    /** Writes a thing over what is there of it. */
    void put(SearchDocument document) throws IOException {
        DocumentMaker maker = maker();
        writer.updateDocument(new Term(DocumentMaker.ID, document.id()), maker.document(document));
        makers.add(maker);
    }

    void remove(String id) throws IOException {
        writer.deleteDocuments(new Term(DocumentMaker.ID, id));
    }

    private DocumentMaker maker() {
        DocumentMaker free = makers.poll();
        return free == null ? new DocumentMaker() : free;
    }

    /** Makes all changes so far visible; those that come meanwhile share the work. */
    void refresh() throws IOException {
        long wanted = writer.getMaxCompletedSequenceNumber();
        synchronized (this) {
            if (visible < wanted) {
                long upTo = writer.getMaxCompletedSequenceNumber();
                searchers.maybeRefreshBlocking();
                visible = upTo;
            }
        }
    }

    /**
     * Lets searches that begin after this see all changes so far. Who looks first makes them
     * visible, so that many changes without a search between them cost it once.
     */
    void show() {
        shown.accumulateAndGet(writer.getMaxCompletedSequenceNumber(), Math::max);
    }

    KindSearcher acquire() throws IOException {
        if (visible < shown.get() && writer.isOpen()) {
            refresh();
        }
        return (KindSearcher) searchers.acquire();
    }

    void release(KindSearcher searcher) throws IOException {
        searchers.release(searcher);
    }

    int size() {
        return writer.getDocStats().numDocs;
    }

    /** Bytes on disk. */
    long bytes() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.mapToLong(f -> f.toFile().length()).sum();
        } catch (IOException | UncheckedIOException e) {
            // It was just given up for a fresh one.
            return 0;
        }
    }

    /**
     * Makes all changes so far durable.
     *
     * @param until changes committed before this time are in it
     */
    synchronized void commit(Instant until) throws IOException {
        facts.put(FORMAT, facts.getOrDefault(FORMAT, DocumentMaker.FORMAT));
        facts.put(COMPLETE, "true");
        facts.put(UNTIL, until.toString());
        writer.setLiveCommitData(facts.entrySet());
        writer.commit();
    }

    boolean hasChanges() {
        return writer.hasUncommittedChanges();
    }

    /** Whether it can be written still; an error on disk closes it. */
    boolean isOpen() {
        return writer.isOpen();
    }

    /** Closes it; what was not committed is dropped. */
    @Override
    public void close() throws IOException {
        searchers.close();
        if (writer.isOpen()) {
            writer.rollback();
        }
        directory.close();
    }

    /** Closes and deletes it. */
    void discard() throws IOException {
        close();
        FileSystemUtils.deleteRecursively(folder);
    }
}
