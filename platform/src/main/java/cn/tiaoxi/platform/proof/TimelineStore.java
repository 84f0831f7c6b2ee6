package cn.tiaoxi.platform.proof;

import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Reads timelines. Each source is read on its own, newest first and no more than a page of it, so
 * that a page takes as long however many calls there are.
 */
@Repository
class TimelineStore {
    private static final Map<String, String> BY_TIME = Map.of("time", "time");

    private final JdbcClient database;
    private final HappeningRows rows;

    TimelineStore(JdbcClient database, HappeningRows rows) {
        this.database = database;
        this.rows = rows;
    }

    /** One place to look, limited to what the timeline is about. */
    private record Source(String kind, String sql) {}

    Page<Happening> about(
            Timelines.About about,
            List<String> kinds,
            Set<String> reach,
            @Nullable Instant from,
            @Nullable Instant until,
            Slice slice) {
        Map<String, Object> parameters = new HashMap<>(slice.parameters());
        parameters.put("id", about.id());
        parameters.put("object", about.object());
        Slice.Order order = slice.order(BY_TIME, "-time");
        StringBuilder where = new StringBuilder(" WHERE true");
        if (!reach.isEmpty()) {
            where.append(
                    " AND (organisation = ANY (:reach::text[]) OR owner = ANY (:reach::text[]))");
            parameters.put("reach", reach.toArray(String[]::new));
        }
        if (from != null) {
            where.append(" AND time >= :from");
            parameters.put("from", from.atOffset(ZoneOffset.UTC));
        }
        if (until != null) {
            where.append(" AND time < :until");
            parameters.put("until", until.atOffset(ZoneOffset.UTC));
        }
        where.append(order.condition(slice, "record", "timestamptz"))
                .append(order.clause(slice, "record"));
        List<String> parts =
                sources(about.kind()).stream()
                        .filter(s -> kinds.isEmpty() || kinds.contains(s.kind()))
                        .map(s -> "(SELECT * FROM (" + s.sql() + ") AS source" + where + ")")
                        .toList();
        if (parts.isEmpty()) {
            return slice.page(List.of(), 0, (Slice.Position) null);
        }
        List<Happening> found =
                database.sql(
                                "SELECT * FROM ("
                                        + String.join(" UNION ALL ", parts)
                                        + ") AS happening"
                                        + order.clause(slice, "record"))
                        .params(parameters)
                        .query(rows::read)
                        .list();
        return slice.page(found, 0, h -> new Slice.Position(h.time().toString(), h.id()));
    }

    private static List<Source> sources(Timelines.Kind kind) {
        List<Source> all = new ArrayList<>();
        all.add(new Source("CHANGE", HappeningRows.CHANGES + " WHERE object = :object"));
        if (kind == Timelines.Kind.PERSON) {
            all.add(change("actor"));
            return all;
        }
        String column =
                switch (kind) {
                    case APPLICATION -> "application";
                    case DATASET -> "dataset";
                    case GRANT, PERSON -> "sharing_grant";
                };
        all.add(change(column));
        all.add(new Source("CALL", HappeningRows.CALLS + " WHERE " + column + " = :id"));
        String findings =
                kind == Timelines.Kind.DATASET
                        ? """
                          interface IN (SELECT i.id::text FROM published.interface i
                                         WHERE i.dataset::text = :id)
                          """
                        : column + " = :id";
        all.add(new Source("FINDING", HappeningRows.FINDINGS + " AND " + findings));
        return all;
    }

    /** Changes that name it, besides those whose object it is. */
    private static Source change(String column) {
        return new Source(
                "CHANGE",
                HappeningRows.CHANGES
                        + " WHERE %1$s = :id AND %1$s <> '' AND object <> :object"
                                .formatted(column));
    }
}
