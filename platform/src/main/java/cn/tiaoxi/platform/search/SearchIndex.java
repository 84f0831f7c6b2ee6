package cn.tiaoxi.platform.search;

import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.database.DataFolder;
import cn.tiaoxi.platform.identity.Actor;
import cn.tiaoxi.platform.identity.PersonChanged;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.lucene.document.Document;
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
 * letters; reads filtered, sorted lists of them and counts their values.
 *
 * <p>Each kind has an index of its own on disk. It is brought up to date after each committed
 * change, before the one who made the change goes on; after a start it catches up in the
 * background, and serves meanwhile what it has.
 */
@Component
public class SearchIndex implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SearchIndex.class);
    private static final Pattern KIND = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

    private final ObjectProvider<SearchSource> beans;
    private final Path folder;
    private final Clock clock;
    private final SearchWords words = new SearchWords();
    private final ListReader lists = new ListReader(new SearchQuery(words));
    private final Highlighter highlighter = new Highlighter(words);

    /** Never changed, but exchanged under the lock of this. */
    private volatile Map<String, KindIndex> kinds = Map.of();

    private volatile boolean started;

    SearchIndex(ObjectProvider<SearchSource> beans, DataFolder data, Clock clock) {
        this.beans = beans;
        this.folder = data.folder("search");
        this.clock = clock;
    }

    /**
     * Takes a source that is no bean, for a kind that no other source gives; also while the
     * platform runs.
     */
    public synchronized void offer(SearchSource source) {
        if (kinds.containsKey(source.kind())) {
            return;
        }
        KindIndex index = put(source);
        if (started) {
            open(index);
            inBackground(() -> catchUp(index));
        }
    }

    private KindIndex put(SearchSource source) {
        String kind = source.kind();
        if (!KIND.matcher(kind).matches()) {
            throw new IllegalArgumentException("No name for a kind of things: " + kind);
        }
        KindIndex index = new KindIndex(source, folder.resolve(kind), clock);
        Map<String, KindIndex> more = new LinkedHashMap<>(kinds);
        more.put(kind, index);
        kinds = more;
        return index;
    }

    /** Opens what is on disk, and catches up with what is new in the background. */
    @EventListener(ApplicationReadyEvent.class)
    synchronized void start() {
        if (started) {
            return;
        }
        beans.forEach(this::put);
        started = true;
        List<KindIndex> all = List.copyOf(kinds.values());
        all.forEach(SearchIndex::open);
        inBackground(() -> all.forEach(SearchIndex::catchUp));
    }

    private static void inBackground(Runnable work) {
        Thread.ofPlatform().name("search-start").daemon().start(work);
    }

    private static void open(KindIndex index) {
        try {
            index.open();
        } catch (IOException e) {
            LOG.error("The search index of {} cannot be opened", index.source().kind(), e);
        }
    }

    private static void catchUp(KindIndex index) {
        try {
            index.catchUp();
        } catch (IOException | RuntimeException e) {
            if (!index.isClosing()) {
                LOG.error("The search index of {} cannot catch up", index.source().kind(), e);
            }
        }
    }

    @TransactionalEventListener(fallbackExecution = true)
    void changed(SearchChanged event) {
        update(event.kind(), event.ids());
    }

    @TransactionalEventListener(fallbackExecution = true)
    void changed(PersonChanged event) {
        update(PersonSource.KIND, List.of(event.id()));
    }

    /**
     * Reads things anew, many of them side by side. Call it when their change is committed; what is
     * returned from is visible to the next search. Kinds that the search does not know are passed
     * over.
     */
    public void update(String kind, Collection<String> ids) {
        KindIndex index = kinds.get(kind);
        if (index != null && !ids.isEmpty()) {
            index.update(ids);
        }
    }

    /** Makes durable what changed, and tries again what failed. */
    @Scheduled(fixedDelay = 30_000, initialDelay = 30_000)
    void commit() {
        for (KindIndex index : kinds.values()) {
            try {
                index.commit();
            } catch (IOException | RuntimeException e) {
                LOG.error("The search index of {} cannot be kept", index.source().kind(), e);
            }
        }
    }

    /** What the source of a kind calls it; empty if it does not, or if there is none. */
    public String name(String kind) {
        KindIndex index = kinds.get(kind);
        return index == null ? "" : index.source().name();
    }

    /** The indexes of all kinds, or of one; none if there is no such kind. */
    Collection<KindIndex> indexes(String kind) {
        KindIndex one = kinds.get(kind);
        if (kind.isEmpty()) {
            return kinds.values();
        }
        return one == null ? List.of() : List.of(one);
    }

    /**
     * Builds the index of a kind anew from its source, while the one before goes on serving: when
     * its documents are made in another way than before.
     */
    public void rebuild(String kind) {
        for (KindIndex index : indexes(kind)) {
            try {
                index.rebuild();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * Part of a list: as quick on the last page as on the first.
     *
     * @param slice its sort is one of those that the kind's documents name; without one what fits
     *     the words best comes first, and without words either the order is by identifier
     * @throws SearchException if the index is being built for the first time
     * @throws cn.tiaoxi.platform.border.BorderException if the position is none of this list
     */
    public SearchPage page(SearchFilter filter, Slice slice) {
        return ask(filter.kind(), s -> lists.page(s, filter, slice));
    }

    /**
     * How many things have each value of some filters, the most frequent first. A field's own
     * filter does not count for its own values, so that another can be chosen. Fields with more
     * than 65,534 values have none.
     *
     * @throws SearchException if the index is being built for the first time
     */
    public Map<String, Map<String, Long>> facets(SearchFilter filter, List<String> fields) {
        return ask(filter.kind(), s -> lists.facets(s, filter, fields));
    }

    /**
     * The identifiers of all that fits, the best first, without regard to permissions: for a list
     * that asks for permissions itself.
     *
     * @throws SearchException if the index is being built for the first time
     */
    public List<String> ids(String kind, String typed) {
        SearchFilter filter = new SearchFilter(kind, typed, Map.of(), Set.of());
        return filter.words().isEmpty() ? List.of() : ask(kind, s -> lists.ids(s, filter));
    }

    /**
     * What a person may find, the best first.
     *
     * @param wanted only these kinds; empty for all
     * @param limit most things of each kind
     * @throws SearchException if an index is being built for the first time
     */
    public Map<String, List<SearchHit>> find(
            Actor actor, String typed, Set<String> wanted, int limit) {
        Map<String, List<SearchHit>> found = new LinkedHashMap<>();
        for (KindIndex index : kinds.values()) {
            SearchSource source = index.source();
            String kind = source.kind();
            String permission = source.permission();
            boolean may = permission.isEmpty() || actor.may(permission);
            if (typed.isBlank() || !may || !wanted.isEmpty() && !wanted.contains(kind)) {
                continue;
            }
            Set<String> reach = permission.isEmpty() ? Set.of() : actor.reach(permission);
            SearchFilter filter = new SearchFilter(kind, typed, Map.of(), reach);
            List<SearchHit> hits =
                    ask(kind, s -> lists.hits(s, filter, limit)).stream()
                            .map(d -> source.shown(hit(kind, d, typed)))
                            .toList();
            if (!hits.isEmpty()) {
                found.put(kind, hits);
            }
        }
        return found;
    }

    private <T> T ask(String kind, KindIndex.Question<T> question) {
        KindIndex index = kinds.get(kind);
        if (index == null) {
            throw SearchException.kindUnknown(kind);
        }
        try {
            return index.ask(question);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SearchHit hit(String kind, Document document, String typed) {
        String title = kept(document, DocumentMaker.TITLE);
        String subtitle = kept(document, DocumentMaker.SUBTITLE);
        return new SearchHit(
                kind,
                kept(document, DocumentMaker.ID),
                title,
                subtitle,
                kept(document, DocumentMaker.LINK),
                highlighter.mark(
                        typed, List.of(title, subtitle, kept(document, DocumentMaker.TEXT))));
    }

    private static String kept(Document document, String field) {
        return Objects.requireNonNull(document.get(field));
    }

    /** Where the words stand in a text, marked with {@code <mark>}; null if nowhere. */
    public @Nullable String highlight(String typed, List<String> texts) {
        return highlighter.mark(typed, texts);
    }

    @Override
    public void close() throws IOException {
        for (KindIndex index : kinds.values()) {
            index.close();
        }
    }
}
