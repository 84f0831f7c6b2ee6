package cn.tiaoxi.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.tiaoxi.contract.CallSigner;
import cn.tiaoxi.contract.RequestParts;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** TLS in front of a gateway: versions, certificates that change, and what signatures cover. */
class TlsTests {
    private static final String LOOKUP = "/api/people?id_number=330502199000000007";

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
    void a_signed_call_is_answered_over_both_versions_of_http() throws Exception {
        for (HttpClient.Version version : HttpClient.Version.values()) {
            try (HttpClient client = certificates.client(version, null)) {
                HttpResponse<String> answer = call(client, CallSigner.COVERED);
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.version()).isEqualTo(version);
                assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
            }
        }
    }

    @Test
    void a_signature_may_cover_the_scheme() throws Exception {
        List<String> covered = new ArrayList<>(CallSigner.COVERED);
        covered.addAll(List.of("@scheme", "@target-uri", "@request-target"));
        for (HttpClient.Version version : HttpClient.Version.values()) {
            try (HttpClient client = certificates.client(version, null)) {
                assertThat(call(client, covered).statusCode()).isEqualTo(200);
            }
        }
    }

    @Test
    void a_signature_for_the_plain_address_does_not_hold_where_it_covers_the_scheme()
            throws Exception {
        try (HttpClient client = certificates.client(HttpClient.Version.HTTP_2, null)) {
            RequestParts plain =
                    new RequestParts(
                            "GET",
                            "http",
                            rig.secured("").getAuthority(),
                            "/api/people",
                            "?id_number=1",
                            name -> null);
            List<String> covered = new ArrayList<>(CallSigner.COVERED);
            covered.add("@scheme");
            Map<String, String> signed =
                    TestPolicy.HMAC.sign(
                            plain, covered, Instant.now(), UUID.randomUUID().toString());
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(rig.secured("/api/people?id_number=1"));
            signed.forEach(request::header);
            assertThat(client.send(request.build(), HttpResponse.BodyHandlers.ofString()).body())
                    .contains("SIGNATURE_INVALID");
        }
    }

    @Test
    void nothing_older_than_1_3_is_spoken_unless_set() throws Exception {
        assertThatThrownBy(() -> handshake(rig, "TLSv1.2")).isInstanceOf(SSLException.class);
        assertThat(handshake(rig, "TLSv1.3").getProtocol()).isEqualTo("TLSv1.3");
        Path elsewhere = data.resolve("older");
        try (GatewayRig older = new GatewayRig(elsewhere, null)) {
            older.startSecured(certificates, Limits.standard(), "--tls-oldest=1.2");
            assertThat(handshake(older, "TLSv1.2").getCipherSuite()).contains("ECDHE", "GCM");
            assertThat(handshake(older, "TLSv1.3").getProtocol()).isEqualTo("TLSv1.3");
            assertThatThrownBy(() -> handshake(older, "TLSv1.1")).isInstanceOf(Exception.class);
        }
    }

    @Test
    void a_certificate_changes_without_a_pause_and_a_bad_one_is_refused() throws Exception {
        try (HttpClient kept = certificates.client(HttpClient.Version.HTTP_2, null)) {
            assertThat(health(kept).get("tls").has("problem")).isFalse();
            var next = certificates.gateway(Instant.now().plus(Duration.ofDays(99)));
            certificates.write(next);
            await(next.certificate());
            assertThat(Instant.parse(health(kept).get("tls").get("notAfter").asString()))
                    .isEqualTo(next.certificate().getNotAfter().toInstant());

            for (String bad :
                    List.of(
                            "no certificate",
                            certificates.gateway(Instant.now().plusSeconds(9_999)).certificatePem(),
                            certificates
                                    .authority
                                    .issue(
                                            "localhost",
                                            List.of("localhost"),
                                            Instant.now().minusSeconds(99),
                                            Instant.now().minusSeconds(9))
                                    .certificatePem())) {
                Files.writeString(certificates.certificate(), bad);
                awaitProblem(kept, true);
                assertThat(shown()).isEqualTo(next.certificate());
                certificates.write(next);
                awaitProblem(kept, false);
            }
            assertThat(call(kept, CallSigner.COVERED).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void a_gateway_does_not_start_with_a_certificate_that_is_no_good() throws Exception {
        TestCertificates others = new TestCertificates(data.resolve("bad"));
        Files.writeString(others.key(), others.caller("x").keyPem());
        try (GatewayRig bad = new GatewayRig(data.resolve("bad"), null)) {
            assertThatThrownBy(() -> bad.startSecured(others, Limits.standard()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is not the key of");
        }
    }

    @Test
    void settings_that_would_leave_calls_unencrypted_are_refused() {
        for (List<String> arguments :
                List.of(
                        List.of("--host=0.0.0.0"),
                        List.of("--plain=off"),
                        List.of("--plain=sometimes"),
                        List.of("--tls-port=1"),
                        List.of("--tls-key=x"),
                        List.of("--tls-port=1", "--tls-certificate=x"),
                        List.of(
                                "--tls-port=1",
                                "--tls-certificate=x",
                                "--tls-key=x",
                                "--tls-oldest=1.1"))) {
            assertThatThrownBy(() -> GatewaySettings.of(arguments, Map.of()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(GatewaySettings.of(List.of("--host=0.0.0.0", "--plain=anywhere"), Map.of()))
                .isNotNull();
    }

    @Test
    void certificates_for_trials_are_made_once() throws Exception {
        Path folder = data.resolve("trial");
        TrialCertificates.main(new String[] {folder.toString()});
        String first = Files.readString(folder.resolve("gateway.pem"));
        TrialCertificates.main(new String[] {folder.toString()});

        assertThat(Files.readString(folder.resolve("gateway.pem"))).isEqualTo(first);
        assertThat(Files.getPosixFilePermissions(folder.resolve("gateway.key"))).hasSize(2);
        X509Certificate own = TlsIdentity.certificates(folder.resolve("gateway.pem")).getFirst();
        own.verify(TlsIdentity.certificates(folder.resolve("ca.pem")).getFirst().getPublicKey());
        assertThat(folder.resolve("trust.p12")).isNotEmptyFile();
    }

    private static HttpResponse<String> call(HttpClient client, List<String> covered)
            throws Exception {
        RequestParts parts = RequestParts.of("GET", rig.secured(LOOKUP), name -> null);
        HttpRequest.Builder request = HttpRequest.newBuilder(rig.secured(LOOKUP));
        TestPolicy.HMAC
                .sign(parts, covered, Instant.now(), UUID.randomUUID().toString())
                .forEach(request::header);
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode health(HttpClient client) throws Exception {
        return GatewayRig.json(
                client.send(
                        HttpRequest.newBuilder(rig.secured("/healthz")).build(),
                        HttpResponse.BodyHandlers.ofString()));
    }

    private static javax.net.ssl.SSLSession handshake(GatewayRig with, String version)
            throws Exception {
        try (SSLSocket socket =
                (SSLSocket)
                        certificates
                                .sockets()
                                .createSocket("localhost", with.gateway.securePort())) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setProtocols(new String[] {version});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return socket.getSession();
        }
    }

    /** The certificate that a new connection is shown. */
    private static X509Certificate shown() throws Exception {
        return (X509Certificate) handshake(rig, "TLSv1.3").getPeerCertificates()[0];
    }

    private static void await(X509Certificate expected) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!shown().equals(expected)) {
            assertThat(System.nanoTime()).isLessThan(end);
            java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
        }
    }

    private static void awaitProblem(HttpClient client, boolean there) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (health(client).get("tls").has("problem") != there) {
            assertThat(System.nanoTime()).isLessThan(end);
            java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
        }
    }
}
