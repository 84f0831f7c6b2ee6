package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.HmacSha256;
import cn.tiaoxi.contract.ProvinceToken;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of the province's token style under one key. They are derived from the app secret and
 * the time, not kept: each gateway knows them all, also after a restart. Whoever asks within the
 * same slot of time gets the same secret. Safe for use by threads.
 */
final class TokenSecrets {
    private static final int MOST_CACHED = 1_024;
    private static final int HEX_DIGITS = 32;

    private final byte[] appSecret;
    private final Map<String, String> derived = new ConcurrentHashMap<>();

    /** What a secret is for, and how long it lives from the end of its slot. */
    enum Kind {
        REQUEST(60, 900, 7_200),
        REFRESH(1_800, 172_800, 86_400);

        private final long slotSeconds;
        private final long lifeSeconds;
        private final long knownSeconds;

        Kind(long slotSeconds, long lifeSeconds, long knownSeconds) {
            this.slotSeconds = slotSeconds;
            this.lifeSeconds = lifeSeconds;
            this.knownSeconds = knownSeconds;
        }

        /** How long a secret lives at least; at most a slot longer. */
        long lifeSeconds() {
            return lifeSeconds;
        }
    }

    /**
     * A secret.
     *
     * @param ends the second from which on it is no longer accepted
     */
    record Secret(String text, long ends) {
        boolean isLive(long nowSecond) {
            return nowSecond < ends;
        }

        @Override
        public String toString() {
            return "Secret[until " + ends + "]";
        }
    }

    TokenSecrets(byte[] appSecret) {
        this.appSecret = appSecret.clone();
    }

    /** The secret that is given out at that time. */
    Secret current(Kind kind, long nowSecond) {
        return secret(kind, nowSecond / kind.slotSeconds);
    }

    /**
     * The secret that a request was signed with; it may have lapsed, but not long ago.
     *
     * @return null if it was signed with none
     */
    @Nullable Secret signedWith(
            Kind kind, String appKey, String requestTime, String sign, long nowSecond) {
        byte[] sent = sign.getBytes(StandardCharsets.US_ASCII);
        long oldest = nowSecond - kind.lifeSeconds - kind.knownSeconds;
        // A gateway whose clock is a little ahead may have begun the next slot.
        for (long slot = nowSecond / kind.slotSeconds + 1;
                slot * kind.slotSeconds > oldest;
                slot--) {
            Secret secret = secret(kind, slot);
            String right = ProvinceToken.sign(appKey, secret.text(), requestTime);
            if (MessageDigest.isEqual(right.getBytes(StandardCharsets.US_ASCII), sent)) {
                return secret;
            }
        }
        return null;
    }

    /** Whether a request was signed with the app secret itself. */
    boolean isSignedWithAppSecret(String appKey, String requestTime, String sign) {
        String right =
                ProvinceToken.sign(
                        appKey, new String(appSecret, StandardCharsets.UTF_8), requestTime);
        return MessageDigest.isEqual(
                right.getBytes(StandardCharsets.US_ASCII),
                sign.getBytes(StandardCharsets.US_ASCII));
    }

    private Secret secret(Kind kind, long slot) {
        if (derived.size() > MOST_CACHED) {
            derived.clear();
        }
        String text = derived.computeIfAbsent(kind + " " + slot, this::derive);
        return new Secret(text, (slot + 1) * kind.slotSeconds + kind.lifeSeconds);
    }

    private String derive(String label) {
        byte[] bytes = HmacSha256.of(appSecret, "tiaoxi token v1 " + label);
        return HexFormat.of().formatHex(bytes).substring(0, HEX_DIGITS);
    }
}
