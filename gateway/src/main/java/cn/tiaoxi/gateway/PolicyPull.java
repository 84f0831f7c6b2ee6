package cn.tiaoxi.gateway;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the platform for newer policies, all the time: each question stays open until there is one.
 * One thread of its own.
 */
final class PolicyPull implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyPull.class);
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final HttpClient client;
    private final URI platform;
    private final PolicyKeeper keeper;
    private final Runnable applied;
    private final Thread thread;
    private volatile boolean closed;

    // Owned by the thread.
    private Duration pause = SHORTEST_PAUSE;
    private String lastProblem = "";

    /**
     * @param applied told after each policy that comes into force
     */
    PolicyPull(HttpClient client, URI platform, PolicyKeeper keeper, Runnable applied) {
        this.client = client;
        this.platform = platform;
        this.keeper = keeper;
        this.applied = applied;
        this.thread = Thread.ofVirtual().name("policy-pull").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        while (!closed) {
            try {
                ask();
                pause = SHORTEST_PAUSE;
                lastProblem = "";
            } catch (InterruptedException e) {
                return;
            } catch (IOException | RuntimeException e) {
                report(e);
                LockSupport.parkNanos(pause.toNanos());
                pause = longer(pause);
            }
        }
    }

    private void ask() throws IOException, InterruptedException {
        HttpRequest question =
                HttpRequest.newBuilder(
                                URI.create(
                                        platform
                                                + "/gateway-control/v1/policy?after="
                                                + keeper.version()))
                        .timeout(PATIENCE)
                        .header("Authorization", "Bearer " + keeper.token())
                        .build();
        HttpResponse<byte[]> answer =
                client.send(question, HttpResponse.BodyHandlers.ofByteArray());
        switch (answer.statusCode()) {
            case 200 -> {
                keeper.apply(answer.body());
                applied.run();
            }
            case 204 -> {}
            default -> throw new IOException("the platform answers " + answer.statusCode());
        }
    }

    /** Once for each new problem, so that a platform that is down does not fill the log. */
    private void report(Exception problem) {
        String text = problem.toString();
        if (!text.equals(lastProblem)) {
            LOG.warn("No new policy from {}; the one in force stays: {}", platform, text);
            lastProblem = text;
        }
    }

    private static Duration longer(Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
