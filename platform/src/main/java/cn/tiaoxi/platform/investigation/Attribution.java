package cn.tiaoxi.platform.investigation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Tells which recipients explain a leaked file, by the subjects that each has received.
 *
 * <p>The rows of the file are taken for draws from a mixture: of each source with a weight of its
 * own, whose rows are equally likely, and of the whole population for rows from elsewhere. A source
 * that received few subjects and among them those of the file explains it better than one that
 * received everybody. Sources are chosen one by one, each time the one that raises the likelihood
 * most, with the weights fitted anew by expectation maximisation (Dempster, Laird, Rubin 1977), for
 * as long as one raises it by more than chance would among so many recipients. So a recipient who
 * received much the same as the source is explained away, and of two sources both are found.
 *
 * <p>How likely it is that an innocent recipient has so many of the file's subjects is bounded by
 * Chernoff (1952), each row against those that are like it: where a recipient received everybody of
 * a district, a file of that district says nothing about it.
 */
final class Attribution {
    /** A likelihood ratio below which a further source is not told from chance: 1 to 10,000. */
    private static final double LEAST_GAIN = Math.log(10_000);

    /** Above this, chance is not excluded. */
    private static final double MOST_CHANCE = 1e-5;

    private static final int MOST_SOURCES = 8;
    private static final int ROUNDS = 60;

    private Attribution() {}

    /**
     * Who received rows.
     *
     * @param id identifier
     * @param rows the rows of the file whose subjects it received, by their number from 0
     * @param received how many subjects it received in all, at least as many as in {@code rows}
     */
    record Recipient(String id, BitSet rows, long received) {}

    /**
     * What is found about recipients that cannot be told apart.
     *
     * @param recipients one, or several that received the same
     * @param rows how many rows of the file they received
     * @param weight share of the file that comes from there by the best fit, 0 to 1
     * @param gain natural logarithm of the likelihood ratio, with these against without
     * @param chance bound for the probability that any innocent recipient has so many, 0 to 1
     */
    record Finding(
            List<String> recipients,
            int rows,
            long received,
            double weight,
            double gain,
            double chance,
            Verdict verdict) {
        Finding {
            recipients = List.copyOf(recipients);
        }
    }

    /**
     * Ranks recipients, the best explanation first.
     *
     * @param rows how many rows of the file name a subject that is known
     * @param population how many subjects there are
     * @param likeRows for a recipient one or more arrays with, for each row of the file, which
     *     share of those that are like it the recipient received, 0 to 1; the most cautious counts
     */
    static List<Finding> rank(
            int rows,
            long population,
            List<Recipient> recipients,
            Function<Recipient, List<double[]>> likeRows) {
        List<Group> groups = groups(recipients);
        List<Group> left = new ArrayList<>(groups);
        List<Group> sources = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        Mixture mixture = new Mixture(rows, population);
        double needed = LEAST_GAIN + Math.log(Math.max(1, groups.size()));
        while (sources.size() < MOST_SOURCES && !left.isEmpty()) {
            Group best = left.getFirst();
            double most = Double.NEGATIVE_INFINITY;
            for (Group each : left) {
                double gain = mixture.gain(each);
                if (gain > most) {
                    most = gain;
                    best = each;
                }
            }
            if (most < needed) {
                break;
            }
            best.gain = most;
            mixture.add(best);
            sources.add(best);
            left.remove(best);
        }
        for (Group each : sources) {
            double chance = chance(each.recipient, groups.size(), likeRows);
            Verdict verdict = chance <= MOST_CHANCE ? Verdict.STRONG : Verdict.CONSISTENT;
            findings.add(each.finding(mixture.weight(each), chance, verdict));
        }
        Mixture nothing = new Mixture(rows, population);
        left.forEach(each -> each.gain = nothing.gain(each));
        left.sort(
                Comparator.comparingDouble((Group g) -> -g.gain)
                        .thenComparing(g -> -g.recipient.rows().cardinality()));
        left.forEach(each -> findings.add(each.finding(0, 1, Verdict.NONE)));
        return findings;
    }

    private static List<Group> groups(List<Recipient> recipients) {
        record Same(BitSet rows, long received) {}
        Map<Same, Group> groups = new LinkedHashMap<>();
        for (Recipient each : recipients) {
            if (!each.rows().isEmpty()) {
                groups.computeIfAbsent(
                                new Same(each.rows(), each.received()), same -> new Group(each))
                        .ids
                        .add(each.id());
            }
        }
        return new ArrayList<>(groups.values());
    }

    private static double chance(
            Recipient recipient, int recipients, Function<Recipient, List<double[]>> likeRows) {
        double most = 0;
        for (double[] shares : likeRows.apply(recipient)) {
            most = Math.max(most, tail(shares, recipient.rows().cardinality()));
        }
        return Math.min(1, most * recipients);
    }

    /**
     * A bound for the probability that at least {@code hits} of independent events happen: the
     * smallest, over all t, of exp(−t·hits)·Π(1 + p(eᵗ − 1)).
     */
    static double tail(double[] probabilities, int hits) {
        double expected = Arrays.stream(probabilities).sum();
        if (hits <= expected) {
            return 1;
        }
        double low = 0;
        double high = 60;
        for (int i = 0; i < 60; i++) {
            double middle = (low + high) / 2;
            double factor = Math.exp(middle);
            double mean = 0;
            for (double p : probabilities) {
                mean += p * factor / (1 + p * (factor - 1));
            }
            if (mean < hits) {
                low = middle;
            } else {
                high = middle;
            }
        }
        double logarithm = -low * hits;
        double more = Math.expm1(low);
        for (double p : probabilities) {
            logarithm += Math.log1p(p * more);
        }
        return Math.min(1, Math.exp(logarithm));
    }

    /** Recipients that received the same rows of the file and as many in all. */
    private static final class Group {
        private final Recipient recipient;
        private final int[] rows;
        private final List<String> ids = new ArrayList<>();
        private double gain;

        Group(Recipient recipient) {
            this.recipient = recipient;
            this.rows = recipient.rows().stream().toArray();
        }

        double density() {
            return 1.0 / Math.max(recipient.received(), rows.length);
        }

        Finding finding(double weight, double chance, Verdict verdict) {
            return new Finding(
                    ids, rows.length, recipient.received(), weight, gain, chance, verdict);
        }
    }

    /** How likely each row is under the sources chosen so far. */
    private static final class Mixture {
        private final double elsewhere;
        private final List<Group> sources = new ArrayList<>();
        private double[] weights = {1};
        private final double[] likely;

        Mixture(int rows, long population) {
            this.elsewhere = 1.0 / Math.max(1, population);
            this.likely = new double[rows];
            Arrays.fill(likely, elsewhere);
        }

        double weight(Group source) {
            return weights[sources.indexOf(source) + 1];
        }

        /**
         * How much the logarithm of the likelihood rises at most with a further source, the others'
         * weights staying in proportion. It is concave in the new weight, so its slope is bisected.
         */
        double gain(Group source) {
            double[] ratios = new double[source.rows.length];
            for (int i = 0; i < ratios.length; i++) {
                ratios[i] = source.density() / likely[source.rows[i]];
            }
            int others = likely.length - ratios.length;
            double low = 0;
            double high = 1 - 1e-9;
            for (int i = 0; i < 40; i++) {
                double weight = (low + high) / 2;
                double slope = -others / (1 - weight);
                for (double ratio : ratios) {
                    slope += (ratio - 1) / (1 + weight * (ratio - 1));
                }
                if (slope > 0) {
                    low = weight;
                } else {
                    high = weight;
                }
            }
            double gain = others * Math.log1p(-low);
            for (double ratio : ratios) {
                gain += Math.log1p(low * (ratio - 1));
            }
            return gain;
        }

        /** Adds a source and fits all weights. */
        void add(Group source) {
            sources.add(source);
            int parts = sources.size() + 1;
            double[] fitted = new double[parts];
            Arrays.fill(fitted, 1.0 / parts);
            for (int round = 0; round < ROUNDS; round++) {
                spread(fitted);
                double[] next = new double[parts];
                for (double each : likely) {
                    next[0] += fitted[0] * elsewhere / each;
                }
                for (int part = 1; part < parts; part++) {
                    Group of = sources.get(part - 1);
                    double share = fitted[part] * of.density();
                    for (int row : of.rows) {
                        next[part] += share / likely[row];
                    }
                }
                for (int part = 0; part < parts; part++) {
                    fitted[part] = next[part] / likely.length;
                }
            }
            weights = fitted;
            spread(fitted);
        }

        private void spread(double[] of) {
            Arrays.fill(likely, of[0] * elsewhere + Double.MIN_NORMAL);
            for (int part = 1; part < of.length; part++) {
                Group source = sources.get(part - 1);
                double more = of[part] * source.density();
                for (int row : source.rows) {
                    likely[row] += more;
                }
            }
        }
    }
}
