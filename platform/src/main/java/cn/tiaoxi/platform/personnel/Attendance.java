package cn.tiaoxi.platform.personnel;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's part in a training.
 *
 * @param training entry of the training
 * @param person entry of the key person
 * @param score score of the exam, or null without one
 * @param passed whether it counts
 * @param validUntil last day on which it counts, null if it does not
 */
public record Attendance(
        String training,
        String person,
        boolean attended,
        @Nullable BigDecimal score,
        boolean passed,
        @Nullable LocalDate validUntil) {

    /** The same as a record that is there, scores compared as numbers. */
    boolean isLike(Attendance other) {
        BigDecimal mine = score;
        BigDecimal theirs = other.score;
        boolean sameScore =
                mine == null ? theirs == null : theirs != null && mine.compareTo(theirs) == 0;
        LocalDate until = validUntil;
        boolean sameEnd = until == null ? other.validUntil == null : until.equals(other.validUntil);
        return sameScore && sameEnd && attended == other.attended && passed == other.passed;
    }
}
