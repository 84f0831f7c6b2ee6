package cn.tiaoxi.platform.search;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.DoubleField;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.SortedSetDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.util.BytesRef;

/**
 * Makes of a thing what the index keeps of it. Of one thread; a document is good until the next one
 * is made.
 */
final class DocumentMaker {
    /**
     * To be raised with each change of what is indexed; an index of another format is built anew.
     */
    static final String FORMAT = "2";

    static final String ID = "id";
    static final String REVISION = "revision";
    static final String ORGANISATION = "organisation";
    static final String EVERYBODY = "*";
    static final String TITLE = "title";
    static final String SUBTITLE = "subtitle";
    static final String TEXT = "text";
    static final String LINK = "link";
    static final String TITLE_TERMS = "titleTerms";
    static final String GRAMS = "grams";
    static final String LATIN = "latin";
    static final String STARTS = "starts";
    static final String SOUNDS = "sounds";
    static final String INITIALS = "initials";
    static final String CODES = "codes";
    static final String CODE_STARTS = "codeStarts";

    private static final String FILTER = "f.";
    private static final String SORT_TEXT = "t.";
    private static final String SORT_NUMBER = "n.";

    /** Characters of a title that are searched by sound and count for the order. */
    private static final int LONGEST_TITLE = 300;

    /** Characters of a text that are searched; those after it are only kept. */
    private static final int LONGEST_TEXT = 100_000;

    /** Characters by which texts are sorted; the identifier decides between equal ones. */
    private static final int LONGEST_SORT = 60;

    private static final int LONGEST_VALUE = 500;

    private static final FieldType TERMS = terms(IndexOptions.DOCS, true);

    /** With lengths, by which shorter titles come first. */
    private static final FieldType WEIGHED = terms(IndexOptions.DOCS_AND_FREQS, false);

    private final StringBuilder all = new StringBuilder();

    /**
     * Names of fields are the same objects in each document, since Lucene looks them up in maps.
     */
    private final Map<String, String> filterNames = new HashMap<>();

    private final Map<String, String> numberNames = new HashMap<>();
    private final Map<String, String> textNames = new HashMap<>();
    private final Tokens titleTerms = new Tokens();
    private final Tokens grams = new Tokens();
    private final Tokens latin = new Tokens();
    private final Tokens starts = new Tokens();
    private final Tokens sounds = new Tokens();
    private final Tokens initials = new Tokens();
    private final Tokens codeStarts = new Tokens();

    private static FieldType terms(IndexOptions options, boolean omitNorms) {
        FieldType type = new FieldType();
        type.setIndexOptions(options);
        type.setOmitNorms(omitNorms);
        type.setTokenized(true);
        type.freeze();
        return type;
    }

    /** The name under which values of a filter are indexed. */
    static String filter(String field) {
        return FILTER + field;
    }

    /** The name under which texts of a sort are indexed. */
    static String sortText(String field) {
        return SORT_TEXT + field;
    }

    /** The name under which numbers of a sort are indexed. */
    static String sortNumber(String field) {
        return SORT_NUMBER + field;
    }

    /** A filter's value as it is indexed. */
    static BytesRef value(String value) {
        return new BytesRef(cut(value, LONGEST_VALUE));
    }

    Document document(SearchDocument d) {
        Document document = new Document();
        document.add(new StringField(ID, d.id(), Field.Store.YES));
        document.add(new SortedDocValuesField(ID, new BytesRef(d.id())));
        document.add(new NumericDocValuesField(REVISION, d.revision()));
        String organisation = d.organisation();
        document.add(
                new StringField(
                        ORGANISATION,
                        organisation == null ? EVERYBODY : organisation,
                        Field.Store.NO));
        document.add(new StoredField(TITLE, d.title()));
        document.add(new StoredField(SUBTITLE, d.subtitle()));
        document.add(new StoredField(TEXT, d.text()));
        document.add(new StoredField(LINK, d.link()));
        addText(document, d);
        addCodes(document, d.codes());
        for (Map.Entry<String, List<String>> filter : d.filters().entrySet()) {
            String name = filterNames.computeIfAbsent(filter.getKey(), DocumentMaker::filter);
            addFilter(document, name, filter.getValue());
        }
        for (Map.Entry<String, Object> sort : d.sorts().entrySet()) {
            addSort(document, sort.getKey(), sort.getValue());
        }
        return document;
    }

    private void addText(Document document, SearchDocument d) {
        for (Tokens tokens :
                List.of(titleTerms, grams, latin, starts, sounds, initials, codeStarts)) {
            tokens.clear();
        }
        String title = cut(SearchWords.normal(d.title()), LONGEST_TITLE);
        SearchWords.grams(title, titleTerms);
        SearchWords.latin(title, titleTerms);
        SearchWords.sounds(title, sounds);
        SearchWords.initials(title, initials);
        all.setLength(0);
        all.append(d.title());
        if (!d.codes().contains(d.subtitle())) {
            all.append('\n').append(d.subtitle());
        }
        all.append('\n').append(d.text());
        String text = SearchWords.normal(cut(all.toString(), LONGEST_TEXT));
        SearchWords.grams(text, grams);
        SearchWords.latin(text, latin);
        SearchWords.starts(text, starts);
        add(document, TITLE_TERMS, titleTerms, WEIGHED);
        add(document, GRAMS, grams, TERMS);
        add(document, LATIN, latin, TERMS);
        add(document, STARTS, starts, TERMS);
        add(document, SOUNDS, sounds, TERMS);
        add(document, INITIALS, initials, TERMS);
    }

    private void addCodes(Document document, List<String> codes) {
        for (String code : codes) {
            String normal = cut(SearchWords.normal(code), LONGEST_VALUE);
            document.add(new StringField(CODES, normal, Field.Store.NO));
            SearchWords.beginnings(normal, 0, normal.length(), codeStarts);
        }
        add(document, CODE_STARTS, codeStarts, TERMS);
    }

    private static void add(Document document, String field, Tokens tokens, FieldType type) {
        if (!tokens.isEmpty()) {
            document.add(new Field(field, tokens.stream(), type));
        }
    }

    private static void addFilter(Document document, String field, List<String> values) {
        for (String value : values) {
            BytesRef bytes = value(value);
            document.add(new StringField(field, bytes, Field.Store.NO));
            document.add(new SortedSetDocValuesField(field, bytes));
        }
    }

    private void addSort(Document document, String field, Object value) {
        if (value instanceof Number number) {
            String name = numberNames.computeIfAbsent(field, DocumentMaker::sortNumber);
            document.add(new DoubleField(name, number.doubleValue(), Field.Store.NO));
        } else {
            String name = textNames.computeIfAbsent(field, DocumentMaker::sortText);
            BytesRef bytes = new BytesRef(cut(value.toString(), LONGEST_SORT));
            document.add(new SortedDocValuesField(name, bytes));
        }
    }

    /** The beginning of a text, not ending within a character. */
    private static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        boolean splits = Character.isHighSurrogate(text.charAt(longest - 1));
        return text.substring(0, splits ? longest - 1 : longest);
    }
}
