package cn.tiaoxi.platform.violation;

import java.time.Instant;
import java.time.LocalDate;

/**
 * After a false alarm a rule does not fire for one application or interface until a day.
 *
 * @param violation identifier of the case that was a false alarm
 * @param until last day
 */
public record RuleExemption(
        String id,
        String violation,
        String rule,
        String subject,
        String subjectName,
        LocalDate until,
        String reason,
        Instant given,
        String givenBy) {}
