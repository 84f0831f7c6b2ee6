package cn.tiaoxi.platform.search;

import java.util.List;
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
 */
public record SearchDocument(
        String id,
        String title,
        String subtitle,
        String text,
        List<String> codes,
        String link,
        @Nullable String organisation) {
    public SearchDocument {
        codes = List.copyOf(codes);
    }
}
