package cn.tiaoxi.platform.search;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/** Turns what people type into a query: every part must be found, in one way or another. */
final class SearchQuery {
    private static final int LONGEST = 100;
    private static final int MOST_PARTS = 10;

    /** Of fewer words all must be there, of more seven in ten. */
    private static final int FEW_WORDS = 3;

    private final SearchWords words;

    SearchQuery(SearchWords words) {
        this.words = words;
    }

    /** The parts that a text is searched by. */
    static List<String> parts(String typed) {
        String start = typed.length() > LONGEST * 2 ? typed.substring(0, LONGEST * 2) : typed;
        String normal = SearchWords.normal(start);
        String cut = normal.length() > LONGEST ? normal.substring(0, LONGEST) : normal;
        return List.of(cut.split("[\\s,，、;；。“”\"'()（）《》]+")).stream()
                .filter(p -> !p.isEmpty())
                .limit(MOST_PARTS)
                .toList();
    }

    /** What fits exactly. */
    Query exact(String typed) {
        return every(typed, this::addExact);
    }

    /**
     * Gives what was found exactly the weights that {@link #exact} gives: the words of purely
     * Chinese parts are not looked for again, only how many of their pairs stand in the title.
     *
     * @param found what {@link #exact} finds, or some of it
     */
    Query weighed(String typed, Query found) {
        return every(
                typed,
                (part, either) -> {
                    if (isHan(part) && !mayBeCode(part)) {
                        either.add(titled(part, new BooleanQuery.Builder(), found), Occur.SHOULD);
                    } else {
                        addExact(part, either);
                    }
                });
    }

    /**
     * What fits when slips are forgiven: one of four letters, and Chinese that only sounds alike.
     *
     * @param slips knows the index that is searched
     */
    Query forgiving(String typed, Slips slips) {
        return every(
                typed,
                (part, either) -> {
                    addExact(part, either);
                    if (isHan(part)) {
                        forgive(part, either);
                    } else {
                        slips.add(part, either);
                    }
                });
    }

    private static Query every(String typed, BiConsumer<String, BooleanQuery.Builder> adder) {
        List<String> parts = parts(typed);
        if (parts.isEmpty()) {
            return new MatchNoDocsQuery("nothing was typed");
        }
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        for (String part : parts) {
            BooleanQuery.Builder either = new BooleanQuery.Builder();
            adder.accept(part, either);
            all.add(either.build(), Occur.MUST);
        }
        return all.build();
    }

    private void addExact(String part, BooleanQuery.Builder either) {
        if (isHan(part)) {
            either.add(chinese(part), Occur.SHOULD);
        } else {
            latin(part, either);
        }
        if (mayBeCode(part)) {
            codes(part, either);
        }
    }

    private static boolean mayBeCode(String part) {
        return part.chars().anyMatch(c -> c < 0x80);
    }

    static boolean isHan(String part) {
        return part.chars().anyMatch(c -> SearchWords.isHan((char) c));
    }

    private static void codes(String part, BooleanQuery.Builder either) {
        either.add(constant(new TermQuery(new Term(DocumentMaker.CODES, part)), 100), Occur.SHOULD);
        if (part.length() >= 3) {
            Query starts =
                    part.length() <= SearchWords.LONGEST_START
                            ? new TermQuery(new Term(DocumentMaker.CODE_STARTS, part))
                            : new PrefixQuery(new Term(DocumentMaker.CODES, part));
            either.add(constant(starts, 2), Occur.SHOULD);
        }
    }

    /** The words anywhere; the more of the pairs stand in the title, the better. */
    private Query chinese(String part) {
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        latinWords(part).forEach(w -> query.add(term(DocumentMaker.LATIN, w), Occur.FILTER));
        return titled(part, query, most(part, words(part)));
    }

    private static Query titled(String part, BooleanQuery.Builder query, Query found) {
        query.add(found, Occur.FILTER);
        for (String gram : grams(part)) {
            query.add(term(DocumentMaker.TITLE_TERMS, gram), Occur.SHOULD);
        }
        return query.build();
    }

    /**
     * The words of a text. Single characters that the dictionary leaves side by side are one word
     * that it does not know; one alone between words tells nothing.
     */
    private List<String> words(String part) {
        List<String> found = words.words(part);
        Set<String> longer = new LinkedHashSet<>();
        StringBuilder singles = new StringBuilder();
        for (String word : found) {
            if (word.length() == 1) {
                singles.append(word);
                continue;
            }
            addRun(longer, singles);
            longer.add(word);
        }
        addRun(longer, singles);
        return longer.isEmpty() ? found.stream().distinct().toList() : List.copyOf(longer);
    }

    private static void addRun(Set<String> words, StringBuilder singles) {
        if (singles.length() > 1) {
            words.add(singles.toString());
        }
        singles.setLength(0);
    }

    private static Query most(String part, List<String> words) {
        if (words.isEmpty()) {
            return grams(DocumentMaker.GRAMS, part);
        }
        BooleanQuery.Builder most = new BooleanQuery.Builder();
        Occur occur = words.size() <= FEW_WORDS ? Occur.FILTER : Occur.SHOULD;
        words.forEach(w -> most.add(grams(DocumentMaker.GRAMS, w), occur));
        if (occur == Occur.SHOULD) {
            most.setMinimumNumberShouldMatch((int) Math.ceil(words.size() * 0.7));
        }
        return most.build();
    }

    /** Every pair of a word; for a single character all pairs that begin with it. */
    private static Query grams(String field, String word) {
        List<String> grams = grams(word);
        if (grams.size() == 1 && grams.getFirst().length() == 1) {
            return new PrefixQuery(new Term(field, grams.getFirst()));
        }
        List<String> pairs = grams.stream().filter(g -> g.length() > 1).toList();
        return conjunction(field, pairs.isEmpty() ? grams : pairs);
    }

    private static List<String> grams(String part) {
        Tokens tokens = new Tokens();
        SearchWords.grams(part, tokens);
        List<String> pairs = tokens.texts().stream().filter(g -> g.length() > 1).toList();
        return pairs.isEmpty() ? tokens.texts() : pairs;
    }

    private static List<String> latinWords(String part) {
        Tokens tokens = new Tokens();
        SearchWords.latin(part, tokens);
        return tokens.texts();
    }

    private static Query conjunction(String field, List<String> terms) {
        if (terms.size() == 1) {
            return term(field, terms.getFirst());
        }
        BooleanQuery.Builder every = new BooleanQuery.Builder();
        terms.forEach(t -> every.add(term(field, t), Occur.FILTER));
        return every.build();
    }

    private static void latin(String part, BooleanQuery.Builder either) {
        either.add(term(DocumentMaker.TITLE_TERMS, part), Occur.SHOULD);
        either.add(constant(term(DocumentMaker.LATIN, part), 0.5f), Occur.SHOULD);
        if (part.length() >= SearchWords.SHORTEST_START) {
            Query starts =
                    part.length() <= SearchWords.LONGEST_START
                            ? term(DocumentMaker.STARTS, part)
                            : new PrefixQuery(new Term(DocumentMaker.LATIN, part));
            either.add(constant(starts, 0.3f), Occur.SHOULD);
            sounds(part, either);
            if (part.chars().allMatch(c -> c >= 'a' && c <= 'z')) {
                either.add(constant(initials(part), 0.8f), Occur.SHOULD);
            }
        }
    }

    /** As pinyin, whichever way it falls into syllables. */
    private static void sounds(String part, BooleanQuery.Builder either) {
        for (List<String> syllables : Syllables.cut(part)) {
            either.add(constant(spoken(syllables), 1), Occur.SHOULD);
        }
    }

    /** Neighbouring syllables in the title; the last may be the beginning of one. */
    static Query spoken(List<String> syllables) {
        int last = syllables.size() - 1;
        if (last == 0) {
            return new PrefixQuery(new Term(DocumentMaker.SOUNDS, syllables.getFirst()));
        }
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        for (int i = 0; i < last; i++) {
            Term term =
                    new Term(DocumentMaker.SOUNDS, syllables.get(i) + " " + syllables.get(i + 1));
            all.add(i + 1 == last ? new PrefixQuery(term) : new TermQuery(term), Occur.FILTER);
        }
        return all.build();
    }

    private static Query initials(String part) {
        if (part.length() < SearchWords.LONGEST_INITIALS) {
            return new PrefixQuery(new Term(DocumentMaker.INITIALS, part));
        }
        List<String> triples = new ArrayList<>();
        for (int i = 0; i + SearchWords.LONGEST_INITIALS <= part.length(); i++) {
            triples.add(part.substring(i, i + SearchWords.LONGEST_INITIALS));
        }
        return conjunction(DocumentMaker.INITIALS, triples);
    }

    /** Half of the words, or what sounds the same. */
    private void forgive(String part, BooleanQuery.Builder either) {
        List<String> found = words(part);
        if (found.size() > 1) {
            BooleanQuery.Builder half = new BooleanQuery.Builder();
            found.forEach(w -> half.add(grams(DocumentMaker.GRAMS, w), Occur.SHOULD));
            half.setMinimumNumberShouldMatch((found.size() + 1) / 2);
            either.add(constant(half.build(), 0.1f), Occur.SHOULD);
        }
        List<String> syllables = new ArrayList<>();
        for (int i = 0; i < part.length(); i++) {
            String[] readings = Pinyin.of(part.charAt(i));
            if (readings.length > 0) {
                syllables.add(readings[0]);
            }
        }
        if (syllables.size() > 1) {
            either.add(constant(spoken(syllables), 0.5f), Occur.SHOULD);
        }
    }

    private static Query term(String field, String text) {
        return new TermQuery(new Term(field, text));
    }

    static Query constant(Query query, float score) {
        return new BoostQuery(new ConstantScoreQuery(query), score);
    }
}
