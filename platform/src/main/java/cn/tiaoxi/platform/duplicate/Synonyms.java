package cn.tiaoxi.platform.duplicate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Words that mean the same, words that say nothing of a subject, and words that are passed over,
 * from {@code synonyms.yaml}. A group of one word keeps that word whole, so that no shorter word is
 * found inside it.
 */
public final class Synonyms {
    private final Map<Character, List<Word>> byFirst = new HashMap<>();

    /**
     * The shape of {@code synonyms.yaml}.
     *
     * @param groups words that mean the same; the first stands for all
     * @param generic words that hardly tell one subject from another, each with its synonyms
     * @param ignored words without a meaning of their own, such as names of places
     */
    public record Table(
            List<List<String>> groups, List<List<String>> generic, List<String> ignored) {
        public Table {
            groups = groups.stream().map(List::copyOf).toList();
            generic = generic.stream().map(List::copyOf).toList();
            ignored = List.copyOf(ignored);
        }
    }

    /** What a word of the table is to a subject. */
    enum Role {
        CONCEPT,
        GENERIC,
        IGNORED
    }

    /**
     * A word of the table.
     *
     * @param written as people write it
     * @param meaning the word that stands for its group
     */
    record Word(String written, String meaning, Role role) {}

    /**
     * Makes the table ready.
     *
     * @param places names of places, passed over too
     * @throws IllegalArgumentException if a word stands twice
     */
    public Synonyms(Table table, Collection<String> places) {
        Map<String, Word> words = new HashMap<>();
        table.groups().forEach(g -> add(words, g, Role.CONCEPT));
        table.generic().forEach(g -> add(words, g, Role.GENERIC));
        table.ignored().forEach(w -> add(words, List.of(w), Role.IGNORED));
        for (String place : places) {
            String written = Wording.normal(place);
            if (written.length() > 1) {
                words.putIfAbsent(written, new Word(written, written, Role.IGNORED));
            }
        }
        for (Word word : words.values()) {
            byFirst.computeIfAbsent(word.written().charAt(0), c -> new ArrayList<>()).add(word);
        }
        byFirst.values()
                .forEach(
                        all ->
                                all.sort(
                                        Comparator.comparingInt((Word w) -> w.written().length())
                                                .reversed()
                                                .thenComparing(Word::written)));
    }

    private static void add(Map<String, Word> words, List<String> group, Role role) {
        String meaning = Wording.normal(group.getFirst());
        for (String each : group) {
            String written = Wording.normal(each);
            if (written.isEmpty()) {
                throw new IllegalArgumentException("a word is empty");
            }
            if (words.putIfAbsent(written, new Word(written, meaning, role)) != null) {
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT, "the word %s stands twice", each));
            }
        }
    }

    /** The longest word of the table that begins at that place of a normal text, or null. */
    @Nullable Word at(String text, int place) {
        List<Word> words = byFirst.get(text.charAt(place));
        if (words != null) {
            for (Word word : words) {
                if (text.startsWith(word.written(), place)) {
                    return word;
                }
            }
        }
        return null;
    }
}
