package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.Refusal;
import cn.tiaoxi.contract.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Remembers the nonces of verified signatures as long as such a signature would be accepted. Memory
 * is bounded: when it is full, calls are refused, never forgotten. Safe for use by threads.
 *
 * <p>Nonces are kept as 128 bits of SHA-256 in a ring of sets by the time they lapse, so that
 * forgetting costs nothing.
 */
final class ReplayMemory {
    /** Seconds that a message signature's time may differ from the gateway's. */
    static final long SKEW_SECONDS = 60;

    private static final int SLOTS = 10;
    private static final ThreadLocal<MessageDigest> DIGESTS =
            ThreadLocal.withInitial(Sha256::begin);

    /** So many slots span the time from the oldest signature accepted to the newest one's lapse. */
    private static final int SLOTS_IN_WINDOW = 8;

    private final int capacity;
    private final long skewSeconds;
    private final long slotSeconds;
    // Guarded by this.
    private final NonceSet[] sets = new NonceSet[SLOTS];
    private final long[] slots = new long[SLOTS];

    /**
     * @param skewSeconds how far a signature's time may be from the gateway's
     */
    ReplayMemory(int capacity, long skewSeconds) {
        this.capacity = capacity;
        this.skewSeconds = skewSeconds;
        this.slotSeconds = Math.ceilDiv(2 * skewSeconds, SLOTS_IN_WINDOW) + 1;
        for (int i = 0; i < SLOTS; i++) {
            sets[i] = new NonceSet();
        }
    }

    /**
     * Remembers a nonce.
     *
     * @throws RefusedException if it was remembered before, or if there is no room
     */
    void remember(String keyId, String nonce, long createdSecond, long nowSecond) {
        ByteBuffer digest = ByteBuffer.wrap(sha256(keyId + '\0' + nonce));
        long high = digest.getLong();
        long low = digest.getLong();
        long slot = (createdSecond + skewSeconds) / slotSeconds;
        long oldestLive = nowSecond / slotSeconds;
        synchronized (this) {
            if (!add(high, low, slot, oldestLive)) {
                throw new RefusedException(Refusal.REQUEST_REPLAYED, nonce);
            }
        }
    }

    private boolean add(long high, long low, long slot, long oldestLive) {
        int size = 0;
        for (int i = 0; i < SLOTS; i++) {
            if (slots[i] < oldestLive) {
                sets[i].clear();
            } else if (sets[i].contains(high, low)) {
                return false;
            }
            size += sets[i].size();
        }
        if (size >= capacity) {
            throw new RefusedException(Refusal.OVERLOADED, "nonces");
        }
        int at = (int) (slot % SLOTS);
        slots[at] = slot;
        sets[at].add(high, low);
        return true;
    }

    private static byte[] sha256(String text) {
        return DIGESTS.get().digest(text.getBytes(StandardCharsets.UTF_8));
    }
}
