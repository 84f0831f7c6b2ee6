package cn.tiaoxi.platform.duplicate;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When two entries are taken for duplicates.
 *
 * @param threshold score from which on there is an alarm, above 0 and below 1; what scores mean is
 *     said at {@link Comparison}
 */
@ConfigurationProperties(prefix = "tiaoxi.duplicate", ignoreUnknownFields = false)
record DuplicateProperties(@DefaultValue("0.5") double threshold) {
    DuplicateProperties {
        if (!(threshold > 0 && threshold < 1)) {
            throw new IllegalArgumentException(
                    "tiaoxi.duplicate.threshold must be above 0 and below 1");
        }
    }
}
