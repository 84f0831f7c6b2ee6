package cn.tiaoxi.platform.device;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.platform.PlatformTest;
import cn.tiaoxi.platform.Visitors;
import cn.tiaoxi.platform.Waiting;
import cn.tiaoxi.platform.ledger.Entry;
import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import io.moquette.broker.Server;
import io.moquette.broker.config.MemoryConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Devices that report to a broker; a real one runs within the test. */
@PlatformTest
@Import(TestDevices.class)
@DirtiesContext
class MqttListenerTests {
    private static final int PORT = freePort();
    private static final Path FOLDER = folder();
    private static Server broker = started();

    @Autowired private TestDevices devices;
    @Autowired private Visitors visitors;
    @Autowired private MqttListener listener;

    @DynamicPropertySource
    static void broker(DynamicPropertyRegistry registry) {
        registry.add("tiaoxi.device.mqtt.url", () -> "mqtt://127.0.0.1:" + PORT);
        registry.add("tiaoxi.device.mqtt.username", () -> "platform");
        registry.add("tiaoxi.device.mqtt.password-file", () -> FOLDER.resolve("secret"));
        registry.add("tiaoxi.device.mqtt.topic", () -> "city/{code}/alive");
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder() {
        try {
            Path folder = Files.createTempDirectory("tiaoxi-broker");
            Files.writeString(folder.resolve("secret"), "quiet water\n");
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Server started() {
        try {
            Properties settings = new Properties();
            settings.setProperty("host", "127.0.0.1");
            settings.setProperty("port", Integer.toString(PORT));
            settings.setProperty("data_path", FOLDER.toString());
            settings.setProperty("persistence_enabled", "true");
            settings.setProperty("allow_anonymous", "false");
            settings.setProperty("telemetry_enabled", "false");
            Server server = new Server();
            server.startServer(
                    new MemoryConfig(settings),
                    java.util.List.of(),
                    null,
                    (client, username, password) ->
                            new String(password, StandardCharsets.UTF_8).equals("quiet water"),
                    new io.moquette.broker.security.PermitAllAuthorizatorPolicy());
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    static void stop() {
        broker.stopServer();
    }

    private void publish(String topic, String payload) {
        Waiting.until("the listener", listener::broker, b -> b.connected() != null);
        Mqtt3BlockingClient sender =
                MqttClient.builder()
                        .useMqttVersion3()
                        .identifier("sender-" + UUID.randomUUID())
                        .serverHost("127.0.0.1")
                        .serverPort(PORT)
                        .simpleAuth()
                        .username("device")
                        .password("quiet water".getBytes(StandardCharsets.UTF_8))
                        .applySimpleAuth()
                        .buildBlocking();
        sender.connect();
        sender.publishWith()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(payload.getBytes(StandardCharsets.UTF_8))
                .send();
        sender.disconnect();
    }

    private void becomesOnline(Entry entry) {
        Waiting.until(
                "the heartbeat of " + entry.code(),
                () -> devices.device(entry).path("state").asString(),
                "ONLINE"::equals);
    }

    @Test
    void aMessageIsAHeartbeatAndSoIsAnEmptyOne() {
        Entry one = devices.add(TestDevices.POLICE, TestDevices.CAMERA);
        Entry other = devices.add(TestDevices.WATER, TestDevices.CAMERA);
        publish("city/" + one.code() + "/alive", "{\"battery\": 55, \"status\": \"FAULT\"}");
        publish("city/" + other.code() + "/alive", "");

        becomesOnline(one);
        becomesOnline(other);
        assertThat(devices.device(one).path("battery").asInt()).isEqualTo(55);
        assertThat(devices.device(one).path("status").asString()).isEqualTo("FAULT");
    }

    @Test
    void badMessagesAreCountedAndHinderNoOther() {
        Entry camera = devices.add(TestDevices.POLICE, TestDevices.CAMERA);
        String topic = "city/" + camera.code() + "/alive";
        Map<String, Long> before = counts();
        publish(topic, "{ broken");
        publish(topic, "[]");
        publish(topic, "x".repeat(5_000));
        publish(topic, "{\"code\": \"another\"}");
        publish("city/none-such/alive", "{}");
        publish(topic, "{\"battery\": -1}");
        publish(topic, "{}");

        becomesOnline(camera);
        Map<String, Long> after = counts();
        assertThat(grown(before, after, "FORM_WRONG")).isEqualTo(4);
        assertThat(grown(before, after, "CODE_UNKNOWN")).isEqualTo(1);
        assertThat(grown(before, after, "PERCENT_WRONG")).isEqualTo(1);
        assertThat(grown(before, after, "ACCEPTED")).isEqualTo(1);
    }

    private static long grown(Map<String, Long> before, Map<String, Long> after, String outcome) {
        return after.getOrDefault(outcome, 0L) - before.getOrDefault(outcome, 0L);
    }

    private Map<String, Long> counts() {
        Map<String, Long> counts = new HashMap<>();
        visitors.person("zhao.lei")
                .get("/api/v1/devices/broker")
                .json()
                .path("tallies")
                .forEach(
                        t ->
                                counts.merge(
                                        t.path("outcome").asString(),
                                        t.path("rows").asLong(),
                                        Long::sum));
        return counts;
    }

    @Test
    void theListenerComesBackWhenTheBrokerDoes() {
        Entry camera = devices.add(TestDevices.POLICE, TestDevices.CAMERA);
        Waiting.until("the listener", listener::broker, b -> b.connected() != null);
        broker.stopServer();
        Waiting.until("the loss", listener::broker, b -> b.connected() == null);
        broker = started();

        publish("city/" + camera.code() + "/alive", "{}");
        becomesOnline(camera);
    }
}
