package cn.tiaoxi.contract;

import org.jspecify.annotations.Nullable;

/**
 * How many calls are allowed, over all grants together; null where nothing limits them.
 *
 * @param perSecond calls in a second of the clock, at least 1
 * @param perDay calls a day (Asia/Shanghai), at least 1
 * @param perMonth calls in a month of the calendar, at least 1
 */
public record CallLimits(
        @Nullable Integer perSecond, @Nullable Long perDay, @Nullable Long perMonth) {
    /** No limit. */
    public static final CallLimits NONE = new CallLimits(null, null, null);

    /** Whether nothing is limited. */
    public boolean isOpen() {
        return perSecond == null && perDay == null && perMonth == null;
    }
}
