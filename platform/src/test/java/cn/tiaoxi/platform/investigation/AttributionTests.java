package cn.tiaoxi.platform.investigation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cn.tiaoxi.platform.investigation.Attribution.Finding;
import cn.tiaoxi.platform.investigation.Attribution.Recipient;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Leaks of a city of 200,000 residents, of whom 50 recipients received overlapping parts. */
class AttributionTests {
    private static final int RESIDENTS = 200_000;
    private static final int DISTRICTS = 5;
    private static final int AGES = 8;
    private static final int STREETS = 40;
    private static final int ROWS = 200;

    private static final int[][] ATTRIBUTES = new int[3][RESIDENTS];
    private static final int[][][] PEOPLE = new int[3][3][];
    private static final int[][][][] THEIRS = new int[50][3][3][];
    private static final List<BitSet> RECEIVED = new ArrayList<>();

    /**
     * Grants by district and age, samples of them, and single look-ups, some of the same people.
     */
    @BeforeAll
    static void city() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < RESIDENTS; i++) {
            ATTRIBUTES[0][i] = random.nextInt(DISTRICTS);
            ATTRIBUTES[1][i] = random.nextInt(AGES);
            ATTRIBUTES[2][i] = ATTRIBUTES[0][i] * STREETS + random.nextInt(STREETS);
        }
        for (int r = 0; r < 50; r++) {
            int districts = 1 + random.nextInt((1 << DISTRICTS) - 1);
            int ages = 1 + random.nextInt((1 << AGES) - 1);
            double share =
                    switch (r % 3) {
                        case 0 -> 1;
                        case 1 -> 0.1 + 0.8 * random.nextDouble();
                        default -> 0.01 + 0.1 * random.nextDouble();
                    };
            BitSet received = new BitSet(RESIDENTS);
            for (int i = 0; i < RESIDENTS; i++) {
                boolean granted =
                        r % 3 == 2
                                || (districts >> ATTRIBUTES[0][i] & 1) == 1
                                        && (ages >> ATTRIBUTES[1][i] & 1) == 1;
                if (granted && random.nextDouble() < share) {
                    received.set(i);
                }
            }
            RECEIVED.add(received);
        }
    }

    /** Ranks recipients for a file; a negative number is nobody who is known. */
    private static List<Finding> rank(int[] file) {
        int[] known = Arrays.stream(file).filter(i -> i >= 0).distinct().toArray();
        List<Recipient> recipients = new ArrayList<>();
        for (int r = 0; r < RECEIVED.size(); r++) {
            BitSet received = RECEIVED.get(r);
            BitSet rows = new BitSet();
            IntStream.range(0, known.length)
                    .filter(row -> received.get(known[row]))
                    .forEach(rows::set);
            recipients.add(new Recipient("r" + r, rows, received.cardinality()));
        }
        return Attribution.rank(
                known.length,
                RESIDENTS,
                recipients,
                recipient -> like(known, Integer.parseInt(recipient.id().substring(1))));
    }

    /** Shares by nothing, by each attribute and by each two. */
    private static List<double[]> like(int[] known, int recipient) {
        BitSet received = RECEIVED.get(recipient);
        List<double[]> all = new ArrayList<>();
        double whole = received.cardinality() / (double) RESIDENTS;
        double[] uniform = new double[known.length];
        Arrays.fill(uniform, whole);
        all.add(uniform);
        for (int a = 0; a < ATTRIBUTES.length; a++) {
            for (int b = a; b < ATTRIBUTES.length; b++) {
                if (PEOPLE[a][b] == null) {
                    PEOPLE[a][b] = cells(a, b, null);
                }
                int[] people = PEOPLE[a][b];
                int[] theirs = THEIRS[recipient][a][b];
                if (theirs == null) {
                    theirs = cells(a, b, received);
                    THEIRS[recipient][a][b] = theirs;
                }
                int[] of = theirs;
                int[] first = ATTRIBUTES[a];
                int[] second = ATTRIBUTES[b];
                all.add(
                        Arrays.stream(known)
                                .map(i -> first[i] * DISTRICTS * STREETS + second[i])
                                .mapToDouble(cell -> of[cell] / (double) people[cell])
                                .toArray());
            }
        }
        return all;
    }

    private static int[] cells(int a, int b, @Nullable BitSet among) {
        int[] cells = new int[DISTRICTS * STREETS * DISTRICTS * STREETS];
        for (int i = 0; i < RESIDENTS; i++) {
            if (among == null || among.get(i)) {
                cells[ATTRIBUTES[a][i] * DISTRICTS * STREETS + ATTRIBUTES[b][i]]++;
            }
        }
        return cells;
    }

    private static int[] some(BitSet of, int count, SplittableRandom random) {
        int[] all = of.stream().toArray();
        for (int i = 0; i < count; i++) {
            int other = i + random.nextInt(all.length - i);
            int kept = all[i];
            all[i] = all[other];
            all[other] = kept;
        }
        return Arrays.copyOf(all, count);
    }

    /** 20 % altered, of which half name somebody else; 10 % from elsewhere. */
    private static int[] spoiled(int[] rows, SplittableRandom random) {
        int[] spoiled = rows.clone();
        for (int i = 0; i < spoiled.length; i++) {
            double chance = random.nextDouble();
            if (chance < 0.1) {
                spoiled[i] = -1;
            } else if (chance < 0.3) {
                spoiled[i] = random.nextInt(RESIDENTS);
            }
        }
        return spoiled;
    }

    @Test
    void the_source_of_a_leak_comes_first() {
        SplittableRandom random = new SplittableRandom(11);
        int right = 0;
        int accused = 0;
        for (int trial = 0; trial < 100; trial++) {
            int source = random.nextInt(RECEIVED.size());
            List<Finding> found = rank(spoiled(some(RECEIVED.get(source), ROWS, random), random));
            if (found.getFirst().recipients().contains("r" + source)) {
                right++;
            }
            if (found.stream()
                    .anyMatch(
                            f ->
                                    f.verdict() != Verdict.NONE
                                            && !f.recipients().contains("r" + source))) {
                accused++;
            }
        }
        assertThat(right).isGreaterThanOrEqualTo(99);
        assertThat(accused).as("trials that suspect somebody else too").isLessThanOrEqualTo(1);
    }

    @Test
    void two_who_mix_their_rows_are_both_found() {
        SplittableRandom random = new SplittableRandom(12);
        int both = 0;
        for (int trial = 0; trial < 100; trial++) {
            int one = random.nextInt(RECEIVED.size());
            int other = (one + 1 + random.nextInt(RECEIVED.size() - 1)) % RECEIVED.size();
            int[] rows =
                    IntStream.concat(
                                    Arrays.stream(some(RECEIVED.get(one), ROWS / 2, random)),
                                    Arrays.stream(some(RECEIVED.get(other), ROWS / 2, random)))
                            .toArray();
            List<String> first =
                    rank(spoiled(rows, random)).stream()
                            .limit(3)
                            .flatMap(f -> f.recipients().stream())
                            .toList();
            if (first.contains("r" + one) && first.contains("r" + other)) {
                both++;
            }
        }
        assertThat(both).isGreaterThanOrEqualTo(95);
    }

    @Test
    void a_file_from_elsewhere_accuses_nobody() {
        SplittableRandom random = new SplittableRandom(13);
        int accused = 0;
        for (int trial = 0; trial < 1_000; trial++) {
            int kind = trial % 4;
            int a = random.nextInt(ATTRIBUTES.length);
            int of = ATTRIBUTES[a][random.nextInt(RESIDENTS)];
            int b = random.nextInt(ATTRIBUTES.length);
            int[] attribute = ATTRIBUTES[a];
            int[] second = ATTRIBUTES[b];
            int like =
                    IntStream.range(0, RESIDENTS)
                            .filter(i -> attribute[i] == of)
                            .findFirst()
                            .orElse(0);
            BitSet from = new BitSet();
            for (int i = 0; i < RESIDENTS; i++) {
                boolean taken =
                        switch (kind) {
                            case 0 -> true;
                            case 1 -> attribute[i] == of;
                            case 2 -> attribute[i] == of && second[i] == second[like];
                            default -> random.nextInt(100) == 0;
                        };
                if (taken) {
                    from.set(i);
                }
            }
            int[] file = some(from, Math.min(ROWS, from.cardinality()), random);
            if (rank(file).stream().anyMatch(f -> f.verdict() == Verdict.STRONG)) {
                accused++;
            }
        }
        assertThat(accused).isLessThanOrEqualTo(1);
    }

    @Test
    void recipients_of_the_same_rows_are_a_tie() {
        BitSet rows = new BitSet();
        rows.set(0, 100);
        List<Finding> found =
                Attribution.rank(
                        100,
                        10_000,
                        List.of(
                                new Recipient("a", rows, 500),
                                new Recipient("b", (BitSet) rows.clone(), 500)),
                        r -> List.of(uniform(100, 0.05)));

        assertThat(found).hasSize(1);
        assertThat(found.getFirst().recipients()).containsExactly("a", "b");
        assertThat(found.getFirst().verdict()).isEqualTo(Verdict.STRONG);
        assertThat(found.getFirst().weight()).isCloseTo(1, within(0.01));
    }

    @Test
    void a_file_without_a_known_row_has_no_source() {
        assertThat(
                        Attribution.rank(
                                0,
                                100,
                                List.of(new Recipient("a", new BitSet(), 5)),
                                r -> List.of(new double[0])))
                .isEmpty();
    }

    private static double[] uniform(int rows, double share) {
        double[] shares = new double[rows];
        Arrays.fill(shares, share);
        return shares;
    }

    /** Exact binomial tails are below the bound, and not far below. */
    @Test
    void the_bound_of_chance_holds() {
        int n = 40;
        double p = 0.3;
        double[] exact = new double[n + 2];
        for (int k = n; k >= 0; k--) {
            double log = k * Math.log(p) + (n - k) * Math.log(1 - p);
            for (int i = 1; i <= k; i++) {
                log += Math.log(n - k + i) - Math.log(i);
            }
            exact[k] = exact[k + 1] + Math.exp(log);
        }
        for (int k = 0; k <= n; k++) {
            double bound = Attribution.tail(uniform(n, p), k);
            assertThat(bound).isGreaterThanOrEqualTo(exact[k] * (1 - 1e-9));
            assertThat(bound).isLessThanOrEqualTo(Math.min(1, exact[k] * 12));
        }
    }
}
