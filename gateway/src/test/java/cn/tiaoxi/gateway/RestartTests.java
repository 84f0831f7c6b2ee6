package cn.tiaoxi.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.contract.TraceRecord;
import cn.tiaoxi.trace.Entry;
import cn.tiaoxi.trace.NoteSigner;
import cn.tiaoxi.trace.TraceLog;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway process that is killed or told to end, and comes back. */
class RestartTests {
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
    void no_answered_call_is_missing_from_the_trace_after_kill_9_and_none_can_be_replayed()
            throws Exception {
        try (GatewayRig rig = new GatewayRig(data, database)) {
            rig.platform.publish(TestPolicy.standard().snapshot(1));
            Child child = Child.start(rig);
            rig.platform.awaitApplied(1);
            Set<String> answered = new HashSet<>();
            Map<String, String> last = load(child, answered);
            assertThat(answered.size()).isGreaterThan(100);

            assertThat(recordIds(data)).containsAll(answered);

            rig.platform.heartbeats.clear();
            Child again = Child.start(rig);
            rig.platform.awaitApplied(1);
            HttpResponse<String> replay = again.send(URI.create(again.base() + LOOKUP), last);
            assertThat(replay.body()).contains("REQUEST_REPLAYED");
            again.process().destroyForcibly().waitFor();
        }
    }

    /** Calls from several threads until the child has been killed; the last answered signature. */
    private static Map<String, String> load(Child child, Set<String> answered) throws Exception {
        ConcurrentLinkedQueue<String> ids = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<Map<String, String>> signatures = new ConcurrentLinkedQueue<>();
        AtomicBoolean dead = new AtomicBoolean();
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            callers.add(
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        while (!dead.get()) {
                                            callOnce(child, ids, signatures, dead);
                                        }
                                    }));
        }
        while (ids.size() < 1_000) {
            Thread.onSpinWait();
        }
        child.process().destroyForcibly().waitFor();
        for (Thread caller : callers) {
            caller.join();
        }
        answered.addAll(ids);
        return signatures.stream().reduce((one, other) -> other).orElseThrow();
    }

    private static void callOnce(
            Child child,
            ConcurrentLinkedQueue<String> ids,
            ConcurrentLinkedQueue<Map<String, String>> signatures,
            AtomicBoolean dead) {
        URI address = URI.create(child.base() + LOOKUP);
        Map<String, String> signature = TestPolicy.HMAC.sign(address);
        try {
            HttpResponse<String> response = child.send(address, signature);
            if (response.statusCode() == 200) {
                ids.add(GatewayRig.json(response).get("requestId").asString());
                signatures.add(signature);
            }
        } catch (IOException | InterruptedException e) {
            dead.set(true);
        }
    }

    @Test
    void a_gateway_told_to_end_finishes_what_is_under_way_and_closes_its_log() throws Exception {
        try (GatewayRig rig = new GatewayRig(data, database)) {
            rig.platform.publish(TestPolicy.standard().snapshot(1));
            Child child = Child.start(rig);
            rig.platform.awaitApplied(1);
            HttpResponse<String> response =
                    child.send(
                            URI.create(child.base() + LOOKUP),
                            TestPolicy.HMAC.sign(URI.create(child.base() + LOOKUP)));

            child.process().destroy();

            assertThat(child.process().waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(child.process().exitValue()).isEqualTo(143);
            assertThat(recordIds(data))
                    .containsExactly(GatewayRig.json(response).get("requestId").asString());
        }
    }

    @Test
    void day_quotas_hold_across_a_restart() throws Exception {
        try (GatewayRig rig = new GatewayRig(data, database).start()) {
            TestPolicy policy = TestPolicy.standard();
            policy.grants.clear();
            policy.grants.add(TestPolicy.limited("g-of-a-day", "people", 100, 3));
            rig.apply(policy);
            assertThat(rig.call(LOOKUP).statusCode()).isEqualTo(200);
            assertThat(rig.call(LOOKUP).statusCode()).isEqualTo(200);

            rig.restart();

            assertThat(rig.call(LOOKUP).statusCode()).isEqualTo(200);
            assertThat(rig.call(LOOKUP).body()).contains("QUOTA_EXCEEDED");
        }
    }

    @Test
    void two_gateways_do_not_share_a_folder() throws Exception {
        try (GatewayRig rig = GatewayRig.standard(data, database)) {
            assertThat(rig.gateway).isNotNull();
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> Gateway.start(rig.settings(0)))
                    .hasMessageContaining("another writer");
        }
    }

    private static Set<String> recordIds(Path data) throws IOException {
        Path trace = data.resolve("gateway/trace");
        NoteSigner signer =
                NoteSigner.load(
                        data.resolve("gateway/trace.pem"),
                        Files.readString(trace.resolve("key.vkey")).split("\\+")[0]);
        Set<String> ids = new HashSet<>();
        try (TraceLog log = TraceLog.open(trace, signer, TraceLog.Settings.DEFAULT)) {
            var entries = log.entries(0);
            while (entries.hasNext()) {
                Entry entry = entries.next();
                ids.add(TraceRecord.fromBytes(entry.data()).id());
            }
        }
        return ids;
    }
}
