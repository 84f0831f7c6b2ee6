package cn.tiaoxi.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the platform for what changed, all the time: each question stays open until there is
 * something. One thread of its own, which whatever fails does not end.
 */
final class PolicyPull implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyPull.class);
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration LONGEST_ANSWER = Duration.ofMinutes(5);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final HttpClient client;
    private final URI platform;
    private final PolicyKeeper keeper;
    private final Runnable told;
    private final Thread thread;
    private volatile boolean closed;

    // Owned by the thread.
    private Duration pause = SHORTEST_PAUSE;
    private String lastProblem = "";

    /**
     * @param told called after each policy that came into force or was refused
     */
    PolicyPull(HttpClient client, URI platform, PolicyKeeper keeper, Runnable told) {
        this.client = client;
        this.platform = platform;
        this.keeper = keeper;
        this.told = told;
        this.thread = Thread.ofPlatform().daemon().name("policy-pull").unstarted(this::run);
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
            } catch (Exception | Error e) { // Also too little memory: the next may be smaller.
                goOn(e);
            }
        }
    }

    private void goOn(Throwable problem) {
        try {
            report(problem);
        } catch (Exception | Error e) { // There may be no memory for words.
            lastProblem = "";
        }
        LockSupport.parkNanos(pause.toNanos());
        pause = longer(pause);
    }

    private void ask() throws IOException, InterruptedException {
        PolicyKeeper.Question asked = keeper.question();
        String query =
                "?after="
                        + asked.version()
                        + "&digest="
                        + (asked.digest() == null ? "" : asked.digest());
        HttpRequest question =
                HttpRequest.newBuilder(URI.create(platform + "/gateway-control/v1/policy" + query))
                        .timeout(PATIENCE)
                        .header("Authorization", "Bearer " + keeper.token())
                        .build();
        HttpResponse<InputStream> answer =
                client.send(question, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            switch (answer.statusCode()) {
                case 200 -> apply(body);
                case 204 -> {}
                default -> throw new IOException("the platform answers " + answer.statusCode());
            }
        }
    }

    /** An answer that stops in its middle is ended from outside. */
    private void apply(InputStream body) throws IOException {
        Thread watch = Thread.ofVirtual().start(() -> endLater(body));
        try {
            keeper.apply(body);
        } finally {
            watch.interrupt();
            told.run();
        }
    }

    private static void endLater(InputStream body) {
        try {
            Thread.sleep(LONGEST_ANSWER);
            body.close();
        } catch (InterruptedException e) {
            LOG.trace("The answer was read in time");
        } catch (IOException e) {
            LOG.debug("The answer cannot be ended: {}", e.toString());
        }
    }

    /** Once for each new problem, so that a platform that is down does not fill the log. */
    private void report(Throwable problem) {
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
