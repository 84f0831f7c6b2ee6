package cn.tiaoxi.bench;

import cn.tiaoxi.command.PlatformClient;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.ledger.Author;
import cn.tiaoxi.platform.ledger.Entry;
import cn.tiaoxi.platform.ledger.EntryFilter;
import cn.tiaoxi.platform.ledger.EntryLists;
import cn.tiaoxi.platform.ledger.Ledger;
import cn.tiaoxi.platform.ledger.LedgerType;
import cn.tiaoxi.platform.ledger.TypeChanges;
import cn.tiaoxi.platform.search.SearchIndex;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.springframework.util.FileSystemUtils;

/**
 * The ledgers with 1,000,000 entries of four kinds (100,000 with {@code --quick}), on a platform
 * and a PostgreSQL of its own: imported from JSON lines as a person would over HTTP, searched,
 * listed, indexed anew, inspected by changed rules. Beside the import, a bare COPY of the same
 * lines into a table of one JSON column, in turns with it.
 */
public final class LedgerBench {
    private static final List<String> TYPES =
            List.of("application", "component", "cloud-resource", "device");
    private static final int ENTRIES = 1_000_000;
    private static final int QUICK_ENTRIES = 100_000;
    private static final int HEAP_MEGABYTES = 1_500;
    private static final int USERS = 20;
    private static final int PAGE = 50;
    private static final int FAR_PAGE = 10_000;
    private static final int MOST_SECONDS_TO_REST = 300;
    private static final List<String> TYPED =
            List.of("养老", "企业登记 审批", "水资源监测", "paiwu", "dlys", "婚姻登记查询系统", "电梯", "科技 平台");

    private final Path folder;
    private final int each;
    private final Map<String, Object> figures = new LinkedHashMap<>();

    private LedgerBench(Path folder, int entries) {
        this.folder = folder;
        this.each = entries / TYPES.size();
    }

    /** Runs the benchmark; {@code --quick} takes a tenth of the entries. */
    public static void main(String[] arguments) throws Exception {
        if (Runtime.getRuntime().maxMemory() >> 20 > HEAP_MEGABYTES + 100) {
            System.exit(SmallHeap.run(LedgerBench.class, HEAP_MEGABYTES, arguments));
        }
        boolean quick = List.of(arguments).contains("--quick");
        Path folder = Files.createTempDirectory("tiaoxi-ledger-");
        try {
            new LedgerBench(folder, quick ? QUICK_ENTRIES : ENTRIES).run();
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private void run() throws Exception {
        try (HeapPeak heap = new HeapPeak();
                BenchPlatform platform = new BenchPlatform(folder, Path.of("city/huzhou"))) {
            imports(platform);
            awaitQuiet();
            searches(platform.bean(EntryLists.class), platform.bean(Ledger.class));
            lists(platform.bean(EntryLists.class));
            rebuild(platform.bean(SearchIndex.class));
            awaitQuiet();
            rates(platform.bean(TypeChanges.class));
            figures.put("peak_heap_mb", heap.megabytes());
        }
        Figures.print(figures);
    }

    private void imports(BenchPlatform platform) throws Exception {
        DataSource database = platform.bean(DataSource.class);
        long importNanos = 0;
        long checkNanos = 0;
        List<Double> ratios = new ArrayList<>();
        try (PlatformClient steward = platform.steward()) {
            warmUp(platform, steward);
            for (String type : TYPES) {
                Path file = platform.entries(type, each, 7);
                long copied = copy(database, file);
                BenchPlatform.Taken taken = BenchPlatform.bring(steward, type, file);
                checkNanos += taken.check();
                long applied = taken.apply();
                importNanos += applied;
                ratios.add((double) copied / applied);
                System.out.printf(
                        Locale.ROOT,
                        "%-16s %,d entries in %.1f s; bare COPY of the same lines %.1f s%n",
                        type,
                        each,
                        applied / 1e9,
                        copied / 1e9);
            }
        }
        double count = (double) each * TYPES.size();
        figures.put("entries", (long) count);
        figures.put("import_per_s", Math.round(count / (importNanos / 1e9)));
        figures.put("check_per_s", Math.round(count / (checkNanos / 1e9)));
        figures.put(
                "import_ratio_to_copy",
                Figures.round(ratios.stream().mapToDouble(d -> d).average().orElseThrow(), 3));
    }

    /** A small import first, so that the JVM has compiled what it runs. */
    private void warmUp(BenchPlatform platform, PlatformClient steward) throws IOException {
        for (int round = 0; round < 3; round++) {
            String type = TYPES.get(round % TYPES.size());
            BenchPlatform.bring(steward, type, platform.entries(type, 10_000, 100 + round));
        }
    }

    /**
     * The same lines by COPY into a table of a number and a JSON column. The generator writes no
     * backslash, so a line of JSON is a line of COPY.
     */
    private static long copy(DataSource source, Path file) throws SQLException, IOException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(true);
            statement.execute("DROP TABLE IF EXISTS bare_copy");
            statement.execute("CREATE TABLE bare_copy (id bigserial PRIMARY KEY, body jsonb)");
            long from = System.nanoTime();
            try (InputStream lines = Files.newInputStream(file)) {
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn("COPY bare_copy (body) FROM STDIN", lines);
            }
            long took = System.nanoTime() - from;
            statement.execute("DROP TABLE bare_copy");
            return took;
        }
    }

    /** Waits until what follows an import in the background is done: pairs, checklists, merges. */
    private static void awaitQuiet() {
        ProcessHandle self = ProcessHandle.current();
        Duration before = self.info().totalCpuDuration().orElse(Duration.ZERO);
        for (int second = 0; second < MOST_SECONDS_TO_REST; second += 2) {
            LockSupport.parkNanos(2_000_000_000L);
            Duration now = self.info().totalCpuDuration().orElse(Duration.ZERO);
            if (now.minus(before).toMillis() < 200) {
                return;
            }
            before = now;
        }
    }

    /** What people ask again and again, then what nobody asked before. */
    private void searches(EntryLists lists, Ledger ledger) throws Exception {
        ask(lists, ledger, 20, n -> TYPED.get(n % TYPED.size()));
        List<Long> usual = ask(lists, ledger, 100, n -> TYPED.get(n % TYPED.size()));
        figures.put("search_p50_ms", Figures.quantile(usual, 0.50));
        figures.put("search_p99_ms", Figures.quantile(usual, 0.99));
        List<Long> first = ask(lists, ledger, 50, EntryGenerator::typed);
        figures.put("search_first_p50_ms", Figures.quantile(first, 0.50));
        figures.put("search_first_p99_ms", Figures.quantile(first, 0.99));
    }

    private static List<Long> ask(
            EntryLists lists, Ledger ledger, int rounds, IntFunction<String> typed)
            throws Exception {
        List<Long> taken = new ArrayList<>();
        try (ExecutorService users = Executors.newFixedThreadPool(USERS)) {
            List<Callable<List<Long>>> work = new ArrayList<>();
            for (int user = 0; user < USERS; user++) {
                int first = user;
                work.add(() -> search(lists, ledger, first, rounds, typed));
            }
            for (Future<List<Long>> each : users.invokeAll(work)) {
                taken.addAll(each.get());
            }
        }
        return taken;
    }

    private static List<Long> search(
            EntryLists lists, Ledger ledger, int user, int rounds, IntFunction<String> texts) {
        List<Long> taken = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            String type = TYPES.get((user + i) % TYPES.size());
            List<String> facets =
                    ledger.type(type).fields().stream()
                            .filter(LedgerType.Field::filtered)
                            .map(LedgerType.Field::id)
                            .toList();
            String typed = texts.apply(user * 997 + i);
            EntryFilter filter = EntryFilter.all(type);
            long from = System.nanoTime();
            lists.page(filter, typed, new Slice(null, false, 20, null));
            lists.facets(filter, typed, facets);
            taken.add(System.nanoTime() - from);
        }
        return taken;
    }

    private void lists(EntryLists lists) {
        List<Long> near = new ArrayList<>();
        List<Long> far = new ArrayList<>();
        String type = TYPES.getFirst();
        Slice.@Nullable Position position = farAway(lists, type);
        for (int i = 0; i < 300; i++) {
            Slice.@Nullable Position after = i % 2 == 0 ? null : position;
            long from = System.nanoTime();
            lists.page(EntryFilter.all(type), "", new Slice("updated", true, PAGE, after));
            (i % 2 == 0 ? near : far).add(System.nanoTime() - from);
        }
        figures.put("list_first_p99_ms", Figures.quantile(near, 0.99));
        figures.put(
                "list_p99_ms", Math.max(Figures.quantile(near, 0.99), Figures.quantile(far, 0.99)));
    }

    /** Where page 10,000 begins, or the last page there is. */
    private Slice.@Nullable Position farAway(EntryLists lists, String type) {
        int wanted = Math.min(FAR_PAGE * PAGE, each - PAGE);
        Slice slice = new Slice("updated", true, 5_000, null);
        for (int seen = 0; seen + 5_000 < wanted; seen += 5_000) {
            Page<Entry> page = lists.page(EntryFilter.all(type), "", slice);
            slice = slice.behind(page);
        }
        return slice.after();
    }

    private void rebuild(SearchIndex search) {
        long from = System.nanoTime();
        TYPES.forEach(t -> search.rebuild("ledger-" + t));
        figures.put("rebuild_s", Figures.round((System.nanoTime() - from) / 1e9, 1));
    }

    /** Changes a rule of every kind that breaks some entries, and waits until all are inspected. */
    private void rates(TypeChanges types) {
        long from = System.nanoTime();
        for (String type : TYPES) {
            int current = types.current(type);
            String yaml =
                    types.version(type, current)
                            .yaml()
                            .replaceFirst(
                                    "(?m)^rules:\\n",
                                    """
                                    rules:
                                      - id: benchmark-title
                                        name: {zh: 名称, en: Title}
                                        description: {zh: 名称, en: Title}
                                        expression: "!entry.title.contains('平台')"
                                        detail: {message: {zh: 名称, en: Title}, mend: {zh: 名称, en: Title}}
                                    """);
            types.activate(type, yaml, current, Author.SYSTEM, "benchmark");
        }
        while (TYPES.stream().anyMatch(t -> !types.versions(t).getFirst().inspected())) {
            LockSupport.parkNanos(20_000_000);
        }
        figures.put("rate_all_s", Figures.round((System.nanoTime() - from) / 1e9, 1));
    }
}
