package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.Refusal;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.internal.ThreadExecutorMap;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks rows up in PostgreSQL: prepared statements on a few connections, several under way on each,
 * without blocking. While the database is away each lookup fails fast; when it is back the next one
 * works. Each event loop that asks has connections of its own, so that a call stays on its thread.
 */
final class Serving implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Serving.class);
    private static final SeldomLog FAILURES = new SeldomLog(LOG);
    private static final int CONNECTIONS_OF_A_LOOP = 4;
    private static final int UNDER_WAY_ON_A_CONNECTION = 8;
    private static final int STATEMENTS = 256;

    private final ServingFile file;
    private final Limits limits;
    private final Vertx vertx;
    private final Semaphore places;
    private final Patience patience;
    private final EventLoop apart;
    private final FastThreadLocal<Lane> lanes =
            new FastThreadLocal<>() {
                @Override
                protected Lane initialValue() {
                    return new Lane((VertxInternal) vertx);
                }
            };

    Serving(ServingFile file, Limits limits) {
        this.file = file;
        this.limits = limits;
        this.places = new Semaphore(limits.servingCalls());
        this.patience = new Patience("serving-patience", limits.serving());
        this.vertx =
                Vertx.vertx(
                        new VertxOptions()
                                .setEventLoopPoolSize(1)
                                .setWorkerPoolSize(1)
                                .setInternalBlockingPoolSize(1)
                                .setFileSystemOptions(
                                        new FileSystemOptions()
                                                .setFileCachingEnabled(false)
                                                .setClassPathResolvingEnabled(false)));
        this.apart = ((VertxInternal) vertx).createEventLoopContext().nettyEventLoop();
    }

    /** What keeps its connections, for others that ask the same database. */
    Vertx vertx() {
        return vertx;
    }

    /**
     * The rows of a page and one more, if there is one. Called by an event loop.
     *
     * @return fails with a {@link RefusedException} SERVING_UNAVAILABLE or OVERLOADED
     */
    CompletableFuture<RowSet<Row>> rows(Query query) {
        Tuple parameters = keys(query);
        String range = query.range();
        boolean first = range != null && query.isFirstPage();
        if (!first) {
            parameters.addLong(query.afterRow());
        }
        parameters.addLong(query.limit() + 1L);
        String sql = query.served().sql(query.fields(), query.keys(), range, first);
        return ask(sql, parameters);
    }

    /**
     * The same for who is no event loop, on connections that calls do not use.
     *
     * @return fails as {@link #rows} does
     */
    CompletableFuture<RowSet<Row>> rowsApart(Query query) {
        return CompletableFuture.supplyAsync(() -> rows(query), apart).thenCompose(rows -> rows);
    }

    /**
     * How many rows the keys of a query find in all pages. Called by an event loop.
     *
     * @return fails as {@link #rows} does
     */
    CompletableFuture<Long> count(Query query) {
        return ask(query.served().countSql(query.keys()), keys(query))
                .thenApply(found -> found.iterator().next().getLong(0));
    }

    private static Tuple keys(Query query) {
        Tuple parameters = Tuple.tuple();
        query.keys().forEach(each -> parameters.addValue(each.value()));
        return parameters;
    }

    private CompletableFuture<RowSet<Row>> ask(String sql, Tuple parameters) {
        if (!places.tryAcquire()) {
            return CompletableFuture.failedFuture(
                    new RefusedException(Refusal.OVERLOADED, "serving"));
        }
        CompletableFuture<RowSet<Row>> rows = new CompletableFuture<>();
        Lane lane = lanes.get();
        lane.context.dispatch(() -> lane.ask(sql, parameters, rows));
        return patience.watch(rows)
                .handle(
                        (found, failure) -> {
                            places.release();
                            if (found == null) {
                                throw unavailable(failure);
                            }
                            return found;
                        });
    }

    /** The connections of one event loop, which owns them. */
    private final class Lane {
        private final ContextInternal context;
        private @Nullable ServingSettings connectedTo;
        private @Nullable SqlClient client;

        private Lane(VertxInternal vertx) {
            if (!(ThreadExecutorMap.currentExecutor() instanceof EventLoop loop)) {
                throw new IllegalStateException("Lookups are made by event loops");
            }
            this.context = vertx.contextBuilder().withEventLoop(loop).build();
        }

        private void ask(String sql, Tuple parameters, CompletableFuture<RowSet<Row>> rows) {
            try {
                client().preparedQuery(sql)
                        .execute(parameters)
                        .onComplete(rows::complete, rows::completeExceptionally);
            } catch (IOException | RuntimeException e) {
                rows.completeExceptionally(e);
            }
        }

        /** The client, made anew when the file names another database. */
        private SqlClient client() throws IOException {
            ServingSettings wanted = file.settings();
            SqlClient present = client;
            if (present != null && wanted.equals(connectedTo)) {
                return present;
            }
            if (present != null) {
                present.close();
            }
            LOG.info("Lookups go to {}", wanted);
            SqlClient made = connect(wanted);
            connectedTo = wanted;
            client = made;
            return made;
        }
    }

    private static RefusedException unavailable(Throwable failure) {
        FAILURES.warn("A lookup failed", failure);
        return new RefusedException(Refusal.SERVING_UNAVAILABLE, "-");
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
                        .setPipeliningLimit(UNDER_WAY_ON_A_CONNECTION)
                        .setPreparedStatementCacheMaxSize(STATEMENTS)
                        .setProperties(
                                Map.of(
                                        "application_name",
                                        "tiaoxi-gateway",
                                        "default_transaction_read_only",
                                        "on",
                                        "statement_timeout",
                                        Long.toString(limits.serving().toMillis())));
        PoolOptions size =
                new PoolOptions()
                        .setMaxSize(CONNECTIONS_OF_A_LOOP)
                        .setMaxWaitQueueSize(limits.servingCalls())
                        .setConnectionTimeout(2)
                        .setConnectionTimeoutUnit(TimeUnit.SECONDS)
                        .setIdleTimeout(300)
                        .setIdleTimeoutUnit(TimeUnit.SECONDS);
        return PgBuilder.client()
                .with(size)
                .with(new NetClientOptions().setConnectTimeout(2_000).setTcpKeepAlive(true))
                .connectingTo(connection)
                .using(vertx)
                .build();
    }

    @Override
    public void close() {
        patience.close();
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("The database connections did not close: {}", e.toString());
        }
    }
}
