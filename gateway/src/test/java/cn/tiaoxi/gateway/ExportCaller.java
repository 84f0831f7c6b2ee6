package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.CallSigner;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** A caller that orders files, asks after them and fetches them. */
record ExportCaller(HttpClient client, String base, CallSigner signer) {
    ExportCaller(GatewayRig rig, CallSigner signer) {
        this(rig.client, rig.address().toString(), signer);
    }

    HttpResponse<String> send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        RawCall call = RawCall.signed(client, URI.create(base + path), signer, method, body);
        if (!body.isEmpty()) {
            call.header("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            call.header(headers[i], headers[i + 1]);
        }
        return call.send();
    }

    HttpResponse<String> order(String interfaceId, String format, String body)
            throws IOException, InterruptedException {
        return send("POST", "/api/" + interfaceId + "/exports?format=" + format, body);
    }

    /** Orders a file that is taken on; where the export is. */
    String ordered(String interfaceId, String format, String body)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = order(interfaceId, format, body);
        if (answer.statusCode() != 202) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return answer.headers().firstValue("Location").orElseThrow();
    }

    JsonNode state(String export) throws IOException, InterruptedException {
        HttpResponse<String> answer = send("GET", export, "");
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return GatewayRig.json(answer);
    }

    /** Waits until an export stands so. */
    JsonNode await(String export, String wanted) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (System.nanoTime() < end) {
            JsonNode state = state(export);
            if (state.get("state").asString().equals(wanted)) {
                return state;
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        throw new AssertionError("not " + wanted + ": " + state(export));
    }

    HttpResponse<String> content(String export, String... headers)
            throws IOException, InterruptedException {
        return send("GET", export + "/content", "", headers);
    }
}
