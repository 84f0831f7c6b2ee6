package cn.tiaoxi.platform.search;

import com.ibm.icu.text.Transliterator;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** How Chinese sounds: what people type who do not switch the keyboard. */
final class Pinyin {
    private static final int MOST_SYLLABLES = 40;
    private static final int MOST_READINGS = 6;

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

    private final Transliterator latin = Transliterator.getInstance("Han-Latin; Latin-ASCII");

    /** The readings of a text, each as its syllables; what is not Chinese stays as it is. */
    List<List<String>> readings(String text) {
        List<List<String>> readings = new ArrayList<>();
        readings.add(List.of());
        for (int i = 0; i < text.length() && readings.getFirst().size() < MOST_SYLLABLES; i++) {
            char c = text.charAt(i);
            if (!isHan(c)) {
                continue;
            }
            List<List<String>> longer = new ArrayList<>();
            for (String syllable : syllables(c)) {
                for (List<String> reading : readings) {
                    if (longer.size() < MOST_READINGS) {
                        List<String> more = new ArrayList<>(reading);
                        more.add(syllable);
                        longer.add(more);
                    }
                }
            }
            readings = longer;
        }
        return readings;
    }

    private Set<String> syllables(char c) {
        Set<String> syllables = new LinkedHashSet<>();
        String first;
        synchronized (latin) {
            first = latin.transliterate(String.valueOf(c));
        }
        syllables.add(first.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", ""));
        String others = OTHER_READINGS.get(c);
        if (others != null) {
            syllables.addAll(List.of(others.split(" ")));
        }
        return syllables;
    }

    static boolean isHan(int c) {
        return Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN;
    }
}
