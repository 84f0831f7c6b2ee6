package cn.tiaoxi.platform.evidence;

import cn.tiaoxi.trace.TraceException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One that is asked to cosign the platform's log.
 *
 * @param owner the gateway that it is, or {@code outside}
 * @param name under which it signs
 * @param signed when it cosigned last, or null
 * @param problem why it did not the last time: a code of {@link TraceException}, or null
 */
public record AskedWitness(
        String owner, String name, @Nullable Instant signed, @Nullable String problem) {}
