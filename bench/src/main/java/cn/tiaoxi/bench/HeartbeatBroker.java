package cn.tiaoxi.bench;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import io.moquette.broker.Server;
import io.moquette.broker.config.MemoryConfig;
import io.moquette.broker.security.PermitAllAuthorizatorPolicy;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;

/** A broker within the process, and a client that publishes heartbeats to it. */
final class HeartbeatBroker implements AutoCloseable {
    private static final int AT_ONCE = 1_000;

    private final int port;
    private final Server server = new Server();

    HeartbeatBroker(Path folder) throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            this.port = socket.getLocalPort();
        }
        Properties settings = new Properties();
        settings.setProperty("host", "127.0.0.1");
        settings.setProperty("port", Integer.toString(port));
        settings.setProperty("data_path", folder.toString());
        settings.setProperty("persistence_enabled", "false");
        settings.setProperty("allow_anonymous", "true");
        settings.setProperty("telemetry_enabled", "false");
        server.startServer(
                new MemoryConfig(settings),
                List.of(),
                null,
                (client, username, password) -> true,
                new PermitAllAuthorizatorPolicy());
    }

    URI address() {
        return URI.create("mqtt://127.0.0.1:" + port);
    }

    /** Publishes so many heartbeats of these devices; returns when the broker has them all. */
    void publish(List<String> codes, int messages) {
        Mqtt3AsyncClient client =
                MqttClient.builder()
                        .useMqttVersion3()
                        .identifier("benchmark")
                        .serverHost("127.0.0.1")
                        .serverPort(port)
                        .buildAsync();
        client.connect().join();
        List<CompletableFuture<?>> sent = new ArrayList<>();
        for (int n = 0; n < messages; n++) {
            sent.add(
                    client.publishWith()
                            .topic("devices/" + codes.get(n % codes.size()) + "/heartbeat")
                            .qos(MqttQos.AT_LEAST_ONCE)
                            .payload("{\"battery\":50}".getBytes(StandardCharsets.UTF_8))
                            .send());
            if (sent.size() == AT_ONCE) {
                sent.forEach(CompletableFuture::join);
                sent.clear();
            }
        }
        sent.forEach(CompletableFuture::join);
        client.disconnect().join();
    }

    @Override
    public void close() {
        server.stopServer();
    }
}
