package cn.tiaoxi.platform.device;

import java.time.LocalDate;

/**
 * What became of rows on a day.
 *
 * @param outcome {@code ACCEPTED}, or the name of a {@link Refusal}
 */
public record Tally(LocalDate day, String outcome, long rows) {
    /** The outcome of rows that were taken. */
    public static final String ACCEPTED = "ACCEPTED";
}
