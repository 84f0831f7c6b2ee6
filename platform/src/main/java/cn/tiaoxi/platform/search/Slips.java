package cn.tiaoxi.platform.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FuzzyQuery;

/**
 * Finds what was meant by Latin letters with a slip: one letter left out, too many, wrong, or two
 * neighbours exchanged; from twelve letters on two of these. In the eight or nine letters of two
 * syllables of pinyin, two slips would make another word.
 *
 * <p>Pinyin is forgiven by looking for syllables near to the letters typed, of which each two
 * neighbours stand in some title of the index. Of one thread and one search.
 */
final class Slips {
    private static final int SHORTEST = 4;
    private static final int TWO_SLIPS_FROM = 12;
    private static final int LONGEST = 40;
    private static final int MOST_WAYS = 50;
    private static final int MOST_STEPS = 20_000;

    /** Neighbouring syllables to look for in all, so that no query grows without end. */
    private static final int MOST_PAIRS = 300;

    private static final int MOST_WORDS = 20;

    private final IndexReader reader;
    private final Map<String, Boolean> known = new HashMap<>();
    private final Map<Integer, Map<String, int[]>> nearby = new HashMap<>();
    private int steps;
    private int pairs;

    Slips(IndexReader reader) {
        this.reader = reader;
    }

    /** Adds what may have been meant by a part of what was typed. */
    void add(String part, BooleanQuery.Builder either) {
        if (part.length() < SHORTEST) {
            return;
        }
        int slips = part.length() >= TWO_SLIPS_FROM ? 2 : 1;
        boolean letters = part.chars().allMatch(c -> c >= 'a' && c <= 'z');
        int firm = letters ? 1 : 3;
        Term latin = new Term(DocumentMaker.LATIN, part);
        either.add(
                SearchQuery.constant(new FuzzyQuery(latin, slips, firm, MOST_WORDS, true), 0.2f),
                Occur.SHOULD);
        if (letters && part.length() <= LONGEST) {
            for (List<String> way : ways(part, slips)) {
                pairs += way.size();
                if (pairs > MOST_PAIRS) {
                    return;
                }
                either.add(SearchQuery.constant(SearchQuery.spoken(way), 0.4f), Occur.SHOULD);
            }
        }
    }

    private List<List<String>> ways(String text, int slips) {
        nearby.clear();
        List<List<String>> ways = new ArrayList<>();
        // With fewer slips first, since the number of ways is limited.
        for (int allowed = 1; allowed <= slips && ways.size() < MOST_WAYS; allowed++) {
            steps = 0;
            walk(text, 0, allowed, new ArrayList<>(), ways);
        }
        return ways;
    }

    private void walk(
            String text, int from, int slips, List<String> before, List<List<String>> ways) {
        if (ways.size() >= MOST_WAYS || ++steps > MOST_STEPS) {
            return;
        }
        if (from == text.length()) {
            if (before.size() > 1 && !ways.contains(before)) {
                ways.add(List.copyOf(before));
            }
            return;
        }
        int most = text.length() >= TWO_SLIPS_FROM ? 2 : 1;
        Map<String, int[]> all = nearby.computeIfAbsent(from, f -> near(text, f, most));
        for (Map.Entry<String, int[]> near : all.entrySet()) {
            String syllable = near.getKey();
            int[] costs = near.getValue();
            if (Arrays.stream(costs).min().orElseThrow() > slips) {
                continue;
            }
            if (!before.isEmpty() && !isKnown(before.getLast() + " " + syllable)) {
                continue;
            }
            before.add(syllable);
            for (int length = 0; length < costs.length; length++) {
                if (costs[length] <= slips) {
                    walk(text, from + length, slips - costs[length], before, ways);
                }
            }
            before.removeLast();
        }
    }

    /** The syllables near to the text from there on, with the slips for each length of text. */
    private static Map<String, int[]> near(String text, int from, int slips) {
        Map<String, int[]> near = new HashMap<>();
        for (String syllable : Pinyin.all()) {
            int[] costs = costs(syllable, text, from, slips);
            if (Arrays.stream(costs).min().orElseThrow() <= slips) {
                near.put(syllable, costs);
            }
        }
        return near;
    }

    /**
     * Slips (Damerau and Levenshtein, neighbours exchanged once) between a syllable and each length
     * of the text; a length of nothing is left out.
     */
    private static int[] costs(String syllable, String text, int from, int slips) {
        int longest = Math.min(text.length() - from, syllable.length() + slips);
        int[][] cost = new int[syllable.length() + 1][longest + 1];
        for (int i = 0; i <= syllable.length(); i++) {
            for (int j = 0; j <= longest; j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, syllable, text, from, i, j);
            }
        }
        int[] last = cost[syllable.length()];
        last[0] = Integer.MAX_VALUE;
        return last;
    }

    private static int cheapest(
            int[][] cost, String syllable, String text, int from, int i, int j) {
        boolean same = syllable.charAt(i - 1) == text.charAt(from + j - 1);
        int best = cost[i - 1][j - 1] + (same ? 0 : 1);
        best = Math.min(best, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        boolean exchanged =
                i > 1
                        && j > 1
                        && syllable.charAt(i - 1) == text.charAt(from + j - 2)
                        && syllable.charAt(i - 2) == text.charAt(from + j - 1);
        return exchanged ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }

    private boolean isKnown(String pair) {
        return known.computeIfAbsent(
                pair,
                p -> {
                    try {
                        return reader.docFreq(new Term(DocumentMaker.SOUNDS, p)) > 0;
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }
}
