package cn.tiaoxi.gateway;

import cn.tiaoxi.gateway.quota.Lease;
import cn.tiaoxi.gateway.quota.Lease.Wanted;
import cn.tiaoxi.gateway.quota.QuotaStore;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Leases calls from the serving database: its function {@code serving.lease_calls} counts what all
 * gateways lease. One connection, one request at a time.
 */
final class PostgresQuotas implements QuotaStore {
    private static final String LEASE =
            "SELECT granted, remaining, number, ends_in_millis"
                    + " FROM serving.lease_calls($1, $2, $3, $4, $5)";

    private final ServingFile file;
    private final Vertx vertx;

    // Guarded by this.
    private @Nullable ServingSettings connectedTo;
    private @Nullable SqlClient client;

    PostgresQuotas(ServingFile file, Vertx vertx) {
        this.file = file;
        this.vertx = vertx;
    }

    @Override
    public CompletableFuture<List<Lease>> lease(List<Wanted> wanted) {
        int count = wanted.size();
        String[] subjects = new String[count];
        String[] spans = new String[count];
        Long[] most = new Long[count];
        Long[] calls = new Long[count];
        Long[] windows = new Long[count];
        for (int i = 0; i < count; i++) {
            Wanted each = wanted.get(i);
            subjects[i] = each.subject().toString();
            spans[i] = each.span().name();
            most[i] = each.most();
            calls[i] = each.wanted();
            windows[i] = each.window();
        }
        CompletableFuture<List<Lease>> leases = new CompletableFuture<>();
        try {
            client().preparedQuery(LEASE)
                    .execute(Tuple.of(subjects, spans, most, calls, windows))
                    .map(PostgresQuotas::leases)
                    .onComplete(leases::complete, leases::completeExceptionally);
        } catch (IOException | RuntimeException e) {
            leases.completeExceptionally(e);
        }
        return leases;
    }

    private static List<Lease> leases(RowSet<Row> rows) {
        List<Lease> leases = new ArrayList<>(rows.size());
        for (Row row : rows) {
            leases.add(new Lease(row.getLong(0), row.getLong(1), row.getLong(2), row.getLong(3)));
        }
        return leases;
    }

    private synchronized SqlClient client() throws IOException {
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
                                Map.of(
                                        "application_name",
                                        "tiaoxi-gateway-quotas",
                                        "statement_timeout",
                                        "5000"));
        return PgBuilder.client()
                .with(
                        new PoolOptions()
                                .setMaxSize(1)
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
