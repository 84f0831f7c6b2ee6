package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.GatewayFigures;
import cn.tiaoxi.contract.Wire;
import cn.tiaoxi.gateway.meter.Figures;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the platform what goes through the gateway, as often as it wants: each second while
 * somebody watches. A thread of its own. Figures that do not arrive are not sent again.
 */
final class FigureReports implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FigureReports.class);
    private static final long SELDOM_MILLIS = 5_000;
    private static final long LEAST_MILLIS = 500;

    private final HttpClient client;
    private final URI platform;
    private final PolicyKeeper keeper;
    private final Figures figures;
    private final Thread thread;

    FigureReports(HttpClient client, URI platform, PolicyKeeper keeper, Figures figures) {
        this.client = client;
        this.platform = platform;
        this.keeper = keeper;
        this.figures = figures;
        this.thread = Thread.ofVirtual().name("figures").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        Instant from = Instant.now();
        long every = SELDOM_MILLIS;
        try {
            while (true) {
                awaitEnd(every);
                Instant until = Instant.now();
                every = tell(figures.since(from, until));
                from = until;
            }
        } catch (InterruptedException e) {
            LOG.debug("Figures end");
        }
    }

    /** Spans end with the clock's, so that those of several gateways fall together. */
    private static void awaitEnd(long every) throws InterruptedException {
        long now = System.currentTimeMillis();
        TimeUnit.MILLISECONDS.sleep(every - now % every);
    }

    /** Sends them, and returns after how many milliseconds the next are wanted. */
    private long tell(GatewayFigures one) throws InterruptedException {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(platform + "/gateway-control/v1/figures"))
                            .timeout(Duration.ofSeconds(2))
                            .header("Authorization", "Bearer " + keeper.token())
                            .header("Content-Type", "application/json")
                            .POST(
                                    HttpRequest.BodyPublishers.ofByteArray(
                                            Wire.JSON.writeValueAsBytes(one)))
                            .build();
            HttpResponse<byte[]> answer =
                    client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() == 200) {
                long wanted = Wire.read(answer.body(), GatewayFigures.Wish.class).everyMillis();
                return Math.clamp(wanted, LEAST_MILLIS, SELDOM_MILLIS);
            }
            LOG.debug("The platform answers figures with {}", answer.statusCode());
        } catch (IOException | RuntimeException | Error e) { // Also too little memory, for now.
            LOG.debug("No figures reached the platform: {}", e.toString());
        }
        return SELDOM_MILLIS;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
