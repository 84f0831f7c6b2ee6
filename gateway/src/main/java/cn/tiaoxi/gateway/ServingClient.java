package cn.tiaoxi.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlClient;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A few connections to the serving database for what is written there, made anew when the file
 * names another database. Safe for use by threads.
 */
final class ServingClient implements AutoCloseable {
    private final ServingFile file;
    private final Vertx vertx;
    private final String name;
    private final int connections;

    // Guarded by this.
    private @Nullable ServingSettings connectedTo;
    private @Nullable SqlClient client;

    /**
     * @param name what the database sees who asks
     */
    ServingClient(ServingFile file, Vertx vertx, String name, int connections) {
        this.file = file;
        this.vertx = vertx;
        this.name = name;
        this.connections = connections;
    }

    /**
     * The connections.
     *
     * @throws IOException if the file does not say where the database is
     */
    synchronized SqlClient get() throws IOException {
        ServingSettings wanted = file.settings();
        SqlClient present = client;
        if (present != null && wanted.equals(connectedTo)) {
            return present;
        }
        if (present != null) {
            present.close();
        }
        SqlClient made = connect(wanted);
        connectedTo = wanted;
        client = made;
        return made;
    }

    private SqlClient connect(ServingSettings to) {
        PgConnectOptions connection =
                new PgConnectOptions()
                        .setHost(to.host())
                        .setPort(to.port())
                        .setDatabase(to.database())
                        .setUser(to.user())
                        .setPassword(to.password())
                        .setCachePreparedStatements(true)
                        .setProperties(
                                Map.of("application_name", name, "statement_timeout", "5000"));
        return PgBuilder.client()
                .with(
                        new PoolOptions()
                                .setMaxSize(connections)
                                .setConnectionTimeout(5)
                                .setConnectionTimeoutUnit(TimeUnit.SECONDS))
                .with(new NetClientOptions().setConnectTimeout(2_000).setTcpKeepAlive(true))
                .connectingTo(connection)
                .using(vertx)
                .build();
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.close();
        }
    }
}
