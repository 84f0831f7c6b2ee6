package cn.tiaoxi.platform.device;

import cn.tiaoxi.platform.city.CityException;
import cn.tiaoxi.platform.city.CityFolder;
import cn.tiaoxi.platform.city.Organisations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Borders of the divisions for the map: those of {@code divisions.geojson} in the city's folder (a
 * FeatureCollection, RFC 7946, whose features have the properties {@code code} and {@code name}),
 * or where the city has none, the convex hull of the devices in each county.
 */
@Service
public class Borders {
    private static final String FILE = "divisions.geojson";
    private static final int COUNTY_DIGITS = 6;
    private static final Duration KEPT = Duration.ofMinutes(5);

    private final DeviceStore store;
    private final Organisations organisations;
    private final Clock clock;
    private final @Nullable List<Outline> ofTheCity;
    private final AtomicReference<@Nullable Outlines> latest = new AtomicReference<>();

    /** Where borders come from. */
    public enum Origin {
        /** The city's file. */
        FILE,
        /** The hull of the devices, which is no border. */
        DEVICES
    }

    /**
     * A division's outline.
     *
     * @param rings closed lines of longitude and latitude
     */
    public record Outline(String code, String name, List<List<double[]>> rings) {}

    /**
     * The outlines of a moment.
     *
     * @param box where the devices are, but for a few that stand far off; null without devices
     */
    public record Outlines(
            Origin origin, Instant time, DeviceFilter.@Nullable Box box, List<Outline> divisions) {}

    Borders(
            CityFolder folder,
            DeviceStore store,
            Organisations organisations,
            JsonMapper json,
            Clock clock) {
        this.store = store;
        this.organisations = organisations;
        this.clock = clock;
        Path file = folder.path(FILE);
        this.ofTheCity = Files.exists(file) ? read(file, json) : null;
    }

    /** The borders, or what stands in for them. */
    public Outlines outlines() {
        Outlines kept = latest.get();
        Instant now = clock.instant();
        if (kept == null || kept.time().plus(KEPT).isBefore(now)) {
            DeviceFilter.Box box = store.box().orElse(null);
            kept =
                    ofTheCity == null
                            ? new Outlines(Origin.DEVICES, now, box, hulls())
                            : new Outlines(Origin.FILE, now, box, ofTheCity);
            latest.set(kept);
        }
        return kept.origin() == Origin.DEVICES ? named(kept) : kept;
    }

    /** The names are those of the asker's language; what is kept has only codes. */
    private Outlines named(Outlines kept) {
        List<Outline> named =
                kept.divisions().stream()
                        .map(o -> new Outline(o.code(), organisations.name(o.code()), o.rings()))
                        .toList();
        return new Outlines(kept.origin(), kept.time(), kept.box(), named);
    }

    private List<Outline> hulls() {
        List<Outline> outlines = new ArrayList<>();
        store.rims(COUNTY_DIGITS)
                .forEach(
                        (code, rim) -> {
                            List<double[]> hull = hull(rim);
                            if (hull.size() > 3) {
                                outlines.add(
                                        new Outline(code, organisations.name(code), List.of(hull)));
                            }
                        });
        outlines.sort(Comparator.comparing(Outline::code));
        return outlines;
    }

    /**
     * The convex hull as a closed line, counter-clockwise. Andrew's monotone chain (A. M. Andrew,
     * Another efficient algorithm for convex hulls in two dimensions, 1979).
     */
    static List<double[]> hull(List<double[]> points) {
        List<double[]> sorted = new ArrayList<>(points);
        sorted.sort(Comparator.<double[]>comparingDouble(p -> p[0]).thenComparingDouble(p -> p[1]));
        List<double[]> hull = new ArrayList<>();
        for (int side = 0; side < 2; side++) {
            int base = hull.size();
            for (double[] point : side == 0 ? sorted : sorted.reversed()) {
                while (hull.size() >= base + 2
                        && cross(hull.get(hull.size() - 2), hull.getLast(), point) <= 0) {
                    hull.removeLast();
                }
                hull.add(point);
            }
            if (!hull.isEmpty()) {
                hull.removeLast();
            }
        }
        if (hull.size() > 2) {
            hull.add(hull.getFirst());
        }
        return hull;
    }

    private static double cross(double[] a, double[] b, double[] c) {
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
    }

    private static List<Outline> read(Path file, JsonMapper json) {
        try {
            List<Outline> outlines = new ArrayList<>();
            for (JsonNode feature : json.readTree(Files.readAllBytes(file)).path("features")) {
                String code = feature.path("properties").path("code").asString("");
                String name = feature.path("properties").path("name").asString(code);
                List<List<double[]>> rings = new ArrayList<>();
                JsonNode geometry = feature.path("geometry");
                addRings(geometry.path("coordinates"), rings);
                if (code.isEmpty() || rings.isEmpty()) {
                    throw CityException.wrong(
                            file, "each feature needs properties.code and an area");
                }
                outlines.add(new Outline(code, name, List.copyOf(rings)));
            }
            return outlines;
        } catch (JacksonException | IOException e) {
            throw CityException.unreadable(file, "cannot be read: " + e.getMessage(), e);
        }
    }

    /** Goes down to the lists of positions, however deep they are. */
    private static void addRings(JsonNode node, List<List<double[]>> rings) {
        if (!node.path(0).path(0).isNumber()) {
            node.forEach(n -> addRings(n, rings));
            return;
        }
        List<double[]> ring = new ArrayList<>();
        for (JsonNode position : node) {
            ring.add(new double[] {position.path(0).asDouble(), position.path(1).asDouble()});
        }
        rings.add(ring);
    }
}
