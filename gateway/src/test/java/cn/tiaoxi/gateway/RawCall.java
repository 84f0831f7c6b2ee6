package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.CallSigner;
import cn.tiaoxi.contract.MessageSignature;
import cn.tiaoxi.contract.RequestParts;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/** A call whose every part can be spoilt, and requests written byte by byte. */
final class RawCall {
    /** An answer's first words; no text for people has them. */
    static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3}) ");

    private final HttpClient client;
    private final URI address;
    final Map<String, String> headers = new LinkedHashMap<>();
    private String method = "GET";
    private String body = "";

    private RawCall(HttpClient client, URI address) {
        this.client = client;
        this.address = address;
    }

    /** A right call with a body. */
    static RawCall signed(GatewayRig rig, String pathAndQuery, String body) {
        return signed(rig, "GET", pathAndQuery, body);
    }

    static RawCall signed(GatewayRig rig, String method, String pathAndQuery, String body) {
        return signed(rig.client, rig.address(pathAndQuery), TestPolicy.HMAC, method, body);
    }

    static RawCall signed(
            HttpClient client, URI address, CallSigner signer, String method, String body) {
        RawCall call = new RawCall(client, address);
        call.method = method;
        call.body = body;
        List<String> covered = new ArrayList<>(CallSigner.COVERED);
        if (!body.isEmpty()) {
            covered.add("content-digest");
            call.headers.put(
                    "content-digest",
                    MessageSignature.contentDigest(body.getBytes(StandardCharsets.UTF_8)));
        }
        return call.sign(signer, covered, Instant.now(), UUID.randomUUID().toString());
    }

    static RawCall of(GatewayRig rig, String pathAndQuery) {
        return signed(rig, pathAndQuery, "");
    }

    RawCall sign(CallSigner signer, List<String> covered, Instant created, String nonce) {
        RequestParts parts = RequestParts.of(method, address, headers::get);
        headers.putAll(signer.sign(parts, covered, created, nonce));
        return this;
    }

    RawCall header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    RawCall without(String name) {
        headers.remove(name);
        return this;
    }

    RawCall replace(String header, String old, String text) {
        headers.computeIfPresent(header, (name, value) -> value.replace(old, text));
        return this;
    }

    RawCall body(String other) {
        this.body = other;
        return this;
    }

    RawCall method(String other) {
        this.method = other;
        return this;
    }

    HttpResponse<String> send() throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        headers.forEach(request::header);
        request.method(
                method,
                body.isEmpty()
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body));
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Status codes of so many calls that are sent at once on one connection. */
    static List<Integer> pipelined(GatewayRig rig, int calls) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < calls; i++) {
            RawCall call = of(rig, "/api/people?id_number=x" + i);
            text.append("GET /api/people?id_number=x").append(i).append(" HTTP/1.1\r\n");
            text.append("Host: ").append(rig.address().getAuthority()).append("\r\n");
            call.headers.forEach(
                    (name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
            text.append(i == calls - 1 ? "Connection: close\r\n\r\n" : "\r\n");
        }
        return statuses(rig, text.toString());
    }

    /** Sends bytes as they stand and reads status codes until the gateway closes. */
    static List<Integer> statuses(GatewayRig rig, String request) throws IOException {
        try (Socket socket = open(rig)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            String answers =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return STATUS.matcher(answers)
                    .results()
                    .map(found -> Integer.valueOf(found.group(1)))
                    .toList();
        }
    }

    static Socket open(GatewayRig rig) throws IOException {
        Socket socket = new Socket(rig.address().getHost(), rig.address().getPort());
        socket.setSoTimeout(20_000);
        return socket;
    }
}
