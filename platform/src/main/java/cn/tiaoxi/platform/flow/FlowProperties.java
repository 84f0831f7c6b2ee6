package cn.tiaoxi.platform.flow;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How processes are kept and watched.
 *
 * @param keepHistory how long the engine's own history of an ended process is kept, at least a day;
 *     afterwards only the path through the process remains
 * @param clockInterval how often due clocks are looked for, 1 second to 10 minutes
 */
@ConfigurationProperties(prefix = "tiaoxi.flow", ignoreUnknownFields = false)
record FlowProperties(
        @DefaultValue("180d") Duration keepHistory, @DefaultValue("10s") Duration clockInterval) {
    FlowProperties {
        if (keepHistory.compareTo(Duration.ofDays(1)) < 0) {
            throw new IllegalArgumentException("tiaoxi.flow.keep-history must be a day or more");
        }
        if (clockInterval.compareTo(Duration.ofSeconds(1)) < 0
                || clockInterval.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new IllegalArgumentException(
                    "tiaoxi.flow.clock-interval must be between 1 second and 10 minutes");
        }
    }
}
