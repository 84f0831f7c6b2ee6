package cn.tiaoxi.gateway.upstream;

import cn.tiaoxi.gateway.filter.FilterReport;
import org.jspecify.annotations.Nullable;

/**
 * How an answer ended.
 *
 * @param how whether it was passed on whole
 * @param fault why it broke, or null
 * @param bytes bytes of its body that were let through
 * @param sha256 their SHA-256 in hexadecimal
 * @param taken bytes that the service sent
 * @param report records, and what was cut
 */
public record Ending(
        How how,
        @Nullable UpstreamException fault,
        long bytes,
        String sha256,
        long taken,
        FilterReport report) {

    /** Whether an answer was passed on whole. */
    public enum How {
        COMPLETE,
        /** The service's answer broke after its beginning had left. */
        BROKEN,
        /** The caller did not take all of it. */
        CALLER_GONE
    }
}
