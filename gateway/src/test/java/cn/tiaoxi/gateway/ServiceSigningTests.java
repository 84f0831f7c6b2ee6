package cn.tiaoxi.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.contract.CallSigner;
import cn.tiaoxi.contract.HttpUpstream.Method;
import cn.tiaoxi.contract.HttpUpstream.Parameter;
import cn.tiaoxi.contract.HttpUpstream.Place;
import cn.tiaoxi.contract.MessageSignature;
import cn.tiaoxi.contract.PolicySnapshot.FieldType;
import cn.tiaoxi.contract.RequestParts;
import cn.tiaoxi.contract.SignatureInput;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls that a gateway signs itself, as those of an interface from the level above. */
class ServiceSigningTests {
    @TempDir static Path data;
    private static final AtomicInteger FAILURES = new AtomicInteger();
    private static KeyPair key;
    private static TestDatabase database;
    private static TestService service;
    private static GatewayRig rig;

    @BeforeAll
    static void start() throws Exception {
        key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        database = TestDatabase.start();
        service = TestService.start();
        rig = new GatewayRig(data, database).start();
        TestPolicy policy = TestPolicy.standard();
        ServicePolicy tried = ServicePolicy.of("tried", service).signed("key-7", key.getPrivate());
        tried.tries = 3;
        tried.addTo(policy);
        service.at(
                "/tried",
                (request, out) -> {
                    if (FAILURES.getAndDecrement() > 0) {
                        throw new IOException("gives up");
                    }
                    TestService.whole(out, "200 OK", "application/json", "[]");
                });
        ServicePolicy posted =
                ServicePolicy.of("posted", service).signed("key-7", key.getPrivate());
        posted.method = Method.POST;
        posted.parameters = List.of(Parameter.of("q", Place.BODY, true, FieldType.TEXT));
        posted.addTo(policy);
        service.json("/posted", "[]");
        rig.apply(policy);
    }

    @AfterAll
    static void stop() throws Exception {
        rig.close();
        service.close();
        database.close();
    }

    @BeforeEach
    void forget() {
        service.requests.clear();
        FAILURES.set(0);
    }

    private static SignatureInput input(TestService.Request request) {
        return SignatureInput.parse(request.headers().get("signature-input"))
                .values()
                .iterator()
                .next();
    }

    private static boolean holds(TestService.Request request) {
        SignatureInput input = input(request);
        RequestParts parts =
                RequestParts.of(
                        request.method(),
                        URI.create(service.address() + request.target()),
                        request.headers()::get);
        byte[] signature =
                SignatureInput.parseSignatures(request.headers().get("signature"))
                        .get(input.label());
        return MessageSignature.verifyEd25519(input, parts, key.getPublic(), signature);
    }

    @Test
    void each_try_has_a_signature_of_its_own() throws Exception {
        FAILURES.set(2);

        assertThat(rig.call("/api/tried?q=x").statusCode()).isEqualTo(200);
        assertThat(service.requests).hasSize(3).allMatch(ServiceSigningTests::holds);
        assertThat(service.requests)
                .extracting(request -> input(request).text("nonce"))
                .doesNotHaveDuplicates();
        assertThat(service.requests)
                .allSatisfy(request -> assertThat(input(request).text("keyid")).isEqualTo("key-7"))
                .allSatisfy(
                        request ->
                                assertThat(input(request).components())
                                        .containsAll(CallSigner.COVERED));
    }

    @Test
    void a_body_is_covered_and_the_callers_matter_goes_along() throws Exception {
        assertThat(
                        rig.call(TestPolicy.HMAC, "/api/posted?q=x", "Tiaoxi-Matter", "pension")
                                .statusCode())
                .isEqualTo(200);
        TestService.Request request = service.requests.getFirst();
        assertThat(holds(request)).isTrue();
        assertThat(input(request).components()).contains("content-digest");
        assertThat(request.headers())
                .containsEntry("tiaoxi-matter", "pension")
                .containsEntry(
                        "content-digest",
                        MessageSignature.contentDigest(request.body().getBytes()));
    }
}
