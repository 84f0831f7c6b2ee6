package cn.tiaoxi.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.tiaoxi.contract.CallerCertificate;
import cn.tiaoxi.contract.PolicySnapshot.Algorithm;
import cn.tiaoxi.contract.PolicySnapshot.CallerApplication;
import cn.tiaoxi.contract.PolicySnapshot.CallerKey;
import cn.tiaoxi.contract.TraceRecord;
import cn.tiaoxi.contract.TrialAuthority;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Callers that are known by the certificate that they show in TLS. */
class MutualTlsTests {
    private static final String LOOKUP = "/api/people?id_number=330502199000000007";
    private static final Instant PAST = Instant.now().minus(Duration.ofDays(3));

    @TempDir static Path data;
    private static TestDatabase database;
    private static TestCertificates certificates;
    private static GatewayRig rig;
    private static TrialAuthority.Issued known;
    private static TrialAuthority.Issued self;
    private static TrialAuthority.Issued late;
    private static TrialAuthority.Issued distant;
    private static TrialAuthority.Issued paused;

    @BeforeAll
    static void start() throws Exception {
        database = TestDatabase.start();
        certificates = new TestCertificates(data.resolve("tls"));
        known = certificates.caller("known");
        self =
                new TrialAuthority("another", Instant.now().plusSeconds(9_999))
                        .issue("self", List.of(), Instant.now().plusSeconds(9_999));
        late = certificates.caller("late");
        distant = certificates.caller("distant");
        paused = certificates.caller("paused");
        rig = new GatewayRig(data, database).startSecured(certificates, Limits.standard());
        TestPolicy policy = TestPolicy.standard();
        CallerApplication app = policy.applications.removeFirst();
        policy.applications.add(
                new CallerApplication(
                        app.id(),
                        app.name(),
                        app.organisation(),
                        List.of(
                                TestPolicy.hmacKey("hmac", PAST, null),
                                key("k-known", known, null, List.of(), null),
                                key("k-self", self, null, List.of(), null),
                                key("k-late", late, PAST.plusSeconds(9), List.of(), null),
                                key("k-far", distant, null, List.of("192.0.2.0/24"), null),
                                key("k-off", paused, null, List.of(), PAST)),
                        true));
        rig.apply(policy);
    }

    @AfterAll
    static void stop() throws Exception {
        rig.close();
        database.close();
    }

    private static CallerKey key(
            String id,
            TrialAuthority.Issued of,
            @Nullable Instant until,
            List<String> addresses,
            @Nullable Instant off) {
        return new CallerKey(
                id,
                Algorithm.MUTUAL_TLS,
                CallerCertificate.thumbprint(of.certificate()),
                PAST,
                until,
                addresses,
                off);
    }

    @Test
    void a_certificate_names_the_caller() throws Exception {
        for (HttpClient.Version version : HttpClient.Version.values()) {
            for (TrialAuthority.Issued own : List.of(known, self)) {
                HttpResponse<String> answer = call(version, own);
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.body()).contains("\"rows\"");
            }
        }
        TraceRecord last = rig.trace().getLast();
        assertThat(last.actor()).isEqualTo("app");
        assertThat(last.detail("keyId")).isEqualTo("k-self");
        assertThat(last.detail("style")).isEqualTo("MUTUAL_TLS");
        assertThat(last.detail("purpose")).isNotEmpty();
    }

    @Test
    void the_same_connection_may_ask_again() throws Exception {
        try (HttpClient client = certificates.client(HttpClient.Version.HTTP_2, known)) {
            for (int i = 0; i < 3; i++) {
                assertThat(send(client).statusCode()).isEqualTo(200);
            }
        }
    }

    @Test
    void other_certificates_are_refused_with_the_reason() throws Exception {
        assertRefused("SIGNATURE_MISSING", null);
        assertRefused("KEY_UNKNOWN", certificates.caller("unknown"));
        assertRefused("KEY_EXPIRED", late);
        assertRefused("ADDRESS_NOT_ALLOWED", distant);
        assertRefused("KEY_SWITCHED_OFF", paused);
    }

    private static void assertRefused(String code, TrialAuthority.@Nullable Issued own)
            throws Exception {
        assertThat(call(HttpClient.Version.HTTP_2, own).body()).contains(code);
    }

    @Test
    void a_certificate_is_no_signing_key_and_a_signature_goes_before_it() throws Exception {
        try (HttpClient client = certificates.client(HttpClient.Version.HTTP_1_1, known)) {
            HttpRequest.Builder signed = HttpRequest.newBuilder(rig.secured(LOOKUP));
            TestPolicy.HMAC.sign(rig.secured(LOOKUP)).forEach(signed::header);
            client.send(signed.build(), HttpResponse.BodyHandlers.ofString());
            assertThat(rig.trace().getLast().detail("keyId")).isEqualTo("hmac");
            HttpRequest.Builder half =
                    HttpRequest.newBuilder(rig.secured(LOOKUP))
                            .header("Signature", "tiaoxi=:AA==:");
            assertThat(client.send(half.build(), HttpResponse.BodyHandlers.ofString()).body())
                    .contains("SIGNATURE_MISSING");
        }
    }

    @Test
    void only_certificates_of_an_authority_are_taken_where_set() throws Exception {
        try (GatewayRig strict = new GatewayRig(data.resolve("strict"), null)) {
            strict.startSecured(
                    certificates,
                    Limits.standard(),
                    "--tls-clients=" + certificates.authorityFile());
            HttpRequest health = HttpRequest.newBuilder(strict.secured("/healthz")).build();
            try (HttpClient client = certificates.client(HttpClient.Version.HTTP_2, known)) {
                assertThat(client.send(health, HttpResponse.BodyHandlers.ofString()).statusCode())
                        .isEqualTo(200);
            }
            try (HttpClient client = certificates.client(HttpClient.Version.HTTP_1_1, self)) {
                // Java's client has none to show that the gateway would take; curl shows it anyway.
                assertThat(client.send(health, HttpResponse.BodyHandlers.ofString()).statusCode())
                        .isEqualTo(200);
            }
            assertThatThrownBy(() -> curl(strict, self, "/healthz"))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void the_sample_calls() throws Exception {
        Path files = Files.createDirectories(data.resolve("sample"));
        Files.writeString(files.resolve("certificate.pem"), known.certificatePem());
        Files.writeString(files.resolve("key.pem"), known.keyPem());
        Process process =
                new ProcessBuilder(
                                "bash",
                                Path.of("../docs/samples/mutual-tls.sh").toString(),
                                rig.secured("").toString(),
                                files.resolve("certificate.pem").toString(),
                                files.resolve("key.pem").toString(),
                                "/api/people",
                                "id_number=330502199000000007")
                        .redirectErrorStream(true)
                        .directory(Path.of("").toAbsolutePath().toFile())
                        .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(said).contains("SSL certificate problem");
        ProcessBuilder trusting =
                new ProcessBuilder(
                        "bash",
                        "../docs/samples/mutual-tls.sh",
                        rig.secured("").toString(),
                        files.resolve("certificate.pem").toString(),
                        files.resolve("key.pem").toString(),
                        "/api/people",
                        "id_number=330502199000000007");
        trusting.environment().put("CA", certificates.authorityFile().toString());
        Process answered = trusting.redirectErrorStream(true).start();
        assertThat(new String(answered.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("\"rows\"");
        assertThat(answered.waitFor()).isZero();
    }

    private static void curl(GatewayRig with, TrialAuthority.Issued own, String path)
            throws IOException, InterruptedException {
        Path certificate = Files.writeString(data.resolve("c.pem"), own.certificatePem());
        Path key = Files.writeString(data.resolve("k.pem"), own.keyPem());
        Process process =
                new ProcessBuilder(
                                "curl",
                                "-sS",
                                "--cacert",
                                certificates.authorityFile().toString(),
                                "--cert",
                                certificate.toString(),
                                "--key",
                                key.toString(),
                                with.secured(path).toString())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(said);
        }
    }

    private static HttpResponse<String> call(
            HttpClient.Version version, TrialAuthority.@Nullable Issued own) throws Exception {
        try (HttpClient client = certificates.client(version, own)) {
            return send(client);
        }
    }

    private static HttpResponse<String> send(HttpClient client)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(rig.secured(LOOKUP)).build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
