package cn.tiaoxi.platform.indicator;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A value of an indicator.
 *
 * @param value the number; null where there is nothing to divide by
 * @param numerator above the line of a ratio, null for others
 * @param denominator below the line of a ratio, null for others
 */
public record Measure(
        LocalDate day,
        @Nullable Double value,
        @Nullable Double numerator,
        @Nullable Double denominator,
        Instant computed) {}
