package cn.tiaoxi.platform.superior;

import java.time.Instant;
import java.time.LocalDate;
import tools.jackson.databind.JsonNode;

/**
 * A thing of a subordinate's as it was last reported.
 *
 * @param id its identifier there
 * @param number number of the report
 * @param time when it was so there
 * @param received when it was stored here
 * @param organisation name of the owner
 * @param body all that was reported
 */
public record Reported(
        String id,
        long number,
        Instant time,
        Instant received,
        String title,
        String organisation,
        String state,
        JsonNode body) {

    /** A day's calls. */
    public record Day(LocalDate day, long calls, long answered, long rows) {}
}
