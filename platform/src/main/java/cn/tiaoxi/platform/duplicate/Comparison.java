package cn.tiaoxi.platform.duplicate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongToDoubleFunction;

/**
 * Compares a proposal with an existing subject.
 *
 * <p>In each aspect the likeness is the cosine of the two vectors of terms ({@link DuplicateIndex}
 * says what a term weighs), with a fifth of how much of the smaller one the other contains, so that
 * a shortened title is not held against it. The aspects' likenesses are averaged by the type's
 * weights over those that the proposal fills; one that the other leaves empty counts for {@value
 * #EMPTY_OTHER}. The average a becomes the score 1 / (1 + e^((m − a) / {@value #SPREAD})) with m =
 * {@value #MIDDLE}, raised by up to {@value #SPARSE} for a proposal that fills few aspects, since a
 * title alone shows little. The numbers were fitted on generated cities of 12,000 applications with
 * planted duplicates ({@code bench duplicates}): at 0.5 nine in ten usual rewordings are above, and
 * nine in ten proposals that share only the subject with something are below.
 */
final class Comparison {
    private static final double CONTAINED = 0.2;
    private static final double EMPTY_OTHER = 0.4;
    private static final double MIDDLE = 0.63;
    private static final double SPARSE = 0.16;
    private static final double SPREAD = 0.06;

    private final List<Aspect> aspects;
    private final List<TermVector> proposal;
    private final Synonyms synonyms;

    /** Weight of the aspects that the proposal fills, and their part of all. */
    private final double whole;

    private final double filled;
    private final LongToDoubleFunction importance;

    Comparison(
            List<Aspect> aspects,
            Subject proposal,
            Synonyms synonyms,
            LongToDoubleFunction importance) {
        this.aspects = aspects;
        this.synonyms = synonyms;
        this.importance = importance;
        this.proposal = new ArrayList<>();
        double mine = 0;
        double all = 0;
        for (int a = 0; a < aspects.size(); a++) {
            Aspect aspect = aspects.get(a);
            TermVector terms = TermVector.of(a, aspect, proposal, synonyms);
            this.proposal.add(terms);
            if (aspect.form() != Aspect.Form.ORGANISATION) {
                mine += terms.keys().length == 0 ? 0 : aspect.weight();
                all += aspect.weight();
            }
        }
        this.whole = mine;
        this.filled = all == 0 ? 0 : mine / all;
    }

    /** How like the proposal another subject is. */
    Likeness with(Subject other) {
        double sum = 0;
        double compared = 0;
        double bonus = 0;
        List<Likeness.Shared> shared = new ArrayList<>();
        for (int a = 0; a < aspects.size(); a++) {
            Aspect aspect = aspects.get(a);
            TermVector mine = proposal.get(a);
            if (mine.keys().length == 0) {
                continue;
            }
            TermVector theirs = TermVector.of(a, aspect, other, synonyms);
            Overlap overlap = Overlap.of(mine, theirs, importance);
            if (aspect.form() == Aspect.Form.ORGANISATION) {
                bonus += overlap.likeness() > 0 ? aspect.weight() : 0;
            } else {
                boolean empty = theirs.keys().length == 0;
                sum += aspect.weight() * overlap.likeness();
                compared += aspect.weight() * (empty ? EMPTY_OTHER : 1);
            }
            if (overlap.likeness() > 0) {
                shared.add(
                        new Likeness.Shared(
                                aspect, overlap.words(), aspect.weight() * overlap.likeness()));
            }
        }
        if (sum == 0) {
            return new Likeness(0, List.of());
        }
        double average = sum / compared;
        double raised = average + bonus / (compared + bonus) * average * (1 - average);
        return new Likeness(calibrated(raised), parts(shared));
    }

    /** Whether there is anything to compare. */
    boolean isEmpty() {
        return filled == 0;
    }

    /** What the terms would add up to if all were shared. */
    double whole() {
        return whole;
    }

    List<TermVector> terms() {
        return proposal;
    }

    private double calibrated(double average) {
        double middle = MIDDLE + SPARSE * (1 - filled);
        return 1 / (1 + Math.exp((middle - average) / SPREAD));
    }

    /** The shares as parts of 1, the greatest first. */
    private static List<Likeness.Shared> parts(List<Likeness.Shared> shared) {
        double all = shared.stream().mapToDouble(Likeness.Shared::share).sum();
        return shared.stream()
                .map(s -> new Likeness.Shared(s.aspect(), s.words(), s.share() / all))
                .sorted(Comparator.comparingDouble(Likeness.Shared::share).reversed())
                .toList();
    }

    /** What two vectors share. */
    private record Overlap(double likeness, List<String> words) {
        static Overlap of(TermVector mine, TermVector theirs, LongToDoubleFunction importance) {
            long[] keys = mine.keys();
            boolean[] shared = new boolean[keys.length];
            double[] weights = new double[keys.length];
            double mySum = 0;
            double both = 0;
            for (int i = 0; i < keys.length; i++) {
                weights[i] = importance.applyAsDouble(keys[i]);
                mySum += weights[i];
                shared[i] = theirs.has(keys[i]);
                both += shared[i] ? weights[i] : 0;
            }
            if (both == 0) {
                return new Overlap(0, List.of());
            }
            double theirSum = 0;
            for (long key : theirs.keys()) {
                theirSum += importance.applyAsDouble(key);
            }
            double cosine = both / Math.sqrt(mySum * theirSum);
            double contained = both / Math.min(mySum, theirSum);
            return new Overlap(
                    cosine + CONTAINED * (contained - cosine), mine.words(shared, weights, theirs));
        }
    }
}
