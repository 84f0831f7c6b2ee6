package cn.tiaoxi.contract;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The province's HMAC style: four headers, and HMAC-SHA256 under the secret key over method, path,
 * sorted query, access key and date, a line each. Host and body are not covered.
 */
public final class ProvinceHmac {
    /** Header with Base64 of the signature. */
    public static final String SIGNATURE = "X-BG-HMAC-SIGNATURE";

    /** Header with {@link #NAME}. */
    public static final String ALGORITHM = "X-BG-HMAC-ALGORITHM";

    /** Header with the key's identifier. */
    public static final String ACCESS_KEY = "X-BG-HMAC-ACCESS-KEY";

    /** Header with the time: {@code Tue, 09 Nov 2021 08:49:20 GMT}. */
    public static final String DATE_TIME = "X-BG-DATE-TIME";

    /** The one algorithm. */
    public static final String NAME = "hmac-sha256";

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);

    private ProvinceHmac() {}

    /** The headers that sign a request now or then, with one second's precision. */
    public static Map<String, String> headers(
            String method, String path, String query, String accessKey, byte[] secret, Instant at) {
        String date = DATE.format(at);
        String text = text(method, path, sorted(query), accessKey, date);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(SIGNATURE, Base64.getEncoder().encodeToString(signature(text, secret)));
        headers.put(ALGORITHM, NAME);
        headers.put(ACCESS_KEY, accessKey);
        headers.put(DATE_TIME, date);
        return headers;
    }

    /** The text that is signed. */
    public static String text(
            String method, String path, String query, String accessKey, String date) {
        return method + '\n' + path + '\n' + query + '\n' + accessKey + '\n' + date + '\n';
    }

    /** The parameters of a query in the order of their names. */
    public static String sorted(String query) {
        return sorted(List.of(query.split("&", -1)));
    }

    /** Parameters, each {@code name=value}, joined in the order of their names. */
    public static String sorted(List<String> pairs) {
        return pairs.stream()
                .filter(pair -> !pair.isEmpty())
                .sorted(
                        Comparator.comparing((String pair) -> pair.split("=", 2)[0])
                                .thenComparing(Comparator.naturalOrder()))
                .collect(Collectors.joining("&"));
    }

    /** HMAC-SHA256 of the text in UTF-8. */
    public static byte[] signature(String text, byte[] secret) {
        return HmacSha256.of(secret, text);
    }

    /**
     * The time that a header tells.
     *
     * @throws IllegalArgumentException if it is not in that form
     */
    public static Instant time(String date) {
        try {
            return DATE.parse(date, Instant::from);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("Not a date: " + date, e);
        }
    }
}
