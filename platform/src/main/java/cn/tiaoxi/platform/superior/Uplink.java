package cn.tiaoxi.platform.superior;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The platform above, to which this one reports.
 *
 * @param id what this platform is called there
 * @param name what it calls itself
 * @param key its Ed25519 public key, pinned at the enrolment
 * @param lastNumber highest number of a report
 * @param acknowledged highest number that it has stored
 * @param lastOrder highest number of an order that was carried out or refused
 * @param reached when it last answered, or null
 * @param failures attempts that failed since
 * @param error what the last of them was told, or null
 * @param nextTry before when it is not asked again
 */
public record Uplink(
        URI address,
        String id,
        String name,
        String key,
        Instant connected,
        String connectedBy,
        long lastNumber,
        long acknowledged,
        long lastOrder,
        @Nullable Instant reached,
        int failures,
        @Nullable String error,
        Instant nextTry) {

    /** The print of its key, for people to compare. */
    public String print() {
        return Prints.of(key);
    }
}
