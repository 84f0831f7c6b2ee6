package cn.tiaoxi.platform.search;

import com.ibm.icu.text.Transliterator;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** How Chinese sounds: what people type who do not switch the keyboard. */
final class Pinyin {
    /** The characters that have a reading: CJK Extension A to the end of the unified ideographs. */
    private static final char FIRST = '\u3400';

    private static final char LAST = '\u9FFF';

    /** The transliteration of long texts takes long. */
    private static final int AT_ONCE = 64;

    private static final String[] NONE = {};

    /** Second readings of frequent characters; the transliteration knows the first. */
    private static final Map<Character, String> OTHER_READINGS =
            Map.ofEntries(
                    Map.entry('长', "chang zhang"),
                    Map.entry('行', "xing hang"),
                    Map.entry('重', "zhong chong"),
                    Map.entry('乐', "le yue"),
                    Map.entry('会', "hui kuai"),
                    Map.entry('单', "dan shan"),
                    Map.entry('区', "qu ou"),
                    Map.entry('调', "diao tiao"),
                    Map.entry('参', "can shen"),
                    Map.entry('便', "bian pian"),
                    Map.entry('曾', "ceng zeng"),
                    Map.entry('解', "jie xie"),
                    Map.entry('率', "lv shuai"),
                    Map.entry('绿', "lv lu"),
                    Map.entry('律', "lv lu"),
                    Map.entry('旅', "lv lu"),
                    Map.entry('女', "nv nu"),
                    Map.entry('藏', "cang zang"),
                    Map.entry('朝', "chao zhao"),
                    Map.entry('传', "chuan zhuan"));

    private static final String[][] READINGS = readings();
    private static final Set<String> SYLLABLES = syllables();

    private Pinyin() {}

    /** The readings of a character without tones, the usual one first; empty if it has none. */
    static String[] of(char c) {
        return c < FIRST || c > LAST ? NONE : READINGS[c - FIRST];
    }

    /** All syllables that some character is read by. */
    static Set<String> all() {
        return SYLLABLES;
    }

    static boolean isHan(int c) {
        return Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN;
    }

    /** Transliterates all characters once; thereafter a reading costs a look into an array. */
    private static String[][] readings() {
        Map<String, String[]> shared = new HashMap<>();
        Transliterator transliterator = Transliterator.getInstance("Han-Latin; Latin-ASCII");
        String[][] readings = new String[LAST - FIRST + 1][];
        for (int from = 0; from < readings.length; from += AT_ONCE) {
            int to = Math.min(readings.length, from + AT_ONCE);
            String[] latin = transliterator.transliterate(lines(from, to)).split("\n");
            for (int i = from; i < to; i++) {
                Set<String> known = known((char) (FIRST + i), latin[i - from]);
                readings[i] =
                        shared.computeIfAbsent(
                                String.join(" ", known), k -> known.toArray(String[]::new));
            }
        }
        return readings;
    }

    private static String lines(int from, int to) {
        StringBuilder lines = new StringBuilder();
        for (int i = from; i < to; i++) {
            lines.append((char) (FIRST + i)).append('\n');
        }
        return lines.toString();
    }

    private static Set<String> known(char c, String latin) {
        Set<String> known = new LinkedHashSet<>();
        String first = latin.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        if (!first.isEmpty()) {
            known.add(first);
        }
        @Nullable String others = OTHER_READINGS.get(c);
        if (others != null) {
            known.addAll(Arrays.asList(others.split(" ")));
        }
        return known;
    }

    private static Set<String> syllables() {
        Set<String> all = new TreeSet<>();
        for (String[] readings : READINGS) {
            all.addAll(Arrays.asList(readings));
        }
        return Set.copyOf(all);
    }
}
