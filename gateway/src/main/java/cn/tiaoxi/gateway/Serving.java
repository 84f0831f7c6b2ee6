package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.nio.file.Path;
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
 * Looks rows up in PostgreSQL: prepared statements on a few connections, without blocking. While
 * the database is away each lookup fails fast; when it is back the next one works. Safe for use by
 * threads.
 */
final class Serving implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Serving.class);
    private static final SeldomLog FAILURES = new SeldomLog(LOG);
    private static final int CONNECTIONS = 8;
    private static final int STATEMENTS = 256;
    private static final long LOOK_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Path file;
    private final Limits limits;
    private final Vertx vertx;
    private final Semaphore places;

    // Guarded by this.
    private @Nullable ServingSettings settings;
    private @Nullable Pool pool;
    private long lookedAt = System.nanoTime() - LOOK_EVERY_NANOS;

    Serving(Path file, Limits limits) {
        this.file = file;
        this.limits = limits;
        this.places = new Semaphore(limits.servingCalls());
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
    }

    /**
     * The rows of a page and one more, if there is one.
     *
     * @return fails with a {@link RefusedException} SERVING_UNAVAILABLE or OVERLOADED
     */
    CompletableFuture<RowSet<Row>> rows(Query query) {
        Tuple parameters = keys(query);
        parameters.addLong(query.afterRow()).addLong(query.limit() + 1L);
        return ask(query.served().sql(query.fields(), query.keys().keySet()), parameters);
    }

    /**
     * How many rows the keys of a query find in all pages.
     *
     * @return fails as {@link #rows} does
     */
    CompletableFuture<Long> count(Query query) {
        return ask(query.served().countSql(query.keys().keySet()), keys(query))
                .thenApply(found -> found.iterator().next().getLong(0));
    }

    private static Tuple keys(Query query) {
        Tuple parameters = Tuple.tuple();
        query.keys().values().forEach(parameters::addValue);
        return parameters;
    }

    private CompletableFuture<RowSet<Row>> ask(String sql, Tuple parameters) {
        if (!places.tryAcquire()) {
            return CompletableFuture.failedFuture(
                    new RefusedException(Refusal.OVERLOADED, "serving"));
        }
        return execute(sql, parameters)
                .timeout(limits.serving().toMillis(), TimeUnit.MILLISECONDS)
                .onComplete(any -> places.release())
                .recover(failure -> Future.failedFuture(unavailable(failure)))
                .toCompletionStage()
                .toCompletableFuture();
    }

    private Future<RowSet<Row>> execute(String sql, Tuple parameters) {
        try {
            return pool().preparedQuery(sql).execute(parameters);
        } catch (IOException | RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private static RefusedException unavailable(Throwable failure) {
        FAILURES.warn("A lookup failed", failure);
        return new RefusedException(Refusal.SERVING_UNAVAILABLE, "-");
    }

    /** The pool, made anew when the file names another database. */
    private synchronized Pool pool() throws IOException {
        Pool present = pool;
        if (present != null && System.nanoTime() - lookedAt < LOOK_EVERY_NANOS) {
            return present;
        }
        lookedAt = System.nanoTime();
        ServingSettings wanted = ServingSettings.read(file);
        if (present != null && wanted.equals(settings)) {
            return present;
        }
        if (present != null) {
            present.close();
        }
        LOG.info("Lookups go to {}", wanted);
        Pool made = connect(wanted);
        settings = wanted;
        pool = made;
        return made;
    }

    private Pool connect(ServingSettings to) {
        PgConnectOptions connection =
                new PgConnectOptions()
                        .setHost(to.host())
                        .setPort(to.port())
                        .setDatabase(to.database())
                        .setUser(to.user())
                        .setPassword(to.password())
                        .setCachePreparedStatements(true)
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
                        .setMaxSize(CONNECTIONS)
                        .setMaxWaitQueueSize(limits.servingCalls())
                        .setConnectionTimeout(2)
                        .setConnectionTimeoutUnit(TimeUnit.SECONDS)
                        .setIdleTimeout(300)
                        .setIdleTimeoutUnit(TimeUnit.SECONDS);
        return PgBuilder.pool()
                .with(size)
                .with(new NetClientOptions().setConnectTimeout(2_000).setTcpKeepAlive(true))
                .connectingTo(connection)
                .using(vertx)
                .build();
    }

    @Override
    public void close() {
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("The database connections did not close: {}", e.toString());
        }
    }
}
