package cn.tiaoxi.platform.usage;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a grant stands over the window of the rates.
 *
 * @param asOf last day of the window
 * @param plausibleDays days that look like use
 * @param implausibleDays days with answers that do not
 * @param answered calls answered in the window
 * @param subjects at least so many different things looked up on days that look like use
 * @param effective whether the grant counts as effectively shared
 * @param lastPlausible last day that looks like use, in the window or before it
 * @param reasons why it does not count, empty if it does
 */
public record Standing(
        String grant,
        LocalDate asOf,
        int plausibleDays,
        int implausibleDays,
        long answered,
        long subjects,
        boolean effective,
        @Nullable LocalDate lastPlausible,
        @Nullable Instant lastAnswered,
        List<UseDay.Reason> reasons) {
    public Standing {
        reasons = List.copyOf(reasons);
    }
}
