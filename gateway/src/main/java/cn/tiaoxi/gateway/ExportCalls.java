package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.Refusal;
import cn.tiaoxi.contract.RefusalText;
import cn.tiaoxi.contract.TraceRecord;
import cn.tiaoxi.contract.Wire;
import cn.tiaoxi.gateway.ServiceCalls.Traced;
import cn.tiaoxi.gateway.meter.Stage;
import cn.tiaoxi.gateway.quota.Charge;
import cn.tiaoxi.gateway.upstream.Ending;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.internal.ThreadExecutorMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Answers what is asked of exports: orders, how they stand, and files. Ordering and fetching count
 * as calls, and each has its record before anything leaves; asking how an export stands counts
 * against no limit. Only the check of who asks runs on the event loop.
 */
final class ExportCalls {
    private static final int AT_ONCE = 64;

    private final CallChecks checks;
    private final Exports exports;
    private final OwnTrace trace;
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final Executor threads = task -> Thread.ofVirtual().name("export-call").start(task);

    ExportCalls(CallChecks checks, Exports exports, OwnTrace trace) {
        this.checks = checks;
        this.exports = exports;
        this.trace = trace;
    }

    /**
     * The answer, once its record is durable. Called by an event loop.
     *
     * @return fails with a {@link RefusedException}, or with what quotas say
     * @throws RefusedException if who asks is not certain, or may not
     */
    CompletableFuture<Traced> answer(
            Call call, CallRequest request, Target target, ExportTarget asked) {
        call.refusedWith("Allow", asked.part().methods());
        if (asked.part() == ExportTarget.Part.ORDERS) {
            ExportOrder order = checks.order(call, request, target);
            call.passage().reached(Stage.CHECKED);
            return apart(() -> order(call, order));
        }
        Caller caller = checks.exportCaller(call, request, target);
        call.passage().reached(Stage.CHECKED);
        EventExecutor loop = Objects.requireNonNull(ThreadExecutorMap.currentExecutor());
        return apart(() -> answer(call, request, asked, caller, loop));
    }

    private CompletableFuture<Traced> apart(Supplier<Traced> answer) {
        if (!places.tryAcquire()) {
            throw new RefusedException(Refusal.OVERLOADED, "exports");
        }
        return CompletableFuture.supplyAsync(answer, threads)
                .whenComplete((done, failure) -> places.release());
    }

    private Traced order(Call call, ExportOrder order) {
        count(call);
        Export export = exports.order(call, order);
        call.noteWhole("export", export.id().toString());
        call.noteWhole("format", export.format().name());
        Answer answer = state(export, 202, call.language());
        CompletableFuture<Long> durable =
                trace.append(call.record(null, answer.status(), 0, answer.body().length));
        durable.whenCompleteAsync(
                (index, failure) -> {
                    if (failure == null) {
                        exports.start(export);
                    } else {
                        exports.giveUp(export);
                    }
                },
                threads);
        return new Traced(answer, durable);
    }

    /** Lets a call count on all its limits, or fails with what is reached. */
    private static void count(Call call) {
        Charge charge = Objects.requireNonNull(call.charge(), "the checks set it");
        CompletableFuture<Void> waiting = charge.take();
        if (waiting != null) {
            waiting.join();
        }
        call.passage().reached(Stage.COUNTED);
    }

    private Traced answer(
            Call call, CallRequest request, ExportTarget asked, Caller caller, EventExecutor loop) {
        Export export = find(asked, caller);
        call.noteWhole("export", export.id().toString());
        return switch (asked.part()) {
            case CONTENT -> content(call, request, export, caller, loop);
            case SIGNATURE -> told(call, signature(export));
            case STATE -> {
                boolean delete = request.parts().method().equals("DELETE");
                if (delete) {
                    call.noteWhole("deleted", "true");
                    exports.delete(export);
                }
                yield told(
                        call, state(delete ? find(asked, caller) : export, 200, call.language()));
            }
            case ORDERS -> throw new IllegalStateException("Orders have no export");
        };
    }

    /** Whatever is not the asker's own is not there. */
    private Export find(ExportTarget asked, Caller caller) {
        return exports.store()
                .find(Objects.requireNonNull(asked.id()))
                .filter(e -> e.application().equals(caller.application().id()))
                .filter(e -> e.interfaceId().equals(asked.interfaceId()))
                .orElseThrow(
                        () ->
                                new RefusedException(
                                        Refusal.EXPORT_UNKNOWN, String.valueOf(asked.id())));
    }

    private Traced told(Call call, Answer answer) {
        return new Traced(
                answer, trace.append(call.record(null, answer.status(), 0, answer.body().length)));
    }

    private static Answer signature(Export export) {
        String note = export.note();
        if (note == null) {
            throw new RefusedException(
                    export.isUnderWay() ? Refusal.EXPORT_NOT_READY : Refusal.EXPORT_GONE,
                    export.state().name());
        }
        return new Answer(
                200, "text/plain; charset=utf-8", note.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    private static Answer state(Export export, int status, Locale language) {
        Export.State state = export.stateAt(Instant.now());
        String path = ExportTarget.path(export.interfaceId(), export.id());
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("export", export.id());
        body.put("interface", export.interfaceId());
        body.put("grant", export.grant());
        body.put("state", state);
        body.put("format", export.format().extension());
        body.put("fields", export.fields());
        body.put("rows", export.rows());
        body.put("bytes", export.bytes());
        body.put("sha256", export.sha256());
        body.put("ordered", export.ordered().toString());
        body.put("made", export.made() == null ? null : export.made().toString());
        body.put("expires", export.expires() == null ? null : export.expires().toString());
        body.put("downloads", export.downloads());
        body.put("content", state == Export.State.READY ? export.contentAddress() : null);
        Refusal code = export.code();
        body.put("code", code);
        if (code != null) {
            body.put("mend", RefusalText.mend(code, language));
        }
        Map<String, String> headers = new LinkedHashMap<>();
        if (status == 202) {
            headers.put("Location", path);
        }
        if (export.isUnderWay()) {
            headers.put("Retry-After", "2");
        }
        return new Answer(status, "application/json", Wire.JSON.writeValueAsBytes(body), headers);
    }

    private Traced content(
            Call call, CallRequest request, Export export, Caller caller, EventExecutor loop) {
        Export.State state = export.stateAt(Instant.now());
        if (export.isUnderWay()) {
            throw new RefusedException(Refusal.EXPORT_NOT_READY, state.name());
        }
        if (state != Export.State.READY) {
            Refusal code = export.code();
            throw new RefusedException(
                    Refusal.EXPORT_GONE, state + (code == null ? "" : ", " + code));
        }
        if (!exports.isHere(export)) {
            return told(call, elsewhere(export));
        }
        ExportTerms terms = checks.terms(export);
        checks.count(call, caller, terms);
        call.noteWhole("fields", String.join(",", export.fields()));
        String tag = "\"" + export.sha256() + "\"";
        var header = request.parts().header();
        call.refusedWith("Content-Range", "bytes */" + export.bytes());
        ByteRange range =
                ByteRange.of(header.get("range"), header.get("if-range"), tag, export.bytes());
        count(call);
        ExportReader reader = open(export, range);
        if (!exports.store().download(export.id())) {
            close(reader);
            throw new RefusedException(Refusal.EXPORT_GONE, export.id().toString());
        }
        return begin(call, export, range, tag, reader, loop);
    }

    /** A signature names the host, so whoever goes there signs anew. */
    private static Answer elsewhere(Export export) {
        return new Answer(
                307,
                "application/json",
                Wire.JSON.writeValueAsBytes(Map.of("content", export.contentAddress())),
                Map.of("Location", export.contentAddress()));
    }

    private ExportReader open(Export export, ByteRange range) {
        byte[] key = Objects.requireNonNull(export.seal(), "a file that is ready has a key");
        try {
            return new ExportReader(
                    exports.folder().open(export.id(), export.attempt()),
                    new ExportSeal(key, export.attempt()),
                    range.from(),
                    range.end());
        } catch (NoSuchFileException e) {
            throw new RefusedException(Refusal.EXPORT_GONE, export.id().toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(ExportReader reader) {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Traced begin(
            Call call,
            Export export,
            ByteRange range,
            String tag,
            ExportReader reader,
            EventExecutor loop) {
        int status = range.whole() ? 200 : 206;
        call.noteWhole("sha256", String.valueOf(export.sha256()));
        call.noteWhole("range", range.from() + "-" + (range.end() - 1));
        call.noteWhole("ended", "UNDER_WAY");
        ExportBody body =
                new ExportBody(
                        reader,
                        loop,
                        threads,
                        () -> checks.terms(export),
                        (whole, bytes) -> trace.append(end(call, export, whole, bytes)));
        CompletableFuture<Long> durable =
                trace.append(
                        call.record(null, status, rows(export, range.length()), range.length()));
        durable.whenComplete(
                (index, failure) -> {
                    if (failure != null) {
                        body.callerGone();
                    }
                });
        Answer answer =
                new Answer(
                        status,
                        export.format().contentType(),
                        new byte[0],
                        headers(call, export, range, tag),
                        body);
        return new Traced(answer, durable);
    }

    private static TraceRecord end(Call call, Export export, boolean whole, long bytes) {
        return call.endRecord(
                whole ? Ending.How.COMPLETE : Ending.How.CALLER_GONE,
                rows(export, bytes),
                bytes,
                null,
                Map.of("export", export.id().toString()));
    }

    /**
     * How many rows a part of a file counts as: its share, rounded up, so that parts that make up
     * the whole count as the whole, and none as nothing.
     */
    private static long rows(Export export, long bytes) {
        if (bytes == export.bytes()) {
            return export.rows();
        }
        return (long) Math.ceil((double) export.rows() * bytes / export.bytes());
    }

    private static Map<String, String> headers(
            Call call, Export export, ByteRange range, String tag) {
        String digest =
                "sha-256=:"
                        + Base64.getEncoder()
                                .encodeToString(
                                        HexFormat.of().parseHex(String.valueOf(export.sha256())))
                        + ":";
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Length", Long.toString(range.length()));
        headers.put("Content-Disposition", "attachment; filename=\"" + export.fileName() + "\"");
        headers.put("Accept-Ranges", "bytes");
        headers.put("ETag", tag);
        headers.put("Repr-Digest", digest);
        if (range.whole()) {
            headers.put("Content-Digest", digest);
        } else {
            headers.put(
                    "Content-Range",
                    "bytes %d-%d/%d".formatted(range.from(), range.end() - 1, export.bytes()));
        }
        headers.put("Tiaoxi-Request-Id", call.requestId());
        return headers;
    }
}
