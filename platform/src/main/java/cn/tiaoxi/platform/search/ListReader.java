package cn.tiaoxi.platform.search;

import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.border.Slice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.DoubleField;
import org.apache.lucene.index.FieldInfos;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.SortedNumericSelector;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** Reads lists, counts and hits from a searcher. */
final class ListReader {
    /** With fewer exact matches than this, slips are forgiven: a list shows what was asked for. */
    private static final int FEW = 1;

    /** Longer pages are for exports, which ask for each once. */
    private static final int LONGEST_KEPT = 200;

    private static final double LEAST = Double.NEGATIVE_INFINITY;
    private static final Comparator<Map.Entry<String, Long>> MOST_FIRST =
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey());
    private static final SortField BY_ID = new SortField(DocumentMaker.ID, SortField.Type.STRING);

    private final SearchQuery queries;

    ListReader(SearchQuery queries) {
        this.queries = queries;
    }

    private record WordsKey(String words) {}

    private record MatchesKey(String words, Map<String, Set<String>> filters, Set<String> reach) {}

    private record SortKey(String field) {}

    private enum SortKind {
        NUMBER,
        TEXT,
        NONE
    }

    private record FacetKey(MatchesKey matches, String field) {}

    private record PageKey(MatchesKey matches, Slice slice) {}

    /** What was typed as a query, and whether slips are forgiven in it. */
    private record Words(Query query, boolean forgiving) {}

    /** What was typed as a query; what it finds is remembered beside it. */
    private Words words(KindSearcher searcher, String typed) throws IOException {
        return searcher.remembered(
                new WordsKey(typed),
                () -> {
                    Query exact = queries.exact(typed);
                    Matches found = Matches.of(searcher, exact);
                    if (found.count() >= FEW) {
                        searcher.keep(words(typed), found);
                        return new Words(exact, false);
                    }
                    Slips slips = new Slips(searcher.getIndexReader());
                    return new Words(searcher.rewrite(queries.forgiving(typed, slips)), true);
                });
    }

    private static MatchesKey words(String typed) {
        return new MatchesKey(typed, Map.of(), Set.of());
    }

    /** All documents that a filter matches. */
    private Matches matches(KindSearcher searcher, MatchesKey key) throws IOException {
        return searcher.matches(
                key,
                () -> {
                    if (!key.reach().isEmpty()) {
                        return matches(
                                        searcher,
                                        new MatchesKey(key.words(), key.filters(), Set.of()))
                                .and(searcher, ValueFilter.within(key.reach()));
                    }
                    if (!key.filters().isEmpty()) {
                        Map<String, Set<String>> fewer = new TreeMap<>(key.filters());
                        String field = new TreeSet<>(fewer.keySet()).last();
                        Set<String> values = key.filters().getOrDefault(field, Set.of());
                        fewer.remove(field);
                        return matches(searcher, new MatchesKey(key.words(), fewer, Set.of()))
                                .and(searcher, ValueFilter.of(field, values));
                    }
                    if (key.words().isEmpty()) {
                        return Matches.all(searcher);
                    }
                    Query query = words(searcher, key.words()).query();
                    Matches found = searcher.known(key);
                    return found == null ? Matches.of(searcher, query) : found;
                });
    }

    private static MatchesKey key(SearchFilter filter, @Nullable String without) {
        Map<String, Set<String>> filters = new TreeMap<>();
        filter.filters()
                .forEach(
                        (field, values) -> {
                            if (!values.isEmpty() && !field.equals(without)) {
                                filters.put(field, values);
                            }
                        });
        return new MatchesKey(filter.words(), filters, filter.reach());
    }

    /** How many of each value there are, the most first; a field's own filter does not count. */
    Map<String, Map<String, Long>> facets(
            KindSearcher searcher, SearchFilter filter, List<String> fields) throws IOException {
        Map<String, Map<String, Long>> all = new LinkedHashMap<>();
        for (String field : fields) {
            MatchesKey key = key(filter, field);
            all.put(
                    field,
                    searcher.remembered(
                            new FacetKey(key, field),
                            () -> counts(searcher, matches(searcher, key), field)));
        }
        return all;
    }

    private static Map<String, Long> counts(KindSearcher searcher, Matches matches, String field)
            throws IOException {
        Map<String, Long> counts = new HashMap<>();
        for (LeafReaderContext leaf : searcher.getLeafContexts()) {
            FacetColumn column =
                    searcher.segments().column(leaf.reader(), DocumentMaker.filter(field));
            if (column != null) {
                column.count(matches.segment(leaf), counts);
            }
        }
        Map<String, Long> sorted = new LinkedHashMap<>();
        counts.entrySet().stream()
                .sorted(MOST_FIRST)
                .forEach(e -> sorted.put(e.getKey(), e.getValue()));
        return sorted;
    }

    /** Part of a list; without a sort, what fits the words best comes first. */
    SearchPage page(KindSearcher searcher, SearchFilter filter, Slice slice) throws IOException {
        MatchesKey key = key(filter, null);
        return slice.limit() > LONGEST_KEPT
                ? page(searcher, key, slice)
                : searcher.remembered(new PageKey(key, slice), () -> page(searcher, key, slice));
    }

    private SearchPage page(KindSearcher searcher, MatchesKey key, Slice slice) throws IOException {
        Matches matches = matches(searcher, key);
        Sort sort = sort(searcher, key, slice);
        FieldDoc after = after(sort, slice.after());
        int limit = slice.limit();
        TopDocs found =
                searcher.search(
                        query(searcher, key, matches, sort),
                        new TopFieldCollectorManager(sort, limit + 1, after, limit + 1));
        List<String> ids = new ArrayList<>();
        FieldDoc last = null;
        for (ScoreDoc hit : found.scoreDocs) {
            if (ids.size() == limit) {
                break;
            }
            last = (FieldDoc) hit;
            ids.add(text(last.fields[last.fields.length - 1]));
        }
        boolean more = found.scoreDocs.length > limit && last != null;
        return new SearchPage(ids, matches.count(), more && last != null ? position(last) : null);
    }

    private Query query(KindSearcher searcher, MatchesKey key, Matches matches, Sort sort)
            throws IOException {
        if (sort.needsScores()) {
            return weighed(searcher, key, matches);
        }
        return key.words().isEmpty() && key.filters().isEmpty() && key.reach().isEmpty()
                ? new MatchAllDocsQuery()
                : matches;
    }

    /** What gives the matches their weight; it need not find again what is found already. */
    private Query weighed(KindSearcher searcher, MatchesKey key, Matches matches)
            throws IOException {
        Words words = words(searcher, key.words());
        Query query = words.forgiving() ? words.query() : queries.weighed(key.words(), matches);
        if (key.equals(words(key.words()))) {
            return query;
        }
        return new BooleanQuery.Builder().add(query, Occur.MUST).add(matches, Occur.FILTER).build();
    }

    private static Sort sort(KindSearcher searcher, MatchesKey key, Slice slice)
            throws IOException {
        String field = slice.sort();
        boolean down = slice.descending();
        if (field == null) {
            return key.words().isEmpty() ? new Sort(BY_ID) : new Sort(SortField.FIELD_SCORE, BY_ID);
        }
        SortField id = new SortField(DocumentMaker.ID, SortField.Type.STRING, down);
        return switch (kind(searcher, field)) {
            case NUMBER ->
                    new Sort(
                            DoubleField.newSortField(
                                    DocumentMaker.sortNumber(field),
                                    down,
                                    SortedNumericSelector.Type.MIN,
                                    LEAST),
                            id);
            case TEXT ->
                    new Sort(
                            new SortField(
                                    DocumentMaker.sortText(field), SortField.Type.STRING, down),
                            id);
            case NONE -> new Sort(id);
        };
    }

    private static SortKind kind(KindSearcher searcher, String field) throws IOException {
        return searcher.remembered(
                new SortKey(field),
                () -> {
                    FieldInfos known = FieldInfos.getMergedFieldInfos(searcher.getIndexReader());
                    if (known.fieldInfo(DocumentMaker.sortNumber(field)) != null) {
                        return SortKind.NUMBER;
                    }
                    return known.fieldInfo(DocumentMaker.sortText(field)) != null
                            ? SortKind.TEXT
                            : SortKind.NONE;
                });
    }

    private static @Nullable FieldDoc after(Sort sort, Slice.@Nullable Position position) {
        if (position == null) {
            return null;
        }
        SortField[] fields = sort.getSort();
        @Nullable Object[] values = new Object[fields.length];
        values[fields.length - 1] = new BytesRef(position.id());
        if (fields.length > 1) {
            values[0] = value(fields[0], position.value());
        }
        return new FieldDoc(Integer.MAX_VALUE, Float.NaN, values);
    }

    private static @Nullable Object value(SortField field, @Nullable String value) {
        if (field.getType() == SortField.Type.STRING) {
            return value == null ? null : new BytesRef(value);
        }
        try {
            if (field.getType() == SortField.Type.SCORE) {
                return Float.valueOf(value);
            }
            return Double.valueOf(value);
        } catch (NumberFormatException | NullPointerException e) {
            throw BorderException.cursorInvalid();
        }
    }

    private static Slice.Position position(FieldDoc last) {
        String id = text(last.fields[last.fields.length - 1]);
        Object value = last.fields.length == 1 ? null : last.fields[0];
        return new Slice.Position(value == null ? null : text(value), id);
    }

    private static String text(Object value) {
        return value instanceof BytesRef bytes ? bytes.utf8ToString() : value.toString();
    }

    /** The best of what fits, as it is kept. */
    List<Document> hits(KindSearcher searcher, SearchFilter filter, int limit) throws IOException {
        MatchesKey key = key(filter, null);
        Query query = weighed(searcher, key, matches(searcher, key));
        List<Document> hits = new ArrayList<>();
        for (ScoreDoc hit :
                searcher.search(query, new TopScoreDocCollectorManager(limit, 1)).scoreDocs) {
            hits.add(searcher.storedFields().document(hit.doc));
        }
        return hits;
    }

    /** The identifiers of all that fits, in any order. */
    List<String> ids(KindSearcher searcher, SearchFilter filter) throws IOException {
        Slice everything =
                new Slice(null, false, Math.max(1, searcher.getIndexReader().numDocs()), null);
        return page(searcher, filter, everything).ids();
    }
}
