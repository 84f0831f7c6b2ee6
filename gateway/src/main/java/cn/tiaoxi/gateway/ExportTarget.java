package cn.tiaoxi.gateway;

import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What of an interface's exports a request is after.
 *
 * @param id the export, or null for the place where exports are ordered
 */
record ExportTarget(String interfaceId, @Nullable UUID id, Part part) {
    private static final String EXPORTS = "/exports";
    private static final Pattern PATH =
            Pattern.compile(
                    "([^/]+)/exports(?:/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
                            + "(/content|/signature)?)?");

    /** A part of an export. */
    enum Part {
        /** Where one is ordered. */
        ORDERS,
        STATE,
        CONTENT,
        /** What the gateway signs of it. */
        SIGNATURE;

        /** Whether requests of that method are answered there. */
        boolean takes(String method) {
            return switch (this) {
                case ORDERS -> method.equals("POST");
                case STATE -> method.equals("GET") || method.equals("DELETE");
                case CONTENT, SIGNATURE -> method.equals("GET");
            };
        }

        /** Those methods, as an answer names them. */
        String methods() {
            return switch (this) {
                case ORDERS -> "POST";
                case STATE -> "GET, DELETE";
                case CONTENT, SIGNATURE -> "GET";
            };
        }
    }

    /** Reads a path behind that of all interfaces; null if it names no exports. */
    static @Nullable ExportTarget of(String path) {
        if (!path.contains(EXPORTS)) {
            return null;
        }
        Matcher found = PATH.matcher(path);
        if (!found.matches()) {
            return null;
        }
        String id = found.group(2);
        String part = found.group(3);
        return new ExportTarget(
                found.group(1),
                id == null ? null : UUID.fromString(id),
                id == null
                        ? Part.ORDERS
                        : part == null
                                ? Part.STATE
                                : part.equals("/content") ? Part.CONTENT : Part.SIGNATURE);
    }

    /** Where an export is, on any gateway. */
    static String path(String interfaceId, UUID id) {
        return "/api/" + interfaceId + EXPORTS + "/" + id;
    }
}
