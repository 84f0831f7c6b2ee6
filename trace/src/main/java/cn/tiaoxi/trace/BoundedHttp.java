package cn.tiaoxi.trace;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Asks servers that may lie: an answer has a greatest size, and a time in which it is complete. */
final class BoundedHttp {
    private BoundedHttp() {}

    /**
     * Sends a request and reads the whole answer.
     *
     * @param most greatest length of the body, in bytes
     * @param within time from now to the last byte; a server that sends slowly cannot stretch it
     * @throws TraceException UNREACHABLE
     */
    static HttpResponse<byte[]> send(
            HttpClient client, HttpRequest request, long most, Duration within) {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(
                        request,
                        HttpResponse.BodyHandlers.limiting(
                                HttpResponse.BodyHandlers.ofByteArray(), most));
        try {
            return answer.get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw unreachable(request, "cannot be fetched", e.getCause());
        } catch (TimeoutException e) {
            throw unreachable(request, "did not answer within " + within, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(request, "was interrupted", e);
        } finally {
            answer.cancel(true);
        }
    }

    private static TraceException unreachable(
            HttpRequest request, String what, @Nullable Throwable cause) {
        String why = cause instanceof IOException ? ": " + cause.getMessage() : "";
        return new TraceException(
                TraceException.Code.UNREACHABLE, request.uri() + " " + what + why, cause);
    }
}
