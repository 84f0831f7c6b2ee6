package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.PolicySnapshot.Grant;
import cn.tiaoxi.contract.PolicySnapshot.GrantState;
import cn.tiaoxi.contract.Refusal;
import cn.tiaoxi.contract.UpstreamCheck;
import cn.tiaoxi.contract.Wire;
import cn.tiaoxi.gateway.filter.FilterReport;
import cn.tiaoxi.gateway.upstream.Ending;
import cn.tiaoxi.gateway.upstream.FailedCall;
import cn.tiaoxi.gateway.upstream.UpstreamAnswer;
import cn.tiaoxi.gateway.upstream.UpstreamException;
import cn.tiaoxi.gateway.upstream.Upstreams;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Calls a service before it is registered, for whoever holds the shared token, and tells whether it
 * answers as it is described. No value of the answer leaves.
 */
final class UpstreamChecks {
    /** Where checks are asked for. */
    static final String PATH = "/gateway-control/v1/upstream-check";

    private final Upstreams upstreams;
    private final PolicyKeeper keeper;

    UpstreamChecks(Upstreams upstreams, PolicyKeeper keeper) {
        this.upstreams = upstreams;
        this.keeper = keeper;
    }

    /**
     * What a call found.
     *
     * @throws RefusedException GATEWAY_TOKEN_INVALID, or REQUEST_MALFORMED
     */
    CompletableFuture<Answer> check(Call call, CallRequest request) throws IOException {
        TraceReads.requireToken(keeper, request.parts().header().get("authorization"));
        UpstreamCheck wanted;
        try {
            wanted = Wire.read(request.body(), UpstreamCheck.class);
            new ServedInterface(wanted.described());
        } catch (IllegalArgumentException e) {
            throw new RefusedException(Refusal.REQUEST_MALFORMED, String.valueOf(e.getMessage()));
        }
        long began = System.nanoTime();
        CompletableFuture<UpstreamAnswer> answer;
        try {
            answer =
                    upstreams.tryOut(
                            wanted.described(),
                            nothing(wanted.described().id()),
                            wanted.values(),
                            call.requestId());
        } catch (UpstreamException e) {
            answer = CompletableFuture.failedFuture(e);
        }
        return answer.handle(
                (found, failure) -> {
                    long milliseconds = (System.nanoTime() - began) / 1_000_000;
                    return Answer.json(
                            Wire.JSON.writeValueAsBytes(result(found, failure, milliseconds)));
                });
    }

    private static Grant nothing(String interfaceId) {
        return new Grant(
                "check",
                "check",
                interfaceId,
                List.of(),
                Map.of(),
                "check",
                1,
                1,
                Instant.EPOCH,
                Instant.EPOCH,
                GrantState.REVOKED);
    }

    private static UpstreamCheck.Result result(
            @Nullable UpstreamAnswer found, @Nullable Throwable failure, long milliseconds) {
        Ending ending = found == null ? null : found.ending();
        if (ending != null) {
            return result(null, ending.report(), ending.taken(), milliseconds);
        }
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        return switch (cause) {
            case FailedCall e -> result(e.reason(), e.report(), e.taken(), milliseconds);
            case UpstreamException e ->
                    result(e, new FilterReport(0, 0, 0, Map.of()), 0, milliseconds);
            case null, default -> throw new CompletionException(cause);
        };
    }

    private static UpstreamCheck.Result result(
            @Nullable UpstreamException fault, FilterReport report, long taken, long milliseconds) {
        return new UpstreamCheck.Result(
                fault == null ? null : fault.refusal(),
                fault == null ? null : fault.subject(),
                taken,
                milliseconds,
                report.records(),
                report.withheld(),
                report.overReturned(),
                report.names());
    }
}
