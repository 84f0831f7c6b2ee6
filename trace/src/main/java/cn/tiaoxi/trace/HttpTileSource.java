package cn.tiaoxi.trace;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A log behind HTTP. Thread-safe. */
public final class HttpTileSource implements TileSource {
    /** The largest possible bundle: 256 entries of 65,535 bytes with their lengths. */
    private static final int MAX_BYTES = Tile.WIDTH * (2 + TraceLog.MAX_RECORD_BYTES);

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final HttpClient client;
    private final String prefix;
    private final @Nullable String token;

    /**
     * A source.
     *
     * @param client makes the connections
     * @param prefix the log's address, such as {@code http://10.0.0.7:8090/trace}
     * @param token sent as a bearer token if not null
     */
    public HttpTileSource(HttpClient client, URI prefix, @Nullable String token) {
        this.client = client;
        String text = prefix.toString();
        this.prefix = text.endsWith("/") ? text : text + "/";
        this.token = token;
    }

    @Override
    public Optional<byte[]> fetch(String path) {
        URI uri = URI.create(prefix + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(TIMEOUT).GET();
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            HttpResponse<byte[]> response =
                    client.send(
                            request.build(),
                            HttpResponse.BodyHandlers.limiting(
                                    HttpResponse.BodyHandlers.ofByteArray(), MAX_BYTES));
            return switch (response.statusCode()) {
                case 200 -> Optional.of(response.body());
                case 404, 410 -> Optional.empty();
                default ->
                        throw new TraceException(
                                TraceException.Code.UNREACHABLE,
                                uri + " answered " + response.statusCode());
            };
        } catch (IOException e) {
            throw new TraceException(TraceException.Code.UNREACHABLE, "cannot fetch " + uri, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TraceException(
                    TraceException.Code.UNREACHABLE, "interrupted while fetching " + uri, e);
        }
    }
}
