package cn.tiaoxi.bench;

import cn.tiaoxi.lake.LakeColumn;
import cn.tiaoxi.lake.source.ProbeResult;
import cn.tiaoxi.lake.source.ReadOptions;
import cn.tiaoxi.lake.source.SourceProbe;
import cn.tiaoxi.lake.table.LakeSettings;
import cn.tiaoxi.lake.table.LakeTables;
import cn.tiaoxi.lake.table.LoadColumn;
import cn.tiaoxi.lake.table.LoadListener;
import cn.tiaoxi.lake.table.LoadMode;
import cn.tiaoxi.lake.table.LoadPlan;
import cn.tiaoxi.lake.table.LoadResult;
import cn.tiaoxi.lake.table.TableLoader;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Loads a file of 5 million rows and 12 columns (500,000 with {@code --quick}) into an Iceberg
 * table: probe, checks, Parquet files, commit in PostgreSQL. Beside it, in turns, DuckDB's own
 * {@code COPY (FROM read_csv) TO} Parquet of the same file with the columns' types given, and its
 * {@code CREATE TABLE AS FROM read_csv} with types detected.
 */
public final class UploadBench {
    private static final int ROWS = 5_000_000;
    private static final int QUICK_ROWS = 500_000;

    /** Loads before the measured ones, so that the JVM has compiled what it runs. */
    private static final int QUICK_WARM_UPS = 4;

    private static final int HEAP_MEGABYTES = 500;

    private static final String DUCKDB_COLUMNS =
            "{'a': 'BIGINT', 'b': 'VARCHAR', 'c': 'VARCHAR', 'd': 'VARCHAR', "
                    + "'e': 'VARCHAR', 'f': 'VARCHAR', 'g': 'DECIMAL(18,2)', 'h': 'DECIMAL(18,2)', 'i': 'DATE', "
                    + "'j': 'TIMESTAMP', 'k': 'BOOLEAN', 'l': 'VARCHAR'}";

    private final Path folder;
    private final Path file;
    private final int rows;
    private long peakHeap;

    private UploadBench(Path folder, int rows) {
        this.folder = folder;
        this.file = folder.resolve("registry.csv");
        this.rows = rows;
    }

    /** Runs the benchmark; {@code --quick} takes a tenth of the rows. */
    public static void main(String[] arguments) throws Exception {
        if (Runtime.getRuntime().maxMemory() >> 20 > HEAP_MEGABYTES + 100) {
            System.exit(SmallHeap.run(UploadBench.class, HEAP_MEGABYTES, arguments));
        }
        boolean quick = List.of(arguments).contains("--quick");
        Path folder = Files.createTempDirectory("tiaoxi-upload-");
        try {
            new UploadBench(folder, quick ? QUICK_ROWS : ROWS).run(quick ? 3 : 5);
        } finally {
            delete(folder);
        }
    }

    private void run(int rounds) throws Exception {
        System.out.printf(Locale.ROOT, "Writing %,d rows of 12 columns …%n", rows);
        RegistryFile.write(file, rows);
        System.out.printf(
                Locale.ROOT,
                "File: %,d MB; processors: %d%n",
                Files.size(file) >> 20,
                processors());
        double[] ours = new double[rounds];
        double[] parquet = new double[rounds];
        double[] table = new double[rounds];
        try (EmbeddedPostgres postgres =
                        EmbeddedPostgres.builder().setLocaleConfig("locale", "C.UTF-8").start();
                LakeTables lake =
                        LakeTables.open(postgres.getPostgresDatabase(), LakeSettings.of(folder))) {
            for (int i = 0; i < (rows == ROWS ? 1 : QUICK_WARM_UPS); i++) {
                load(lake);
                duckdbParquet();
            }
            System.out.println("round   tiaoxi s   duckdb parquet s   duckdb table s");
            for (int i = 0; i < rounds; i++) {
                ours[i] = seconds(() -> load(lake));
                parquet[i] = seconds(this::duckdbParquet);
                table[i] = seconds(this::duckdbTable);
                System.out.printf(
                        Locale.ROOT,
                        "%5d %10.2f %18.2f %16.2f%n",
                        i + 1,
                        ours[i],
                        parquet[i],
                        table[i]);
            }
        }
        report(median(ours), median(parquet), median(table));
    }

    private void report(double ours, double parquet, double table) {
        System.out.printf(
                Locale.ROOT,
                "%nmedian%15s%10s%12s%12s%n",
                "seconds",
                "rows/s",
                "ours/theirs",
                "heap MB");
        print("tiaoxi, probe and load", ours, 1, Long.toString(peakHeap));
        print("DuckDB, CSV to Parquet", parquet, ours / parquet, "");
        print("DuckDB, CSV to table", table, ours / table, "");
        System.out.printf(
                Locale.ROOT,
                "{\"rows_per_s\":%d,\"ratio_to_duckdb\":%.2f,\"peak_heap_mb\":%d}%n",
                Math.round(rows / ours),
                ours / parquet,
                peakHeap);
    }

    private void print(String name, double seconds, double ratio, String heapMegabytes) {
        System.out.printf(
                Locale.ROOT,
                "%-24s %6.2f %,9d %11.2f %11s%n",
                name,
                seconds,
                Math.round(rows / seconds),
                ratio,
                heapMegabytes);
    }

    private void load(LakeTables lake) {
        try (HeapPeak heap = new HeapPeak()) {
            loadOnce(lake);
            peakHeap = Math.max(peakHeap, heap.megabytes());
        }
    }

    private void loadOnce(LakeTables lake) {
        ProbeResult probe = SourceProbe.probe(file, "registry.csv", ReadOptions.NONE);
        List<LoadColumn> columns = new ArrayList<>();
        probe.columns()
                .forEach(
                        column ->
                                columns.add(
                                        new LoadColumn(
                                                column.index(),
                                                new LakeColumn(
                                                        column.name(),
                                                        column.label(),
                                                        column.type()))));
        LoadPlan plan =
                new LoadPlan(
                        probe.layout(),
                        columns,
                        "registry",
                        LoadMode.REPLACE,
                        ZoneId.of("Asia/Shanghai"),
                        folder.resolve("rejects.csv"),
                        Locale.ENGLISH,
                        "bench");
        lake.drop("registry");
        LoadResult result = new TableLoader(lake).load(file, plan, LoadListener.NONE);
        if (result.rows() != rows || result.rejected() != 0) {
            throw new IllegalStateException("wrong result: " + result);
        }
    }

    private void duckdbParquet() throws SQLException {
        duckdb(
                "COPY (FROM read_csv('"
                        + file
                        + "', header = true, columns = "
                        + DUCKDB_COLUMNS
                        + ")) TO '"
                        + folder.resolve("duckdb.parquet")
                        + "' (FORMAT parquet)");
    }

    private void duckdbTable() throws SQLException {
        duckdb("CREATE TABLE registry AS FROM read_csv('" + file + "')");
    }

    private static void duckdb(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Something that may fail. */
    private interface Step {
        void run() throws SQLException;
    }

    private static double seconds(Step step) throws SQLException {
        long start = System.nanoTime();
        step.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    private static void delete(Path folder) throws IOException {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(folder)) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.deleteIfExists(path);
        }
    }
}
