package cn.tiaoxi.platform.device;

import cn.tiaoxi.platform.city.Organisations;
import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3ClientBuilder;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes heartbeats from an MQTT 3.1.1 broker, which any broker speaks. Messages come with quality
 * of service 1 and are acknowledged when they are durable: what was not acknowledged, the broker
 * keeps and sends again, also what came while the platform was away. At most {@link #AT_ONCE}
 * messages are under way; then the listener waits, and the broker with it.
 */
@Component
public class MqttListener implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(MqttListener.class);
    private static final int AT_ONCE = 10_000;
    private static final int LONGEST = 4_096;
    private static final int PORT = 1883;
    private static final int TLS_PORT = 8883;

    private final DeviceProperties.Mqtt properties;
    private final HeartbeatQueue queue;
    private final JsonMapper json;
    private final Clock clock;
    private final Source source;
    private final Semaphore free = new Semaphore(AT_ONCE);
    private volatile boolean running;
    private volatile @Nullable Instant connected;
    private @Nullable Mqtt3AsyncClient client;
    private @Nullable ExecutorService worker;

    MqttListener(
            DeviceProperties properties,
            HeartbeatQueue queue,
            Organisations organisations,
            JsonMapper json,
            Clock clock) {
        this.properties = properties.mqtt();
        this.queue = queue;
        this.json = json;
        this.clock = clock;
        String named = this.properties.organisation();
        String organisation = named.isEmpty() ? organisations.top().code() : named;
        if (organisations.find(organisation).isEmpty()) {
            throw new IllegalStateException(
                    "tiaoxi.device.mqtt.organisation: there is no organisation " + organisation);
        }
        this.source = new Source(Source.MQTT, organisations.within(organisation));
    }

    /**
     * How the listener fares.
     *
     * @param url the broker, null if none is configured
     * @param connected since when it is connected, null while it is not
     */
    public record Broker(@Nullable String url, String topic, @Nullable Instant connected) {}

    /** How the listener fares. */
    public Broker broker() {
        URI url = properties.url();
        return new Broker(url == null ? null : url.toString(), properties.topic(), connected);
    }

    @Override
    public void start() {
        URI url = properties.url();
        running = true;
        if (url == null) {
            return;
        }
        ExecutorService thread =
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().name("device-mqtt").factory());
        worker = thread;
        Mqtt3AsyncClient made = builder(url).buildAsync();
        client = made;
        made.connectWith()
                .cleanSession(false)
                .send()
                .thenCompose(ack -> subscribe(made, thread))
                .whenComplete(
                        (ack, failure) -> {
                            if (failure != null && running) {
                                LOG.error("The broker {} lets nobody listen", url, failure);
                            }
                        });
    }

    private Mqtt3ClientBuilder builder(URI url) {
        boolean tls = "mqtts".equals(url.getScheme());
        int port = url.getPort();
        Mqtt3ClientBuilder builder =
                MqttClient.builder()
                        .useMqttVersion3()
                        .identifier(properties.client())
                        .serverHost(url.getHost())
                        .serverPort(port > 0 ? port : tls ? TLS_PORT : PORT)
                        .automaticReconnect()
                        .initialDelay(1, TimeUnit.SECONDS)
                        .maxDelay(30, TimeUnit.SECONDS)
                        .applyAutomaticReconnect()
                        .addConnectedListener(
                                c -> {
                                    connected = clock.instant();
                                    LOG.info("listening to the broker {}", url);
                                })
                        .addDisconnectedListener(
                                c -> {
                                    connected = null;
                                    if (running) {
                                        LOG.warn(
                                                "The broker {} is not reached; trying again: {}",
                                                url,
                                                c.getCause().getMessage());
                                    }
                                });
        if (tls) {
            builder = builder.sslWithDefaultConfig();
        }
        String username = properties.username();
        return username == null
                ? builder
                : builder.simpleAuth()
                        .username(username)
                        .password(password(properties.passwordFile()))
                        .applySimpleAuth();
    }

    private static byte[] password(@Nullable Path file) {
        if (file == null) {
            return new byte[0];
        }
        try {
            return Files.readString(file).strip().getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "tiaoxi.device.mqtt.password-file cannot be read: " + file, e);
        }
    }

    private CompletableFuture<?> subscribe(Mqtt3AsyncClient made, Executor thread) {
        return made.subscribeWith()
                .topicFilter(properties.filter())
                .qos(MqttQos.AT_LEAST_ONCE)
                .callback(this::heard)
                .executor(thread)
                .manualAcknowledgement(true)
                .send();
    }

    private void heard(Mqtt3Publish message) {
        List<String> levels = message.getTopic().getLevels();
        HeartbeatReader.Row row = read(levels.get(properties.level()), message.getPayloadAsBytes());
        try {
            free.acquire();
            take(new HeartbeatRound.Report(source, List.of(row)), message);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** An empty message is a sign of life too. */
    private HeartbeatReader.Row read(String code, byte[] payload) {
        HeartbeatReader.Row wrong = new HeartbeatReader.Row(code, null, Refusal.FORM_WRONG);
        if (payload.length > LONGEST) {
            return wrong;
        }
        try {
            return HeartbeatReader.read(
                    payload.length == 0 ? json.createObjectNode() : json.readTree(payload), code);
        } catch (JacksonException e) {
            return wrong;
        }
    }

    /** Tries until the row is durable; only then the broker may forget the message. */
    private void take(HeartbeatRound.Report report, Mqtt3Publish message) {
        CompletableFuture<Receipt> taken;
        try {
            taken = queue.add(report);
        } catch (DeviceException full) {
            taken = CompletableFuture.failedFuture(full);
        }
        taken.whenComplete(
                (receipt, failure) -> {
                    if (failure == null) {
                        message.acknowledge();
                        free.release();
                    } else if (running) {
                        CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS)
                                .execute(() -> take(report, message));
                    }
                });
    }

    @Override
    public void stop() {
        running = false;
        Mqtt3AsyncClient made = client;
        if (made != null) {
            disconnect(made);
        }
        ExecutorService thread = worker;
        if (thread != null) {
            thread.shutdownNow();
        }
    }

    /** What is not acknowledged by then comes again at the next start. */
    private static void disconnect(Mqtt3AsyncClient made) {
        try {
            made.disconnect().get(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | TimeoutException e) {
            LOG.debug("was not connected to the broker", e);
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** After the queue that it fills has started, and before that stops. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE + 3000;
    }
}
