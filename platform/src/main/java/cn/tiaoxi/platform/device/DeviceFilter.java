package cn.tiaoxi.platform.device;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which devices are meant. Empty texts and sets filter nothing.
 *
 * @param organisations only those of these organisations
 * @param division only those in this division, or one whose code begins with it
 * @param q part of the title or the code
 * @param box only those within
 */
public record DeviceFilter(
        String kind,
        Device.@Nullable State state,
        Set<String> organisations,
        String division,
        String q,
        @Nullable Box box) {
    public DeviceFilter {
        organisations = Set.copyOf(organisations);
    }

    /** A part of the map, in degrees. */
    public record Box(double west, double south, double east, double north) {}

    /** The same filter without the box. */
    DeviceFilter everywhere() {
        return new DeviceFilter(kind, state, organisations, division, q, null);
    }

    /** The WHERE clause over {@code device.device d} and {@code device.state s}. */
    String where() {
        StringBuilder where = new StringBuilder(" WHERE d.ended IS NULL");
        if (!kind.isEmpty()) {
            where.append(" AND d.kind = :kind");
        }
        if (state != null) {
            where.append(" AND s.state = :state");
        }
        if (!organisations.isEmpty()) {
            where.append(" AND d.organisation = ANY (:organisations::text[])");
        }
        if (!division.isEmpty()) {
            where.append(" AND starts_with(d.division, :division)");
        }
        if (!q.isEmpty()) {
            where.append(
                    " AND (strpos(lower(d.title), lower(:q)) > 0"
                            + " OR strpos(lower(d.code), lower(:q)) > 0)");
        }
        if (box != null) {
            where.append(" AND d.lon BETWEEN :west AND :east AND d.lat BETWEEN :south AND :north");
        }
        return where.toString();
    }

    /** What {@link #where} names. */
    Map<String, Object> parameters() {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("kind", kind);
        parameters.put("state", state == null ? "" : state.name());
        parameters.put("organisations", organisations.toArray(String[]::new));
        parameters.put("division", division);
        parameters.put("q", q);
        if (box != null) {
            parameters.put("west", box.west());
            parameters.put("south", box.south());
            parameters.put("east", box.east());
            parameters.put("north", box.north());
        }
        return parameters;
    }
}
