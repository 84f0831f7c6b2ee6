package cn.tiaoxi.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * One person's way into the platform's API: keeps the session and proves that changes are meant.
 */
public final class PlatformClient implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final URI base;
    private final String language;
    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(10))
                    .cookieHandler(cookies)
                    .build();

    /**
     * Opens a way in for nobody yet.
     *
     * @param base address of the platform
     * @param language what messages are asked for in, such as zh-CN or en
     */
    public PlatformClient(URI base, String language) {
        this.base = base;
        this.language = language;
    }

    /** Opens a way in for a person, signed in. */
    public static PlatformClient signIn(URI base, String username, String password) {
        PlatformClient client = new PlatformClient(base, "zh-CN");
        client.post("/session", Map.of("username", username, "password", password));
        return client;
    }

    /** What the platform tells somebody who has not signed in. */
    public JsonNode signedOutSession() {
        return parse(exchange(request("/session", Map.of()).GET().build()).body());
    }

    /** Reads what stands at a path below {@code /api/v1}. */
    public JsonNode get(String path) {
        return json("GET", path, null, Map.of());
    }

    /** Sends JSON, or nothing for null. */
    public JsonNode post(String path, @Nullable Object body) {
        return json("POST", path, body, Map.of());
    }

    /** Changes something as it stood at a version. */
    public JsonNode patch(String path, Object body, long version) {
        return json("PATCH", path, body, Map.of("If-Match", "\"" + version + "\""));
    }

    /** Changes the state of something as it stood at a version. */
    public JsonNode post(String path, @Nullable Object body, long version) {
        return json("POST", path, body, Map.of("If-Match", "\"" + version + "\""));
    }

    /** Takes something away. */
    public JsonNode delete(String path) {
        return json("DELETE", path, null, Map.of());
    }

    /** Sends a file as a new upload and returns the upload, probed. */
    public JsonNode upload(Path file, String fileName) throws IOException {
        return upload("/uploads", file, fileName);
    }

    /** Sends a file to a place that takes files, and returns what the platform makes of it. */
    public JsonNode upload(String path, Path file, String fileName) throws IOException {
        return read(
                send(
                        "POST",
                        path + "?fileName=" + encode(fileName),
                        BodyPublishers.ofFile(file),
                        "application/octet-stream",
                        Map.of()));
    }

    /** Sends anything and returns the answer as it is, whatever its status. */
    public HttpResponse<String> send(
            String method,
            String path,
            BodyPublisher body,
            String contentType,
            Map<String, String> headers) {
        boolean changes = !method.equals("GET");
        if (changes && token() == null) {
            // The first answer brings the token that a change must show.
            exchange(request("/session", Map.of()).GET().build());
        }
        HttpRequest.Builder request = request(path, headers).method(method, body);
        if (changes) {
            request.setHeader("Content-Type", contentType);
            String token = token();
            if (token != null) {
                request.setHeader("X-XSRF-TOKEN", token);
            }
        }
        return exchange(request.build());
    }

    /** Writes what stands at a path below {@code /api/v1} to a file, as it comes. */
    public void download(String path, Path to) {
        HttpResponse<Path> response =
                exchange(request(path, Map.of()).GET().build(), BodyHandlers.ofFile(to));
        if (response.statusCode() >= 400) {
            throw new UncheckedIOException(
                    new IOException(path + " answers " + response.statusCode()));
        }
    }

    /** Text as it may stand in a query. */
    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private JsonNode json(
            String method, String path, @Nullable Object body, Map<String, String> headers) {
        BodyPublisher publisher =
                body == null
                        ? BodyPublishers.noBody()
                        : BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
        return read(send(method, path, publisher, "application/json", headers));
    }

    private static JsonNode read(HttpResponse<String> response) {
        JsonNode body = parse(response.body());
        if (response.statusCode() >= 400) {
            throw new PlatformRefusal(response.statusCode(), body);
        }
        return body;
    }

    private static JsonNode parse(String text) {
        try {
            return text.isBlank() ? MissingNode.getInstance() : JSON.readTree(text);
        } catch (JacksonException e) {
            return JSON.getNodeFactory().stringNode(text);
        }
    }

    private HttpRequest.Builder request(String path, Map<String, String> headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve("/api/v1" + path))
                        .timeout(PATIENCE)
                        .header("Accept-Language", language);
        headers.forEach(request::setHeader);
        return request;
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        return exchange(request, BodyHandlers.ofString());
    }

    private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return http.send(request, handler);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    request.method() + " " + request.uri() + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Stopped while waiting for " + request.uri(), e);
        }
    }

    private @Nullable String token() {
        return cookies.getCookieStore().get(base).stream()
                .filter(cookie -> cookie.getName().equals("XSRF-TOKEN"))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElse(null);
    }

    @Override
    public void close() {
        http.close();
    }
}
