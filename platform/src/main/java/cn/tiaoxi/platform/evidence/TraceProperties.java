package cn.tiaoxi.platform.evidence;

import cn.tiaoxi.trace.CosignatureKey;
import java.net.URI;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the platform's own log is kept.
 *
 * @param witnesses who cosigns it besides the gateways: for each the address under which {@code
 *     add-checkpoint} is (tlog-witness), a space, and its verifier key of type 4
 * @param years how long records stay in the platform's log before they move to the archive; at
 *     least 3
 */
@ConfigurationProperties(prefix = "tiaoxi.trace", ignoreUnknownFields = false)
record TraceProperties(@DefaultValue List<String> witnesses, @DefaultValue("3") int years) {
    private static final int LEAST_YEARS = 3;

    TraceProperties {
        witnesses = List.copyOf(witnesses);
        witnesses.forEach(Outside::parse);
        if (years < LEAST_YEARS) {
            throw new IllegalArgumentException("tiaoxi.trace.years must be at least 3");
        }
    }

    /** A witness that somebody else runs. */
    record Outside(URI address, CosignatureKey key) {
        static Outside parse(String text) {
            String[] parts = text.strip().split("\\s+", 2);
            if (parts.length != 2 || !parts[0].matches("https?://.+")) {
                throw new IllegalArgumentException(
                        "tiaoxi.trace.witnesses: an address, a space and a verifier key, not: "
                                + text);
            }
            return new Outside(URI.create(parts[0]), CosignatureKey.parse(parts[1]));
        }
    }

    List<Outside> outside() {
        return witnesses.stream().map(Outside::parse).toList();
    }
}
