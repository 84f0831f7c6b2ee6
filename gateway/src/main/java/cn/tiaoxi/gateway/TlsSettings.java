package cn.tiaoxi.gateway;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a gateway speaks TLS.
 *
 * @param port {@code --tls-port}: port to listen on, 0 for any
 * @param certificate {@code --tls-certificate}: PEM of the gateway's certificate, followed by those
 *     that it was issued under
 * @param key {@code --tls-key}: PEM of its private key (PKCS #8)
 * @param oldest {@code --tls-oldest}: oldest version spoken, {@code 1.3} or {@code 1.2}; default
 *     1.3
 * @param clients {@code --tls-clients}: PEM of the authorities that callers' certificates must come
 *     from; null for any, since callers are known by the certificate itself
 */
record TlsSettings(int port, Path certificate, Path key, String oldest, @Nullable Path clients) {
    TlsSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("--tls-port must be between 0 and 65535");
        }
        if (!oldest.equals("1.2") && !oldest.equals("1.3")) {
            throw new IllegalArgumentException("--tls-oldest must be 1.2 or 1.3");
        }
    }

    /**
     * Reads the settings; null if there is no {@code --tls-port}.
     *
     * @throws IllegalArgumentException that says which argument is wrong
     */
    static @Nullable TlsSettings of(Map<String, String> given) {
        String port = given.get("tls-port");
        if (port == null) {
            for (String key : given.keySet()) {
                if (key.startsWith("tls-")) {
                    throw new IllegalArgumentException("--" + key + " needs --tls-port");
                }
            }
            return null;
        }
        String clients = given.get("tls-clients");
        return new TlsSettings(
                GatewaySettings.port("tls-port", port),
                required(given, "tls-certificate"),
                required(given, "tls-key"),
                given.getOrDefault("tls-oldest", "1.3"),
                clients == null ? null : Path.of(clients).toAbsolutePath());
    }

    private static Path required(Map<String, String> given, String key) {
        String file = given.get(key);
        if (file == null) {
            throw new IllegalArgumentException("--tls-port needs --" + key);
        }
        return Path.of(file).toAbsolutePath();
    }
}
