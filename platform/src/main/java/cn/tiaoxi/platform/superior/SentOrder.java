package cn.tiaoxi.platform.superior;

import cn.tiaoxi.contract.Wire;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An order to a subordinate and what came of it.
 *
 * @param result APPLIED or REFUSED, or null while nothing is known
 * @param refusal code of why it was refused, or null
 */
public record SentOrder(
        long number,
        Protocol.Act act,
        String interfaceId,
        String reason,
        String legalBasis,
        @Nullable Instant until,
        Instant given,
        String givenBy,
        @Nullable String result,
        @Nullable String refusal,
        @Nullable Instant answered) {

    static SentOrder of(
            String text,
            String givenBy,
            @Nullable String result,
            @Nullable String refusal,
            @Nullable Instant answered) {
        Protocol.Order order = Wire.JSON.readValue(text, Protocol.Order.class);
        return new SentOrder(
                order.number(),
                order.act(),
                order.interfaceId(),
                order.reason(),
                order.legalBasis(),
                order.until(),
                order.given(),
                givenBy,
                result,
                refusal,
                answered);
    }
}
