package cn.tiaoxi.platform.intake;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** How alike two headings are. */
final class Likeness {
    /** Of a text that is part of the other. */
    private static final double CONTAINED = 0.65;

    private Likeness() {}

    /** A heading without what people add to it: marks, blanks, remarks in brackets. */
    static String plain(String heading) {
        return Normalizer.normalize(heading, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\([^)]*\\)|\\[[^]]*]|【[^】]*】", "")
                .replaceAll("[\\s*＊:_\\-./'\"“”#]+", "");
    }

    /**
     * Share of the pairs of neighbouring characters that two texts have in common, twice counted
     * (the coefficient of Dice): 1 for equal texts, 0 for texts without a common pair. One that is
     * part of the other is alike whatever their lengths.
     */
    static double of(String one, String other) {
        if (one.equals(other)) {
            return 1;
        }
        boolean contained =
                Math.min(one.length(), other.length()) >= 2
                        && (one.contains(other) || other.contains(one));
        return Math.max(contained ? CONTAINED : 0, ofPairs(one, other));
    }

    private static double ofPairs(String one, String other) {
        Set<String> first = pairs(one);
        Set<String> second = pairs(other);
        if (first.isEmpty() || second.isEmpty()) {
            return 0;
        }
        int both = 0;
        for (String pair : first) {
            if (second.contains(pair)) {
                both++;
            }
        }
        return 2.0 * both / (first.size() + second.size());
    }

    private static Set<String> pairs(String text) {
        Set<String> pairs = new HashSet<>();
        for (int i = 0; i + 1 < text.length(); i++) {
            pairs.add(text.substring(i, i + 2));
        }
        return pairs;
    }
}
