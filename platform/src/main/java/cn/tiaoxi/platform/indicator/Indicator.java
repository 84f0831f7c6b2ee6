package cn.tiaoxi.platform.indicator;

import cn.tiaoxi.platform.border.Words;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A number of the city and how it comes about.
 *
 * @param id stable identifier
 * @param description what it means, in a sentence
 * @param unit what it counts
 * @param direction which way is better
 * @param target value to reach, null without one
 * @param watch value from which it needs attention, null without one
 * @param formula how it is computed, in words, shown beside the number
 * @param value SQL over the published views: one row with {@code value}, or with {@code numerator}
 *     and {@code denominator}
 * @param rows SQL over the published views: the rows behind the number, with a unique text column
 *     {@code id}
 * @param columns the columns of those rows that are shown
 * @param link page of a row; {@code {column}} stands for the row's value
 */
public record Indicator(
        String id,
        Words name,
        Words description,
        Unit unit,
        Direction direction,
        @Nullable Double target,
        @Nullable Double watch,
        Words formula,
        String value,
        String rows,
        List<Column> columns,
        @Nullable String link) {

    public Indicator {
        columns = List.copyOf(columns);
    }

    /** What an indicator counts. */
    public enum Unit {
        COUNT,
        RATIO,
        DURATION
    }

    /** Which way is better. */
    public enum Direction {
        UP,
        DOWN
    }

    /** How a value stands against target and watch value. */
    public enum Status {
        GOOD,
        WATCH,
        BAD,
        NONE
    }

    /** A shown column of the rows behind the number. */
    public record Column(String name, Words label, String type) {}

    /** How a value stands: at the target it is good, before the watch value it is bad. */
    public Status status(@Nullable Double measured) {
        if (measured == null || target == null) {
            return Status.NONE;
        }
        double sign = direction == Direction.UP ? 1 : -1;
        if (measured * sign >= target * sign) {
            return Status.GOOD;
        }
        return watch != null && measured * sign >= watch * sign ? Status.WATCH : Status.BAD;
    }
}
