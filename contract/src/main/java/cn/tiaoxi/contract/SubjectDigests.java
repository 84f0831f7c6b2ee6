package cn.tiaoxi.contract;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;

/**
 * Keyed digests of subjects: the first 48 bits of an HMAC-SHA256. Whoever holds the key can tell
 * whether a known person's row was delivered; without it a digest says nothing. Among a million
 * subjects one is taken for another with a probability of 1 to 281 million. Safe for use by
 * threads.
 */
public final class SubjectDigests {
    /** Length of a key. */
    public static final int KEY_BYTES = 32;

    /** Length of a digest. */
    public static final int BITS = 48;

    /** Digits of a digest in a record. */
    private static final int CHARACTERS = 8;

    private static final int BYTES = BITS / Byte.SIZE;

    private static final String PURPOSE = "tiaoxi subject digest v1";
    private static final String MARKS = "tiaoxi delivery marks v1";

    private final HmacSha256 mac;
    private final MarkSeeds marks;

    /**
     * @param key 32 secret bytes
     */
    public SubjectDigests(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("A digest key has 32 bytes, not " + key.length);
        }
        this.mac = new HmacSha256(key);
        this.marks = new MarkSeeds(mac.of(MARKS));
    }

    /** What files are marked by, under a key derived from this one. */
    public MarkSeeds marks() {
        return marks;
    }

    /**
     * The digest of a subject.
     *
     * @param kind what sort of subject it is
     * @param value what names it; spelled in any way that {@link #normal} takes for the same
     * @return 48 bits, not negative
     */
    public long digest(String kind, String value) {
        String text = PURPOSE + '\0' + kind + '\0' + normal(value);
        return read(Arrays.copyOf(mac.of(text), BYTES))[0];
    }

    /**
     * One spelling for all that people type for the same identifier: compatibility forms are
     * resolved (NFKC), letters are capital, and neither spaces nor hyphens nor invisible characters
     * count.
     */
    public static String normal(String value) {
        if (isNormal(value)) {
            return value;
        }
        String resolved = Normalizer.normalize(value, Normalizer.Form.NFKC);
        StringBuilder kept = new StringBuilder(resolved.length());
        resolved.codePoints().filter(SubjectDigests::counts).forEach(kept::appendCodePoint);
        return kept.toString().toUpperCase(Locale.ROOT);
    }

    private static boolean isNormal(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'A' && c <= 'Z')) {
                return false;
            }
        }
        return true;
    }

    private static boolean counts(int character) {
        return switch (Character.getType(character)) {
            case Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.CONTROL,
                    Character.FORMAT,
                    Character.DASH_PUNCTUATION ->
                    false;
            default -> true;
        };
    }

    /** Adds a digest to a text of digests: 8 characters of Base64 with the URL alphabet. */
    public static void write(StringBuilder into, long digest) {
        byte[] bytes = new byte[BYTES];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (digest >>> BITS - Byte.SIZE * (i + 1));
        }
        into.append(Base64.getUrlEncoder().encodeToString(bytes));
    }

    /**
     * The bytes of a text of digests, six for each.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static byte[] bytes(String text) {
        if (text.length() % CHARACTERS != 0) {
            throw new IllegalArgumentException("Digests have 8 characters each");
        }
        byte[] bytes = Base64.getUrlDecoder().decode(text);
        if (bytes.length != text.length() / CHARACTERS * BYTES) {
            throw new IllegalArgumentException("Digests are written without padding");
        }
        return bytes;
    }

    /**
     * Reads a text of digests.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static long[] read(String text) {
        return read(bytes(text));
    }

    /** Reads digests of six bytes each. */
    public static long[] read(byte[] bytes) {
        long[] digests = new long[bytes.length / BYTES];
        for (int i = 0; i < digests.length * BYTES; i++) {
            digests[i / BYTES] = digests[i / BYTES] << Byte.SIZE | bytes[i] & 0xff;
        }
        return digests;
    }
}
