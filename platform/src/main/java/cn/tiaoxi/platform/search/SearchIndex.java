package cn.tiaoxi.platform.search;

import cn.tiaoxi.platform.identity.Actor;
import cn.tiaoxi.platform.identity.PersonChanged;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Finds things by Chinese words, pinyin, first letters and codes, and forgives a slip in Latin
 * letters. The index lives in memory: built from the sources in the background at the start,
 * brought up to date after each committed change, and compared with the sources every night.
 */
@Component
public class SearchIndex implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SearchIndex.class);
    private static final long WAIT_SECONDS = 10;
    private static final int MOST_IDS = 2_000;
    private static final String FINGERPRINT = "fingerprint";

    private final Map<String, SearchSource> sources = new LinkedHashMap<>();
    private final ObjectProvider<SearchSource> given;
    private final SearchWords words = new SearchWords();
    private final SearchQuery queries = new SearchQuery(words);
    private final Highlighter highlighter = new Highlighter(words);
    private final IndexWriter writer;
    private final SearcherManager searchers;
    private final CountDownLatch ready = new CountDownLatch(1);

    SearchIndex(ObjectProvider<SearchSource> given) throws IOException {
        this.given = given;
        this.writer =
                new IndexWriter(
                        new ByteBuffersDirectory(),
                        new IndexWriterConfig(new WhitespaceAnalyzer()).setRAMBufferSizeMB(16));
        this.searchers = new SearcherManager(writer, null);
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        given.forEach(s -> sources.put(s.kind(), s));
        Thread.ofVirtual().name("search-build").start(this::build);
    }

    private void build() {
        try {
            long from = System.nanoTime();
            for (SearchSource source : sources.values()) {
                source.each(d -> write(source, d));
            }
            refresh();
            LOG.info(
                    "search is ready: {} things in {} ms",
                    writer.getDocStats().numDocs,
                    (System.nanoTime() - from) / 1_000_000);
            ready.countDown();
        } catch (RuntimeException e) {
            LOG.error("The search index cannot be built", e);
        }
    }

    @TransactionalEventListener(fallbackExecution = true)
    void changed(SearchChanged event) {
        update(event.kind(), event.id());
    }

    @TransactionalEventListener(fallbackExecution = true)
    void changed(PersonChanged event) {
        update(PersonSource.KIND, event.id());
    }

    /**
     * Takes a source that is no bean: one of a kind that no bean gives. Before the platform is
     * ready.
     */
    public void offer(SearchSource source) {
        sources.putIfAbsent(source.kind(), source);
    }

    /** Reads a thing anew. Call it when its change is committed. */
    public void update(String kind, String id) {
        SearchSource source = sources.get(kind);
        if (source == null) {
            return;
        }
        try {
            var document = source.find(id);
            if (document.isPresent()) {
                write(source, document.get());
            } else {
                writer.deleteDocuments(new Term("key", key(kind, id)));
            }
            refresh();
        } catch (IOException | RuntimeException e) {
            LOG.error("The search index missed a change of {} {}; mended tonight", kind, id, e);
        }
    }

    /** Compares the index with its sources and mends what differs. */
    @Scheduled(cron = "0 40 2 * * *", zone = "Asia/Shanghai")
    void checkDrift() throws IOException {
        int mended = 0;
        for (SearchSource source : sources.values()) {
            mended += mend(source);
        }
        if (mended > 0) {
            LOG.warn("the search index differed from the database in {} places; mended", mended);
        }
    }

    private int mend(SearchSource source) throws IOException {
        Map<String, String> indexed = fingerprints(source.kind());
        int[] mended = new int[1];
        source.each(
                d -> {
                    String before = indexed.remove(d.id());
                    if (!fingerprint(d).equals(before)) {
                        write(source, d);
                        mended[0]++;
                    }
                });
        for (String gone : indexed.keySet()) {
            writer.deleteDocuments(new Term("key", key(source.kind(), gone)));
            mended[0]++;
        }
        refresh();
        return mended[0];
    }

    private Map<String, String> fingerprints(String kind) throws IOException {
        Map<String, String> found = new HashMap<>();
        IndexSearcher searcher = searchers.acquire();
        try {
            Query all = new TermQuery(new Term("kind", kind));
            int most = Math.max(1, searcher.getIndexReader().numDocs());
            for (ScoreDoc hit : searcher.search(all, most).scoreDocs) {
                Document document = searcher.storedFields().document(hit.doc);
                found.put(document.get("id"), document.get(FINGERPRINT));
            }
        } finally {
            searchers.release(searcher);
        }
        return found;
    }

    private static String fingerprint(SearchDocument document) {
        return Integer.toHexString(document.hashCode());
    }

    private static String key(String kind, String id) {
        return kind + " " + id;
    }

    private void write(SearchSource source, SearchDocument d) {
        Document document = new Document();
        String key = key(source.kind(), d.id());
        document.add(new StringField("key", key, Field.Store.NO));
        document.add(new StringField("kind", source.kind(), Field.Store.YES));
        document.add(new StringField("id", d.id(), Field.Store.YES));
        String organisation = d.organisation();
        document.add(
                new StringField(
                        "organisation", organisation == null ? "*" : organisation, Field.Store.NO));
        document.add(new StoredField("title", d.title()));
        document.add(new StoredField("subtitle", d.subtitle()));
        document.add(new StoredField("text", d.text()));
        document.add(new StoredField("link", d.link()));
        document.add(new StoredField(FINGERPRINT, fingerprint(d)));
        String title = SearchWords.normal(d.title());
        String all = SearchWords.normal(d.title() + "\n" + d.subtitle() + "\n" + d.text());
        add(document, "titleWords", words.words(title));
        add(document, "words", words.words(all));
        add(document, "titleGrams", SearchWords.grams(title));
        add(document, "grams", SearchWords.grams(all));
        add(document, "latin", SearchWords.latin(all));
        add(document, "sounds", words.sounds(title));
        add(document, "initials", words.initials(title));
        add(document, "spoken", words.spokenWords(title));
        d.codes()
                .forEach(
                        c ->
                                document.add(
                                        new StringField(
                                                "codes", SearchWords.normal(c), Field.Store.NO)));
        try {
            writer.updateDocument(new Term("key", key), document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void add(Document document, String field, Iterable<String> tokens) {
        String joined = String.join(" ", tokens);
        if (!joined.isEmpty()) {
            document.add(new TextField(field, joined, Field.Store.NO));
        }
    }

    private void refresh() {
        try {
            searchers.maybeRefreshBlocking();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The identifiers of what fits, the best first, without regard to permissions: for the filter
     * of a list that asks for permissions itself.
     *
     * @throws SearchException if the index is still being built
     */
    public List<String> ids(String kind, String typed) {
        List<String> ids = new ArrayList<>();
        search(
                List.of(new TermQuery(new Term("kind", kind))),
                typed,
                MOST_IDS,
                d -> ids.add(Objects.requireNonNull(d.get("id"))));
        return ids;
    }

    /**
     * What a person may find, the best first.
     *
     * @param kinds only these kinds; empty for all
     * @param limit most things of each kind
     * @throws SearchException if the index is still being built
     */
    public Map<String, List<SearchHit>> find(
            Actor actor, String typed, Set<String> kinds, int limit) {
        Map<String, List<SearchHit>> found = new LinkedHashMap<>();
        for (SearchSource source : sources.values()) {
            boolean wanted = kinds.isEmpty() || kinds.contains(source.kind());
            String permission = source.permission();
            if (!wanted || !permission.isEmpty() && !actor.may(permission)) {
                continue;
            }
            List<Query> filters = new ArrayList<>();
            filters.add(new TermQuery(new Term("kind", source.kind())));
            Set<String> reach = permission.isEmpty() ? Set.of() : actor.reach(permission);
            if (!reach.isEmpty()) {
                filters.add(within(reach));
            }
            List<SearchHit> hits = new ArrayList<>();
            search(filters, typed, limit, d -> hits.add(source.shown(hit(d, typed))));
            if (!hits.isEmpty()) {
                found.put(source.kind(), hits);
            }
        }
        return found;
    }

    /** Where the words stand in a text, marked with {@code <mark>}; null if nowhere. */
    public @Nullable String highlight(String typed, List<String> texts) {
        return highlighter.mark(typed, texts);
    }

    private static Query within(Set<String> organisations) {
        List<BytesRef> terms = new ArrayList<>();
        Set<String> all = new HashSet<>(organisations);
        all.add("*");
        all.forEach(o -> terms.add(new BytesRef(o)));
        return new TermInSetQuery("organisation", terms);
    }

    private SearchHit hit(Document document, String typed) {
        String title = Objects.requireNonNull(document.get("title"));
        String subtitle = Objects.requireNonNull(document.get("subtitle"));
        String text = Objects.requireNonNull(document.get("text"));
        return new SearchHit(
                Objects.requireNonNull(document.get("kind")),
                Objects.requireNonNull(document.get("id")),
                title,
                subtitle,
                Objects.requireNonNull(document.get("link")),
                highlighter.mark(typed, List.of(title, subtitle, text)));
    }

    private void search(
            List<Query> filters,
            String typed,
            int limit,
            java.util.function.Consumer<Document> taker) {
        awaitReady();
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        query.add(queries.of(typed), Occur.MUST);
        filters.forEach(f -> query.add(f, Occur.FILTER));
        try {
            IndexSearcher searcher = searchers.acquire();
            try {
                for (ScoreDoc hit : searcher.search(query.build(), limit).scoreDocs) {
                    taker.accept(searcher.storedFields().document(hit.doc));
                }
            } finally {
                searchers.release(searcher);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
        searchers.close();
        writer.close();
    }
}
