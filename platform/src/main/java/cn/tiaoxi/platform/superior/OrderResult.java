package cn.tiaoxi.platform.superior;

import org.jspecify.annotations.Nullable;

/**
 * What came of an order.
 *
 * @param reason code of why it was refused, or null
 */
record OrderResult(long number, Outcome result, @Nullable String reason) {
    /** Whether it was done. */
    enum Outcome {
        APPLIED,
        REFUSED
    }

    static OrderResult applied(long number) {
        return new OrderResult(number, Outcome.APPLIED, null);
    }

    static OrderResult refused(long number, String reason) {
        return new OrderResult(number, Outcome.REFUSED, reason);
    }
}
