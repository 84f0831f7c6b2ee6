package cn.tiaoxi.platform.duplicate;

import java.util.List;

/**
 * How like two subjects are.
 *
 * @param score 0 to 1, calibrated: see {@link Comparison}
 * @param shared what they share, what counts most first
 */
public record Likeness(double score, List<Shared> shared) {
    public Likeness {
        shared = List.copyOf(shared);
    }

    /**
     * What they share in one field.
     *
     * @param words the words of the proposal that the other has too, the most telling first; where
     *     the other writes a synonym, as {@code mine ≈ theirs}
     * @param share which part of the score is due to it, 0 to 1; the parts sum up to 1
     */
    public record Shared(Aspect aspect, List<String> words, double share) {
        public Shared {
            words = List.copyOf(words);
        }
    }
}
