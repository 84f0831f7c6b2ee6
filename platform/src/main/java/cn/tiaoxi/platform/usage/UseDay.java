package cn.tiaoxi.platform.usage;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What calls did under a grant on a day.
 *
 * @param day in the city's zone
 * @param empty answered calls that found nothing
 * @param keyed answered calls that looked something up by a key
 * @param withMatter answered calls that named a matter
 * @param inHours answered calls in working hours
 * @param subjects different things looked up, estimated above {@value Sketch#MOST}
 * @param addresses different addresses, at most {@value Tally#MOST_NAMES} are told apart
 * @param keys different keys, at most {@value Tally#MOST_NAMES} are told apart
 * @param hours answered calls by hour of the day
 * @param gapVariation deviation of the gaps between calls over their mean, null for too few
 * @param repeated share of the subjects that were looked up on the days before too, null without
 * @param verdict whether it looks like use
 * @param reasons why it does not
 */
public record UseDay(
        LocalDate day,
        long answered,
        long refused,
        long empty,
        long rows,
        long keyed,
        long withMatter,
        long inHours,
        long subjects,
        int addresses,
        int keys,
        List<String> matters,
        List<Long> hours,
        @Nullable Double gapVariation,
        @Nullable Double repeated,
        @Nullable Instant last,
        Verdict verdict,
        List<Reason> reasons) {
    public UseDay {
        matters = List.copyOf(matters);
        hours = List.copyOf(hours);
        reasons = List.copyOf(reasons);
    }

    /** Whether a day looks like use. */
    public enum Verdict {
        PLAUSIBLE,
        IMPLAUSIBLE,
        /** Nothing was answered. */
        NONE
    }

    /**
     * Why something does not count.
     *
     * @param rule identifier of the rule of {@code plausible-use.yaml}, or of the window's terms
     * @param plan row of the requirements that it serves, or empty
     * @param days on how many days of the window it fired, 1 for a day's own
     */
    public record Reason(String rule, String zh, String en, String plan, int days) {}
}
