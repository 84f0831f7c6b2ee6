package cn.tiaoxi.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients of others against the gateway: curl, h2load and Java's, over HTTP/1.1 and HTTP/2. */
class ClientsTests {
    private static final String LOOKUP = "/api/people?id_number=330502199000000007";

    /** Where the launcher unpacks programs of others. */
    private static final Path PEERS =
            Path.of(System.getenv().getOrDefault("TIAOXI_PEERS", "../target/tiaoxi/peers"))
                    .toAbsolutePath();

    @TempDir static Path data;
    private static TestDatabase database;
    private static TestCertificates certificates;
    private static GatewayRig rig;

    @BeforeAll
    static void start() throws Exception {
        database = TestDatabase.start();
        certificates = new TestCertificates(data.resolve("tls"));
        rig = new GatewayRig(data, database).startSecured(certificates, Limits.standard());
        rig.apply(TestPolicy.standard());
    }

    @AfterAll
    static void stop() throws Exception {
        rig.close();
        database.close();
    }

    @Test
    void curl_speaks_http_2_over_tls_and_with_prior_knowledge() throws Exception {
        assertThat(curl(rig.secured(LOOKUP), "--http2")).isEqualTo("2 200");
        assertThat(curl(rig.secured(LOOKUP), "--http1.1")).isEqualTo("1.1 200");
        assertThat(curl(rig.address(LOOKUP), "--http2-prior-knowledge")).isEqualTo("2 200");
        assertThat(curl(rig.address(LOOKUP), "--http2")).isEqualTo("1.1 200");
        assertThat(curl(rig.address(LOOKUP), "--http1.0")).isEqualTo("1.1 200");
    }

    /** Version and status of a signed call. */
    private static String curl(URI address, String... options) throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "curl",
                                "-sS",
                                "--cacert",
                                certificates.authorityFile().toString(),
                                "-o",
                                "/dev/null",
                                "-w",
                                "%{http_version} %{http_code}"));
        command.addAll(List.of(options));
        TestPolicy.HMAC
                .sign(address)
                .forEach((name, value) -> command.addAll(List.of("-H", name + ": " + value)));
        command.add(address.toString());
        return run(command);
    }

    @Test
    void many_streams_on_one_connection_are_all_answered() throws Exception {
        try (HttpClient client = certificates.client(HttpClient.Version.HTTP_2, null)) {
            List<CompletableFuture<HttpResponse<String>>> answers =
                    IntStream.range(0, 100)
                            .mapToObj(
                                    i -> {
                                        URI address = rig.secured("/api/people?id_number=x" + i);
                                        HttpRequest.Builder request =
                                                HttpRequest.newBuilder(address);
                                        TestPolicy.HMAC.sign(address).forEach(request::header);
                                        return client.sendAsync(
                                                request.build(),
                                                HttpResponse.BodyHandlers.ofString());
                                    })
                            .toList();
            for (var answer : answers) {
                assertThat(answer.join().statusCode()).isEqualTo(200);
                assertThat(answer.join().version()).isEqualTo(HttpClient.Version.HTTP_2);
            }
        }
    }

    @Test
    void h2load_loses_no_request() throws Exception {
        Optional<Path> program = program("h2load");
        assumeTrue(
                program.isPresent(),
                "h2load is not here: install nghttp2-client, or set TIAOXI_PEERS to where it is unpacked");
        for (URI address :
                List.of(
                        rig.secured("/healthz"),
                        rig.address("/healthz"),
                        rig.secured("/api/people"))) {
            String said =
                    run(
                            List.of(
                                    program.get().toString(),
                                    "-n",
                                    "5000",
                                    "-c",
                                    "8",
                                    "-m",
                                    "32",
                                    address.toString()));
            assertThat(said).contains("5000 total, 5000 started, 5000 done");
            assertThat(said).contains("0 errored, 0 timeout");
            assertThat(said).contains("h2");
        }
    }

    private static Optional<Path> program(String name) {
        String peers = PEERS + "/usr/bin";
        return Stream.concat(
                        Stream.of(peers),
                        Arrays.stream(System.getenv("PATH").split(File.pathSeparator)))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LD_LIBRARY_PATH", PEERS + "/usr/lib/x86_64-linux-gnu");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }
}
