package cn.tiaoxi.platform.search;

import org.jspecify.annotations.Nullable;

/**
 * Something that was found.
 *
 * @param highlight where the words stand, marked with {@code <mark>}; null if it was found by
 *     pinyin or code
 */
public record SearchHit(
        String kind,
        String id,
        String title,
        String subtitle,
        String link,
        @Nullable String highlight) {

    /** The same thing under other names. */
    SearchHit with(String newTitle, String newSubtitle) {
        return new SearchHit(kind, id, newTitle, newSubtitle, link, highlight);
    }
}
