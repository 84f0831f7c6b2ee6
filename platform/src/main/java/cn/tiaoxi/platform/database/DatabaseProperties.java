package cn.tiaoxi.platform.database;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which PostgreSQL to use.
 *
 * @param url JDBC address of a server outside; without it the platform starts its own
 * @param username account on the server outside
 * @param password password of that account
 * @param port port of the platform's own server on the loopback address; 0 picks a free one
 * @param connections most connections the platform opens, 2 to 200
 */
@ConfigurationProperties(prefix = "tiaoxi.database", ignoreUnknownFields = false)
public record DatabaseProperties(
        @Nullable String url,
        @DefaultValue("tiaoxi") String username,
        @Nullable String password,
        @DefaultValue("0") int port,
        @DefaultValue("16") int connections) {

    public DatabaseProperties {
        if (connections < 2 || connections > 200) {
            throw new IllegalArgumentException(
                    "tiaoxi.database.connections must be between 2 and 200, not " + connections);
        }
    }
}
