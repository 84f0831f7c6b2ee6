package cn.tiaoxi.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.contract.GatewayHeartbeat;
import cn.tiaoxi.contract.PolicySnapshot.GrantState;
import cn.tiaoxi.contract.PolicySnapshot.InterfaceState;
import cn.tiaoxi.contract.Wire;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How policies come into force, stay in force, and are kept out. */
class PolicyTests {
    private static final String LOOKUP = "/api/people?id_number=330502199000000007";
    private static TestDatabase database;

    @TempDir Path data;

    @BeforeAll
    static void start() throws Exception {
        database = TestDatabase.start();
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @Test
    void a_revocation_bites_in_well_under_a_second() throws Exception {
        try (GatewayRig rig = GatewayRig.standard(data, database)) {
            assertThat(rig.call(LOOKUP).statusCode()).isEqualTo(200);
            TestPolicy revoked = TestPolicy.standard();
            revoked.grants.clear();
            revoked.grants.add(
                    TestPolicy.grant(
                            "g1",
                            "people",
                            GrantState.REVOKED,
                            Instant.EPOCH,
                            Instant.now().plus(Duration.ofDays(1))));

            rig.platform.publish(revoked.snapshot(2));
            long published = System.nanoTime();
            HttpResponse<String> response = rig.call(LOOKUP);
            while (response.statusCode() == 200) {
                response = rig.call(LOOKUP);
            }

            assertThat(response.body()).contains("GRANT_REVOKED");
            assertThat(Duration.ofNanos(System.nanoTime() - published))
                    .isLessThan(Duration.ofMillis(500));
        }
    }

    @Test
    void a_gateway_serves_from_its_disk_while_the_platform_is_down() throws Exception {
        try (GatewayRig rig = GatewayRig.standard(data, database)) {
            rig.platform.close();

            rig.restart();

            assertThat(rig.call(LOOKUP).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void a_forged_an_old_and_a_broken_policy_are_kept_out() throws Exception {
        try (GatewayRig rig = GatewayRig.standard(data, database);
                TestPlatform stranger = new TestPlatform()) {
            TestPolicy empty = new TestPolicy();
            refuse(rig, 5, stranger.whole(empty.snapshot(5)));
            refuse(rig, 5, rig.platform.whole(empty.snapshot(1)));
            refuse(rig, 5, "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            refuse(
                    rig,
                    5,
                    "tiaoxiP2 and then nothing of it"
                            .getBytes(java.nio.charset.StandardCharsets.UTF_8));
            TestPolicy unsafe = TestPolicy.standard();
            unsafe.interfaces.add(TestPolicy.people("bad", "pg_authid; drop", InterfaceState.LIVE));
            refuse(rig, 5, rig.platform.whole(unsafe.snapshot(5)));

            rig.platform.publish(TestPolicy.standard().snapshot(6));
            assertThat(rig.platform.awaitApplied(6).refusedPolicy()).isNull();
            assertThat(rig.health()).doesNotContain("refusedPolicy");
            assertThat(rig.call(LOOKUP).statusCode()).isEqualTo(200);
        }
    }

    private static void refuse(GatewayRig rig, long version, byte[] policy) throws Exception {
        rig.platform.publish(version, policy);
        rig.platform.heartbeats.clear();
        GatewayHeartbeat beat = rig.platform.heartbeats.poll(10, TimeUnit.SECONDS);
        assertThat(beat).isNotNull();
        while (beat.refusedPolicy() == null) {
            beat = rig.platform.heartbeats.poll(10, TimeUnit.SECONDS);
            assertThat(beat).isNotNull();
        }
        assertThat(beat.policyVersion()).isEqualTo(1);
        assertThat(beat.refusedPolicy().reason()).isNotBlank();
        assertThat(rig.health()).contains("\"refusedPolicy\"");
        assertThat(rig.call(LOOKUP).statusCode()).isEqualTo(200);
    }

    @Test
    void a_key_that_cannot_be_opened_does_not_hold_a_policy_up() throws Exception {
        try (GatewayRig rig = GatewayRig.standard(data, database)) {
            TestPolicy policy = TestPolicy.standard();
            var app = policy.applications.removeFirst();
            var keys = new java.util.ArrayList<>(app.keys());
            keys.add(
                    new cn.tiaoxi.contract.PolicySnapshot.CallerKey(
                            "foreign",
                            cn.tiaoxi.contract.PolicySnapshot.Algorithm.HMAC_SHA256,
                            "AAAA",
                            Instant.EPOCH,
                            null,
                            java.util.List.of(),
                            null));
            policy.applications.add(
                    new cn.tiaoxi.contract.PolicySnapshot.CallerApplication(
                            app.id(), app.name(), app.organisation(), keys, true));

            rig.apply(policy);

            assertThat(rig.call(LOOKUP).statusCode()).isEqualTo(200);
            assertThat(
                            rig.call(
                                            cn.tiaoxi.contract.CallSigner.hmac(
                                                    "foreign", TestPolicy.SECRET),
                                            LOOKUP)
                                    .body())
                    .contains("KEY_UNKNOWN");
        }
    }

    @Test
    void a_heartbeat_says_what_is_in_force_and_how_to_check_the_log() throws Exception {
        try (GatewayRig rig = new GatewayRig(data, database).start()) {
            rig.platform.publish(TestPolicy.standard().snapshot(7));

            GatewayHeartbeat beat = rig.platform.awaitApplied(7);

            assertThat(beat.id()).startsWith("gateway-");
            assertThat(beat.address()).isEqualTo(rig.address().toString());
            assertThat(beat.traceOrigin()).isEqualTo("tiaoxi/" + beat.id());
            assertThat(beat.traceKey()).startsWith(beat.traceOrigin() + "+");
            assertThat(beat.policyApplied()).isAfter(beat.started());
        }
    }

    /** Amazon's Ed25519 takes no more than a mebibyte. */
    @Test
    void a_policy_of_many_grants_is_applied() throws Exception {
        try (GatewayRig rig = GatewayRig.standard(data, database)) {
            TestPolicy policy = TestPolicy.standard();
            for (int i = 0; i < 10_000; i++) {
                policy.grants.add(TestPolicy.grant("more-" + i, "people"));
            }
            assertThat(Wire.JSON.writeValueAsBytes(policy.snapshot(1))).hasSizeGreaterThan(2 << 20);

            rig.apply(policy);

            assertThat(rig.call("/api/people?id_number=330502199000000007").statusCode())
                    .isEqualTo(200);
        }
    }
}
