package cn.tiaoxi.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes tables as a city's departments keep them: residents, firms, divisions. Nobody real is in
 * them. The same seed gives the same bytes; faults are planted on purpose and counted exactly.
 */
public final class RegistryGenerator {
    /** Which table. */
    public enum Kind {
        /** People with valid identity numbers (GB 11643). */
        RESIDENTS,
        /** Companies and single traders with valid credit codes (GB 32100). */
        FIRMS,
        /** Towns and sub-districts, where no real table of them is at hand; without faults. */
        DIVISIONS
    }

    /**
     * What was written.
     *
     * @param rows rows without the header, planted ones included
     * @param planted how many rows carry each fault
     */
    public record Report(Path file, int rows, Map<Fault, Integer> planted) {
        public Report {
            planted = Collections.unmodifiableMap(new LinkedHashMap<>(planted));
        }

        /** Rows that cannot be loaded where the date columns are typed as dates. */
        public int unloadable() {
            return planted.getOrDefault(Fault.SHIFTED, 0)
                    + planted.getOrDefault(Fault.IMPOSSIBLE_DATE, 0)
                    + planted.getOrDefault(Fault.RAGGED, 0);
        }
    }

    private final long seed;
    private final Places places;

    /**
     * Prepares a generator.
     *
     * @param seed decides every value
     * @param places folder with {@code streets.csv}; null or without it: a short list built in
     */
    public RegistryGenerator(long seed, @Nullable Path places) throws IOException {
        this.seed = seed;
        this.places = Places.of(places);
    }

    /**
     * Writes one table.
     *
     * @param rows how many rows; ignored for divisions, which are as many as there are
     * @param format csv, gb18030, jsonl or xlsx
     */
    public Report write(Kind kind, int rows, String format, Path file) throws IOException {
        RowSink.Format parsed = RowSink.Format.named(format);
        return switch (kind) {
            case RESIDENTS -> write(new Residents(places), rows, parsed, file);
            case FIRMS -> write(new Firms(places), rows, parsed, file);
            case DIVISIONS -> divisions(parsed, file);
        };
    }

    private Report write(Table table, int rows, RowSink.Format format, Path file)
            throws IOException {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        FaultyRows source = new FaultyRows(table, rows, random);
        try (RowSink sink = RowSink.open(format, file, table.columns())) {
            for (int i = 0; i < rows; i++) {
                sink.write(source.row(i));
            }
        }
        return new Report(file, rows, source.counts());
    }

    private Report divisions(RowSink.Format format, Path file) throws IOException {
        List<String> columns = List.of("code", "name", "areaCode", "provinceCode", "cityCode");
        try (RowSink sink = RowSink.open(format, file, columns)) {
            for (Places.Town town : places.towns()) {
                sink.write(
                        new String[] {town.code(), town.name(), town.countyCode(), "33", "3305"});
            }
        }
        return new Report(file, places.towns().size(), Map.of());
    }

    /**
     * Writes one table and prints what was planted.
     *
     * <p>Arguments: residents, firms or divisions; FILE; then optionally the number of rows, the
     * format, the seed and the folder of places.
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 2) {
            System.err.println(
                    "Usage: residents|firms|divisions FILE [ROWS [csv|gb18030|jsonl|xlsx [SEED [PLACES]]]]");
            System.exit(2);
        }
        Kind kind = Kind.valueOf(arguments[0].toUpperCase(Locale.ROOT));
        int rows = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 10_000;
        String format = arguments.length > 3 ? arguments[3] : "csv";
        long seed = arguments.length > 4 ? Long.parseLong(arguments[4]) : 1;
        Path places = arguments.length > 5 ? Path.of(arguments[5]) : null;
        Report report =
                new RegistryGenerator(seed, places)
                        .write(kind, rows, format, Path.of(arguments[1]));
        System.out.println(report.rows() + " rows in " + report.file());
        report.planted().forEach((fault, count) -> System.out.println(fault + " " + count));
    }
}
