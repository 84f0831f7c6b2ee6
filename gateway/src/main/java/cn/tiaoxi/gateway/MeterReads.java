package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.Refusal;
import cn.tiaoxi.gateway.meter.Metrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/**
 * What those see who look after gateways: metrics, one call's record by its identifier, and the
 * salt of its hashes. For whoever holds the shared token; the metrics also for the machine itself,
 * where a setting says so.
 */
final class MeterReads {
    private static final String METRICS = "/metrics";
    private static final String RECORDS = "/watch/records/";
    private static final String RECEIPTS = "/watch/receipts/";
    private static final int AT_ONCE = 4;

    private final Metrics metrics;
    private final boolean metricsOnLoopback;
    private final RecordSearch records;
    private final Receipts receipts;
    private final PolicyKeeper keeper;
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final Executor threads = task -> Thread.ofVirtual().name("watch").start(task);

    MeterReads(
            Metrics metrics,
            boolean metricsOnLoopback,
            RecordSearch records,
            Receipts receipts,
            PolicyKeeper keeper) {
        this.metrics = metrics;
        this.metricsOnLoopback = metricsOnLoopback;
        this.records = records;
        this.receipts = receipts;
        this.keeper = keeper;
    }

    boolean serves(String path) {
        return path.equals(METRICS) || path.startsWith(RECORDS) || path.startsWith(RECEIPTS);
    }

    /**
     * The answer, made on a thread of its own.
     *
     * @return fails with a {@link RefusedException} GATEWAY_TOKEN_INVALID or OVERLOADED
     */
    CompletableFuture<Answer> read(Call call, CallRequest request, String path) {
        if (!places.tryAcquire()) {
            return CompletableFuture.failedFuture(
                    new RefusedException(Refusal.OVERLOADED, "watch"));
        }
        return CompletableFuture.supplyAsync(() -> answer(call, request, path), threads)
                .whenComplete((answer, failure) -> places.release());
    }

    private Answer answer(Call call, CallRequest request, String path) {
        try {
            boolean metricsWanted = path.equals(METRICS);
            if (!(metricsWanted && metricsOnLoopback && isHere(call.remote()))) {
                TraceReads.requireToken(keeper, request.parts().header().get("authorization"));
            }
            if (path.startsWith(RECEIPTS)) {
                return receipt(path.substring(RECEIPTS.length()));
            }
            return metricsWanted ? metrics(request) : record(path.substring(RECORDS.length()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The salt of a call's hashes. */
    private Answer receipt(String requestId) {
        byte[] salt = receipts.salt(requestId).getBytes(StandardCharsets.UTF_8);
        return new Answer(200, "text/plain; charset=utf-8", salt, Map.of());
    }

    private static boolean isHere(String remote) {
        return InetAddress.ofLiteral(remote).isLoopbackAddress();
    }

    private Answer metrics(CallRequest request) {
        String accept = request.parts().header().get("accept");
        Metrics.Page page = metrics.page(accept == null ? "" : accept);
        return new Answer(200, page.contentType(), page.body(), Map.of());
    }

    private Answer record(String id) {
        return records.find(id)
                .map(Answer::json)
                .orElseGet(
                        () ->
                                new Answer(
                                        404,
                                        "text/plain; charset=utf-8",
                                        "no such record\n".getBytes(StandardCharsets.UTF_8),
                                        Map.of()));
    }
}
