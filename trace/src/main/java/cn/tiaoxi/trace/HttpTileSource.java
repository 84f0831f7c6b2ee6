package cn.tiaoxi.trace;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A log behind HTTP, whose server is not trusted: it can give no more bytes than a resource can
 * have, and must have given them within a time. Thread-safe.
 */
public final class HttpTileSource implements TileSource {
    /** The largest possible bundle: 256 entries of 65,535 bytes with their lengths. */
    private static final int MAX_BUNDLE = Tile.WIDTH * (2 + TraceLog.MAX_RECORD_BYTES);

    /** A hundred signatures and a text. */
    private static final int MAX_CHECKPOINT = 64 << 10;

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final HttpClient client;
    private final String prefix;
    private final @Nullable String token;
    private final Duration timeout;

    /**
     * A source whose resources must come within 20 seconds each.
     *
     * @param client makes the connections
     * @param prefix the log's address, such as {@code http://10.0.0.7:8090/trace}
     * @param token sent as a bearer token if not null
     */
    public HttpTileSource(HttpClient client, URI prefix, @Nullable String token) {
        this(client, prefix, token, TIMEOUT);
    }

    /**
     * A source.
     *
     * @param timeout within which each resource must have come, to its last byte
     */
    public HttpTileSource(HttpClient client, URI prefix, @Nullable String token, Duration timeout) {
        this.client = client;
        String text = prefix.toString();
        this.prefix = text.endsWith("/") ? text : text + "/";
        this.token = token;
        this.timeout = timeout;
    }

    @Override
    public Optional<byte[]> fetch(String path) {
        URI uri = URI.create(prefix + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(timeout).GET();
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<byte[]> response =
                BoundedHttp.send(client, request.build(), most(path), timeout);
        return switch (response.statusCode()) {
            case 200 -> Optional.of(response.body());
            case 404, 410 -> Optional.empty();
            default ->
                    throw new TraceException(
                            TraceException.Code.UNREACHABLE,
                            uri + " answered " + response.statusCode());
        };
    }

    private static int most(String path) {
        if (path.equals(Tile.CHECKPOINT)) {
            return MAX_CHECKPOINT;
        }
        return path.startsWith("tile/entries/") ? MAX_BUNDLE : Tile.FULL_BYTES;
    }
}
