package cn.tiaoxi.platform.duplicate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the subjects of one ledger that a proposal is like. It keeps the terms of all subjects as
 * postings, not the subjects: candidates come from the postings by an approximate cosine, and are
 * then read and compared exactly. The rarest terms are followed first, until {@value #BUDGET}
 * postings have been seen, so that the time does not grow with the ledger.
 *
 * <p>The square of a term's weight, its importance, is the square of its sort's weight ({@link
 * Term}) times its rarity: ln((N+1)/(n+½)) / ln(N+2) where it stands in n of N subjects, bounded
 * below. (With the square of the rarity, as is usual, rare names outweigh what is done to them, and
 * two applications for one subject are taken for the same.) Safe for use by many threads.
 */
public final class DuplicateIndex {
    /** The score from which on a match is worth an alarm. */
    public static final double USUAL_THRESHOLD = 0.5;

    private static final int BUDGET = 400_000;
    private static final double LEAST_RARITY = 0.02;

    /** How many candidates are compared exactly for each that is asked for. */
    private static final int CANDIDATES_EACH = 4;

    private static final int LEAST_CANDIDATES = 24;

    private final List<Aspect> aspects;
    private final Synonyms synonyms;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Queue<float[]> spare = new ConcurrentLinkedQueue<>();

    // Guarded by the lock. A subject that changes gets a new number; the old one is dead.
    private Map<Long, Postings> terms = new HashMap<>();
    private Map<UUID, Integer> numbers = new HashMap<>();
    private UUID[] ids = new UUID[64];
    private float[][] norms;
    private BitSet dead = new BitSet();
    private int used;
    private int weighed;

    /**
     * @param aspects what is compared, in any order
     */
    public DuplicateIndex(List<Aspect> aspects, Synonyms synonyms) {
        this.aspects = List.copyOf(aspects);
        this.synonyms = synonyms;
        this.norms = new float[aspects.size()][64];
    }

    /** What is compared. */
    public List<Aspect> aspects() {
        return aspects;
    }

    /** How many subjects there are. */
    public int size() {
        lock.readLock().lock();
        try {
            return numbers.size();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Adds a subject, or puts it in the place of the one with that identifier. */
    public void put(UUID id, Subject subject) {
        List<long[]> keys = new ArrayList<>();
        for (int a = 0; a < aspects.size(); a++) {
            boolean compared = aspects.get(a).form() != Aspect.Form.ORGANISATION;
            keys.add(
                    compared
                            ? TermVector.of(a, aspects.get(a), subject, synonyms).keys()
                            : new long[0]);
        }
        lock.writeLock().lock();
        try {
            bury(id);
            add(id, keys);
            tidy();
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Takes a subject out; nothing happens if there is none. */
    public void remove(UUID id) {
        lock.writeLock().lock();
        try {
            bury(id);
            tidy();
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void bury(UUID id) {
        Integer before = numbers.remove(id);
        if (before != null) {
            dead.set(before);
        }
    }

    private void add(UUID id, List<long[]> keys) {
        if (used == ids.length) {
            int more = used + (used >> 1);
            ids = Arrays.copyOf(ids, more);
            for (int a = 0; a < norms.length; a++) {
                norms[a] = Arrays.copyOf(norms[a], more);
            }
        }
        int number = used++;
        ids[number] = id;
        numbers.put(id, number);
        for (int a = 0; a < norms.length; a++) {
            float sum = 0;
            for (long key : keys.get(a)) {
                terms.computeIfAbsent(key, k -> new Postings()).add(number);
                sum += (float) importance(key);
            }
            norms[a][number] = sum;
        }
    }

    /** Renumbers when many are dead, and weighs anew when the ledger has grown by a quarter. */
    private void tidy() {
        if (dead.cardinality() > 1_000 && dead.cardinality() > used / 4) {
            renumber();
        } else if (used - weighed > 64 + weighed / 4) {
            weigh();
        }
    }

    private void renumber() {
        int[] renumbered = new int[used];
        int next = 0;
        for (int i = 0; i < used; i++) {
            renumbered[i] = dead.get(i) ? -1 : next;
            if (!dead.get(i)) {
                ids[next++] = ids[i];
            }
        }
        Map<Long, Postings> kept = new HashMap<>();
        terms.forEach(
                (key, postings) -> {
                    Postings living = new Postings();
                    postings.each(
                            n -> {
                                if (renumbered[n] >= 0) {
                                    living.add(renumbered[n]);
                                }
                            });
                    if (living.count() > 0) {
                        kept.put(key, living);
                    }
                });
        Arrays.fill(ids, next, used, null);
        numbers.replaceAll((id, n) -> renumbered[n]);
        terms = kept;
        dead = new BitSet();
        used = next;
        weigh();
    }

    /** Computes all norms with the rarities of now. */
    private void weigh() {
        for (float[] each : norms) {
            Arrays.fill(each, 0);
        }
        terms.forEach(
                (key, postings) -> {
                    float importance = (float) importance(key);
                    float[] norm = norms[Term.field(key)];
                    postings.each(n -> norm[n] += importance);
                });
        weighed = used;
    }

    private double importance(long key) {
        Postings postings = terms.get(key);
        float weight = Term.weight(key);
        return weight * weight * rarity(postings == null ? 1 : postings.count());
    }

    private double rarity(int count) {
        double rare = Math.log((used + 1) / (count + 0.5)) / Math.log(used + 2);
        return Math.max(LEAST_RARITY, Math.min(1, rare));
    }

    /** A subject and how like the proposal it is. */
    public record Match(UUID id, Likeness likeness) {}

    /**
     * The subjects that a proposal is most like, the likest first.
     *
     * @param except a subject to leave out, or null
     * @param least approximate likeness below which a subject is not even read, 0 to 1; 0 reads all
     *     candidates
     * @param read gives subjects by their identifiers; those that are gone are left out
     */
    public List<Match> nearest(
            Subject proposal,
            @Nullable UUID except,
            int limit,
            double least,
            Function<Collection<UUID>, Map<UUID, Subject>> read) {
        Comparison comparison = comparison(proposal);
        if (comparison.isEmpty()) {
            return List.of();
        }
        int most = Math.max(LEAST_CANDIDATES, limit * CANDIDATES_EACH);
        List<UUID> candidates = candidates(comparison, except, most, least);
        List<Match> matches = new ArrayList<>();
        Map<UUID, Subject> subjects = candidates.isEmpty() ? Map.of() : read.apply(candidates);
        for (UUID id : candidates) {
            Subject subject = subjects.get(id);
            if (subject != null) {
                matches.add(new Match(id, comparison.with(subject)));
            }
        }
        matches.sort(
                Comparator.comparingDouble((Match m) -> m.likeness().score())
                        .reversed()
                        .thenComparing(Match::id));
        return matches.subList(0, Math.min(limit, matches.size()));
    }

    /** How like a proposal an existing subject is. */
    Likeness likeness(Subject proposal, Subject existing) {
        return comparison(proposal).with(existing);
    }

    private Comparison comparison(Subject proposal) {
        return new Comparison(
                aspects,
                proposal,
                synonyms,
                key -> {
                    lock.readLock().lock();
                    try {
                        return importance(key);
                    } finally {
                        lock.readLock().unlock();
                    }
                });
    }

    /** A term of the proposal: its postings and what it adds to the likeness of each. */
    private record Clue(Postings postings, int aspect, float weight) {}

    private List<UUID> candidates(
            Comparison comparison, @Nullable UUID except, int most, double least) {
        int[] touched = new int[256];
        int count = 0;
        lock.readLock().lock();
        float[] sums = sums();
        try {
            Integer left = except == null ? null : numbers.get(except);
            int budget = BUDGET;
            for (Clue clue : clues(comparison)) {
                budget -= clue.postings().count();
                if (budget < 0 && count > 0) {
                    break;
                }
                Gather gather = new Gather(clue, norms[clue.aspect()], sums, touched, count);
                clue.postings().each(gather);
                touched = gather.touched;
                count = gather.count;
            }
            Best best = new Best(most);
            float lowest = (float) (least * comparison.whole());
            for (int i = 0; i < count; i++) {
                int number = touched[i];
                boolean asked = left == null || number != left;
                if (asked && sums[number] >= lowest && !dead.get(number)) {
                    best.offer(number, sums[number]);
                }
            }
            return identifiers(best);
        } finally {
            for (int i = 0; i < count; i++) {
                sums[touched[i]] = 0;
            }
            spare.add(sums);
            lock.readLock().unlock();
        }
    }

    private float[] sums() {
        float[] kept = spare.poll();
        return kept != null && kept.length >= used ? kept : new float[ids.length];
    }

    /** Adds a clue's weight to the entries that have it. */
    private static final class Gather implements Postings.Taker {
        private final float weight;
        private final float[] norm;
        private final float[] sums;
        private int[] touched;
        private int count;

        Gather(Clue clue, float[] norm, float[] sums, int[] touched, int count) {
            this.weight = clue.weight();
            this.norm = norm;
            this.sums = sums;
            this.touched = touched;
            this.count = count;
        }

        @Override
        public void take(int number) {
            if (sums[number] == 0) {
                if (count == touched.length) {
                    touched = Arrays.copyOf(touched, count * 2);
                }
                touched[count++] = number;
            }
            sums[number] += weight / (float) Math.sqrt(norm[number]);
        }
    }

    /** The proposal's terms that others have too, the rarest first. */
    private List<Clue> clues(Comparison comparison) {
        List<Clue> clues = new ArrayList<>();
        for (int a = 0; a < aspects.size(); a++) {
            if (aspects.get(a).form() == Aspect.Form.ORGANISATION) {
                continue;
            }
            long[] keys = comparison.terms().get(a).keys();
            double sum = 0;
            for (long key : keys) {
                sum += importance(key);
            }
            double each = aspects.get(a).weight() / Math.sqrt(sum);
            for (long key : keys) {
                Postings postings = terms.get(key);
                if (postings != null) {
                    clues.add(new Clue(postings, a, (float) (each * importance(key))));
                }
            }
        }
        clues.sort(Comparator.comparingInt((Clue c) -> c.postings().count()));
        return clues;
    }

    private List<UUID> identifiers(Best best) {
        List<UUID> found = new ArrayList<>();
        for (int number : best.numbers()) {
            found.add(ids[number]);
        }
        return found;
    }
}
