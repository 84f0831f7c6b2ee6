package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.Refusal;
import cn.tiaoxi.contract.TimeOrderedId;
import cn.tiaoxi.contract.TraceRecord;
import cn.tiaoxi.gateway.ExportOrder.Wanted;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the file of an export: in portions along the table's index, each under the policy of its
 * moment. A portion is all that is held in memory. A file can be fetched after it is durable, and
 * after the record that it was made is. Blocks.
 */
final class ExportMaker {
    private static final Logger LOG = LoggerFactory.getLogger(ExportMaker.class);
    private static final int PORTION = 500;
    private static final long PROGRESS_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int TRIES = 7;

    /** A file is begun anew when its table has been replaced by another and is gone. */
    private static final int MOST_TABLES = 3;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

    private final ExportStore store;
    private final ExportFolder folder;
    private final Serving serving;
    private final OwnTrace trace;
    private final Function<Export, ExportTerms> terms;

    /**
     * @param terms what the policy of now says of an export; throws {@link RefusedException}
     */
    ExportMaker(
            ExportStore store,
            ExportFolder folder,
            Serving serving,
            OwnTrace trace,
            Function<Export, ExportTerms> terms) {
        this.store = store;
        this.folder = folder;
        this.serving = serving;
        this.trace = trace;
        this.terms = terms;
    }

    /** Makes a file or says why not; what a closing gateway leaves goes on at its next start. */
    void make(UUID id) {
        try {
            Export export = null;
            Refusal failure;
            try {
                for (int anew = 0; anew < MOST_TABLES; anew++) {
                    export = patiently(() -> store.begin(id)).orElse(null);
                    if (export == null) {
                        folder.remove(id);
                        return;
                    }
                    if (write(export)) {
                        return;
                    }
                }
                failure = Refusal.EXPORT_INTERRUPTED;
            } catch (RefusedException e) {
                failure = e.refusal();
                LOG.info("Export {} fails: {}", id, e.getMessage());
            } catch (ClosedByInterruptException e) {
                throw e;
            } catch (IOException e) {
                boolean full = String.valueOf(e.getMessage()).contains("No space left");
                failure = full ? Refusal.EXPORT_STORE_FULL : Refusal.INTERNAL;
                LOG.error("Export {} cannot be written", id, e);
            }
            fail(id, export, failure);
        } catch (InterruptedException | CancellationException | ClosedByInterruptException e) {
            LOG.info("Export {} was stopped", id);
        } catch (RuntimeException e) {
            LOG.error("Export {} failed", id, e);
            fail(id, null, Refusal.INTERNAL);
        }
    }

    private void fail(UUID id, @Nullable Export export, Refusal failure) {
        if (export != null) {
            trace.append(record(export, failure));
        }
        store.fail(id, failure);
        folder.remove(id);
    }

    /** Whether the file was made; otherwise its table has gone, and there is another. */
    private boolean write(Export export) throws IOException, InterruptedException {
        byte[] key = export.seal();
        Optional<byte[]> order = key == null ? Optional.empty() : folder.order(export.id(), key);
        if (key == null || order.isEmpty()) {
            throw new RefusedException(Refusal.EXPORT_INTERRUPTED, export.id().toString());
        }
        ExportRows rows = new ExportRows(export, Wanted.of(order.get()), terms.apply(export));
        try (ExportWriter writer = new ExportWriter(folder, export.id(), export.attempt(), key)) {
            writer.write(rows.head());
            long noted = System.nanoTime();
            while (rows.hasNext()) {
                Optional<RowSet<Row>> portion = patiently(() -> portion(export, rows));
                if (portion.isEmpty()) {
                    return false;
                }
                writer.write(rows.lines(portion.get(), PORTION));
                noteSubjects(export, rows);
                if (System.nanoTime() - noted > PROGRESS_NANOS) {
                    noted = System.nanoTime();
                    requireWanted(store.progress(export, rows.count(), writer.bytes()));
                }
            }
            finish(export, rows.count(), writer);
            return true;
        }
    }

    /** Empty if the table has gone, and there is another. */
    private Optional<RowSet<Row>> portion(Export export, ExportRows rows)
            throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        ExportTerms now = terms.apply(export);
        try {
            return Optional.of(answer(serving.rowsApart(rows.query(PORTION))));
        } catch (RefusedException e) {
            if (rows.areOf(now.served())) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private void finish(Export export, long rows, ExportWriter writer)
            throws IOException, InterruptedException {
        var _ = terms.apply(export);
        String sha256 = writer.finish();
        Instant made = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        String note = trace.sign(export.statement(rows, writer.bytes(), sha256, made));
        Export whole = export.made(rows, writer.bytes(), sha256, note, made);
        answer(trace.append(record(whole, null)));
        if (!patiently(() -> store.ready(whole))) {
            folder.remove(export.id());
            throw new CancellationException("It is not wanted any more");
        }
    }

    /** What a file holds of whom is durable before the file can be fetched. */
    private void noteSubjects(Export export, ExportRows rows) throws InterruptedException {
        RowSubjects subjects = rows.subjects();
        if (subjects == null || subjects.isEmpty() || rows.hasNext() && !subjects.isFull()) {
            return;
        }
        Map<String, String> detail = facts(export);
        detail.put("attempt", Integer.toString(export.attempt()));
        detail.put("subjects", subjects.noted());
        detail.put("subjectless", Long.toString(subjects.without()));
        RowMarks marks = rows.marks();
        if (marks != null) {
            marks.note(detail);
        }
        answer(trace.append(record(export, TraceRecord.SUBJECTS, null, detail)));
        subjects.clear();
        if (marks != null) {
            marks.clear();
        }
    }

    private static void requireWanted(boolean wanted) {
        if (!wanted) {
            throw new CancellationException("It is not wanted any more");
        }
    }

    private static Map<String, String> facts(Export export) {
        Map<String, String> detail = new TreeMap<>();
        detail.put("export", export.id().toString());
        detail.put("requestId", export.request());
        detail.put("grant", export.grant());
        return detail;
    }

    private static TraceRecord record(Export export, @Nullable Refusal failure) {
        Map<String, String> detail = facts(export);
        detail.put("attempt", Integer.toString(export.attempt()));
        detail.put("fields", String.join(",", export.fields()));
        detail.put("format", export.format().name());
        detail.put("rows", Long.toString(export.rows()));
        detail.put("bytes", Long.toString(export.bytes()));
        String sha256 = export.sha256();
        if (sha256 != null) {
            detail.put("sha256", sha256);
        }
        return record(export, TraceRecord.EXPORT_END, failure, detail);
    }

    private static TraceRecord record(
            Export export, String action, @Nullable Refusal failure, Map<String, String> detail) {
        return new TraceRecord(
                TimeOrderedId.next().toString(),
                Instant.now(),
                TraceRecord.Kind.CALL,
                export.application(),
                export.organisation(),
                action,
                "interface:" + export.interfaceId(),
                failure == null ? "OK" : failure.name(),
                detail);
    }

    private interface Step<T> {
        T run() throws InterruptedException;
    }

    /** Tries again for half a minute while the database is away. */
    private static <T> T patiently(Step<T> step) throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        for (int tries = 1; ; tries++) {
            try {
                return step.run();
            } catch (RefusedException e) {
                boolean away =
                        e.refusal() == Refusal.SERVING_UNAVAILABLE
                                || e.refusal() == Refusal.OVERLOADED;
                if (!away || tries == TRIES) {
                    throw e;
                }
            }
            Thread.sleep(pause);
            pause = pause.multipliedBy(2);
        }
    }

    private static <T> T answer(CompletableFuture<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RefusedException refused -> throw refused;
                case java.util.concurrent.CompletionException wrapped
                        when wrapped.getCause() instanceof RefusedException refused ->
                        throw refused;
                case null, default -> throw new RefusedException(Refusal.TRACE_UNAVAILABLE, "-");
            }
        }
    }
}
