package cn.tiaoxi.platform.search;

import cn.tiaoxi.platform.border.Slice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Part of a list.
 *
 * @param ids identifiers, in the order asked for
 * @param total how many things the filter matches
 * @param next where the rest begins; null at the end
 */
public record SearchPage(List<String> ids, long total, Slice.@Nullable Position next) {
    public SearchPage {
        ids = List.copyOf(ids);
    }
}
