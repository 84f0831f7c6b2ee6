package cn.tiaoxi.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.contract.GatewayHeartbeat;
import cn.tiaoxi.contract.HttpUpstream.Breaker;
import cn.tiaoxi.contract.HttpUpstream.Method;
import cn.tiaoxi.contract.UpstreamHealth;
import cn.tiaoxi.contract.UpstreamHealth.ProbeState;
import cn.tiaoxi.contract.UpstreamHealth.State;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services that fail: calls are tried again where that is safe, stop, and go on. */
class ServiceHealthTests {
    private static TestDatabase database;

    @TempDir Path data;

    private TestService service;
    private GatewayRig rig;
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();

    @BeforeAll
    static void startDatabase() throws Exception {
        database = TestDatabase.start();
    }

    @AfterAll
    static void stopDatabase() throws Exception {
        database.close();
    }

    @BeforeEach
    void start() throws Exception {
        service = TestService.start();
        rig = new GatewayRig(data, database).start();
        service.at(
                "/x",
                (request, out) -> {
                    asked.incrementAndGet();
                    if (failures.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                        throw new IOException("closes");
                    }
                    TestService.whole(out, "200 OK", "application/json", "{\"division\":1}");
                });
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
        service.close();
    }

    private ServicePolicy x() {
        return ServicePolicy.of("x", service);
    }

    private void apply(ServicePolicy each) throws InterruptedException {
        TestPolicy policy = TestPolicy.standard();
        each.addTo(policy);
        rig.apply(policy);
    }

    private int call() throws Exception {
        return rig.call("/api/x").statusCode();
    }

    private UpstreamHealth heard(Predicate<UpstreamHealth> wanted) throws InterruptedException {
        while (true) {
            GatewayHeartbeat beat = rig.platform.heartbeats.poll(20, TimeUnit.SECONDS);
            assertThat(beat).as("a heartbeat with that health").isNotNull();
            for (UpstreamHealth health : beat.upstreams()) {
                if (wanted.test(health)) {
                    return health;
                }
            }
        }
    }

    @Test
    void a_get_is_tried_again_until_it_works() throws Exception {
        ServicePolicy three = x();
        three.tries = 3;
        apply(three);
        failures.set(2);

        assertThat(call()).isEqualTo(200);
        assertThat(asked).hasValue(3);

        failures.set(4);
        assertThat(call()).as("one that was idle, and three").isEqualTo(502);
        assertThat(rig.trace()).hasSize(2);
    }

    @Test
    void a_post_is_never_tried_again() throws Exception {
        ServicePolicy post = x();
        post.method = Method.POST;
        apply(post);
        assertThat(call()).isEqualTo(200);
        failures.set(1);

        assertThat(call()).isEqualTo(502);
        assertThat(asked).hasValue(2);
    }

    @Test
    void a_connection_that_the_service_has_closed_meanwhile_does_no_harm() throws Exception {
        apply(x());
        assertThat(call()).isEqualTo(200);
        failures.set(1);

        assertThat(call()).isEqualTo(200);
    }

    @Test
    void calls_stop_after_failures_and_go_on_after_a_success() throws Exception {
        ServicePolicy strict = x();
        strict.breaker = new Breaker(3, 1);
        apply(strict);
        failures.set(4);
        for (int i = 0; i < 3; i++) {
            assertThat(call()).isEqualTo(502);
        }

        assertThat(call()).isEqualTo(503);
        assertThat(asked).hasValue(3);
        UpstreamHealth open = heard(h -> h.breaker() == State.OPEN);
        assertThat(open.lastFailure()).isEqualTo("UPSTREAM_UNREACHABLE");
        assertThat(open.failures()).isEqualTo(3);
        assertThat(GatewayRig.json(rig.call("/healthz")).get("services").toString())
                .contains("OPEN")
                .doesNotContain("127.0.0.1");

        TimeUnit.MILLISECONDS.sleep(1_100);
        assertThat(call()).as("the one that is tried").isEqualTo(502);
        assertThat(call()).isEqualTo(503);
        TimeUnit.MILLISECONDS.sleep(1_100);
        assertThat(call()).isEqualTo(200);
        assertThat(call()).isEqualTo(200);
        heard(h -> h.breaker() == State.CLOSED && h.calls() >= 6);
    }

    @Test
    void a_new_policy_that_says_the_same_keeps_what_is_known() throws Exception {
        ServicePolicy strict = x();
        strict.breaker = new Breaker(1, 60);
        apply(strict);
        failures.set(1);
        assertThat(call()).isEqualTo(502);
        apply(strict);
        assertThat(call()).isEqualTo(503);

        strict.breaker = new Breaker(2, 60);
        apply(strict);
        assertThat(call()).isEqualTo(200);
    }

    @Test
    void probes_tell_how_a_service_is_and_let_calls_go_on() throws Exception {
        AtomicInteger status = new AtomicInteger(200);
        service.at(
                "/health",
                (request, out) -> TestService.whole(out, status.get() + " X", "text/plain", "x"));
        ServicePolicy probed = x().probed("/health");
        probed.breaker = new Breaker(1, 600);
        apply(probed);
        heard(h -> h.probe() == ProbeState.HEALTHY);

        failures.set(1);
        assertThat(call()).isEqualTo(502);
        heard(h -> h.breaker() == State.OPEN);
        heard(h -> h.breaker() == State.HALF_OPEN);
        assertThat(call()).isEqualTo(200);

        status.set(500);
        heard(h -> h.probe() == ProbeState.UNHEALTHY);
        heard(h -> h.breaker() == State.OPEN);
        assertThat(call()).isEqualTo(503);
    }
}
