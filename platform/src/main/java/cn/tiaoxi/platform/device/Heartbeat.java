package cn.tiaoxi.platform.device;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A sign of life of a device.
 *
 * @param code the device's code in the ledger
 * @param time when it was sent, null for now
 * @param battery charge in percent, 0 to 100
 * @param signal strength of reception in percent, 0 to 100
 * @param status what the device says of itself
 */
public record Heartbeat(
        String code,
        @Nullable Instant time,
        @Nullable Integer battery,
        @Nullable Integer signal,
        @Nullable Status status) {

    /** What a device says of itself. */
    public enum Status {
        OK,
        FAULT,
        MAINTENANCE
    }
}
