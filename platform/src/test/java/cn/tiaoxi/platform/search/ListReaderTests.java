package cn.tiaoxi.platform.search;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.platform.border.Slice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random indexes of several segments with deleted documents, compared with plain ways to ask. */
class ListReaderTests {
    private static final String[] WORDS = {
        "养老", "登记", "企业", "婚姻", "审批", "水资源", "监测", "查询", "系统", "平台", "电梯", "gb11643", "api"
    };

    private final SearchQuery queries = new SearchQuery(new SearchWords());
    private final ListReader reader = new ListReader(queries);
    private final Map<String, SearchDocument> things = new HashMap<>();

    @TempDir private Path folder;

    private static String words(Random random, int most) {
        return Stream.generate(() -> WORDS[random.nextInt(WORDS.length)])
                .limit(1 + random.nextInt(most))
                .collect(Collectors.joining());
    }

    private static SearchDocument thing(Random random, int number) {
        List<String> tags =
                random.ints(random.nextInt(4), 0, 6).distinct().mapToObj(i -> "tag" + i).toList();
        return new SearchDocument(
                "id-" + number,
                words(random, 5) + number,
                "T" + number,
                words(random, 6),
                List.of("T" + number),
                "/things/" + number,
                "organisation-" + random.nextInt(3),
                Map.of("state", List.of(random.nextBoolean() ? "LIVE" : "PLANNED"), "tag", tags),
                Map.of("size", random.nextInt(9)),
                1);
    }

    private void fill(Random random, Generation generation) throws IOException {
        for (int i = 0; i < 600; i++) {
            SearchDocument thing = thing(random, random.nextInt(400));
            things.put(thing.id(), thing);
            generation.put(thing);
            if (random.nextInt(20) == 0) {
                String gone = "id-" + random.nextInt(400);
                things.remove(gone);
                generation.remove(gone);
            }
            if (random.nextInt(100) == 0) {
                generation.refresh();
            }
        }
        generation.refresh();
    }

    private static String typed(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> "";
            case 1 -> "dengji";
            case 2 -> "T" + random.nextInt(40);
            case 3 -> words(random, 2) + " " + words(random, 1);
            default -> words(random, 4);
        };
    }

    private static SearchFilter filter(Random random, String typed) {
        return new SearchFilter(
                "thing",
                typed,
                random.nextInt(3) == 0 ? Map.of("tag", Set.of("tag1", "tag2")) : Map.of(),
                random.nextInt(3) == 0 ? Set.of("organisation-0", "organisation-1") : Set.of());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void pagesAndCountsAreThoseOfPlainQueries(long seed) throws IOException {
        Random random = new Random(seed);
        try (Generation generation = Generation.open(folder)) {
            fill(random, generation);
            KindSearcher searcher = generation.acquire();
            for (int round = 0; round < 60; round++) {
                String typed = typed(random);
                SearchFilter filter = filter(random, typed);
                List<String> expected = plain(searcher, filter);
                for (int again = 0; again < 2; again++) {
                    assertThat(paged(searcher, filter)).as(filter.toString()).isEqualTo(expected);
                    assertThat(reader.facets(searcher, filter, List.of("state")).get("state"))
                            .as(filter.toString())
                            .isEqualTo(counts(expected, d -> d.filters().get("state")));
                    assertThat(reader.facets(searcher, without(filter), List.of("tag")).get("tag"))
                            .isEqualTo(
                                    counts(
                                            plain(searcher, without(filter)),
                                            d -> d.filters().get("tag")));
                }
            }
            generation.release(searcher);
        }
    }

    private static SearchFilter without(SearchFilter filter) {
        return new SearchFilter(filter.kind(), filter.words(), Map.of(), filter.reach());
    }

    private List<String> paged(KindSearcher searcher, SearchFilter filter) throws IOException {
        List<String> ids = new ArrayList<>();
        Slice.@Nullable Position after = null;
        do {
            SearchPage page = reader.page(searcher, filter, new Slice(null, false, 37, after));
            ids.addAll(page.ids());
            after = page.next();
        } while (after != null);
        return ids;
    }

    /** The order of the query alone, and of it what passes the filters one by one. */
    private List<String> plain(KindSearcher searcher, SearchFilter filter) throws IOException {
        List<String> ids = new ArrayList<>();
        if (filter.words().isEmpty()) {
            things.keySet().stream().sorted().forEach(ids::add);
        } else {
            Query query = queries.exact(filter.words());
            if (searcher.count(query) == 0) {
                query = queries.forgiving(filter.words(), new Slips(searcher.getIndexReader()));
            }
            Sort sort =
                    new Sort(
                            SortField.FIELD_SCORE,
                            new SortField(DocumentMaker.ID, SortField.Type.STRING));
            for (ScoreDoc hit : searcher.search(query, 10_000, sort).scoreDocs) {
                ids.add(searcher.storedFields().document(hit.doc).get(DocumentMaker.ID));
            }
        }
        return ids.stream().filter(id -> passes(things.get(id), filter)).toList();
    }

    private static boolean passes(@Nullable SearchDocument thing, SearchFilter filter) {
        if (thing == null) {
            return false;
        }
        boolean reached = filter.reach().isEmpty() || filter.reach().contains(thing.organisation());
        Set<String> tags = filter.filters().getOrDefault("tag", Set.of());
        return reached
                && (tags.isEmpty() || thing.filters().get("tag").stream().anyMatch(tags::contains));
    }

    private Map<String, Long> counts(
            List<String> ids, Function<SearchDocument, List<String>> values) {
        Map<String, Long> counts = new LinkedHashMap<>();
        ids.forEach(
                id -> values.apply(things.get(id)).forEach(v -> counts.merge(v, 1L, Long::sum)));
        return counts;
    }
}
