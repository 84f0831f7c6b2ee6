package cn.tiaoxi.platform.usage;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A grant in the list of use.
 *
 * @param state {@code ACTIVE}, {@code EXPIRED} or {@code REVOKED}
 * @param plausibleDays days of the window that look like use
 * @param implausibleDays days of the window with answers that do not
 * @param answered calls answered in the window
 * @param subjects at least so many different things looked up
 * @param effective whether it counts as effectively shared
 * @param reasons why it does not count
 * @param reclaim its open case, or null
 * @param exempted until which day it need not be used, or null
 */
public record GrantUse(
        String grant,
        String application,
        String applicationName,
        String interfaceId,
        String interfaceName,
        String organisation,
        String owner,
        String state,
        Instant validUntil,
        int plausibleDays,
        int implausibleDays,
        long answered,
        long subjects,
        boolean effective,
        @Nullable LocalDate lastPlausible,
        @Nullable Instant lastAnswered,
        List<UseDay.Reason> reasons,
        @Nullable String reclaim,
        @Nullable LocalDate exempted) {
    public GrantUse {
        reasons = List.copyOf(reasons);
    }
}
