package cn.tiaoxi.platform.duplicate;

/**
 * Terms as numbers. From below: three bits of the sort, 52 bits of what it is (two characters, or a
 * hash of a longer word), eight bits of the field; the sign tells words from characters. That two
 * of a million words meet by chance has a probability near 10⁻⁴.
 */
final class Term {
    /** Two neighbouring Chinese characters. */
    static final int PAIR = 0;

    /** A Chinese character between words of the table. */
    static final int ALONE = 1;

    /** What a word of the synonym table means. */
    static final int MEANING = 2;

    /** A word that says nothing of the subject. */
    static final int GENERIC = 3;

    /** Digits. */
    static final int NUMBER = 4;

    /** A word in Latin letters, or one value of a field with values. */
    static final int WHOLE = 5;

    /**
     * How much a term counts by its sort, before its rarity. A meaning stands for the two or three
     * pairs that its characters would make.
     */
    private static final float[] WEIGHTS = {1f, 0.6f, 1.5f, 0.15f, 0.3f, 1f, 1f, 1f};

    private Term() {}

    static long pair(int field, char first, char second) {
        return placed(field, (long) first << 16 | second, PAIR);
    }

    static long single(int field, char only) {
        return placed(field, only, ALONE);
    }

    /** A word of any length (FNV-1a, mixed). */
    static long word(int field, String word, int sort) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < word.length(); i++) {
            hash = (hash ^ word.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ hash >>> 32) * 0x9E3779B97F4A7C15L;
        return placed(field, hash >>> 12, sort) | Long.MIN_VALUE;
    }

    private static long placed(int field, long what, int sort) {
        return (long) field << 55 | what << 3 | sort;
    }

    /** The number of the field. */
    static int field(long key) {
        return (int) (key >>> 55) & 0xff;
    }

    /** The sort, one of the constants. */
    static int sort(long key) {
        return (int) (key & 7);
    }

    static float weight(long key) {
        return WEIGHTS[sort(key)];
    }
}
