package cn.tiaoxi.contract;

import cn.tiaoxi.contract.PolicySnapshot.FieldType;
import java.math.BigDecimal;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A department's own HTTP service, from which an interface is answered.
 *
 * @param address {@code http} or {@code https}, host, port and base path, without a query
 * @param method how the service is asked
 * @param path path below the address, with {@code {name}} for each parameter of the path
 * @param parameters what a caller may give; anything else is refused
 * @param times how long it may take
 * @param tries how often a call is tried before anything of an answer came, 1 to 5; more than one
 *     only for {@code GET}
 * @param connections most calls under way at the same time on each gateway, 1 to 1,000
 * @param probe how its health is asked for, or null for by the calls alone
 * @param breaker when calls stop for a while
 * @param mostBytes most bytes of an answer's body, as the service sends it
 * @param format what answers are
 * @param records JSON pointer to the record or the list of records in an answer, empty for the body
 * @param around JSON pointers to what else may always be shown, for example {@code /total}
 * @param credential what the service knows this platform by, or null
 * @param signing the key that each call is signed with, or null; a gateway of an earlier version
 *     does not sign and is refused by the service
 */
public record HttpUpstream(
        URI address,
        Method method,
        String path,
        List<Parameter> parameters,
        Times times,
        int tries,
        int connections,
        @Nullable Probe probe,
        Breaker breaker,
        long mostBytes,
        Format format,
        String records,
        List<String> around,
        @Nullable Credential credential,
        @Nullable Signing signing) {
    /** Most bytes that may be allowed for an answer: 4 GB. */
    public static final long LARGEST = 4L << 30;

    /** A place in a path template. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");

    /** A path whose characters need no encoding; a template's braces are taken out before. */
    private static final Pattern PLAIN_PATH =
            Pattern.compile("(/([A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})*)*");

    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}");

    /** Headers that belong to the connection or to the gateway, in lower case. */
    private static final Set<String> OWN_HEADERS =
            Set.of(
                    "host",
                    "connection",
                    "keep-alive",
                    "proxy-authenticate",
                    "proxy-authorization",
                    "proxy-connection",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade",
                    "content-length",
                    "content-type",
                    "content-encoding",
                    "accept",
                    "accept-encoding",
                    "expect",
                    "range",
                    "user-agent",
                    "tiaoxi-request-id");

    /** How a service is asked. */
    public enum Method {
        GET,
        POST
    }

    /** What a service's answers are. */
    public enum Format {
        /** One JSON value. */
        JSON,
        /** JSON values, each on a line. */
        NDJSON,
        /** A table in UTF-8 whose first row names the columns. */
        CSV
    }

    /** Where a parameter stands in the request to the service. */
    public enum Place {
        PATH,
        QUERY,
        HEADER,
        /** A member of the JSON object that is the body. */
        BODY
    }

    /**
     * What a caller may give.
     *
     * @param name name at the gateway and at the service
     * @param required whether a call without it is refused; always for the path
     * @param type form of its values, as of fields
     * @param pattern regular expression that is found in the value (as in JSON Schema), or null
     * @param allowed the only values, or none for any
     * @param least smallest number, or null
     * @param most largest number, or null
     * @param shortest fewest characters, or null
     * @param longest most characters, up to 2,000; null for 200
     * @param description meaning, or empty
     */
    public record Parameter(
            String name,
            Place place,
            boolean required,
            FieldType type,
            @Nullable String pattern,
            List<String> allowed,
            @Nullable BigDecimal least,
            @Nullable BigDecimal most,
            @Nullable Integer shortest,
            @Nullable Integer longest,
            String description) {
        /** Most characters of a value where nothing else is said. */
        public static final int USUAL_LONGEST = 200;

        /** Most characters of a value that may be allowed. */
        public static final int LONGEST = 2_000;

        public Parameter {
            allowed = List.copyOf(allowed);
            require(!name.isEmpty() && name.length() <= 64, "a parameter's name");
            require(name.chars().allMatch(c -> c > ' ' && c != 0x7f), "parameter " + name);
            require(required || place != Place.PATH, "the optional parameter " + name);
            require(place != Place.HEADER || isHeader(name), "the header " + name);
            require(longest == null || longest >= 1 && longest <= LONGEST, name + ": length");
            require(shortest == null || shortest >= 0 && shortest <= LONGEST, name + ": length");
            if (pattern != null) {
                require(pattern.length() <= 500, name + ": pattern");
                Pattern.compile(pattern);
            }
        }

        /** A parameter of any value. */
        public static Parameter of(String name, Place place, boolean required, FieldType type) {
            return new Parameter(
                    name, place, required, type, null, List.of(), null, null, null, null, "");
        }
    }

    /**
     * How long things may take, in milliseconds.
     *
     * @param connect to connect, with TLS: 50 to 10,000
     * @param firstByte from the request to the answer's head: 50 to 25,000
     * @param whole from the call to the answer's last byte, all tries: 100 to 1,800,000
     */
    public record Times(int connect, int firstByte, int whole) {
        /** Two seconds to connect, ten to the first byte, a minute for all. */
        public static final Times USUAL = new Times(2_000, 10_000, 60_000);

        public Times {
            require(connect >= 50 && connect <= 10_000, "the time to connect");
            require(firstByte >= 50 && firstByte <= 25_000, "the time to the first byte");
            require(whole >= 100 && whole <= 1_800_000, "the whole time");
        }
    }

    /**
     * How a service's health is asked for: {@code GET}, healthy if it answers 200 to 299.
     *
     * @param path path below the address
     * @param everySeconds pause between two, 2 to 3,600
     */
    public record Probe(String path, int everySeconds) {
        public Probe {
            require(isPlain(path), "the probe's path");
            require(everySeconds >= 2 && everySeconds <= 3_600, "the probe's interval");
        }
    }

    /**
     * When calls stop for a while.
     *
     * @param failures failures among the last twenty calls, 1 to 20
     * @param openSeconds how long no call is made, 1 to 3,600; then one is tried
     */
    public record Breaker(int failures, int openSeconds) {
        /** Half of the calls; ten seconds. */
        public static final Breaker USUAL = new Breaker(10, 10);

        public Breaker {
            require(failures >= 1 && failures <= 20, "the breaker's failures");
            require(openSeconds >= 1 && openSeconds <= 3_600, "the breaker's pause");
        }
    }

    /**
     * A header that the service knows this platform by.
     *
     * @param header its name
     * @param sealed its value, sealed by {@link SealedSecret} for {@link #sealedFor}
     */
    public record Credential(String header, String sealed) {
        public Credential {
            require(isHeader(header), "the header " + header);
        }

        /** What the secret of an interface's service is sealed for. */
        public static String sealedFor(String interfaceId) {
            return "upstream:" + interfaceId;
        }

        @Override
        public String toString() {
            return "Credential[" + header + "]";
        }
    }

    /**
     * An Ed25519 key with which each call is signed as callers of a gateway sign theirs (RFC 9421).
     *
     * @param keyId under which the service knows the key
     * @param sealed the private key (PKCS#8), sealed by {@link SealedSecret} for {@link #sealedFor}
     */
    public record Signing(String keyId, String sealed) {
        private static final Pattern KEY_ID = Pattern.compile("[A-Za-z0-9._~:-]{1,100}");

        public Signing {
            require(KEY_ID.matcher(keyId).matches(), "the key's identifier");
        }

        /** What the private key of an interface's calls is sealed for. */
        public static String sealedFor(String interfaceId) {
            return "upstream-signing:" + interfaceId;
        }

        @Override
        public String toString() {
            return "Signing[" + keyId + "]";
        }
    }

    /** A service whose calls are not signed. */
    public HttpUpstream(
            URI address,
            Method method,
            String path,
            List<Parameter> parameters,
            Times times,
            int tries,
            int connections,
            @Nullable Probe probe,
            Breaker breaker,
            long mostBytes,
            Format format,
            String records,
            List<String> around,
            @Nullable Credential credential) {
        this(
                address,
                method,
                path,
                parameters,
                times,
                tries,
                connections,
                probe,
                breaker,
                mostBytes,
                format,
                records,
                around,
                credential,
                null);
    }

    /** The same, with calls signed so; null for not. */
    public HttpUpstream signedWith(@Nullable Signing with) {
        return new HttpUpstream(
                address,
                method,
                path,
                parameters,
                times,
                tries,
                connections,
                probe,
                breaker,
                mostBytes,
                format,
                records,
                around,
                credential,
                with);
    }

    /**
     * @throws IllegalArgumentException that says what cannot be
     */
    public HttpUpstream {
        parameters = List.copyOf(parameters);
        around = List.copyOf(around);
        require(isAddress(address), "the address " + address);
        require(isPath(path), "the path " + path);
        require(tries >= 1 && tries <= 5, "the tries");
        require(tries == 1 || method == Method.GET, "tries of a call that may change something");
        require(connections >= 1 && connections <= 1_000, "the calls at the same time");
        require(mostBytes >= 1 && mostBytes <= LARGEST, "the most bytes");
        Set<String> names = new HashSet<>();
        Set<String> inPath = new HashSet<>();
        for (Parameter parameter : parameters) {
            require(names.add(parameter.name()), "two parameters " + parameter.name());
            require(
                    parameter.place() != Place.BODY || method == Method.POST,
                    "a body of a GET: " + parameter.name());
            if (parameter.place() == Place.PATH) {
                inPath.add(parameter.name());
            }
        }
        require(inPath.equals(placeholders(path)), "the path's parameters");
    }

    /** The names in a path template. */
    public static Set<String> placeholders(String path) {
        Set<String> names = new HashSet<>();
        Matcher matcher = PLACEHOLDER.matcher(path);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    /** Whether a service may stand at that address: http or https, a host, a plain path. */
    public static boolean isAddress(URI address) {
        String scheme = address.getScheme();
        return ("http".equals(scheme) || "https".equals(scheme))
                && address.getHost() != null
                && address.getRawUserInfo() == null
                && address.getRawQuery() == null
                && address.getRawFragment() == null
                && address.getPort() != 0
                && address.getPort() <= 65_535
                && (address.getRawPath().isEmpty() || isPlain(address.getRawPath()));
    }

    /** Whether that is a path below an address, with or without places for parameters. */
    public static boolean isPath(String path) {
        return isPlain(PLACEHOLDER.matcher(path).replaceAll("x"));
    }

    private static boolean isPlain(String path) {
        return path.startsWith("/")
                && path.length() <= 500
                && PLAIN_PATH.matcher(path).matches()
                && !("/" + path + "/").contains("/../")
                && !("/" + path + "/").contains("/./");
    }

    /** Whether a service may be sent a header of that name. */
    public static boolean isHeader(String name) {
        return HEADER.matcher(name).matches()
                && !OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT));
    }

    /** The port, also where the address leaves it out. */
    public int port() {
        if (address.getPort() > 0) {
            return address.getPort();
        }
        return isSecure() ? 443 : 80;
    }

    /** Whether it is reached by TLS. */
    public boolean isSecure() {
        return "https".equals(address.getScheme());
    }

    /** Whether asking twice does no harm. */
    public boolean isIdempotent() {
        return method == Method.GET;
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException("An HTTP service cannot be called: " + what);
        }
    }
}
