package cn.tiaoxi.platform.search;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that can be found.
 *
 * @param id identifier within its kind
 * @param title what people call it
 * @param subtitle a second line
 * @param text further text that is searched
 * @param codes identifiers by which it is found too
 * @param link its page
 * @param organisation code of the organisation that it belongs to; null if everybody who has the
 *     kind's permission anywhere may find it
 * @param filters exact values by which lists of the kind are filtered and counted, by field
 * @param sorts a text or a number by which such lists are sorted, by field; what is missing sorts
 *     as the least
 * @param revision another whenever the thing is another: the index is compared by it
 */
public record SearchDocument(
        String id,
        String title,
        String subtitle,
        String text,
        List<String> codes,
        String link,
        @Nullable String organisation,
        Map<String, List<String>> filters,
        Map<String, Object> sorts,
        long revision) {

    public SearchDocument {
        codes = List.copyOf(codes);
        filters = Map.copyOf(filters);
        sorts = Map.copyOf(sorts);
        sorts.forEach(
                (field, value) -> {
                    if (!(value instanceof String || value instanceof Number)) {
                        throw new IllegalArgumentException(
                                "Sort by %s of a %s: a text or a number is needed"
                                        .formatted(field, value.getClass().getSimpleName()));
                    }
                });
    }

    /** Something of a small kind that is only searched; its contents tell whether it is another. */
    public SearchDocument(
            String id,
            String title,
            String subtitle,
            String text,
            List<String> codes,
            String link,
            @Nullable String organisation) {
        this(
                id,
                title,
                subtitle,
                text,
                codes,
                link,
                organisation,
                Map.of(),
                Map.of(),
                hash(title, subtitle, text, codes.toString(), link, String.valueOf(organisation)));
    }

    /** FNV-1a of 64 bits: of two versions of one thing, equal ones are not to be feared. */
    private static long hash(String... parts) {
        long hash = 0xcbf29ce484222325L;
        for (String part : parts) {
            for (int i = 0; i < part.length(); i++) {
                hash = (hash ^ part.charAt(i)) * 0x100000001b3L;
            }
            hash = (hash ^ 0xffff) * 0x100000001b3L;
        }
        return hash;
    }
}
