package cn.tiaoxi.platform.border;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/** Optimistic concurrency over HTTP: {@code ETag: "3"} out, {@code If-Match: "3"} back. */
public final class Versions {
    private Versions() {}

    /** An answer that carries its version. */
    public static <T> ResponseEntity<T> tagged(T body, long version) {
        return ResponseEntity.ok().eTag("\"" + version + "\"").body(body);
    }

    /**
     * The version that a change is based on.
     *
     * @throws BorderException if the header is missing or no version
     */
    public static long required(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.isBlank()) {
            throw BorderException.versionMissing();
        }
        try {
            return Long.parseLong(ifMatch.replace("W/", "").replace("\"", "").strip());
        } catch (NumberFormatException e) {
            throw BorderException.invalid("If-Match", "border.type", ifMatch);
        }
    }

    /**
     * Refuses a change that is based on another version than the current one.
     *
     * @throws BorderException if they differ
     */
    public static void check(long expected, long current) {
        if (expected != current) {
            throw BorderException.versionConflict(current);
        }
    }
}
