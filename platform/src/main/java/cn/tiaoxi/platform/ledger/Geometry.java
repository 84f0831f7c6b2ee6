package cn.tiaoxi.platform.ledger;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Points, lines and areas in longitude and latitude, as GeoJSON geometries (RFC 7946). */
final class Geometry {
    private static final Pattern PAIR =
            Pattern.compile("\\s*(-?\\d+(?:\\.\\d+)?)\\s*[,，;；\\s]\\s*(-?\\d+(?:\\.\\d+)?)\\s*");
    private static final int MOST_POINTS = 10_000;
    private static final double MOST_LONGITUDE = 180;
    private static final double MOST_LATITUDE = 90;

    /** How deep the lists of coordinates are, by type. */
    private static final Map<String, Integer> DEPTHS =
            Map.of("Point", 0, "LineString", 1, "Polygon", 2, "MultiPolygon", 3);

    private int points;

    private Geometry() {}

    /**
     * The geometry as it is kept.
     *
     * @param given a GeoJSON geometry, or longitude and latitude as text with a comma between
     */
    static Optional<Map<String, Object>> of(Object given) {
        if (given instanceof String text) {
            Matcher pair = PAIR.matcher(text);
            return pair.matches()
                    ? of(
                            Map.of(
                                    "type",
                                    "Point",
                                    "coordinates",
                                    List.of(
                                            Double.valueOf(pair.group(1)),
                                            Double.valueOf(pair.group(2)))))
                    : Optional.empty();
        }
        if (!(given instanceof Map<?, ?> map) || !(map.get("type") instanceof String type)) {
            return Optional.empty();
        }
        Integer depth = DEPTHS.get(type);
        Object coordinates =
                depth == null ? null : new Geometry().kept(map.get("coordinates"), depth);
        if (coordinates == null) {
            return Optional.empty();
        }
        Map<String, Object> kept = new LinkedHashMap<>();
        kept.put("type", type);
        kept.put("coordinates", coordinates);
        return Optional.of(kept);
    }

    private @Nullable Object kept(@Nullable Object given, int depth) {
        if (!(given instanceof List<?> list) || list.isEmpty()) {
            return null;
        }
        if (depth == 0) {
            return position(list);
        }
        List<Object> all = new ArrayList<>(list.size());
        for (Object each : list) {
            Object kept = kept(each, depth - 1);
            if (kept == null) {
                return null;
            }
            all.add(kept);
        }
        return all;
    }

    private @Nullable Object position(List<?> pair) {
        points++;
        boolean fits =
                points <= MOST_POINTS
                        && pair.size() == 2
                        && pair.get(0) instanceof Number longitude
                        && pair.get(1) instanceof Number latitude
                        && Math.abs(longitude.doubleValue()) <= MOST_LONGITUDE
                        && Math.abs(latitude.doubleValue()) <= MOST_LATITUDE;
        return fits ? List.copyOf(pair) : null;
    }
}
