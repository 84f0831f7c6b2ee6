package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.Refusal;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import java.util.List;
import java.util.Locale;

/**
 * Whom and what a request addresses (RFC 9112, section 3.2).
 *
 * @param authority host and port as sent
 * @param path absolute path as sent; with {@code OPTIONS} also {@code *}, with {@code CONNECT} an
 *     authority
 * @param rawQuery query as sent, without its {@code ?}
 */
record Addressed(String authority, String path, String rawQuery) {
    /**
     * Reads target and {@code Host} of a request.
     *
     * @param scheme that of the connection
     * @throws RefusedException if they are malformed or say different things
     */
    static Addressed of(HttpRequest request, String scheme) {
        List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
        if (hosts.size() != 1) {
            throw malformed("Host");
        }
        String host = requireAuthority(hosts.getFirst());
        String target = request.uri();
        if (target.startsWith("/")) {
            return at(host, target);
        }
        boolean whole = request.method().equals(HttpMethod.OPTIONS) && target.equals("*");
        if (whole || request.method().equals(HttpMethod.CONNECT)) {
            return new Addressed(host, target, "");
        }
        return absolute(host, target, scheme);
    }

    private static Addressed absolute(String host, String target, String scheme) {
        String prefix = scheme + "://";
        if (!target.regionMatches(true, 0, prefix, 0, prefix.length())) {
            throw malformed("target");
        }
        int end = prefix.length();
        while (end < target.length() && "/?".indexOf(target.charAt(end)) < 0) {
            end++;
        }
        String authority = requireAuthority(target.substring(prefix.length(), end));
        if (!authority.equalsIgnoreCase(host)) {
            throw malformed("Host");
        }
        String rest = target.substring(end);
        return at(authority, rest.startsWith("/") ? rest : "/" + rest);
    }

    private static Addressed at(String authority, String pathAndQuery) {
        int mark = pathAndQuery.indexOf('?');
        return mark < 0
                ? new Addressed(authority, pathAndQuery, "")
                : new Addressed(
                        authority,
                        pathAndQuery.substring(0, mark),
                        pathAndQuery.substring(mark + 1));
    }

    /**
     * A host of letters, digits, {@code -._~} or in brackets, and a port; nobody's name in front.
     */
    private static String requireAuthority(String text) {
        int colon = text.lastIndexOf(':');
        int bracket = text.lastIndexOf(']');
        int hostEnd = colon > bracket ? colon : text.length();
        boolean good = hostEnd > 0 && text.length() - hostEnd != 1 && text.length() <= 300;
        boolean literal = text.startsWith("[");
        good &= literal ? bracket == hostEnd - 1 && bracket > 1 : bracket < 0;
        for (int i = literal ? 1 : 0; good && i < (literal ? bracket : hostEnd); i++) {
            char c = text.charAt(i);
            good = isLetterOrDigit(c) || (literal ? c == ':' || c == '.' : "-._~".indexOf(c) >= 0);
        }
        for (int i = hostEnd + 1; good && i < text.length(); i++) {
            good = text.charAt(i) >= '0' && text.charAt(i) <= '9' && i - hostEnd <= 5;
        }
        if (!good) {
            throw malformed("Host");
        }
        return text.toLowerCase(Locale.ROOT);
    }

    private static boolean isLetterOrDigit(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    private static RefusedException malformed(String what) {
        return new RefusedException(Refusal.REQUEST_MALFORMED, what);
    }
}
