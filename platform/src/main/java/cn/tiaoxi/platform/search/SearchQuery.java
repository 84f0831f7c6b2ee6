package cn.tiaoxi.platform.search;

import java.util.List;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/** Turns what people type into a query: every part must be found, in one way or another. */
final class SearchQuery {
    private static final int LONGEST = 100;

    /**
     * Letters from which two slips are forgiven. In the eight or nine of two syllables of pinyin,
     * two slips make another word.
     */
    private static final int TWO_SLIPS_FROM = 12;

    private final SearchWords words;

    SearchQuery(SearchWords words) {
        this.words = words;
    }

    /** The parts that a text is searched by. */
    static List<String> parts(String typed) {
        String normal = SearchWords.normal(typed);
        String cut = normal.length() > LONGEST ? normal.substring(0, LONGEST) : normal;
        return List.of(cut.split("[\\s,，、;；。“”\"'()（）《》]+")).stream()
                .filter(p -> !p.isEmpty())
                .limit(10)
                .toList();
    }

    Query of(String typed) {
        List<String> parts = parts(typed);
        if (parts.isEmpty()) {
            return new MatchNoDocsQuery("nothing was typed");
        }
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        parts.forEach(p -> all.add(part(p), Occur.MUST));
        return all.build();
    }

    private Query part(String part) {
        BooleanQuery.Builder either = new BooleanQuery.Builder();
        boolean han = part.codePoints().anyMatch(Pinyin::isHan);
        if (han) {
            chinese(either, part);
        } else {
            latin(either, part);
        }
        either.add(boosted(new TermQuery(new Term("codes", part)), 10), Occur.SHOULD);
        if (part.length() >= 3) {
            either.add(boosted(new PrefixQuery(new Term("codes", part)), 4), Occur.SHOULD);
        }
        return either.build();
    }

    /** Most of the words, or all of the pairs of characters: whichever cuts as the title does. */
    private void chinese(BooleanQuery.Builder either, String part) {
        List<String> found = words.words(part);
        if (!found.isEmpty()) {
            either.add(boosted(most(found, "titleWords"), 6), Occur.SHOULD);
            either.add(boosted(most(found, "words"), 2), Occur.SHOULD);
        }
        List<String> grams =
                SearchWords.grams(part).stream()
                        .filter(g -> g.length() > 1 || part.length() == 1)
                        .toList();
        if (!grams.isEmpty()) {
            either.add(boosted(every(grams, "titleGrams"), 5), Occur.SHOULD);
            either.add(every(grams, "grams"), Occur.SHOULD);
        }
    }

    private static Query most(List<String> terms, String field) {
        BooleanQuery.Builder most = new BooleanQuery.Builder();
        terms.stream()
                .distinct()
                .forEach(t -> most.add(new TermQuery(new Term(field, t)), Occur.SHOULD));
        long distinct = terms.stream().distinct().count();
        most.setMinimumNumberShouldMatch((int) Math.max(1, Math.round(distinct * 0.7)));
        return most.build();
    }

    private static Query every(List<String> terms, String field) {
        BooleanQuery.Builder every = new BooleanQuery.Builder();
        terms.forEach(t -> every.add(new TermQuery(new Term(field, t)), Occur.MUST));
        return every.build();
    }

    private static void latin(BooleanQuery.Builder either, String part) {
        either.add(boosted(new TermQuery(new Term("latin", part)), 5), Occur.SHOULD);
        either.add(boosted(new PrefixQuery(new Term("sounds", part)), 4), Occur.SHOULD);
        if (part.length() >= 2) {
            either.add(boosted(new PrefixQuery(new Term("initials", part)), 3), Occur.SHOULD);
            either.add(boosted(new PrefixQuery(new Term("latin", part)), 2), Occur.SHOULD);
        }
        if (part.length() >= 4) {
            int slips = part.length() >= TWO_SLIPS_FROM ? 2 : 1;
            either.add(new FuzzyQuery(new Term("spoken", part), slips, 1), Occur.SHOULD);
            either.add(new FuzzyQuery(new Term("latin", part), slips, 1), Occur.SHOULD);
        }
    }

    private static Query boosted(Query query, float boost) {
        return new BoostQuery(query, boost);
    }
}
