package cn.tiaoxi.platform.duplicate;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two existing entries that are so like that somebody should look.
 *
 * @param first identifier of the one entry
 * @param second identifier of the other
 * @param score how like they are, 0 to 1
 * @param found when they were first found
 * @param current whether they still are so like
 * @param decision what a person said of them, {@code OPEN} before
 */
public record DuplicatePair(
        String id,
        String type,
        String first,
        String second,
        double score,
        List<Reason> reasons,
        Instant found,
        boolean current,
        Decision decision,
        @Nullable Decided decided,
        long version) {
    public DuplicatePair {
        reasons = List.copyOf(reasons);
    }

    /** What a person said. */
    public enum Decision {
        OPEN,
        SAME,
        DIFFERENT
    }

    /** Who decided, when and why. */
    public record Decided(String username, String name, Instant time, String reason) {}

    /**
     * What they share in one field.
     *
     * @param words words, or codes and identifiers as they are stored
     * @param share which part of the score is due to it
     */
    public record Reason(String field, List<String> words, double share) {
        public Reason {
            words = List.copyOf(words);
        }

        static Reason of(Likeness.Shared shared) {
            return new Reason(shared.aspect().field(), shared.words(), shared.share());
        }
    }
}
