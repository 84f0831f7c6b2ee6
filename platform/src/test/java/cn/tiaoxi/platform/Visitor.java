package cn.tiaoxi.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls the platform over HTTP as a browser does: keeps cookies, sends the anti-forgery token. */
public final class Visitor {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient client;
    private final URI base;
    private final Map<String, String> cookies = new ConcurrentHashMap<>();

    Visitor(HttpClient client, URI base) {
        this.client = client;
        this.base = base;
    }

    /** What the platform answered. */
    public record Answer(int status, HttpHeaders headers, byte[] bytes) {

        public String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        public JsonNode json() {
            return JSON.readTree(bytes);
        }

        /** The stable code of a problem. */
        public String code() {
            return json().path("code").asString("");
        }

        /** The version in the ETag, to send back as If-Match. */
        public String version() {
            return headers.firstValue("ETag").orElseThrow();
        }

        @Override
        public String toString() {
            return status + " " + text();
        }
    }

    public Answer get(String path) {
        return send("GET", path, BodyPublishers.noBody(), Map.of());
    }

    public Answer get(String path, Map<String, String> headers) {
        return send("GET", path, BodyPublishers.noBody(), headers);
    }

    public Answer delete(String path) {
        return send("DELETE", path, BodyPublishers.noBody(), Map.of());
    }

    public Answer post(String path) {
        return send("POST", path, BodyPublishers.noBody(), Map.of());
    }

    public Answer post(String path, Object body) {
        return post(path, body, Map.of());
    }

    public Answer post(String path, Object body, Map<String, String> headers) {
        return sendJson("POST", path, body, headers);
    }

    public Answer put(String path, Object body) {
        return sendJson("PUT", path, body, Map.of());
    }

    /** Replaces something; the version is the one that an earlier answer carried. */
    public Answer put(String path, Object body, String version) {
        return sendJson("PUT", path, body, Map.of("If-Match", version));
    }

    /** Changes something; the version is the one that an earlier answer carried. */
    public Answer patch(String path, Object body, String version) {
        return sendJson("PATCH", path, body, Map.of("If-Match", version));
    }

    /** Sends a file as it is. */
    public Answer postFile(String path, Path file) {
        try {
            return send("POST", path, BodyPublishers.ofFile(file), octets());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends bytes as they are. */
    public Answer postBytes(String path, byte[] bytes) {
        return send("POST", path, BodyPublishers.ofByteArray(bytes), octets());
    }

    private static Map<String, String> octets() {
        return Map.of("Content-Type", "application/octet-stream");
    }

    /** Sends JSON; a body that is text already goes as it stands. */
    public Answer sendJson(String method, String path, Object body, Map<String, String> headers) {
        Map<String, String> all = new java.util.HashMap<>(headers);
        all.put("Content-Type", "application/json");
        byte[] bytes =
                body instanceof String text
                        ? text.getBytes(StandardCharsets.UTF_8)
                        : JSON.writeValueAsBytes(body);
        return send(method, path, BodyPublishers.ofByteArray(bytes), all);
    }

    /** Sends any request. */
    public Answer send(
            String method, String path, BodyPublisher body, Map<String, String> headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(path))
                        .timeout(Duration.ofSeconds(120))
                        .method(method, body);
        if (!headers.containsKey("Accept-Language")) {
            request.header("Accept-Language", "zh-CN");
        }
        headers.forEach(request::header);
        String token = cookies.get("XSRF-TOKEN");
        if (token != null && !method.equals("GET")) {
            request.header("X-XSRF-TOKEN", token);
        }
        if (!cookies.isEmpty()) {
            request.header("Cookie", cookieHeader());
        }
        try {
            HttpResponse<byte[]> response =
                    client.send(request.build(), BodyHandlers.ofByteArray());
            response.headers().allValues("Set-Cookie").forEach(this::keep);
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String cookieHeader() {
        return cookies.entrySet().stream()
                .map(c -> c.getKey() + "=" + c.getValue())
                .collect(Collectors.joining("; "));
    }

    private void keep(String header) {
        String pair = header.split(";", 2)[0];
        int equals = pair.indexOf('=');
        String value = pair.substring(equals + 1);
        if (value.isEmpty()) {
            cookies.remove(pair.substring(0, equals));
        } else {
            cookies.put(pair.substring(0, equals), value);
        }
    }
}
