package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.GatewayHeartbeat;
import cn.tiaoxi.contract.Wire;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the platform how the gateway is, every five seconds and when asked. A thread of its own.
 */
final class Heartbeats implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeats.class);
    private static final long EVERY_SECONDS = 5;

    private final HttpClient client;
    private final URI platform;
    private final PolicyKeeper keeper;
    private final Supplier<GatewayHeartbeat> state;
    private final Semaphore asked = new Semaphore(0);
    private final Thread thread;

    Heartbeats(
            HttpClient client,
            URI platform,
            PolicyKeeper keeper,
            Supplier<GatewayHeartbeat> state) {
        this.client = client;
        this.platform = platform;
        this.keeper = keeper;
        this.state = state;
        this.thread = Thread.ofVirtual().name("heartbeats").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Sends one at once. */
    void now() {
        asked.release();
    }

    private void run() {
        try {
            while (true) {
                send();
                if (asked.tryAcquire(EVERY_SECONDS, TimeUnit.SECONDS)) {
                    asked.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("Heartbeats end");
        }
    }

    private void send() throws InterruptedException {
        try {
            HttpRequest beat =
                    HttpRequest.newBuilder(URI.create(platform + "/gateway-control/v1/heartbeat"))
                            .timeout(Duration.ofSeconds(EVERY_SECONDS))
                            .header("Authorization", "Bearer " + keeper.token())
                            .header("Content-Type", "application/json")
                            .POST(
                                    HttpRequest.BodyPublishers.ofByteArray(
                                            Wire.JSON.writeValueAsBytes(state.get())))
                            .build();
            int status = client.send(beat, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status >= 300) {
                LOG.warn("The platform answers a heartbeat with {}", status);
            }
        } catch (IOException | RuntimeException | Error e) { // Also too little memory, for now.
            LOG.debug("No heartbeat reached the platform: {}", e.toString());
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
