package cn.tiaoxi.platform.personnel;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Access that was taken from a key person or a vendor, and given back if it was.
 *
 * @param subject entry of the key person or the vendor
 * @param username account that was switched off with it, or null
 * @param switchedOff whether the account was on before
 * @param by user name of who caused it, {@code system} for the clock
 * @param restored when it was undone, or null
 */
public record Loss(
        String id,
        String subject,
        @Nullable String username,
        boolean switchedOff,
        List<LossReason> reasons,
        Instant time,
        String by,
        String byName,
        @Nullable Instant restored,
        @Nullable String restoredByName,
        @Nullable String restoredReason) {
    public Loss {
        reasons = List.copyOf(reasons);
    }
}
