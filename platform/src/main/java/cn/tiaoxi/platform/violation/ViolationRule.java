package cn.tiaoxi.platform.violation;

import cn.tiaoxi.platform.border.Words;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What counts as one kind of misuse, and what follows from it.
 *
 * @param plan row of the city's plan
 * @param threshold what must be reached in a window, at least 1
 * @param window {@code PT…} or {@code P…D}; days are those of the city
 * @param outcomes codes of refusals, for {@link Sign#OUTCOME}
 * @param matters matters that are bound to working hours, for {@link Sign#HOURS}
 * @param mend what the one concerned is to do
 */
public record ViolationRule(
        String id,
        Words name,
        Words description,
        String plan,
        Sign sign,
        @Nullable Set<String> outcomes,
        @Nullable Set<String> matters,
        Against against,
        Severity severity,
        long threshold,
        String window,
        Measure measure,
        Words mend) {

    /** What is counted. */
    public enum Sign {
        WALK,
        SUBJECTS,
        NETWORKS,
        OUTCOME,
        WEAK,
        OVER_RETURN,
        MATTER,
        HOURS,
        OWNER,
        ORPHAN,
        VERDICT;

        /** Whether gateways notice it and tell how much; else calls are counted. */
        boolean isTold() {
            return this == WALK || this == SUBJECTS || this == NETWORKS;
        }
    }

    /** Whom it concerns. */
    public enum Against {
        APPLICATION,
        INTERFACE
    }

    /** How bad it is. */
    public enum Severity {
        LOW,
        MEDIUM,
        HIGH;

        Severity raised() {
            return this == LOW ? MEDIUM : HIGH;
        }
    }

    /** What follows at once. */
    public enum Act {
        NONE,
        SLOW,
        CUT
    }

    /**
     * What follows at once, and for how long.
     *
     * @param perSecond calls a second that are left, for {@link Act#SLOW}
     * @param lasts {@code PT…} or {@code P…D}, except for {@link Act#NONE}
     */
    public record Measure(Act act, @Nullable Integer perSecond, @Nullable String lasts) {
        Instant until(Instant now) {
            return now.plus(length(lasts == null ? "PT0S" : lasts));
        }
    }

    /** {@code P7D} is seven times 24 hours. */
    static Duration length(String text) {
        return text.contains("T")
                ? Duration.parse(text)
                : Duration.ofDays(Period.parse(text).getDays());
    }

    /** First moment of the window that a moment lies in. Windows of days begin at midnight. */
    Instant windowOf(Instant moment, ZoneId zone) {
        long seconds = length(window).toSeconds();
        if (window.contains("T")) {
            return Instant.ofEpochSecond(Math.floorDiv(moment.getEpochSecond(), seconds) * seconds);
        }
        long days = seconds / 86_400;
        long day = moment.atZone(zone).toLocalDate().toEpochDay();
        return LocalDate.ofEpochDay(Math.floorDiv(day, days) * days).atStartOfDay(zone).toInstant();
    }

    Set<String> outcomeSet() {
        return outcomes == null ? Set.of() : outcomes;
    }

    Set<String> matterSet() {
        return matters == null ? Set.of() : matters;
    }

    /** Its outcomes, for people. */
    public List<String> outcomeList() {
        return outcomeSet().stream().sorted().toList();
    }
}
