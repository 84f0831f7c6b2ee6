package cn.tiaoxi.bench;

import cn.tiaoxi.bench.FaultyService.Manner;
import cn.tiaoxi.contract.CallSigner;
import cn.tiaoxi.contract.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** One program that calls a gateway in all ways, at a steady pace, until it is told to stop. */
final class SoakCaller implements Runnable {
    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(15);

    private final URI gateway;
    private final SoakAnswers answers;
    private final Supplier<@Nullable GrantTurn> turn;
    private final LongAdder unanswered;
    private final Random random;
    private final CallSigner signer = BenchPolicy.signer();
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();
    private volatile boolean stopped;

    /**
     * What is known of the grant that changes.
     *
     * @param number another one for each change
     * @param active whether it is in force
     */
    record GrantTurn(long number, boolean active) {}

    /**
     * @param turn what is known now of the grant that changes; null while it changes
     * @param unanswered counts calls without any answer
     */
    SoakCaller(
            URI gateway,
            SoakAnswers answers,
            Supplier<@Nullable GrantTurn> turn,
            LongAdder unanswered,
            long seed) {
        this.gateway = gateway;
        this.answers = answers;
        this.turn = turn;
        this.unanswered = unanswered;
        this.random = new Random(seed);
    }

    void stop() {
        stopped = true;
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                long next = System.nanoTime() + PACE_NANOS;
                call(random.nextInt(100));
                TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            http.close();
        }
    }

    private void call(int chance) throws InterruptedException {
        try {
            if (chance < 40) {
                int household = random.nextInt(BenchPolicy.ROWS / 10 - 1);
                answers.ofTable(household, get("/api/people-0?household=" + household, signer));
            } else if (chance < 55) {
                GrantTurn before = turn.get();
                SoakAnswers.Answer answer = get("/api/people-1?household=5", signer);
                GrantTurn after = turn.get();
                boolean same = before != null && before.equals(after);
                answers.ofChangingGrant(same ? before.active() : null, answer);
            } else if (chance < 58) {
                answers.ofForgery(get("/api/people-0?household=1", BenchPolicy.forger()));
            } else if (chance < 59) {
                answers.ofService(Manner.LONG, get(path(Manner.LONG), signer));
            } else {
                Manner manner = Manner.values()[random.nextInt(Manner.values().length)];
                boolean seldom = manner == Manner.LONG || manner == Manner.LONG_CUT;
                if (!seldom || random.nextInt(10) == 0) {
                    answers.ofService(manner, get(path(manner), signer));
                }
            }
        } catch (IOException e) {
            unanswered.increment();
        }
    }

    private static String path(Manner manner) {
        return "/api/" + manner.path() + "?household=1";
    }

    private SoakAnswers.Answer get(String path, CallSigner by)
            throws IOException, InterruptedException {
        URI address = URI.create(gateway + path);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(30)).GET();
        by.sign(address).forEach(request::header);
        HttpResponse<InputStream> response =
                http.send(request.build(), BodyHandlers.ofInputStream());
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        boolean broken = false;
        try (InputStream in = response.body()) {
            in.transferTo(body);
        } catch (IOException e) {
            broken = true;
        }
        String given = response.headers().firstValue("Tiaoxi-Request-Id").orElse(null);
        return new SoakAnswers.Answer(
                response.statusCode(),
                given == null ? within(body.toByteArray()) : given,
                body.toByteArray(),
                broken);
    }

    /** The identifier that a refusal carries in its body. */
    private static @Nullable String within(byte[] body) {
        try {
            String found = Wire.JSON.readTree(body).path("requestId").asString();
            return found.isEmpty() ? null : found;
        } catch (JacksonException e) {
            return null;
        }
    }
}
