package cn.tiaoxi.gateway.meter;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What may be seen of a gateway, and by whom.
 *
 * @param metricsOnLoopback {@code --metrics}: {@code token} (default) shows {@code /metrics} to who
 *     holds the gateways' token, {@code loopback} to callers on the machine as well; not to be used
 *     behind a proxy on the same machine
 * @param accessLog file of the access log, or null for none ({@code --access-log off}); {@code
 *     FOLDER/access.log}
 * @param accessEvery {@code --access-log-every}: of how many good calls one is written, while all
 *     refusals are; default 100
 * @param accessMegabytes {@code --access-log-megabytes}: size of a file before the next is begun;
 *     default 16
 * @param accessFiles {@code --access-log-files}: number of files that are kept; default 8
 * @param traces {@code --otel-endpoint}: where traces go by OTLP over HTTP, {@code
 *     http://host:4318/v1/traces}; null for nowhere
 * @param traceShare {@code --otel-share}: share of the calls without a trace of the caller's that
 *     are traced, from 0 to 1; default 0.01. The caller's choice counts where it made one
 */
public record MeterSettings(
        boolean metricsOnLoopback,
        @Nullable Path accessLog,
        int accessEvery,
        int accessMegabytes,
        int accessFiles,
        @Nullable URI traces,
        double traceShare) {

    /** The names of these settings. */
    public static final List<String> KEYS =
            List.of(
                    "metrics",
                    "access-log",
                    "access-log-every",
                    "access-log-megabytes",
                    "access-log-files",
                    "otel-endpoint",
                    "otel-share");

    public MeterSettings {
        if (accessEvery < 1) {
            throw new IllegalArgumentException("--access-log-every must be at least 1");
        }
        if (accessMegabytes < 1 || accessMegabytes > 1_024) {
            throw new IllegalArgumentException("--access-log-megabytes must be from 1 to 1024");
        }
        if (accessFiles < 1 || accessFiles > 1_000) {
            throw new IllegalArgumentException("--access-log-files must be from 1 to 1000");
        }
        if (!(traceShare >= 0 && traceShare <= 1)) {
            throw new IllegalArgumentException("--otel-share must be from 0 to 1");
        }
    }

    /**
     * Reads the settings.
     *
     * @param folder the gateway's own
     * @throws IllegalArgumentException that says which is wrong
     */
    public static MeterSettings of(Map<String, String> given, Path folder) {
        String endpoint = given.get("otel-endpoint");
        return new MeterSettings(
                isSet(given, "metrics", "token", "loopback"),
                isSet(given, "access-log", "on", "off") ? null : folder.resolve("access.log"),
                number(given, "access-log-every", 100),
                number(given, "access-log-megabytes", 16),
                number(given, "access-log-files", 8),
                endpoint == null ? null : endpoint(endpoint),
                share(given.getOrDefault("otel-share", "0.01")));
    }

    private static boolean isSet(
            Map<String, String> given, String key, String standard, String other) {
        String value = given.getOrDefault(key, standard);
        if (!value.equals(standard) && !value.equals(other)) {
            throw new IllegalArgumentException(
                    "--" + key + " must be " + standard + " or " + other);
        }
        return value.equals(other);
    }

    private static int number(Map<String, String> given, String key, int standard) {
        try {
            return Integer.parseInt(given.getOrDefault(key, Integer.toString(standard)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--" + key + " is no number", e);
        }
    }

    private static double share(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--otel-share is no number", e);
        }
    }

    private static URI endpoint(String text) {
        URI address = URI.create(text);
        if (address.getHost() == null
                || !("http".equals(address.getScheme()) || "https".equals(address.getScheme()))) {
            throw new IllegalArgumentException("--otel-endpoint is no http address: " + text);
        }
        return address;
    }
}
