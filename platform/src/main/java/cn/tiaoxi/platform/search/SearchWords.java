package cn.tiaoxi.platform.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.cn.smart.SmartChineseAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * Cuts text into what is indexed and searched: pairs of characters, Latin words, sounds.
 *
 * <p>Chinese text is indexed by pairs of neighbours, which costs a fraction of a segmenter and
 * finds words that it does not know; only what people type is cut into words.
 */
final class SearchWords {
    /** Longer words are found by their beginning. */
    static final int LONGEST_LATIN = 100;

    /** Beginnings up to this length are terms of their own, so that typing them is quick. */
    static final int LONGEST_START = 6;

    static final int SHORTEST_START = 2;
    static final int LONGEST_INITIALS = 3;

    private static final byte HAN = 1;
    private static final byte LETTER = 2;
    private static final byte JOINER = 3;
    private static final byte[] CLASSES = classes();

    private final SmartChineseAnalyzer chinese = new SmartChineseAnalyzer(true);

    private static byte[] classes() {
        byte[] classes = new byte[Character.MAX_VALUE + 1];
        for (int c = 0; c < classes.length; c++) {
            if (Pinyin.isHan(c)) {
                classes[c] = HAN;
            } else if (Character.isLetterOrDigit(c)) {
                classes[c] = LETTER;
            }
        }
        classes['.'] = JOINER;
        classes['_'] = JOINER;
        classes['-'] = JOINER;
        return classes;
    }

    static boolean isHan(char c) {
        return CLASSES[c] == HAN;
    }

    /** Half-width, lower case, without blanks around. */
    static String normal(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT).strip();
    }

    /** The Chinese words of what was typed. */
    List<String> words(String text) {
        List<String> words = new ArrayList<>();
        try (TokenStream tokens = chinese.tokenStream("words", text)) {
            CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                if (term.toString().chars().allMatch(c -> isHan((char) c))) {
                    words.add(term.toString());
                }
            }
            tokens.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return words;
    }

    /**
     * Each pair of Chinese neighbours, and the last character of each run alone: so every character
     * begins a term.
     */
    static void grams(CharSequence text, Tokens out) {
        for (int i = 0; i < text.length(); i++) {
            if (isHan(text.charAt(i))) {
                boolean pair = i + 1 < text.length() && isHan(text.charAt(i + 1));
                out.add(text, i, pair ? i + 2 : i + 1);
            }
        }
    }

    /** Words and numbers in Latin letters, whole and in their parts. */
    static void latin(CharSequence text, Tokens out) {
        for (int from = 0; from < text.length(); from++) {
            if (CLASSES[text.charAt(from)] == LETTER) {
                int to = word(text, from);
                out.add(text, from, Math.min(to, from + LONGEST_LATIN));
                parts(text, from, to, out);
                from = to;
            }
        }
    }

    private static int word(CharSequence text, int from) {
        int to = from + 1;
        while (to < text.length() && CLASSES[text.charAt(to)] >= LETTER) {
            to++;
        }
        while (CLASSES[text.charAt(to - 1)] == JOINER) {
            to--;
        }
        return to;
    }

    private static void parts(CharSequence text, int from, int to, Tokens out) {
        int start = from;
        for (int i = from; i <= to; i++) {
            if (i == to || CLASSES[text.charAt(i)] == JOINER) {
                boolean whole = start == from && i == to;
                if (i > start && !whole) {
                    out.add(text, start, Math.min(i, start + LONGEST_LATIN));
                }
                start = i + 1;
            }
        }
    }

    /** The beginnings of Latin words. */
    static void starts(CharSequence text, Tokens out) {
        for (int from = 0; from < text.length(); from++) {
            if (CLASSES[text.charAt(from)] == LETTER) {
                int to = word(text, from);
                beginnings(text, from, to, out);
                from = to;
            }
        }
    }

    /** The beginnings of a text from two characters on. */
    static void beginnings(CharSequence text, int from, int to, Tokens out) {
        int last = Math.min(to, from + LONGEST_START);
        for (int end = from + SHORTEST_START; end <= last; end++) {
            out.add(text, from, end);
        }
    }

    /** How a title sounds: each pair of neighbouring syllables, and the last one alone. */
    static void sounds(CharSequence title, Tokens out) {
        String[] before = {};
        for (int i = 0; i < title.length(); i++) {
            char c = title.charAt(i);
            if (!isHan(c)) {
                continue;
            }
            String[] readings = Pinyin.of(c);
            for (String first : before) {
                for (String second : readings) {
                    out.add(first, second);
                }
            }
            before = readings;
        }
        for (String last : before) {
            out.add(last, 0, last.length());
        }
    }

    /** The first letters of each three neighbouring syllables, and of the fewer at the end. */
    static void initials(CharSequence title, Tokens out) {
        StringBuilder usual = new StringBuilder();
        StringBuilder other = new StringBuilder();
        for (int i = 0; i < title.length(); i++) {
            String[] readings = isHan(title.charAt(i)) ? Pinyin.of(title.charAt(i)) : new String[0];
            if (readings.length > 0) {
                usual.append(readings[0].charAt(0));
                other.append(readings[readings.length - 1].charAt(0));
            }
        }
        triples(usual, out);
        if (!usual.toString().contentEquals(other)) {
            triples(other, out);
        }
    }

    private static void triples(StringBuilder letters, Tokens out) {
        for (int i = 0; i < letters.length(); i++) {
            out.add(letters, i, Math.min(letters.length(), i + LONGEST_INITIALS));
        }
    }
}
