package cn.tiaoxi.gateway;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * Where the serving database is.
 *
 * @param host host name or address
 * @param port port
 * @param database name of the database
 * @param user a user that may only read the serving tables
 * @param password its password, or empty
 */
record ServingSettings(String host, int port, String database, String user, String password) {

    /**
     * Reads properties {@code url} ({@code postgresql://host:port/database}, with or without {@code
     * jdbc:}), {@code user} and {@code password}.
     *
     * @throws IOException if the file cannot be read or does not say where the database is
     */
    static ServingSettings read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        String url = properties.getProperty("url", "").replaceFirst("^jdbc:", "");
        try {
            URI address = URI.create(url);
            if (!"postgresql".equals(address.getScheme())
                    || address.getHost() == null
                    || address.getPath().length() < 2) {
                throw new IOException(file + " has no url=postgresql://host:port/database");
            }
            return new ServingSettings(
                    address.getHost(),
                    address.getPort() < 0 ? 5432 : address.getPort(),
                    address.getPath().substring(1),
                    properties.getProperty("user", ""),
                    properties.getProperty("password", ""));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " has a malformed url: " + url, e);
        }
    }

    @Override
    public String toString() {
        return user + "@" + host + ":" + port + "/" + database;
    }
}
