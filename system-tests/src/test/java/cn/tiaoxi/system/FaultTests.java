package cn.tiaoxi.system;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.command.PlatformClient;
import cn.tiaoxi.command.PlatformRefusal;
import cn.tiaoxi.command.SignedCaller;
import cn.tiaoxi.command.Waiting;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Processes are killed in the middle of work: what was acknowledged is kept, nothing is half done.
 */
class FaultTests {
    @TempDir static Path data;
    @TempDir Path folder;
    private static LaunchedPlatform platform;

    @BeforeAll
    static void start() throws Exception {
        platform = LaunchedPlatform.start(data, "--demo=accounts");
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    void aPlatformKilledInTheMiddleOfALoadLeavesNoHalfTable() throws Exception {
        String upload;
        try (Loop loop = new Loop(platform, folder)) {
            upload = loop.order("百货店铺登记子", Loop.shops(400_000));
            platform.kill("platform");
        }
        awaitPlatform();
        try (Loop loop = new Loop(platform, folder)) {
            JsonNode ended = loop.ended(upload);
            List<JsonNode> found = titled(loop, "百货店铺登记子");
            if (ended.path("state").asString().equals("LOADED")) {
                assertThat(found).hasSize(1);
                assertThat(found.getFirst().path("rows").asLong()).isEqualTo(400_000);
            } else {
                assertThat(ended.path("state").asString()).isIn("FAILED", "CANCELLED");
                assertThat(ended.path("error").path("mend").asString()).isNotBlank();
                assertThat(found).isEmpty();
            }
        }
    }

    /** The datasets of exactly that title; the search also finds what is like it. */
    private static List<JsonNode> titled(Loop loop, String title) {
        JsonNode page = loop.owner.get("/datasets?q=" + PlatformClient.encode(title));
        return page.path("items")
                .valueStream()
                .filter(dataset -> dataset.path("title").asString().equals(title))
                .toList();
    }

    @Test
    void theGatewayGoesOnAnsweringWhileThePlatformIsDownAndKnowsItsPolicyAfterAKill()
            throws Exception {
        try (Loop loop = new Loop(platform, folder)) {
            loop.lookup("shops-fault", loop.dataset("百货店铺登记丑", Loop.shops(100)));
            String application = loop.application("店铺核验丑");
            loop.approve(
                    loop.ask("shops-fault", application, List.of("code", "shop"), "核验店铺是否存在。")
                            .path("id")
                            .asString());
            try (SignedCaller caller = loop.caller(application)) {
                Map<String, String> parameters = Map.of("code", "S100003");
                Loop.awaitStatus(caller, "shops-fault", parameters, 200);

                platform.kill("platform");
                assertThat(caller.call("shops-fault", parameters).statusCode()).isEqualTo(200);

                platform.kill("gateway");
                awaitCall(caller, parameters);
                awaitPlatform();
                assertThat(caller.call("shops-fault", parameters).statusCode()).isEqualTo(200);
            }
        }
    }

    @Test
    void everyCallThatWasAnsweredIsInTheTraceThoughTheGatewayIsKilledInTheMiddle()
            throws Exception {
        try (Loop loop = new Loop(platform, folder)) {
            loop.lookup("shops-kill", loop.dataset("百货店铺登记寅", Loop.shops(100)));
            String application = loop.application("店铺核验寅");
            loop.approve(
                    loop.ask("shops-kill", application, List.of("code", "shop"), "核验店铺是否存在。")
                            .path("id")
                            .asString());
            AtomicInteger answered = new AtomicInteger();
            AtomicBoolean enough = new AtomicBoolean();
            try (SignedCaller caller = loop.caller(application)) {
                Map<String, String> parameters = Map.of("code", "S100003");
                Loop.awaitStatus(caller, "shops-kill", parameters, 200);
                answered.incrementAndGet();
                Thread calling =
                        Thread.ofVirtual()
                                .start(
                                        () -> {
                                            while (!enough.get()) {
                                                answered.addAndGet(
                                                        attempt(caller, "shops-kill", parameters));
                                            }
                                        });
                Waiting.until(
                        "200 answers", Duration.ofSeconds(60), answered::get, count -> count > 200);
                platform.kill("gateway");
                enough.set(true);
                calling.join();
            }
            int wanted = answered.get();
            JsonNode calls =
                    Waiting.until(
                            wanted + " calls on record",
                            Duration.ofSeconds(60),
                            () -> loop.owner.get("/calls?limit=1&interface=shops-kill&outcome=OK"),
                            now -> now.path("total").asInt() >= wanted);
            assertThat(calls.path("total").asInt()).isBetween(wanted, wanted + 1);
        }
    }

    private static int attempt(SignedCaller caller, String lookup, Map<String, String> parameters) {
        try {
            return caller.call(lookup, parameters).statusCode() == 200 ? 1 : 0;
        } catch (UncheckedIOException killed) {
            return 0;
        }
    }

    @Test
    void everyRequestAndDecisionThatWasAcknowledgedSurvivesTheDatabasesDeath() throws Exception {
        List<String> asked = new ArrayList<>();
        List<String> approved = new ArrayList<>();
        try (Loop loop = new Loop(platform, folder)) {
            loop.lookup("shops-data", loop.dataset("百货店铺登记卯", Loop.shops(100)));
            String application = loop.application("店铺核验卯");
            AtomicBoolean enough = new AtomicBoolean();
            Thread asking =
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        while (!enough.get()) {
                                            askAndApprove(loop, application, asked, approved);
                                        }
                                    });
            Waiting.until(
                    "five decisions",
                    Duration.ofSeconds(120),
                    () -> {
                        synchronized (approved) {
                            return approved.size();
                        }
                    },
                    count -> count >= 5);
            platform.kill("postgres");
            enough.set(true);
            asking.join();
        }
        awaitDatabase();
        try (Loop loop = new Loop(platform, folder)) {
            for (String request : asked) {
                JsonNode kept = loop.asker.get("/requests/" + request);
                boolean decided = kept.path("state").asString().equals("APPROVED");
                assertThat(decided || kept.path("state").asString().equals("IN_REVIEW")).isTrue();
                assertThat(decided).as("grant of %s", request).isEqualTo(hasGrant(kept));
                if (approved.contains(request)) {
                    assertThat(decided).isTrue();
                }
            }
        }
    }

    private static boolean hasGrant(JsonNode request) {
        JsonNode grant = request.path("grant");
        return !(grant.isNull() || grant.isMissingNode());
    }

    private static void askAndApprove(
            Loop loop, String application, List<String> asked, List<String> approved) {
        try {
            String request =
                    loop.ask("shops-data", application, List.of("code", "shop"), "核验店铺是否存在。")
                            .path("id")
                            .asString();
            synchronized (approved) {
                asked.add(request);
            }
            loop.approve(request);
            synchronized (approved) {
                approved.add(request);
            }
        } catch (PlatformRefusal | UncheckedIOException failed) {
            // Not acknowledged: it may have happened or not, but not by half.
        }
    }

    private static void awaitCall(SignedCaller caller, Map<String, String> parameters) {
        Waiting.until(
                "the gateway after its death",
                Duration.ofSeconds(60),
                () -> attempt(caller, "shops-fault", parameters),
                answered -> answered == 1);
    }

    private static void awaitPlatform() {
        Waiting.until(
                "the platform after its death",
                Duration.ofMinutes(3),
                () -> status(platform.address().resolve("/actuator/health")),
                status -> status == 200);
    }

    /** The database is back when a person can sign in. */
    private static void awaitDatabase() {
        Waiting.until(
                "the database after its death",
                Duration.ofMinutes(3),
                () -> {
                    try (PlatformClient client = platform.as(Loop.OWNER)) {
                        return client.get("/datasets?limit=1").has("items");
                    } catch (PlatformRefusal | UncheckedIOException e) {
                        return false;
                    }
                },
                works -> works);
    }

    private static int status(URI address) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(5)).build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (java.io.IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }
}
