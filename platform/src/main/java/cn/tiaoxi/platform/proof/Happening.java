package cn.tiaoxi.platform.proof;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record of the trace as pages show it.
 *
 * @param id identifier of the record
 * @param kind {@code CHANGE}, {@code CALL} or {@code FINDING}
 * @param origin log that holds it
 * @param index place in that log, null for the moment until it is written there
 * @param owner organisation whose thing it was done to, where known
 */
public record Happening(
        String id,
        Instant time,
        String kind,
        String actor,
        String organisation,
        String action,
        String object,
        String outcome,
        Map<String, String> detail,
        String origin,
        @Nullable Long index,
        String owner) {

    /** The same, in that log. */
    Happening in(String log) {
        return new Happening(
                id,
                time,
                kind,
                actor,
                organisation,
                action,
                object,
                outcome,
                detail,
                log,
                index,
                owner);
    }
}
