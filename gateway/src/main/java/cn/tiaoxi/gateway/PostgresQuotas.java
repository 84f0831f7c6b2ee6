package cn.tiaoxi.gateway;

import cn.tiaoxi.gateway.quota.Lease;
import cn.tiaoxi.gateway.quota.Lease.Wanted;
import cn.tiaoxi.gateway.quota.QuotaStore;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Leases calls from the serving database: its function {@code serving.lease_calls} counts what all
 * gateways lease. One connection, one request at a time.
 */
final class PostgresQuotas implements QuotaStore {
    private static final String LEASE =
            "SELECT granted, remaining, number, ends_in_millis"
                    + " FROM serving.lease_calls($1, $2, $3, $4, $5)";

    private final ServingClient client;

    PostgresQuotas(ServingFile file, Vertx vertx) {
        this.client = new ServingClient(file, vertx, "tiaoxi-gateway-quotas", 1);
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
            client.get()
                    .preparedQuery(LEASE)
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

    @Override
    public void close() {
        client.close();
    }
}
