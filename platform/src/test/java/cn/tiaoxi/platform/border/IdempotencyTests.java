package cn.tiaoxi.platform.border;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.tiaoxi.platform.PlatformTest;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@PlatformTest
class IdempotencyTests {
    @Autowired private Idempotency idempotency;

    record Made(String id, int count) {}

    private final AtomicInteger made = new AtomicInteger();
    private final String key = UUID.randomUUID().toString();

    private Made send(String request) {
        return idempotency.once(
                key,
                "li.na",
                "POST /things",
                request,
                Made.class,
                () -> new Made("thing", made.incrementAndGet()));
    }

    @Test
    void theSameRequestHappensOnceAndIsAnsweredTheSame() {
        assertThat(send("a")).isEqualTo(send("a"));
        assertThat(made).hasValue(1);
    }

    @Test
    void theKeyOfAnotherRequestIsRefused() {
        send("a");
        assertThatThrownBy(() -> send("b"))
                .isInstanceOfSatisfying(
                        BorderException.class,
                        e -> assertThat(e.code()).isEqualTo(BorderError.IDEMPOTENCY_KEY_REUSED));
    }

    @Test
    void aFailedCreationLeavesTheKeyFree() {
        assertThatThrownBy(
                        () ->
                                idempotency.once(
                                        key,
                                        "li.na",
                                        "POST /things",
                                        "a",
                                        Made.class,
                                        () -> {
                                            throw new IllegalArgumentException("no");
                                        }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(send("a").count()).isEqualTo(1);
    }

    @Test
    void twoAtTheSameInstantMakeOne() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Made> first =
                    threads.submit(
                            () ->
                                    idempotency.once(
                                            key,
                                            "li.na",
                                            "POST /things",
                                            "a",
                                            Made.class,
                                            () -> {
                                                inside.countDown();
                                                return new Made("thing", made.incrementAndGet());
                                            }));
            inside.await();
            List<Future<Made>> others = List.of(threads.submit(() -> send("a")));
            assertThat(others.getFirst().get()).isEqualTo(first.get());
        }
        assertThat(made).hasValue(1);
    }
}
