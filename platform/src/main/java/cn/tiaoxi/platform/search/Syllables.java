package cn.tiaoxi.platform.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Cuts pinyin that was typed without blanks into syllables. */
final class Syllables {
    static final int LONGEST = 6;
    private static final int MOST_WAYS = 6;

    /** All beginnings of syllables. */
    private static final Set<String> BEGINNINGS = beginnings();

    private Syllables() {}

    private static Set<String> beginnings() {
        Set<String> all = new TreeSet<>();
        for (String syllable : Pinyin.all()) {
            for (int i = 1; i <= syllable.length(); i++) {
                all.add(syllable.substring(0, i));
            }
        }
        return Set.copyOf(all);
    }

    /**
     * The ways in which a text falls into syllables, those with fewest first; the last syllable may
     * be unfinished if another stands before it, or if it has three letters.
     */
    static List<List<String>> cut(String text) {
        List<List<String>> ways = new ArrayList<>();
        if (text.chars().allMatch(c -> c >= 'a' && c <= 'z')) {
            cut(text, 0, new ArrayList<>(), ways);
        }
        ways.sort(Comparator.comparingInt(List::size));
        return ways.subList(0, Math.min(ways.size(), MOST_WAYS));
    }

    private static void cut(String text, int from, List<String> before, List<List<String>> ways) {
        if (ways.size() > MOST_WAYS * 4) {
            return;
        }
        for (int to = Math.min(text.length(), from + LONGEST); to > from; to--) {
            String syllable = text.substring(from, to);
            boolean last = to == text.length();
            if (last ? mayEnd(syllable, before) : Pinyin.all().contains(syllable)) {
                before.add(syllable);
                if (last) {
                    ways.add(List.copyOf(before));
                } else {
                    cut(text, to, before, ways);
                }
                before.removeLast();
            }
        }
    }

    private static boolean mayEnd(String syllable, List<String> before) {
        return Pinyin.all().contains(syllable)
                || (!before.isEmpty() || syllable.length() >= 3) && BEGINNINGS.contains(syllable);
    }
}
