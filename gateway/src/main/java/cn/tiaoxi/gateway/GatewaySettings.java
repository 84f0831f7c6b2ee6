package cn.tiaoxi.gateway;

import cn.tiaoxi.gateway.meter.MeterSettings;
import cn.tiaoxi.gateway.upstream.AllowedAddresses;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a gateway is set up. Each setting is an argument, {@code --key=value} or {@code --key value},
 * or a variable of the environment, {@code TIAOXI_GATEWAY_KEY}; arguments win.
 *
 * @param data {@code --data}: the platform's data folder, where the shared keys are; default {@code
 *     data}
 * @param folder {@code --folder}: the gateway's own folder; default {@code DATA/gateway}
 * @param host {@code --host}: address to listen on; default 127.0.0.1
 * @param port {@code --port}: port to listen on, 0 for any; default 8090
 * @param platform {@code --platform}: base URL of the platform; default {@code
 *     http://127.0.0.1:8080}
 * @param address {@code --address}: base URL under which callers reach this gateway; null for
 *     {@code http://127.0.0.1:PORT}
 * @param authorities {@code --authority}: further hosts (with port) that callers may address,
 *     separated by commas
 * @param tokenFile {@code --token-file}: the token that platform and gateways share; default {@code
 *     DATA/keys/gateway.token}
 * @param policyKeyFile {@code --policy-key}: the platform's Ed25519 public key; default {@code
 *     DATA/keys/policy.pub}
 * @param servingFile {@code --serving-file}: properties {@code url}, {@code user}, {@code password}
 *     of the database; read again when it changes; default {@code FOLDER/serving.properties}
 * @param quotaStore {@code --quota-store}: a Valkey or Redis server that counts calls for all
 *     gateways, {@code redis://[user:password@]host:port[/number]} or {@code rediss://…}; null for
 *     the serving database
 * @param plain {@code --plain}: where HTTP without TLS is listened for: {@code off}, {@code
 *     loopback} (default) or {@code anywhere}
 * @param tls how TLS is spoken, or null for not at all
 * @param upstreamRanges {@code --upstream-ranges}: networks that departments' services may stand
 *     in, separated by commas; default the private ones, {@link AllowedAddresses#PRIVATE}
 * @param upstreamAuthorities {@code --upstream-ca}: PEM file of the authorities of their
 *     certificates; null for the JDK's
 * @param exportBytes {@code --export-disk}: most MiB of all files that callers have ordered; 0 for
 *     none; default 4,096; here in bytes
 * @param meter what may be seen of it, and by whom
 */
public record GatewaySettings(
        Path data,
        Path folder,
        String host,
        int port,
        URI platform,
        @Nullable URI address,
        Set<String> authorities,
        Path tokenFile,
        Path policyKeyFile,
        Path servingFile,
        @Nullable URI quotaStore,
        Plain plain,
        @Nullable TlsSettings tls,
        AllowedAddresses upstreamRanges,
        @Nullable Path upstreamAuthorities,
        long exportBytes,
        MeterSettings meter) {

    private static final List<String> KEYS =
            Stream.concat(
                            Stream.of(
                                    "data",
                                    "folder",
                                    "host",
                                    "port",
                                    "platform",
                                    "address",
                                    "authority",
                                    "token-file",
                                    "policy-key",
                                    "serving-file",
                                    "quota-store",
                                    "plain",
                                    "tls-port",
                                    "tls-certificate",
                                    "tls-key",
                                    "tls-oldest",
                                    "tls-clients",
                                    "upstream-ranges",
                                    "upstream-ca",
                                    "export-disk"),
                            MeterSettings.KEYS.stream())
                    .toList();

    /** Where HTTP without TLS is listened for. */
    enum Plain {
        /** Nowhere. */
        OFF,
        /** On the loopback address only, so that nothing leaves the machine unencrypted. */
        LOOPBACK,
        /** On the host to listen on. */
        ANYWHERE
    }

    public GatewaySettings {
        authorities = Set.copyOf(authorities);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("--port must be between 0 and 65535");
        }
        if (plain == Plain.OFF && tls == null) {
            throw new IllegalArgumentException("--plain off needs --tls-port");
        }
        if (plain == Plain.LOOPBACK && tls == null && !isLoopback(host)) {
            throw new IllegalArgumentException(
                    "--host "
                            + host
                            + " would be served without TLS: give --tls-port, or --plain anywhere");
        }
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("::1") || host.startsWith("127.");
    }

    /**
     * Reads the settings.
     *
     * @throws IllegalArgumentException that says which argument is wrong
     */
    public static GatewaySettings of(List<String> arguments, Map<String, String> environment) {
        Map<String, String> given = new HashMap<>();
        for (String key : KEYS) {
            String variable = "TIAOXI_GATEWAY_" + key.toUpperCase(Locale.ROOT).replace('-', '_');
            if (environment.containsKey(variable)) {
                given.put(key, environment.get(variable));
            }
        }
        readArguments(arguments, given);
        Path data = Path.of(given.getOrDefault("data", "data")).toAbsolutePath();
        Path folder =
                Path.of(given.getOrDefault("folder", data.resolve("gateway").toString()))
                        .toAbsolutePath();
        return new GatewaySettings(
                data,
                folder,
                given.getOrDefault("host", "127.0.0.1"),
                port("port", given.getOrDefault("port", "8090")),
                address("platform", given.getOrDefault("platform", "http://127.0.0.1:8080")),
                given.containsKey("address") ? address("address", given.get("address")) : null,
                Stream.of(given.getOrDefault("authority", "").split(","))
                        .map(String::strip)
                        .filter(host -> !host.isEmpty())
                        .map(host -> host.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet()),
                file(given, "token-file", data.resolve("keys/gateway.token")),
                file(given, "policy-key", data.resolve("keys/policy.pub")),
                file(given, "serving-file", folder.resolve("serving.properties")),
                given.containsKey("quota-store") ? quotaStore(given.get("quota-store")) : null,
                plain(given.getOrDefault("plain", "loopback")),
                TlsSettings.of(given),
                ranges(given.getOrDefault("upstream-ranges", AllowedAddresses.PRIVATE)),
                given.containsKey("upstream-ca")
                        ? file(given, "upstream-ca", data.resolve("keys/upstream-ca.pem"))
                        : null,
                megabytes("export-disk", given.getOrDefault("export-disk", "4096")),
                MeterSettings.of(given, folder));
    }

    private static void readArguments(List<String> arguments, Map<String, String> into) {
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            int equals = argument.indexOf('=');
            String key = equals < 0 ? argument : argument.substring(0, equals);
            if (!key.startsWith("--") || !KEYS.contains(key.substring(2))) {
                throw new IllegalArgumentException(
                        "Unknown argument " + argument + "; known: --" + String.join(", --", KEYS));
            }
            if (equals < 0 && i + 1 == arguments.size()) {
                throw new IllegalArgumentException(argument + " needs a value");
            }
            into.put(
                    key.substring(2),
                    equals < 0 ? arguments.get(++i) : argument.substring(equals + 1));
        }
    }

    private static Plain plain(String text) {
        for (Plain each : Plain.values()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(text)) {
                return each;
            }
        }
        throw new IllegalArgumentException("--plain must be off, loopback or anywhere");
    }

    static int port(String key, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--" + key + " is no number: " + text, e);
        }
    }

    private static long megabytes(String key, String text) {
        try {
            int megabytes = Integer.parseInt(text);
            if (megabytes >= 0) {
                return (long) megabytes << 20;
            }
        } catch (NumberFormatException e) {
            // Refused below, like a negative number.
        }
        throw new IllegalArgumentException("--" + key + " is no number of MiB: " + text);
    }

    private static URI address(String key, @Nullable String text) {
        URI address = URI.create(text == null ? "" : text.replaceAll("/+$", ""));
        if (address.getHost() == null || address.getScheme() == null) {
            throw new IllegalArgumentException("--" + key + " is no address: " + text);
        }
        return address;
    }

    private static URI quotaStore(String text) {
        URI store = address("quota-store", text);
        if (!store.getScheme().equals("redis") && !store.getScheme().equals("rediss")) {
            throw new IllegalArgumentException("--quota-store is no redis:// address: " + text);
        }
        return store;
    }

    private static AllowedAddresses ranges(String text) {
        try {
            return AllowedAddresses.of(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--upstream-ranges: " + e.getMessage(), e);
        }
    }

    private static Path file(Map<String, String> given, String key, Path standard) {
        return Path.of(given.getOrDefault(key, standard.toString())).toAbsolutePath();
    }
}
