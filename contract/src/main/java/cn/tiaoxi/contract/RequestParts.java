package cn.tiaoxi.contract;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a signature can cover of an HTTP request.
 *
 * @param method the method as sent
 * @param scheme {@code http} or {@code https}
 * @param authority host and port as sent in {@code Host}; normalised here: lower case, without the
 *     scheme's default port
 * @param path absolute path as sent, percent-encoding untouched
 * @param query the query with its leading {@code ?}; just {@code ?} where there is none (RFC 9421
 *     section 2.2.7)
 * @param header a header's value by lower-case name, several values joined by {@code ", "}; null
 *     where absent
 */
public record RequestParts(
        String method,
        String scheme,
        String authority,
        String path,
        String query,
        HeaderValues header) {

    /** Looks a header up by its lower-case name. */
    @FunctionalInterface
    public interface HeaderValues {
        @Nullable String get(String name);
    }

    public RequestParts {
        authority = normalised(authority, scheme);
        path = path.isEmpty() ? "/" : path;
        query = query.isEmpty() ? "?" : query;
    }

    /** The parts of a request to an address. */
    public static RequestParts of(String method, URI address, HeaderValues header) {
        String query = address.getRawQuery();
        return new RequestParts(
                method,
                address.getScheme(),
                address.getRawAuthority(),
                address.getRawPath(),
                query == null ? "?" : "?" + query,
                header);
    }

    /** The value of a component, or null if the request has no such part. */
    @Nullable String component(String name) {
        return switch (name) {
            case "@method" -> method;
            case "@scheme" -> scheme;
            case "@authority" -> authority;
            case "@path" -> path;
            case "@query" -> query;
            case "@request-target" -> target();
            case "@target-uri" -> scheme + "://" + authority + target();
            default -> name.startsWith("@") ? null : trimmed(header.get(name));
        };
    }

    private String target() {
        return query.equals("?") ? path : path + query;
    }

    private static @Nullable String trimmed(@Nullable String value) {
        return value == null ? null : value.strip();
    }

    private static String normalised(String authority, String scheme) {
        String lower = authority.toLowerCase(Locale.ROOT);
        String port = scheme.equals("https") ? ":443" : ":80";
        return lower.endsWith(port) ? lower.substring(0, lower.length() - port.length()) : lower;
    }
}
