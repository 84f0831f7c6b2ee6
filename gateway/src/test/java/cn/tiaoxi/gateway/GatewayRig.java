package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.CallSigner;
import cn.tiaoxi.contract.TraceRecord;
import cn.tiaoxi.contract.Wire;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A gateway with its folder, and a platform that hands it policies. */
public final class GatewayRig implements AutoCloseable {
    final Path data;
    final TestPlatform platform;
    final HttpClient client = HttpClient.newHttpClient();
    Gateway gateway;
    private long version;

    /** Prepares the folder; {@link #start} starts the gateway. */
    public GatewayRig(Path data, TestDatabase database)
            throws IOException, GeneralSecurityException {
        this.data = data;
        this.platform = new TestPlatform();
        Files.createDirectories(data.resolve("keys"));
        Files.createDirectories(data.resolve("gateway"));
        Files.writeString(data.resolve("keys/gateway.token"), TestPlatform.TOKEN + "\n");
        Files.writeString(data.resolve("keys/policy.pub"), platform.publicKey() + "\n");
        if (database != null) {
            serveFrom(database);
        }
    }

    void serveFrom(TestDatabase database) throws IOException {
        Files.writeString(data.resolve("gateway/serving.properties"), database.servingProperties());
    }

    /** A gateway with the standard policy in force. */
    public static GatewayRig standard(Path data, TestDatabase database)
            throws IOException, GeneralSecurityException, InterruptedException {
        GatewayRig rig = new GatewayRig(data, database).start();
        rig.apply(TestPolicy.standard());
        return rig;
    }

    GatewaySettings settings(int port) {
        return GatewaySettings.of(
                List.of(
                        "--data=" + data,
                        "--port=" + port,
                        "--platform=" + platform.address(),
                        "--upstream-ranges=127.0.0.1/32"),
                Map.of());
    }

    GatewayRig start() {
        return start(Limits.standard());
    }

    GatewayRig start(Limits limits) {
        return start(settings(0), limits);
    }

    private GatewayRig start(GatewaySettings settings, Limits limits) {
        gateway = Gateway.start(settings, limits);
        return this;
    }

    /** Starts a gateway with further arguments. */
    GatewayRig startWith(String... more) {
        List<String> arguments =
                new ArrayList<>(
                        List.of("--data=" + data, "--port=0", "--platform=" + platform.address()));
        arguments.addAll(List.of(more));
        return start(GatewaySettings.of(arguments, Map.of()), Limits.standard());
    }

    /** Starts a gateway that also speaks TLS, with further arguments. */
    GatewayRig startSecured(TestCertificates certificates, Limits limits, String... more) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "--data=" + data,
                                "--port=0",
                                "--platform=" + platform.address(),
                                "--tls-port=0",
                                "--tls-certificate=" + certificates.certificate(),
                                "--tls-key=" + certificates.key()));
        arguments.addAll(List.of(more));
        return start(GatewaySettings.of(arguments, Map.of()), limits);
    }

    /** Base URL of the gateway with TLS, and what follows. */
    URI secured(String pathAndQuery) {
        return URI.create("https://localhost:" + gateway.securePort() + pathAndQuery);
    }

    /** Ends the gateway and starts it again on the same folder. */
    void restart() {
        gateway.close();
        start();
    }

    /** Publishes a policy and waits until it is in force. */
    void apply(TestPolicy policy) throws InterruptedException {
        platform.publish(policy.snapshot(++version));
        platform.awaitApplied(version);
    }

    /** Base URL of the gateway. */
    public URI address() {
        return gateway.address();
    }

    URI address(String pathAndQuery) {
        return URI.create(gateway.address() + pathAndQuery);
    }

    /** A correctly signed call. */
    HttpResponse<String> call(String pathAndQuery) throws IOException, InterruptedException {
        return call(TestPolicy.HMAC, pathAndQuery);
    }

    HttpResponse<String> call(CallSigner signer, String pathAndQuery, String... headers)
            throws IOException, InterruptedException {
        URI address = address(pathAndQuery);
        return send(address, signer.sign(address), headers);
    }

    HttpResponse<String> send(URI address, Map<String, String> signature, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        signature.forEach(request::header);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    static JsonNode json(HttpResponse<String> response) {
        return Wire.JSON.readTree(response.body());
    }

    /** What the gateway says about itself. */
    String health() throws IOException, InterruptedException {
        return client.send(
                        HttpRequest.newBuilder(address("/healthz")).build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** All trace records, oldest first. */
    List<TraceRecord> trace() {
        List<TraceRecord> records = new ArrayList<>();
        gateway.trace()
                .entries(0)
                .forEachRemaining(entry -> records.add(TraceRecord.fromBytes(entry.data())));
        return records;
    }

    @Override
    public void close() {
        if (gateway != null) {
            gateway.close();
        }
        platform.close();
        client.close();
    }
}
