package cn.tiaoxi.platform.device;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A sensing device in use, and how it fares.
 *
 * @param id identifier of its entry in the ledger
 * @param kind code of its kind, empty where the ledger has none
 * @param division code of the division it stands in, empty where unknown
 * @param since when its state began
 * @param lastSeen time of its newest heartbeat
 * @param lon longitude in degrees, null where the ledger has no place
 * @param lat latitude in degrees
 * @param battery charge in percent
 * @param signal strength of reception in percent
 * @param status what it says of itself
 */
public record Device(
        String id,
        String code,
        String title,
        String organisation,
        String kind,
        String division,
        State state,
        Instant since,
        @Nullable Instant lastSeen,
        @Nullable Double lon,
        @Nullable Double lat,
        @Nullable Integer battery,
        @Nullable Integer signal,
        Heartbeat.@Nullable Status status) {

    /** Whether a device is heard. */
    public enum State {
        /** It was heard within the time of its kind. */
        ONLINE,
        /** It was heard once, but not within that time. */
        OFFLINE,
        /** It was never heard. */
        UNSEEN
    }
}
