package cn.tiaoxi.platform.border;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Identifiers that come from outside. */
public final class Identifiers {
    private Identifiers() {}

    /**
     * A new identifier that sorts by the time of its making: UUID of version 7, RFC 9562. Rows with
     * such keys are appended to an index instead of being scattered over it.
     */
    public static String next() {
        long time = System.currentTimeMillis();
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = time << 16 | 0x7000 | random.nextInt(0x1000);
        long low = random.nextLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }

    /** Whether a text may be compared with a column of identifiers: a UUID in its usual form. */
    public static boolean isIdentifier(String text) {
        try {
            return UUID.fromString(text).toString().equalsIgnoreCase(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
