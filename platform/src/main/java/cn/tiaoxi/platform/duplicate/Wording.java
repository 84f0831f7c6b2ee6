package cn.tiaoxi.platform.duplicate;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;

/**
 * A text as terms: words of the synonym table by what they mean, pairs of neighbouring Chinese
 * characters for the rest, words in Latin letters whole. Years and ignored words leave nothing. A
 * pair never reaches over a word of the table, so that a changed order of words changes few terms.
 */
final class Wording {
    /** Longer texts are cut: what makes a subject stands before. */
    static final int LONGEST = 2_000;

    private final String text;
    private long[] keys = new long[16];
    private int[] begins = new int[16];
    private int[] ends = new int[16];
    private int[] slots = emptySlots(32);
    private int size;

    private Wording(String text) {
        this.text = text;
    }

    /** Half-width, lower case, of bounded length. */
    static String normal(String text) {
        String bounded = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        return Normalizer.normalize(bounded, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT).strip();
    }

    /** The terms of a text in a field of that number. */
    static Wording of(int field, String text, Synonyms synonyms) {
        Wording wording = new Wording(normal(text));
        wording.read(field, synonyms);
        return wording;
    }

    private void read(int field, Synonyms synonyms) {
        int i = 0;
        int open = 0;
        while (i < text.length()) {
            Synonyms.Word word = synonyms.at(text, i);
            int end = word == null ? i : i + word.written().length();
            if (word != null && !cuts(i, end)) {
                pairs(field, open, i);
                meaning(field, word, i, end);
                i = end;
                open = end;
            } else if (isHan(text.charAt(i))) {
                i++;
            } else {
                pairs(field, open, i);
                int next = run(i);
                latin(field, i, next);
                i = next;
                open = next;
            }
        }
        pairs(field, open, text.length());
    }

    /** Whether a word of Latin letters would be taken out of a longer one. */
    private boolean cuts(int from, int to) {
        return isLatin(from)
                && (from > 0 && isLatin(from - 1) || to < text.length() && isLatin(to))
                && isLatin(to - 1);
    }

    private boolean isLatin(int at) {
        char c = text.charAt(at);
        return Character.isLetterOrDigit(c) && !isHan(c);
    }

    /** The end of letters and digits from here, at least one character on. */
    private int run(int from) {
        int to = from;
        while (to < text.length() && isLatin(to)) {
            to++;
        }
        return Math.max(to, from + 1);
    }

    private void meaning(int field, Synonyms.Word word, int from, int to) {
        switch (word.role()) {
            case CONCEPT -> add(Term.word(field, word.meaning(), Term.MEANING), from, to);
            case GENERIC -> add(Term.word(field, word.meaning(), Term.GENERIC), from, to);
            case IGNORED -> {}
        }
    }

    private void pairs(int field, int from, int to) {
        if (to - from == 1) {
            add(Term.single(field, text.charAt(from)), from, to);
        }
        for (int i = from; i + 1 < to; i++) {
            add(Term.pair(field, text.charAt(i), text.charAt(i + 1)), i, i + 2);
        }
    }

    private void latin(int field, int from, int to) {
        if (!isLatin(from) || isYear(from, to)) {
            return;
        }
        String word = text.substring(from, to);
        boolean number = word.chars().allMatch(Character::isDigit);
        add(Term.word(field, word, number ? Term.NUMBER : Term.WHOLE), from, to);
    }

    private boolean isYear(int from, int to) {
        return to - from == 4 && (text.startsWith("20", from) || text.startsWith("19", from));
    }

    private static boolean isHan(char c) {
        return c >= 0x2E80
                && (Character.isSurrogate(c)
                        || Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN);
    }

    private void add(long key, int from, int to) {
        int slot = slot(key);
        if (slots[slot] >= 0) {
            return;
        }
        if (size == keys.length) {
            grow();
            slot = slot(key);
        }
        slots[slot] = size;
        keys[size] = key;
        begins[size] = from;
        ends[size++] = to;
    }

    /** The slot of a key, or the free one where it belongs. Half of the slots are always free. */
    private int slot(long key) {
        int at = Long.hashCode(key * 0x9E3779B97F4A7C15L) & slots.length - 1;
        while (slots[at] >= 0 && keys[slots[at]] != key) {
            at = at + 1 & slots.length - 1;
        }
        return at;
    }

    private void grow() {
        keys = Arrays.copyOf(keys, size * 2);
        begins = Arrays.copyOf(begins, size * 2);
        ends = Arrays.copyOf(ends, size * 2);
        slots = emptySlots(size * 4);
        for (int i = 0; i < size; i++) {
            slots[slot(keys[i])] = i;
        }
    }

    private static int[] emptySlots(int count) {
        int[] slots = new int[count];
        Arrays.fill(slots, -1);
        return slots;
    }

    /** How many different terms there are. */
    int size() {
        return size;
    }

    /** A term. */
    long key(int term) {
        return keys[term];
    }

    /** Where the term with that key stands here, or −1. */
    int find(long key) {
        return slots[slot(key)];
    }

    /** What is written where a term stands first. */
    String written(int term) {
        return text.substring(begins[term], ends[term]);
    }

    /** Where a term begins in the text. */
    int begin(int term) {
        return begins[term];
    }

    /** Where a term ends in the text. */
    int end(int term) {
        return ends[term];
    }

    /** A piece of the text. */
    String written(int from, int to) {
        return text.substring(from, to);
    }
}
