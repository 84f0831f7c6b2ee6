package cn.tiaoxi.platform.investigation;

import cn.tiaoxi.contract.Sha256;
import cn.tiaoxi.contract.Width;
import cn.tiaoxi.lake.source.FileRows;
import cn.tiaoxi.lake.source.SourceLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a leaked file, or of a large one a part that is chosen by chance but always the same:
 * the rows with the smallest hashes. A row that stands there twice counts once.
 *
 * @param columns names in the file
 * @param rows the chosen rows in the file's order
 * @param total rows of the file that can be read
 * @param faulty rows that cannot be read
 */
record LeakSample(List<String> columns, List<Row> rows, long total, long faulty) {
    /** Most rows that are looked at. */
    static final int MOST = 20_000;

    LeakSample {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /**
     * A row.
     *
     * @param line line of the file, spreadsheet row or record
     * @param values in one spelling each, empty where missing
     * @param widths of the texts whose digits have one, by the value
     */
    record Row(long line, List<String> values, Map<String, Width> widths) {
        Row(long line, List<String> values) {
            this(line, values, Map.of());
        }
    }

    private record Ranked(long hash, Row row) {}

    /** Reads a file through. */
    static LeakSample read(Path file, SourceLayout layout, LongConsumer progress) {
        PriorityQueue<Ranked> kept =
                new PriorityQueue<>(Comparator.comparingLong(Ranked::hash).reversed());
        Set<Long> hashes = new HashSet<>();
        long[] total = {0};
        MessageDigest sha256 = Sha256.begin();
        long faulty =
                FileRows.each(
                        file,
                        layout,
                        (line, values) -> {
                            total[0]++;
                            long hash = hash(sha256, values);
                            boolean taken = kept.size() < MOST || hash < kept.element().hash();
                            if (taken && hashes.add(hash)) {
                                kept.add(new Ranked(hash, row(line, values)));
                                if (kept.size() > MOST) {
                                    hashes.remove(kept.remove().hash());
                                }
                            }
                        },
                        progress);
        List<Row> rows = new ArrayList<>(kept.stream().map(Ranked::row).toList());
        rows.sort(Comparator.comparingLong(Row::line));
        return new LeakSample(layout.columns(), rows, total[0], faulty);
    }

    private static Row row(long line, List<@Nullable String> values) {
        Map<String, Width> widths = new HashMap<>(2);
        for (String each : values) {
            if (each != null) {
                Width.of(each).ifPresent(width -> widths.put(ValueText.of(each), width));
            }
        }
        return new Row(line, values.stream().map(ValueText::of).toList(), widths);
    }

    private static long hash(MessageDigest sha256, List<@Nullable String> values) {
        for (String each : values) {
            if (each != null) {
                sha256.update(each.getBytes(StandardCharsets.UTF_8));
            }
            sha256.update((byte) 0);
        }
        byte[] digest = sha256.digest();
        long hash = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            hash = hash << Byte.SIZE | digest[i] & 0xff;
        }
        return hash;
    }
}
