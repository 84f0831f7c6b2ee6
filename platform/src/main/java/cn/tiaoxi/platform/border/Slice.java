package cn.tiaoxi.platform.border;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which part of a list is asked for: keyset paging, so that the ten-thousandth page costs as much
 * as the first. Controllers take it as a parameter; stores turn it into SQL with {@link #order} and
 * {@link #condition}.
 *
 * @param sort field to sort by, null for the list's own order
 * @param descending whether to sort downwards
 * @param limit most rows to answer, 1 to 200 (more for exports)
 * @param after sort value and identifier of the last row seen, or null
 */
public record Slice(
        @Nullable String sort, boolean descending, int limit, @Nullable Position after) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Where a page ended. The value is the sort column's text as PostgreSQL casts it. */
    public record Position(@Nullable String value, String id) {}

    /** Everything from the start, for exports. */
    public Slice from(@Nullable Position position, int newLimit) {
        return new Slice(sort, descending, newLimit, position);
    }

    /** What follows a page, for exports. */
    public Slice after(String cursor, int newLimit) {
        return from(parse(cursor), newLimit);
    }

    /** The part behind a page of this one; the same part if there is none. */
    public Slice behind(Page<?> page) {
        String next = page.next();
        return next == null ? this : from(parse(next), limit);
    }

    /**
     * Picks the column to sort by.
     *
     * @param columns allowed sort fields with the SQL expression of each, never null in any row
     * @param otherwise sort used when none was asked for, as {@code field} or {@code -field}
     * @throws BorderException if another field was asked for
     */
    public Order order(Map<String, String> columns, String otherwise) {
        String field = sort;
        boolean down = descending;
        if (field == null) {
            down = otherwise.startsWith("-");
            field = down ? otherwise.substring(1) : otherwise;
        }
        String expression = columns.get(field);
        if (expression == null) {
            throw BorderException.sortUnknown(field, String.join(", ", columns.keySet()));
        }
        return new Order(expression, down);
    }

    /** SQL pieces of a keyset page. The identifier column breaks ties. */
    public record Order(String expression, boolean descending) {

        /**
         * {@code AND (expression, id) > (:afterValue, :afterId)}, or nothing on the first page.
         * Bind with {@link Slice#parameters}.
         *
         * @param cast SQL type of the expression, for example {@code timestamptz}
         */
        public String condition(Slice slice, String id, String cast) {
            return slice.after() == null
                    ? ""
                    : " AND (%s, %s::text) %s (:afterValue::%s, :afterId)"
                            .formatted(expression, id, descending ? "<" : ">", cast);
        }

        /** {@code ORDER BY … LIMIT …}: one row more than asked, to see whether there are more. */
        public String clause(Slice slice, String id) {
            String direction = descending ? " DESC" : " ASC";
            return " ORDER BY "
                    + expression
                    + direction
                    + ", "
                    + id
                    + "::text"
                    + direction
                    + " LIMIT "
                    + (slice.limit() + 1);
        }
    }

    /** Parameters that {@link Order#condition} names. */
    public Map<String, Object> parameters() {
        return after == null || after.value() == null
                ? Map.of()
                : Map.of("afterValue", after.value(), "afterId", after.id());
    }

    /** Cuts the extra row off and makes the cursor. */
    public <T> Page<T> page(List<T> rows, long total, Function<T, Position> position) {
        if (rows.size() <= limit) {
            return new Page<>(rows, total, null);
        }
        List<T> shown = rows.subList(0, limit);
        return new Page<>(shown, total, cursor(position.apply(shown.getLast())));
    }

    /** A page of rows that were cut already. */
    public <T> Page<T> page(List<T> rows, long total, @Nullable Position next) {
        return new Page<>(rows, total, next == null ? null : cursor(next));
    }

    static String cursor(Position position) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(JSON.writeValueAsBytes(position));
    }

    static Position parse(String cursor) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(cursor.getBytes(StandardCharsets.UTF_8));
            return JSON.readValue(bytes, Position.class);
        } catch (IllegalArgumentException | JacksonException e) {
            throw BorderException.cursorInvalid();
        }
    }
}
