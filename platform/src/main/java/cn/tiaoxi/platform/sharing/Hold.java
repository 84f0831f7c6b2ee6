package cn.tiaoxi.platform.sharing;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A suspension of an interface that another authority ordered.
 *
 * @param interfaceId which interface
 * @param authority name of who ordered it
 * @param reference number of the order
 * @param legalBasis what it is founded on
 * @param until when it lapses by itself, or null for when it is lifted
 */
public record Hold(
        String interfaceId,
        String authority,
        String reference,
        String reason,
        String legalBasis,
        Instant since,
        @Nullable Instant until) {

    /** Whether calls are refused for it at that moment. */
    public boolean holds(Instant now) {
        return until == null || until.isAfter(now);
    }
}
