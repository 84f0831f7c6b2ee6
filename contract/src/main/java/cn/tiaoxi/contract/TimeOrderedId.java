package cn.tiaoxi.contract;

import java.security.SecureRandom;
import java.util.UUID;

/** Makes identifiers of trace records and requests: UUID version 7 (RFC 9562 section 5.7). */
public final class TimeOrderedId {
    private static final SecureRandom RANDOM = new SecureRandom();

    private TimeOrderedId() {}

    /** A new identifier; later ones sort after earlier ones to the millisecond. */
    public static UUID next() {
        byte[] random = new byte[10];
        RANDOM.nextBytes(random);
        long high = System.currentTimeMillis() << 16 | 0x7000;
        high |= (random[0] & 0x0fL) << 8 | random[1] & 0xffL;
        long low = 0;
        for (int i = 2; i < 10; i++) {
            low = low << 8 | random[i] & 0xffL;
        }
        return new UUID(high, low & 0x3fffffffffffffffL | 0x8000000000000000L);
    }
}
