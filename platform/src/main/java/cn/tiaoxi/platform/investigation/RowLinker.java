package cn.tiaoxi.platform.investigation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the subjects of leaked rows whose identifier is missing, masked or altered: by their other
 * values, held against those of the dataset. A value tells the more the rarer it is in the dataset:
 * the base-2 logarithm of the number of rows for each that has it (Fellegi and Sunter 1969, with
 * errors left out). A row is linked if what agrees tells it from all others with room to spare, and
 * no second row comes near. For one thread; the dataset is read twice.
 */
final class RowLinker {
    /** Bits beyond what tells one row of the dataset, because values depend on each other. */
    private static final double ROOM = 8;

    /** Bits by which the best row must be better than the second. */
    private static final double AHEAD = 6;

    /** Values that so many rows of the dataset share confirm a candidate but propose none. */
    private static final int COMMON = 1_000;

    private static final int LONGEST_LIST = 200;

    private final List<LeakSample.Row> rows;

    /** Which values each column of the file has, and in which rows. */
    private final List<Map<String, int[]>> places;

    /** How often each value of the file stands in a column of the dataset: pair, then value. */
    private final Map<Pair, Map<String, Integer>> seen = new HashMap<>();

    private final double[] best;
    private final double[] second;
    private final @Nullable String[] subjects;
    private final List<Pair> pairs = new ArrayList<>();
    private long datasetRows;

    /** A column of the file that holds what a column of the dataset does. */
    private record Pair(int ofFile, int ofDataset) {}

    RowLinker(List<LeakSample.Row> rows, int columns) {
        this.rows = List.copyOf(rows);
        this.places = places(rows, columns);
        this.best = new double[rows.size()];
        this.second = new double[rows.size()];
        this.subjects = new @Nullable String[rows.size()];
    }

    private static List<Map<String, int[]>> places(List<LeakSample.Row> rows, int columns) {
        List<Map<String, int[]>> places = new ArrayList<>();
        for (int c = 0; c < columns; c++) {
            Map<String, int[]> of = new HashMap<>();
            for (int i = 0; i < rows.size(); i++) {
                String value = rows.get(i).values().get(c);
                if (value.length() > 1) {
                    int row = i;
                    of.compute(
                            value,
                            (v, list) -> {
                                if (list == null) {
                                    return new int[] {row};
                                }
                                int[] longer = Arrays.copyOf(list, list.length + 1);
                                longer[list.length] = row;
                                return list.length < LONGEST_LIST ? longer : list;
                            });
                }
            }
            places.add(of);
        }
        return places;
    }

    /** Takes a row of the dataset at the first reading; values in one spelling. */
    void count(String[] values) {
        datasetRows++;
        for (int d = 0; d < values.length; d++) {
            String value = values[d];
            if (value.length() < 2) {
                continue;
            }
            for (int c = 0; c < places.size(); c++) {
                if (places.get(c).containsKey(value)) {
                    seen.computeIfAbsent(new Pair(c, d), p -> new HashMap<>())
                            .merge(value, 1, Integer::sum);
                }
            }
        }
    }

    /**
     * Ends the first reading: a column of the file is held against the columns of the dataset that
     * have a fifth of its values.
     */
    void chooseColumns() {
        seen.forEach(
                (pair, values) -> {
                    if (values.size() * 5L >= places.get(pair.ofFile()).size()) {
                        pairs.add(pair);
                    }
                });
    }

    /** Takes a row of the dataset at the second reading. */
    void hold(String[] values, String subject) {
        Set<Integer> candidates = new HashSet<>();
        for (Pair pair : pairs) {
            String value = values[pair.ofDataset()];
            int[] of = places.get(pair.ofFile()).get(value);
            if (of != null && frequency(pair, value) <= COMMON) {
                for (int row : of) {
                    candidates.add(row);
                }
            }
        }
        for (int row : candidates) {
            double bits = bits(row, values);
            if (subject.equals(subjects[row])) {
                best[row] = Math.max(best[row], bits);
            } else if (bits > best[row]) {
                second[row] = best[row];
                best[row] = bits;
                subjects[row] = subject;
            } else if (bits > second[row]) {
                second[row] = bits;
            }
        }
    }

    private int frequency(Pair pair, String value) {
        return Objects.requireNonNull(seen.get(pair)).getOrDefault(value, 1);
    }

    /**
     * What agrees; of several columns that a column of the file may be, the one that tells most.
     */
    private double bits(int row, String[] values) {
        List<String> leaked = rows.get(row).values();
        double[] ofColumn = new double[leaked.size()];
        for (Pair pair : pairs) {
            String value = values[pair.ofDataset()];
            if (value.length() > 1 && value.equals(leaked.get(pair.ofFile()))) {
                double bits = Math.log((double) datasetRows / frequency(pair, value)) / Math.log(2);
                ofColumn[pair.ofFile()] = Math.max(ofColumn[pair.ofFile()], bits);
            }
        }
        return Arrays.stream(ofColumn).sum();
    }

    /** The subject of a row of the file by its place in the list, or null where none is certain. */
    @Nullable String subject(int row) {
        double needed = Math.log(Math.max(2, datasetRows)) / Math.log(2) + ROOM;
        return best[row] >= needed && best[row] - second[row] >= AHEAD ? subjects[row] : null;
    }
}
