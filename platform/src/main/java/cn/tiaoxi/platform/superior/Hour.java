package cn.tiaoxi.platform.superior;

import java.time.Instant;
import java.util.Map;

/**
 * The calls of an interface in an hour, all of them: a later report of the hour replaces this one.
 *
 * @param hour when it begins
 * @param answered calls that were answered
 * @param rows rows that were given
 * @param refused how many were refused, by the code of the reason
 */
record Hour(
        Instant hour,
        String interfaceId,
        long calls,
        long answered,
        long rows,
        Map<String, Long> refused) {
    Hour {
        refused = Map.copyOf(refused);
    }

    /** What names it among reports. */
    String object() {
        return hour + "/" + interfaceId;
    }
}
