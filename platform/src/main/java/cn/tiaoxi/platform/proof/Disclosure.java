package cn.tiaoxi.platform.proof;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one grant's calls took from a dataset.
 *
 * @param calls calls that were answered
 * @param refused calls that were refused
 * @param rows rows that left
 */
public record Disclosure(
        String grant,
        String application,
        String organisation,
        String purpose,
        List<String> fields,
        long calls,
        long refused,
        long rows,
        @Nullable Instant first,
        @Nullable Instant last) {
    public Disclosure {
        fields = List.copyOf(fields);
    }
}
