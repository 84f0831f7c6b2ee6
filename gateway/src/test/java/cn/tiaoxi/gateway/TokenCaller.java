package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.ProvinceToken;
import cn.tiaoxi.contract.TraceRecord;
import cn.tiaoxi.contract.Wire;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/** A caller of the province's token style, whose every part can be spoilt. */
final class TokenCaller {
    private static final String SECRET = new String(TestPolicy.SECRET, StandardCharsets.US_ASCII);

    private final GatewayRig rig;
    private String path = "/gateway/api/001003001/dataSharing/People.htm";
    private String key = "token";
    private String secret = SECRET;
    private Instant time = Instant.now();

    TokenCaller(GatewayRig rig) {
        this.rig = rig;
    }

    /** With the request secret that was given out so long ago. */
    TokenCaller late(Duration ago) {
        return with(
                new TokenSecrets(TestPolicy.SECRET)
                        .current(
                                TokenSecrets.Kind.REQUEST,
                                Instant.now().minus(ago).getEpochSecond())
                        .text());
    }

    TokenCaller with(String otherSecret) {
        this.secret = otherSecret;
        return this;
    }

    TokenCaller as(String otherKey) {
        this.key = otherKey;
        return this;
    }

    TokenCaller to(String interfaceId) {
        this.path = "/gateway/api/001003001/dataSharing/" + interfaceId + ".htm";
        return this;
    }

    TokenCaller at(Instant otherTime) {
        this.time = otherTime;
        return this;
    }

    /** The three parameters that every request has. */
    String proof() {
        String millis = Long.toString(time.toEpochMilli());
        return "appKey="
                + key
                + "&sign="
                + ProvinceToken.sign(key, secret, millis)
                + "&requestTime="
                + millis;
    }

    /** Gets secrets: {@code Key} or {@code Sec}. */
    JsonNode refresh(String by) throws IOException, InterruptedException {
        return post("/gateway/app/refreshTokenBy" + by + ".htm", proof());
    }

    JsonNode people(String parameters) throws IOException, InterruptedException {
        return post(path, proof() + "&" + parameters);
    }

    JsonNode get(String parameters) throws IOException, InterruptedException {
        URI address = rig.address(path + "?" + proof() + "&" + parameters);
        return send(HttpRequest.newBuilder(address));
    }

    JsonNode json(String body) throws IOException, InterruptedException {
        return send(
                HttpRequest.newBuilder(rig.address(path))
                        .header("Content-Type", "application/json; charset=utf-8")
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private JsonNode post(String to, String form) throws IOException, InterruptedException {
        return send(
                HttpRequest.newBuilder(rig.address(to))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response =
                rig.client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
        return Wire.JSON.readTree(response.body());
    }

    /** The trace of an answer. */
    static TraceRecord record(GatewayRig rig, JsonNode answer) {
        String requestId = answer.get("requestId").asString();
        return rig.trace().stream()
                .filter(record -> record.id().equals(requestId))
                .findFirst()
                .orElseThrow();
    }
}
