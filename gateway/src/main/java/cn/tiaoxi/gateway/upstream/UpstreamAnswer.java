package cn.tiaoxi.gateway.upstream;

import org.jspecify.annotations.Nullable;

/**
 * A service's answer, filtered.
 *
 * @param contentType what it is
 * @param whole the body, or null where it is longer than was asked to be held
 * @param ending how it ended; of a longer one null
 * @param rest a longer body, of which nothing has left yet; else null
 */
public record UpstreamAnswer(
        String contentType,
        byte @Nullable [] whole,
        @Nullable Ending ending,
        @Nullable ServiceBody rest) {}
