package cn.tiaoxi.platform.investigation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongPredicate;

/**
 * Which share of those that are like a leaked row a recipient received: by attributes of the
 * dataset that have few values, such as district or sex, each alone and each two together. Keeps
 * what it needs of at most a million rows of the dataset. For one thread.
 */
final class Likeness {
    private static final int MOST_ROWS = 1_000_000;
    private static final int MOST_VALUES = 300;
    private static final int MOST_ATTRIBUTES = 6;

    /** Fewer rows that are alike say nothing of what else there is like them. */
    private static final int LEAST_ALIKE = 30;

    private final List<Map<String, Integer>> codes = new ArrayList<>();
    private final boolean[] many;
    private final List<long[]> digests = new ArrayList<>();
    private final List<int[]> rows = new ArrayList<>();
    private final Map<Integer, int[]> leaked = new HashMap<>();
    private final SplittableRandom random = new SplittableRandom(1);
    private long seen;

    /**
     * @param columns columns of the dataset that may be attributes
     */
    Likeness(int columns) {
        this.many = new boolean[columns];
        for (int i = 0; i < columns; i++) {
            codes.add(new HashMap<>());
        }
    }

    /**
     * Takes a row of the dataset.
     *
     * @param values in the columns' order
     * @param subject digests of its subject, one for each key
     * @param leakedRow the row of the file that is about the same subject, or −1
     */
    void add(String[] values, long[] subject, int leakedRow) {
        int[] coded = new int[many.length];
        for (int i = 0; i < coded.length; i++) {
            if (!many[i]) {
                Map<String, Integer> of = codes.get(i);
                coded[i] = of.computeIfAbsent(values[i], v -> of.size());
                many[i] = of.size() > MOST_VALUES;
            }
        }
        if (leakedRow >= 0) {
            leaked.put(leakedRow, coded);
        }
        seen++;
        if (rows.size() < MOST_ROWS) {
            rows.add(coded);
            digests.add(subject);
        } else {
            long place = random.nextLong(seen);
            if (place < MOST_ROWS) {
                rows.set((int) place, coded);
                digests.set((int) place, subject);
            }
        }
    }

    /**
     * The shares for one recipient.
     *
     * @param fileRows how many rows the file has
     * @param received whether the recipient received a subject, by a digest
     * @return one array for each way to be alike: the whole dataset, each attribute, each two
     */
    List<double[]> shares(int fileRows, LongPredicate received) {
        boolean[] theirs = new boolean[rows.size()];
        int all = 0;
        for (int i = 0; i < theirs.length; i++) {
            theirs[i] = Arrays.stream(digests.get(i)).anyMatch(received);
            all += theirs[i] ? 1 : 0;
        }
        double whole = rows.isEmpty() ? 0 : (double) all / rows.size();
        List<double[]> shares = new ArrayList<>();
        double[] uniform = new double[fileRows];
        Arrays.fill(uniform, whole);
        shares.add(uniform);
        List<Integer> attributes = attributes();
        for (int a = 0; a < attributes.size(); a++) {
            double[] alone = shares(uniform, theirs, attributes.get(a), attributes.get(a));
            shares.add(alone);
            for (int b = a + 1; b < attributes.size(); b++) {
                shares.add(shares(alone, theirs, attributes.get(a), attributes.get(b)));
            }
        }
        return shares;
    }

    private double[] shares(double[] coarser, boolean[] theirs, int a, int b) {
        Map<Long, int[]> cells = new HashMap<>();
        for (int i = 0; i < theirs.length; i++) {
            int[] cell = cells.computeIfAbsent(cell(rows.get(i), a, b), c -> new int[2]);
            cell[0]++;
            cell[1] += theirs[i] ? 1 : 0;
        }
        double[] shares = coarser.clone();
        leaked.forEach(
                (row, coded) -> {
                    int[] cell = cells.get(cell(coded, a, b));
                    if (cell != null && cell[0] >= LEAST_ALIKE) {
                        shares[row] = (double) cell[1] / cell[0];
                    }
                });
        return shares;
    }

    private static long cell(int[] coded, int a, int b) {
        return (long) coded[a] << Integer.SIZE | coded[b];
    }

    /** Columns that have from two values to a few hundred. */
    private List<Integer> attributes() {
        List<Integer> attributes = new ArrayList<>();
        for (int i = 0; i < many.length && attributes.size() < MOST_ATTRIBUTES; i++) {
            if (!many[i] && codes.get(i).size() > 1) {
                attributes.add(i);
            }
        }
        return attributes;
    }
}
