package cn.tiaoxi.platform.search;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Shows where the words stand in a text. */
final class Highlighter {
    private static final int AROUND = 24;

    private final SearchWords words;

    Highlighter(SearchWords words) {
        this.words = words;
    }

    /** The place with the first word found, marked; null if no word stands there. */
    @Nullable String mark(String typed, List<String> texts) {
        for (String part : SearchQuery.parts(typed)) {
            for (String text : texts) {
                String marked = mark(text, part);
                if (marked != null) {
                    return marked;
                }
            }
            for (String word : words.words(part)) {
                for (String text : texts) {
                    String marked = word.length() > 1 ? mark(text, word) : null;
                    if (marked != null) {
                        return marked;
                    }
                }
            }
        }
        return null;
    }

    private static @Nullable String mark(String text, String word) {
        String plain = text.replace("<mark>", "").replace("</mark>", "");
        int at = plain.toLowerCase(Locale.ROOT).indexOf(word);
        if (at < 0 || at + word.length() > plain.length()) {
            return null;
        }
        int from = Math.max(0, at - AROUND);
        int to = Math.min(plain.length(), at + word.length() + AROUND);
        return (from > 0 ? "…" : "")
                + plain.substring(from, at)
                + "<mark>"
                + plain.substring(at, at + word.length())
                + "</mark>"
                + plain.substring(at + word.length(), to)
                + (to < plain.length() ? "…" : "");
    }
}
