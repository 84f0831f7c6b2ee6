package cn.tiaoxi.platform.search;

import cn.tiaoxi.platform.border.Words;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A thing as the search knows it.
 *
 * @param kind which {@link SearchSource} it comes from, for example {@code dataset}
 * @param id identifier, unique within its kind
 * @param title what it is called; found by words, parts of words, pinyin and initials
 * @param subtitle one line below the title, shown but not searched
 * @param text everything else it can be found by; the first {@value #MAX_TEXT} characters count
 * @param identifiers codes and numbers by which people know it, found whole and by their beginning
 * @param link path of its page, for example {@code /datasets/17}
 * @param organisations codes of the organisations it concerns
 * @param permission what a person must hold, for at least one of the organisations, to find it;
 *     null where every signed-in person may
 */
public record SearchDocument(
        String kind,
        String id,
        Words title,
        Words subtitle,
        String text,
        List<String> identifiers,
        String link,
        Set<String> organisations,
        @Nullable String permission) {

    /** How much of the text is searched, in characters. */
    public static final int MAX_TEXT = 50_000;

    public SearchDocument {
        identifiers = List.copyOf(identifiers);
        organisations = Set.copyOf(organisations);
    }

    /** A thing of one organisation, named in the language of its data alone. */
    public SearchDocument(
            String kind,
            String id,
            String title,
            String subtitle,
            String text,
            List<String> identifiers,
            String link,
            String organisation,
            @Nullable String permission) {
        this(
                kind,
                id,
                new Words(title, ""),
                new Words(subtitle, ""),
                text,
                identifiers,
                link,
                Set.of(organisation),
                permission);
    }
}
