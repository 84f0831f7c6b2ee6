package cn.tiaoxi.platform.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.cn.smart.SmartChineseAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/** Cuts text into what is indexed and searched: words, pairs of characters, sounds. */
final class SearchWords {
    private static final Pattern LATIN = Pattern.compile("[a-z0-9][a-z0-9._-]*");
    private static final int MOST_JOINED_WORDS = 4;

    private final SmartChineseAnalyzer chinese = new SmartChineseAnalyzer(true);
    private final Pinyin pinyin = new Pinyin();

    /** Half-width, lower case, without blanks around. */
    static String normal(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT).strip();
    }

    /** The Chinese words of a text. */
    List<String> words(String text) {
        List<String> words = new ArrayList<>();
        try (TokenStream tokens = chinese.tokenStream("words", text)) {
            CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                if (term.toString().codePoints().anyMatch(Pinyin::isHan)) {
                    words.add(term.toString());
                }
            }
            tokens.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return words;
    }

    /** Each Chinese character and each pair of neighbours. */
    static Set<String> grams(String text) {
        Set<String> grams = new LinkedHashSet<>();
        for (int i = 0; i < text.length(); i++) {
            if (Pinyin.isHan(text.charAt(i))) {
                grams.add(text.substring(i, i + 1));
                if (i + 1 < text.length() && Pinyin.isHan(text.charAt(i + 1))) {
                    grams.add(text.substring(i, i + 2));
                }
            }
        }
        return grams;
    }

    /** Words and numbers in Latin letters, whole and in their parts. */
    static Set<String> latin(String text) {
        Set<String> found = new LinkedHashSet<>();
        Matcher matcher = LATIN.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group());
            found.addAll(List.of(matcher.group().split("[._-]")));
        }
        found.remove("");
        return found;
    }

    /** How a title sounds from each of its syllables on, for search by beginnings. */
    Set<String> sounds(String title) {
        Set<String> sounds = new LinkedHashSet<>();
        for (List<String> reading : pinyin.readings(title)) {
            for (int i = 0; i < reading.size(); i++) {
                sounds.add(String.join("", reading.subList(i, reading.size())));
            }
        }
        sounds.remove("");
        return sounds;
    }

    /** The first letters of a title from each of its syllables on. */
    Set<String> initials(String title) {
        Set<String> initials = new LinkedHashSet<>();
        for (List<String> reading : pinyin.readings(title)) {
            StringBuilder letters = new StringBuilder();
            reading.forEach(s -> letters.append(s.isEmpty() ? "" : s.substring(0, 1)));
            for (int i = 0; i < letters.length(); i++) {
                initials.add(letters.substring(i));
            }
        }
        return initials;
    }

    /** How words and runs of up to four words sound, for search that forgives a slip. */
    Set<String> spokenWords(String title) {
        Set<String> spoken = new LinkedHashSet<>();
        List<String> words = words(title);
        for (int i = 0; i < words.size(); i++) {
            StringBuilder run = new StringBuilder();
            for (int j = i; j < Math.min(words.size(), i + MOST_JOINED_WORDS); j++) {
                run.append(String.join("", pinyin.readings(words.get(j)).getFirst()));
                spoken.add(run.toString());
            }
        }
        return spoken;
    }
}
