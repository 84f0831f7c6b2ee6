package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.Refusal;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exports in the serving database, where all gateways see them. Each change names the state that it
 * starts from, so that of two that collide one takes place. Blocks; fails with a {@link
 * RefusedException} SERVING_UNAVAILABLE while the database is away.
 */
final class ExportStore implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ExportStore.class);
    private static final SeldomLog FAILURES = new SeldomLog(LOG);
    private static final int CONNECTIONS = 4;
    private static final long PATIENCE_SECONDS = 10;

    private static final String COLUMNS =
            """
            SELECT id, gateway, address, interface, application, organisation, sharing_grant,
                   fields, terms, format, state, code, seal, attempt, row_count, byte_count,
                   sha256, note, kept_hours, request, ordered, made, expires, downloads
              FROM serving.export
            """;

    private final ServingClient client;
    private final String gateway;

    /**
     * @param gateway identifier of this gateway
     */
    ExportStore(ServingFile file, Vertx vertx, String gateway) {
        this.client = new ServingClient(file, vertx, "tiaoxi-gateway-exports", CONNECTIONS);
        this.gateway = gateway;
    }

    /** Adds one that waits. */
    void add(Export export) {
        ask(
                """
                INSERT INTO serving.export (id, gateway, address, interface, application,
                       organisation, sharing_grant, fields, terms, format, seal, kept_hours,
                       request)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
                """,
                export.id(),
                export.gateway(),
                export.address(),
                export.interfaceId(),
                export.application(),
                export.organisation(),
                export.grant(),
                export.fields().toArray(String[]::new),
                export.terms(),
                export.format().name(),
                Buffer.buffer(export.seal()),
                export.keptHours(),
                export.request());
    }

    Optional<Export> find(UUID id) {
        return exports(ask(COLUMNS + " WHERE id = $1", id)).stream().findFirst();
    }

    /** Those of this gateway that wait, run or are kept, oldest first. */
    List<Export> own() {
        return exports(
                ask(
                        COLUMNS
                                + """
                                 WHERE gateway = $1 AND state IN ('WAITING', 'RUNNING', 'READY')
                                 ORDER BY ordered, id
                                """,
                        gateway));
    }

    /**
     * Begins the making of a file, anew if it had begun.
     *
     * @return with the attempt that this is; empty if it is not to be made any more
     */
    Optional<Export> begin(UUID id) {
        RowSet<Row> begun =
                ask(
                        """
                        UPDATE serving.export
                           SET state = 'RUNNING', attempt = attempt + 1, row_count = 0,
                               byte_count = 0, touched = clock_timestamp()
                         WHERE id = $1 AND gateway = $2 AND state IN ('WAITING', 'RUNNING')
                        """,
                        id,
                        gateway);
        return begun.rowCount() == 0 ? Optional.empty() : find(id);
    }

    /** Notes how far a file is; whether it is still to be made. */
    boolean progress(Export export, long rows, long bytes) {
        return ask(
                                """
                                UPDATE serving.export
                                   SET row_count = $4, byte_count = $5,
                                       touched = clock_timestamp()
                                 WHERE id = $1 AND gateway = $2 AND state = 'RUNNING'
                                   AND attempt = $3
                                """,
                                export.id(),
                                gateway,
                                export.attempt(),
                                rows,
                                bytes)
                        .rowCount()
                == 1;
    }

    /** Lets a file be fetched; false if it is not to be any more. */
    boolean ready(Export made) {
        return ask(
                                """
                                UPDATE serving.export
                                   SET state = 'READY', row_count = $4, byte_count = $5,
                                       sha256 = $6, note = $7, made = $8, expires = $9,
                                       touched = clock_timestamp()
                                 WHERE id = $1 AND gateway = $2 AND state = 'RUNNING'
                                   AND attempt = $3
                                """,
                                made.id(),
                                gateway,
                                made.attempt(),
                                made.rows(),
                                made.bytes(),
                                made.sha256(),
                                made.note(),
                                at(made.made()),
                                at(made.expires()))
                        .rowCount()
                == 1;
    }

    /** Ends one that waits or runs. */
    void fail(UUID id, Refusal code) {
        ask(
                """
                UPDATE serving.export
                   SET state = 'FAILED', code = $2, seal = NULL, ended = clock_timestamp()
                 WHERE id = $1 AND state IN ('WAITING', 'RUNNING')
                """,
                id,
                code.name());
    }

    /** Ends one of which nothing is to be kept; by whoever ordered it, on any gateway. */
    void delete(UUID id) {
        ask(
                """
                UPDATE serving.export
                   SET state = 'DELETED', seal = NULL, ended = clock_timestamp()
                 WHERE id = $1 AND state IN ('WAITING', 'RUNNING', 'READY')
                """,
                id);
    }

    /** Counts a download; false if the file is not to be given any more. */
    boolean download(UUID id) {
        return ask(
                                """
                                UPDATE serving.export
                                   SET downloads = downloads + 1, downloaded = clock_timestamp()
                                 WHERE id = $1 AND gateway = $2 AND state = 'READY'
                                """,
                                id,
                                gateway)
                        .rowCount()
                == 1;
    }

    /** Notes where this gateway is now, and that what waits at it still does. */
    void touch(String address) {
        ask(
                """
                UPDATE serving.export SET touched = clock_timestamp(), address = $2
                 WHERE gateway = $1 AND state IN ('WAITING', 'RUNNING', 'READY')
                """,
                gateway,
                address);
    }

    /**
     * Ends what is over its time: files of all gateways that expired, what waits at gateways that
     * have been silent for 15 minutes, and forgets what ended 90 days ago.
     */
    void sweep() {
        ask(
                """
                UPDATE serving.export
                   SET state = 'EXPIRED', seal = NULL, ended = clock_timestamp()
                 WHERE state = 'READY' AND expires <= clock_timestamp()
                """);
        ask(
                """
                UPDATE serving.export
                   SET state = 'FAILED', code = 'EXPORT_INTERRUPTED', seal = NULL,
                       ended = clock_timestamp()
                 WHERE state IN ('WAITING', 'RUNNING') AND gateway <> $1
                   AND touched < clock_timestamp() - interval '15 minutes'
                """,
                gateway);
        ask("DELETE FROM serving.export WHERE ended < clock_timestamp() - interval '90 days'");
    }

    private RowSet<Row> ask(String sql, @Nullable Object... parameters) {
        CompletableFuture<RowSet<Row>> answer = new CompletableFuture<>();
        try {
            client.get()
                    .preparedQuery(sql)
                    .execute(Tuple.from(Arrays.asList(parameters)))
                    .onComplete(answer::complete, answer::completeExceptionally);
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("The gateway ends");
        } catch (IOException | RuntimeException | TimeoutException e) {
            throw unavailable(e);
        } catch (ExecutionException e) {
            throw unavailable(e.getCause() == null ? e : e.getCause());
        }
    }

    private static RefusedException unavailable(Throwable failure) {
        FAILURES.warn("Exports cannot be kept in the database", failure);
        return new RefusedException(Refusal.SERVING_UNAVAILABLE, "-");
    }

    private static List<Export> exports(RowSet<Row> rows) {
        List<Export> exports = new ArrayList<>(rows.size());
        rows.forEach(row -> exports.add(export(row)));
        return exports;
    }

    private static Export export(Row row) {
        String code = row.getString("code");
        Buffer seal = row.getBuffer("seal");
        return new Export(
                row.getUUID("id"),
                row.getString("gateway"),
                row.getString("address"),
                row.getString("interface"),
                row.getString("application"),
                row.getString("organisation"),
                row.getString("sharing_grant"),
                List.of(row.getArrayOfStrings("fields")),
                row.getString("terms"),
                Export.Format.valueOf(row.getString("format")),
                Export.State.valueOf(row.getString("state")),
                code == null ? null : Refusal.valueOf(code),
                seal == null ? null : seal.getBytes(),
                row.getInteger("attempt"),
                row.getLong("row_count"),
                row.getLong("byte_count"),
                row.getString("sha256"),
                row.getString("note"),
                row.getInteger("kept_hours"),
                row.getString("request"),
                row.getOffsetDateTime("ordered").toInstant(),
                instant(row.getOffsetDateTime("made")),
                instant(row.getOffsetDateTime("expires")),
                row.getInteger("downloads"));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private static @Nullable OffsetDateTime at(@Nullable Instant time) {
        return time == null ? null : time.atOffset(java.time.ZoneOffset.UTC);
    }

    @Override
    public void close() {
        client.close();
    }
}
