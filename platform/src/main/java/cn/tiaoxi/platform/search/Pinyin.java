package cn.tiaoxi.platform.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** How Chinese sounds: what people type who do not switch the keyboard. */
final class Pinyin {
    /** The characters that have a reading: CJK Extension A to the end of the unified ideographs. */
    private static final char FIRST = '\u3400';

    private static final char LAST = '\u9FFF';
    private static final String[] NONE = {};

    /** Readings without a vowel, which nobody types but for first letters. */
    private static final Set<String> EXCLAMATIONS = Set.of("m", "n", "ng");

    /** Readings of frequent characters that have several; the table knows one of each. */
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

    private static String[][] readings() {
        String[][] readings = new String[LAST - FIRST + 1][];
        Arrays.fill(readings, NONE);
        try (InputStream file = Pinyin.class.getResourceAsStream("/search/pinyin.txt")) {
            String text = new String(Objects.requireNonNull(file).readAllBytes(), UTF_8);
            text.lines().filter(l -> !l.startsWith("#")).forEach(l -> read(l, readings));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        OTHER_READINGS.forEach((c, more) -> readings[c - FIRST] = more.split(" "));
        return readings;
    }

    private static void read(String line, String[][] readings) {
        int blank = line.indexOf(' ');
        String[] syllable = {line.substring(0, blank).intern()};
        for (int i = blank + 1; i < line.length(); i++) {
            readings[line.charAt(i) - FIRST] = syllable;
        }
    }

    private static Set<String> syllables() {
        Set<String> all = new TreeSet<>();
        for (String[] readings : READINGS) {
            all.addAll(Arrays.asList(readings));
        }
        all.removeAll(EXCLAMATIONS);
        return Set.copyOf(all);
    }
}
