package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.Wire;
import cn.tiaoxi.gateway.meter.Meter;
import cn.tiaoxi.gateway.upstream.StreamedBody;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * What a gateway offers: calls, its own log, cosignatures of others, its health. All refusals are
 * traced; reads of the log and of the health are not, or reading the log would make it grow.
 */
final class Routes {
    private static final String HEALTH = "/healthz";

    private final Calls calls;
    private final TraceReads traceReads;
    private final WitnessCalls witness;
    private final UpstreamChecks checks;
    private final MeterReads meterReads;
    private final Meter meter;
    private final Supplier<Map<String, Object>> health;
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile boolean closing;

    Routes(
            Calls calls,
            TraceReads traceReads,
            WitnessCalls witness,
            UpstreamChecks checks,
            MeterReads meterReads,
            Meter meter,
            Supplier<Map<String, Object>> health) {
        this.calls = calls;
        this.traceReads = traceReads;
        this.witness = witness;
        this.checks = checks;
        this.meterReads = meterReads;
        this.meter = meter;
        this.health = health;
    }

    /** The answer to a request; never fails. */
    CompletableFuture<Answer> answer(Call call, CallRequest request) {
        String path = request.parts().path();
        if (WitnessCalls.serves(request.parts().method(), path)) {
            return counted(witness(call, request, path));
        }
        if (request.parts().method().equals("GET")) {
            if (path.equals(HEALTH)) {
                return CompletableFuture.completedFuture(
                        Answer.json(Wire.JSON.writeValueAsBytes(health.get())));
            }
            if (path.startsWith(TraceReads.PREFIX)) {
                return counted(readTrace(call, request, path));
            }
            if (meterReads.serves(path)) {
                return counted(
                        meterReads
                                .read(call, request, path)
                                .exceptionallyCompose(failure -> refuseRead(call, failure)));
            }
        } else if (path.equals(UpstreamChecks.PATH)) {
            return counted(check(call, request));
        }
        var header = request.parts().header();
        meter.begins(call.passage(), header.get("traceparent"), header.get("tracestate"));
        return counted(calls.answer(call, request));
    }

    /** A request has its answer; called by the event loop that gives it. */
    void answered(Call call) {
        meter.answered(call.passage());
    }

    private CompletableFuture<Answer> refuseRead(Call call, Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return calls.refuse(
                call,
                cause instanceof RuntimeException known ? known : new CompletionException(cause));
    }

    /** The answer to a request that cannot be read. */
    CompletableFuture<Answer> refuse(Call call, RuntimeException reason) {
        return counted(calls.refuse(call, reason));
    }

    private CompletableFuture<Answer> readTrace(Call call, CallRequest request, String path) {
        try {
            String authorization = request.parts().header().get("authorization");
            return CompletableFuture.completedFuture(traceReads.read(path, authorization));
        } catch (IOException e) {
            return calls.refuse(call, new UncheckedIOException(e));
        } catch (RuntimeException e) {
            return calls.refuse(call, e);
        }
    }

    private CompletableFuture<Answer> witness(Call call, CallRequest request, String path) {
        try {
            return witness.answer(request, path)
                    .exceptionallyCompose(failure -> refuseRead(call, failure));
        } catch (IOException e) {
            return calls.refuse(call, new UncheckedIOException(e));
        } catch (RuntimeException e) {
            return calls.refuse(call, e);
        }
    }

    private CompletableFuture<Answer> check(Call call, CallRequest request) {
        try {
            return checks.check(call, request);
        } catch (IOException e) {
            return calls.refuse(call, new UncheckedIOException(e));
        } catch (RuntimeException e) {
            return calls.refuse(call, e);
        }
    }

    /** An answer that comes in pieces counts until its last. */
    private CompletableFuture<Answer> counted(CompletableFuture<Answer> answer) {
        underWay.incrementAndGet();
        return answer.whenComplete(
                (done, failure) -> {
                    StreamedBody rest = done == null ? null : done.rest();
                    if (rest == null) {
                        underWay.decrementAndGet();
                    } else {
                        rest.whenEnded(underWay::decrementAndGet);
                    }
                });
    }

    /** From now on connections are closed after their answer. */
    void beginClosing() {
        closing = true;
    }

    boolean isClosing() {
        return closing;
    }

    /** Requests that have no answer yet. */
    int underWay() {
        return underWay.get();
    }
}
