package cn.tiaoxi.platform.superior;

import cn.tiaoxi.contract.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Speaks to the platform above. All connections are opened from here. */
@Component
class ProvinceClient {
    private static final String BASE = "/upper/v1";
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final byte[] NOTHING = {};

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(10))
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
    private final OwnKeys keys;
    private final Clock clock;

    ProvinceClient(OwnKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * Asks to be known; the answer is not to be believed before its proof is checked.
     *
     * @throws SuperiorException if it cannot be reached, or refuses
     */
    Protocol.Enrolled enrol(URI address, Protocol.Enrolment asked) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(address + BASE + "/enrolment"))
                        .timeout(ANSWER)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(Wire.JSON.writeValueAsBytes(asked)))
                        .build();
        return read(send(request).body(), Protocol.Enrolled.class);
    }

    /** Sends reports; how far they are stored. */
    Protocol.Receipt send(Uplink to, Protocol.Reports reports) {
        return call(
                to,
                "POST",
                "/reports",
                Wire.JSON.writeValueAsBytes(reports),
                Protocol.Receipt.class);
    }

    /** Orders after a number; waits some time for one. */
    Protocol.Orders orders(Uplink from, long after, Duration patience) {
        return call(
                from,
                "GET",
                "/orders?after=" + after + "&wait=" + patience.toSeconds(),
                NOTHING,
                Protocol.Orders.class);
    }

    private <T> T call(Uplink to, String method, String path, byte[] body, Class<T> type) {
        URI address = URI.create(to.address() + BASE + path);
        String nonce = SignedMessage.nonce();
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address)
                        .timeout(ANSWER.plusSeconds(25))
                        .method(
                                method,
                                body.length == 0
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofByteArray(body));
        SignedMessage.ask(
                        keys.messages().secret(),
                        to.id(),
                        method,
                        address,
                        body,
                        to.print(),
                        clock.instant(),
                        nonce)
                .forEach(request::header);
        request.header("Content-Type", "application/json");
        Whole answer = send(request.build());
        if (!SignedMessage.isAnswer(
                to.key(),
                answer.body(),
                nonce,
                name -> answer.headers().firstValue(name).orElse(null))) {
            throw SuperiorException.notGenuine();
        }
        return read(answer.body(), type);
    }

    /** An answer, read to its end. */
    private record Whole(HttpHeaders headers, byte[] body) {}

    private Whole send(HttpRequest request) {
        try {
            HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
            byte[] body;
            try (InputStream in = answer.body()) {
                body = in.readNBytes(Protocol.MOST_BYTES + 1);
            }
            if (body.length > Protocol.MOST_BYTES) {
                throw SuperiorException.tooLarge(Protocol.MOST_BYTES);
            }
            if (answer.statusCode() != 200) {
                throw refused(answer.statusCode(), body);
            }
            return new Whole(answer.headers(), body);
        } catch (IOException e) {
            throw SuperiorException.unreachable(
                    request.uri().getAuthority(), e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SuperiorException.unreachable(request.uri().getAuthority(), "interrupted");
        }
    }

    /** What is said unsigned is shown to people and changes nothing. */
    private static SuperiorException refused(int status, byte[] body) {
        try {
            JsonNode problem = Wire.JSON.readTree(body);
            String code = problem.path("code").asString("");
            if (code.matches("[A-Z_]{3,60}")) {
                String detail = problem.path("detail").asString("");
                return SuperiorException.refused(
                        code, detail.length() > 200 ? detail.substring(0, 200) : detail);
            }
        } catch (JacksonException e) {
            // It is no platform that answers; its status is said below.
        }
        return SuperiorException.refused("HTTP " + status, "");
    }

    private static <T> T read(byte[] body, Class<T> type) {
        try {
            return Wire.read(body, type);
        } catch (IllegalArgumentException e) {
            throw SuperiorException.notGenuine();
        }
    }
}
