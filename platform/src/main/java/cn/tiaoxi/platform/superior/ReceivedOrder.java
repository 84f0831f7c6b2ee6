package cn.tiaoxi.platform.superior;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An order from above and what came of it.
 *
 * @param result APPLIED or REFUSED
 * @param refusal code of why it was refused, or null
 */
public record ReceivedOrder(
        long number,
        Protocol.Act act,
        String interfaceId,
        String reason,
        String legalBasis,
        @Nullable Instant until,
        Instant given,
        Instant applied,
        String result,
        @Nullable String refusal) {}
