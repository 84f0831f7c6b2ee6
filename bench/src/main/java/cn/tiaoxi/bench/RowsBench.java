package cn.tiaoxi.bench;

import cn.tiaoxi.command.PlatformClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.util.FileSystemUtils;

/**
 * One file of 1,000,000 entries (100,000 with {@code --quick}) into a ledger over HTTP, and the
 * whole list out again as CSV and as JSON lines, with a heap of 1,500 MB. What grows with the
 * entries is the index of duplicates, not the import. Beside each file that comes out, a bare copy
 * of the same file on the same disk.
 */
public final class RowsBench {
    private static final String TYPE = "component";
    private static final int ROWS = 1_000_000;
    private static final int QUICK_ROWS = 100_000;
    private static final int HEAP_MEGABYTES = 1_500;

    private final Path folder;
    private final int rows;
    private final Map<String, Object> figures = new LinkedHashMap<>();

    private RowsBench(Path folder, int rows) {
        this.folder = folder;
        this.rows = rows;
    }

    /** Runs the benchmark; {@code --quick} takes a tenth of the rows. */
    public static void main(String[] arguments) throws Exception {
        if (Runtime.getRuntime().maxMemory() >> 20 > HEAP_MEGABYTES + 100) {
            System.exit(SmallHeap.run(RowsBench.class, HEAP_MEGABYTES, arguments));
        }
        boolean quick = List.of(arguments).contains("--quick");
        Path folder = Files.createTempDirectory("tiaoxi-rows-");
        try {
            new RowsBench(folder, quick ? QUICK_ROWS : ROWS).run();
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private void run() throws Exception {
        try (HeapPeak heap = new HeapPeak();
                BenchPlatform platform = new BenchPlatform(folder, Path.of("city/huzhou"));
                PlatformClient steward = platform.steward()) {
            Path file = platform.entries(TYPE, rows, 7);
            figures.put("rows", rows);
            figures.put("file_mb", Files.size(file) >> 20);
            BenchPlatform.Taken taken = BenchPlatform.bring(steward, TYPE, file);
            figures.put("rows_checked_per_s", perSecond(taken.check()));
            figures.put("rows_in_per_s", perSecond(taken.apply()));
            send(steward, "csv", 1);
            send(steward, "jsonl", 0);
            figures.put("peak_heap_mb", heap.megabytes());
        }
        Figures.print(figures);
    }

    private void send(PlatformClient steward, String format, int headings) throws IOException {
        Path file = folder.resolve("out." + format);
        long from = System.nanoTime();
        steward.download("/ledgers/" + TYPE + "/entries?format=" + format, file);
        long took = System.nanoTime() - from;
        long lines = lines(file);
        if (lines != rows + headings) {
            throw new IllegalStateException(
                    "The %s has %,d lines, not %,d".formatted(format, lines, rows + headings));
        }
        from = System.nanoTime();
        Files.copy(file, folder.resolve("copy." + format));
        long copy = System.nanoTime() - from;
        figures.put("rows_out_" + format + "_per_s", perSecond(took));
        figures.put(
                "out_" + format + "_ratio_to_copy",
                Double.valueOf(String.format(Locale.ROOT, "%.4f", (double) copy / took)));
    }

    /** Lines of a file; the generator writes no line break into a value of this ledger. */
    private static long lines(Path file) throws IOException {
        long lines = 0;
        byte[] part = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(part); read >= 0; read = in.read(part)) {
                for (int i = 0; i < read; i++) {
                    lines += part[i] == '\n' ? 1 : 0;
                }
            }
        }
        return lines;
    }

    private long perSecond(long nanos) {
        return Math.round(rows / (nanos / 1e9));
    }
}
