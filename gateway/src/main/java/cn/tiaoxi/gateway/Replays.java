package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.PolicySnapshot.Style;
import java.util.EnumMap;
import java.util.Map;

/** What was signed before, for each style as long as a signature of it is accepted. */
final class Replays {
    /** How many times fewer province calls than others are remembered. */
    private static final int PROVINCE_SHARE = 4;

    private final Map<Style, ReplayMemory> memories = new EnumMap<>(Style.class);

    /**
     * @param capacity most nonces remembered of message signatures; of each province style a
     *     quarter of that
     */
    Replays(int capacity) {
        for (Style style : Style.values()) {
            if (style == Style.MUTUAL_TLS) {
                continue;
            }
            int room = style == Style.SIGNATURE ? capacity : Math.ceilDiv(capacity, PROVINCE_SHARE);
            memories.put(style, new ReplayMemory(room, skewSeconds(style)));
        }
    }

    /**
     * Seconds that a request's time may differ from the gateway's. The token style sets no bound of
     * its own; there it is the life of a request secret. In mutual TLS a request has none.
     */
    static long skewSeconds(Style style) {
        return switch (style) {
            case SIGNATURE -> ReplayMemory.SKEW_SECONDS;
            case PROVINCE_HMAC -> 90;
            case PROVINCE_TOKEN -> TokenSecrets.Kind.REQUEST.lifeSeconds();
            case MUTUAL_TLS -> 0;
        };
    }

    /**
     * Remembers a nonce.
     *
     * @throws RefusedException if it was remembered before, or if there is no room
     */
    void remember(Style style, String keyId, String nonce, long createdSecond, long nowSecond) {
        ReplayMemory memory = memories.get(style);
        if (memory == null) {
            throw new IllegalStateException("No memory for " + style);
        }
        memory.remember(keyId, nonce, createdSecond, nowSecond);
    }
}
