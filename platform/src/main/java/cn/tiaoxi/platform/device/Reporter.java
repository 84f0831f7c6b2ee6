package cn.tiaoxi.platform.device;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A machine that reports devices: a gateway, or a vendor's platform.
 *
 * @param organisation code of the organisation whose devices, and those of the ones below it, it
 *     may report
 * @param tokenStart how its token begins, to tell tokens apart
 * @param createdBy user name of who let it report
 * @param lastUsed when it last reported, to the minute
 * @param revoked when its token was taken away, null while it holds
 * @param accepted rows taken from it today
 * @param refused rows not taken from it today
 */
public record Reporter(
        String id,
        String name,
        String organisation,
        String tokenStart,
        Instant created,
        String createdBy,
        @Nullable Instant lastUsed,
        @Nullable Instant revoked,
        long accepted,
        long refused) {}
