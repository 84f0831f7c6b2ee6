package cn.tiaoxi.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The trace log beside the limits of the machine, in rounds of all rows in turn: {@code ./tiaoxi
 * bench trace [--quick] [--only=ROW,…] [--records=N] [--bytes=N] [--rounds=N]}. Needs a folder on a
 * real disk ({@code java.io.tmpdir}) with room for about four times the bytes of all records.
 */
public final class TraceBench {
    private static final int RECORDS = 2_500_000;
    private static final int QUICK_RECORDS = 400_000;
    private static final int BYTES = 300;

    /** One row: does its work in a folder of its own and puts down what it measured. */
    interface Row {
        void run(Path folder, Sample sample) throws IOException, InterruptedException;
    }

    /** What one run of a row measured, by name. */
    static final class Sample {
        private final Map<String, Double> figures = new LinkedHashMap<>();

        /** {@code count} records in a time, and the CPU that this process used for them. */
        void rate(long count, long nanos, long cpuNanos) {
            put("per_s", count / (nanos / 1e9));
            put("cpu_s_per_million", cpuNanos / 1e3 / count);
        }

        void put(String name, double value) {
            figures.put(name, value);
        }
    }

    private final Map<String, Row> rows = new LinkedHashMap<>();
    private final Map<String, List<Sample>> samples = new LinkedHashMap<>();

    private TraceBench() {}

    /** Runs the benchmark. */
    public static void main(String[] arguments) throws Exception {
        List<String> options = List.of(arguments);
        boolean quick = options.contains("--quick");
        int records = Integer.parseInt(option(options, "records", quick ? QUICK_RECORDS : RECORDS));
        int bytes = Integer.parseInt(option(options, "bytes", BYTES));
        String only = option(options, "only", "");
        TraceBench bench = new TraceBench();
        TraceLimits limits = new TraceLimits(records, bytes);
        TraceLoad load = new TraceLoad(records, bytes, quick);
        bench.rows.put("disk", limits::disk);
        bench.rows.put("hash", (folder, sample) -> limits.hash(1, sample));
        bench.rows.put("hash_all", (folder, sample) -> limits.hash(TraceLimits.CORES, sample));
        bench.rows.put("tree_hash_all", (folder, sample) -> limits.treeHash(sample));
        bench.rows.put("append_waiting", load::appendWaiting);
        bench.rows.put("append_1", (folder, sample) -> load.append(1, folder, sample));
        bench.rows.put("append_16", (folder, sample) -> load.append(16, folder, sample));
        bench.rows.put("append_256", (folder, sample) -> load.append(256, folder, sample));
        bench.rows.put("commit", load::commits);
        bench.rows.put("verify", load::verify);
        if (!only.isEmpty()) {
            bench.rows.keySet().retainAll(Set.of(only.split(",")));
        }
        System.out.printf(
                Locale.ROOT,
                "%,d records of %d bytes, %d cores%n",
                records,
                bytes,
                TraceLimits.CORES);
        bench.go(Integer.parseInt(option(options, "rounds", 4)));
        bench.report(
                bytes,
                only.isEmpty()
                        ? LeakBench.run(quick ? LeakBench.QUICK_DELIVERIES : LeakBench.DELIVERIES)
                        : Map.of());
    }

    private static String option(List<String> options, String name, Object otherwise) {
        String start = "--" + name + "=";
        return options.stream()
                .filter(option -> option.startsWith(start))
                .map(option -> option.substring(start.length()))
                .findFirst()
                .orElse(otherwise.toString());
    }

    /**
     * The first round warms up and does not count. Nothing is deleted before the end, because ext4
     * searches long for a free inode after many files were deleted.
     */
    private void go(int rounds) throws IOException, InterruptedException {
        Path root = Files.createTempDirectory("tiaoxi-bench-trace");
        try {
            for (int round = 0; round < rounds; round++) {
                for (var row : rows.entrySet()) {
                    Sample sample = new Sample();
                    row.getValue().run(Files.createDirectories(root.resolve("" + round)), sample);
                    if (round > 0) {
                        samples.computeIfAbsent(row.getKey(), k -> new ArrayList<>()).add(sample);
                    }
                }
            }
        } finally {
            delete(root);
        }
    }

    static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    /** CPU time of this process in nanoseconds. */
    static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean)
                        ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private double median(String row, String figure) {
        double[] sorted =
                samples.getOrDefault(row, List.of()).stream()
                        .mapToDouble(sample -> sample.figures.getOrDefault(figure, Double.NaN))
                        .sorted()
                        .toArray();
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }

    private void report(int bytes, Map<String, Double> asked) {
        samples.forEach(
                (row, measured) -> {
                    System.out.printf("%-16s", row);
                    for (String figure : measured.getFirst().figures.keySet()) {
                        double[] all =
                                measured.stream()
                                        .mapToDouble(s -> s.figures.get(figure))
                                        .sorted()
                                        .toArray();
                        System.out.printf(
                                Locale.ROOT,
                                "  %s %,.3f (%,.3f to %,.3f)",
                                figure,
                                median(row, figure),
                                all[0],
                                Arrays.stream(all).max().orElseThrow());
                    }
                    System.out.println();
                });
        double disk = median("disk", "per_s");
        double hash = median("hash", "per_s");
        double append = median("append_256", "per_s");
        double verified = median("verify", "per_s");
        Map<String, Object> figures = new LinkedHashMap<>();
        put(figures, "records_per_s", append, 0);
        put(figures, "durable_per_s", median("append_256", "durable_per_s"), 0);
        put(figures, "ratio_to_hash", append / hash, 3);
        put(figures, "ratio_to_disk", append / disk, 3);
        put(figures, "ratio_to_limit", Math.max(append / hash, append / disk), 3);
        put(figures, "append_cpu_s_per_million", median("append_256", "cpu_s_per_million"), 3);
        put(figures, "disk_mb_per_s", disk * bytes / 1e6, 0);
        put(figures, "hash_mb_per_s", hash * bytes / 1e6, 0);
        put(figures, "commit_p50_ms", median("commit", "p50_ms"), 3);
        put(figures, "commit_p99_ms", median("commit", "p99_ms"), 3);
        put(figures, "fsync_p99_ms", median("commit", "fsync_p99_ms"), 3);
        put(
                figures,
                "commit_p99_over_fsync",
                median("commit", "p99_ms") / median("commit", "fsync_p99_ms"),
                2);
        put(figures, "verify_per_s", verified, 0);
        put(figures, "verify_ratio_to_hash", verified / median("hash_all", "per_s"), 3);
        put(figures, "verify_ratio_to_tree_hash", verified / median("tree_hash_all", "per_s"), 3);
        put(figures, "verify_peak_heap_mb", median("verify", "peak_heap_mb"), 0);
        put(figures, "who_received_s", asked.getOrDefault("who_received_s", Double.NaN), 3);
        put(figures, "leak_s", asked.getOrDefault("leak_s", Double.NaN), 2);
        Figures.print(figures);
    }

    private static void put(Map<String, Object> figures, String name, double value, int digits) {
        if (!Double.isNaN(value)) {
            Object shown = digits == 0 ? (Object) Math.round(value) : Figures.round(value, digits);
            figures.put(name, shown);
        }
    }
}
