package cn.tiaoxi.platform.border;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Part of a list.
 *
 * @param items the rows, in the order asked for
 * @param total how many rows the filters match
 * @param next cursor of the rows after these, null at the end
 */
public record Page<T>(List<T> items, long total, @Nullable String next) {
    public Page {
        items = List.copyOf(items);
    }

    /** The same page with each row changed. */
    public <R> Page<R> map(Function<? super T, ? extends R> change) {
        return new Page<>(items.stream().<R>map(change).toList(), total, next);
    }
}
