package cn.tiaoxi.platform.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.tiaoxi.platform.Waiting;
import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.database.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

class IndexOnDiskTests {
    private static final String KIND = "thing";

    @TempDir private Path folder;

    private final TestSource source = new TestSource();
    private SearchIndex search = started();

    @BeforeEach
    void start() {
        for (int i = 0; i < 100; i++) {
            source.put(thing(i, "不动产登记系统" + i, 1));
        }
        search = started();
    }

    @AfterEach
    void stop() throws IOException {
        search.close();
    }

    private SearchIndex started() {
        SearchIndex index =
                new SearchIndex(
                        new StaticListableBeanFactory().getBeanProvider(SearchSource.class),
                        new DataFolder(folder == null ? Path.of("target/unused") : folder),
                        Clock.systemUTC());
        if (folder != null) {
            index.offer(source);
            index.start();
        }
        return index;
    }

    private static SearchDocument thing(int number, String title, long revision) {
        return new SearchDocument(
                "id-" + number,
                title,
                "",
                "受理房屋和土地的登记",
                List.of("T" + number),
                "/things/" + number,
                number % 10 == 0 ? null : "organisation-" + number % 2,
                Map.of(
                        "state",
                        List.of(number % 4 == 0 ? "LIVE" : "PLANNED"),
                        "tag",
                        number % 5 == 0 ? List.of("a", "b") : List.of("b")),
                Map.of("title", title, "size", number % 7),
                revision);
    }

    private static Slice slice(
            @Nullable String sort, boolean down, int limit, Slice.@Nullable Position after) {
        return new Slice(sort, down, limit, after);
    }

    private long total() {
        return search.page(SearchFilter.all(KIND), slice(null, false, 1, null)).total();
    }

    private KindIndex index() {
        return search.indexes(KIND).iterator().next();
    }

    private void reopen() throws IOException {
        search.close();
        search = started();
    }

    @Test
    void aRestartKeepsTheIndexAndCatchesUp() throws IOException {
        assertThat(total()).isEqualTo(100);
        Path before = generation().folder();
        search.close();
        source.put(thing(100, "渔业养殖证", 1));
        source.put(thing(3, "船舶证书", 2));
        source.remove("id-4");
        search = started();

        Waiting.until("catching up", () -> search.ids(KIND, "渔业"), List.of("id-100")::equals);
        Waiting.until("catching up", () -> search.ids(KIND, "船舶"), List.of("id-3")::equals);
        Waiting.until("catching up", this::total, n -> n == 100);
        assertThat(generation().folder()).isEqualTo(before);
    }

    private Generation generation() {
        Generation generation = index().generation();
        assertThat(generation).isNotNull();
        return java.util.Objects.requireNonNull(generation);
    }

    @ParameterizedTest
    @ValueSource(strings = {"segments", ".cf", ".si"})
    void aDamagedFolderIsBuiltAnew(String part) throws IOException {
        assertThat(total()).isEqualTo(100);
        Path place = generation().folder();
        search.close();
        try (Stream<Path> files = Files.list(place)) {
            for (Path file : files.filter(f -> f.toString().contains(part)).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                bytes[bytes.length / 2] ^= 0x55;
                Files.write(file, bytes);
            }
        }
        search = started();
        Waiting.until("a sound index", this::total, n -> n == 100);
        Waiting.until("everything", () -> search.ids(KIND, "不动产").size(), n -> n == 100);
    }

    @Test
    void aHalfBuiltIndexDoesNotCount() throws IOException {
        assertThat(total()).isEqualTo(100);
        Path place = generation().folder();
        search.close();
        Generation.open(place.resolveSibling("7")).close();
        search = started();
        assertThat(total()).isEqualTo(100);
        assertThat(place.resolveSibling("7")).doesNotExist();
    }

    @Test
    void driftIsFoundAndMended() throws IOException {
        assertThat(total()).isEqualTo(100);
        source.put(thing(200, "渔业养殖证", 1));
        source.put(thing(5, "船舶证书", 2));
        source.remove("id-6");

        Drift drift = index().compare();

        assertThat(drift.compared()).isEqualTo(100);
        assertThat(List.of(drift.missing(), drift.outdated(), drift.surplus()))
                .containsExactly(1L, 1L, 1L);
        assertThat(search.ids(KIND, "渔业")).containsExactly("id-200");
        assertThat(search.ids(KIND, "船舶")).containsExactly("id-5");
        assertThat(search.ids(KIND, "T6")).doesNotContain("id-6");
        assertThat(index().compare().found()).isZero();
    }

    @Test
    void aFreshIndexTakesThePlaceOfTheOneBeforeWithWhatChangedMeanwhile() throws IOException {
        assertThat(total()).isEqualTo(100);
        Path before = generation().folder();
        search.rebuild(KIND);
        assertThat(generation().folder()).isNotEqualTo(before);
        assertThat(before).doesNotExist();
        assertThat(total()).isEqualTo(100);
        reopen();
        assertThat(total()).isEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "title", "-title", "size", "-size", "nothing"})
    void pagesGiveEverythingOnceInOrder(String sort) {
        for (String words : List.of("", "登记")) {
            SearchFilter filter = new SearchFilter(KIND, words, Map.of(), Set.of());
            List<String> seen = new ArrayList<>();
            Slice.Position after = null;
            do {
                boolean down = sort.startsWith("-");
                String field = sort.isEmpty() ? null : sort.replace("-", "");
                SearchPage page = search.page(filter, slice(field, down, 7, after));
                assertThat(page.total()).isEqualTo(100);
                seen.addAll(page.ids());
                after = page.next();
            } while (after != null);
            assertThat(seen).hasSize(100).doesNotHaveDuplicates();
        }
    }

    @Test
    void aListIsSortedByNumbersAndTextsWithWhatIsMissingAsTheLeast() {
        source.put(new SearchDocument("bare", "没有", "", "", List.of(), "/", null));
        search.update(KIND, List.of("bare"));
        SearchFilter all = SearchFilter.all(KIND);
        assertThat(search.page(all, slice("size", false, 2, null)).ids())
                .containsExactly("bare", "id-0");
        assertThat(search.page(all, slice("title", false, 2, null)).ids())
                .containsExactly("bare", "id-0");
        assertThat(search.page(all, slice("size", true, 1, null)).ids()).containsExactly("id-97");
        Slice.Position first = search.page(all, slice("size", false, 1, null)).next();
        assertThat(search.page(all, slice("size", false, 1, first)).ids()).containsExactly("id-0");
    }

    @Test
    void countsLeaveAFieldsOwnFilterOutAndKeepToTheReach() {
        SearchFilter live = new SearchFilter(KIND, "登记", Map.of("state", Set.of("LIVE")), Set.of());
        Map<String, Map<String, Long>> counts = search.facets(live, List.of("state", "tag"));
        assertThat(counts.get("state"))
                .containsExactly(Map.entry("PLANNED", 75L), Map.entry("LIVE", 25L));
        assertThat(counts.get("tag")).containsExactly(Map.entry("b", 25L), Map.entry("a", 5L));

        SearchFilter within = new SearchFilter(KIND, "", Map.of(), Set.of("organisation-1"));
        assertThat(search.page(within, slice(null, false, 1, null)).total()).isEqualTo(60);
        assertThat(search.facets(within, List.of("tag")).get("tag"))
                .containsExactly(Map.entry("b", 60L), Map.entry("a", 20L));
        assertThat(search.facets(within, List.of("unknown")).get("unknown")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "1e999x"})
    void aPositionOfAnotherListIsRefused(String value) {
        Slice.Position wrong = new Slice.Position(value, "id-1");
        assertThatThrownBy(
                        () -> search.page(SearchFilter.all(KIND), slice("size", false, 5, wrong)))
                .isInstanceOf(BorderException.class);
    }

    @Test
    void ofManyChangesAtOnceTheLastStays() {
        assertThat(total()).isEqualTo(100);
        try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
            for (int round = 1; round <= 200; round++) {
                int number = round;
                pool.submit(
                        () -> {
                            synchronized (source) {
                                source.put(thing(1, "第" + number + "版", number));
                            }
                            search.update(KIND, List.of("id-1"));
                        });
            }
        }
        long last = source.find("id-1").orElseThrow().revision();
        assertThat(search.ids(KIND, "第" + last + "版")).contains("id-1");
        assertThat(total()).isEqualTo(100);
    }

    @Test
    void manyChangesDuringABuildAreAllThereAfterIt() throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
            var built = pool.submit(() -> search.rebuild(KIND));
            for (int i = 0; i < 300; i++) {
                source.put(thing(i, "改过的" + i, 2));
                search.update(KIND, List.of("id-" + i));
            }
            built.get();
        }
        assertThat(total()).isEqualTo(300);
        assertThat(index().compare().found()).isZero();
    }

    @Test
    void manyAreReadAnewAtOnce() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 3_000; i++) {
            source.put(thing(i, "批量导入" + i, 2));
            ids.add("id-" + i);
        }
        search.update(KIND, ids);
        assertThat(search.ids(KIND, "批量导入")).hasSize(3_000);
        source.remove("id-17");
        search.update(KIND, ids);
        assertThat(total()).isEqualTo(2_999);
    }

    @Test
    void longTitlesMarkupAndHalvesOfCharactersAreKept() {
        String longest = "很长的名称".repeat(20_000);
        source.put(thing(300, longest, 1));
        source.put(thing(301, "<script>alert('注入')</script>\"&lt;", 1));
        source.put(thing(302, "𠮷野家" + "x".repeat(70_000) + "\uD842", 1));
        search.update(KIND, List.of("id-300", "id-301", "id-302"));
        assertThat(search.ids(KIND, "很长的名称")).contains("id-300");
        assertThat(search.ids(KIND, longest)).contains("id-300");
        assertThat(search.ids(KIND, "注入")).containsExactly("id-301");
        assertThat(search.ids(KIND, "<script>")).isNotNull();
        assertThat(search.ids(KIND, "野家")).containsExactly("id-302");
        assertThat(search.page(SearchFilter.all(KIND), slice("title", true, 200, null)).ids())
                .hasSize(103);
    }

    @Test
    void anUnknownKindIsRefused() {
        assertThatThrownBy(() -> search.ids("nothing", "登记")).isInstanceOf(SearchException.class);
    }
}
