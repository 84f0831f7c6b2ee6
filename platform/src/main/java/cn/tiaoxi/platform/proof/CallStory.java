package cn.tiaoxi.platform.proof;

import java.util.List;

/**
 * One call, and how it came to its answer.
 *
 * @param policy version of the policy that decided, 0 when unknown
 * @param style how the caller proved itself
 * @param stages how far it came, in order, as far as that is known
 * @param ingested whether the platform has read and checked its record; else a gateway was asked
 */
public record CallStory(
        Call call, long policy, String style, List<Stage> stages, boolean ingested) {
    public CallStory {
        stages = List.copyOf(stages);
    }

    /**
     * That a call came so far.
     *
     * @param name {@code checked}, {@code counted} or {@code found}
     * @param milliseconds from its beginning
     */
    public record Stage(String name, double milliseconds) {}
}
