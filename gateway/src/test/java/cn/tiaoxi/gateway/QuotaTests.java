package cn.tiaoxi.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.tiaoxi.contract.CallLimits;
import cn.tiaoxi.contract.PolicySnapshot.CallerApplication;
import cn.tiaoxi.contract.PolicySnapshot.Grant;
import cn.tiaoxi.contract.PolicySnapshot.InterfaceState;
import cn.tiaoxi.contract.PolicySnapshot.PublishedInterface;
import cn.tiaoxi.gateway.quota.Charge;
import cn.tiaoxi.gateway.quota.ExhaustedException;
import cn.tiaoxi.gateway.quota.QuotaStore;
import cn.tiaoxi.gateway.quota.Quotas;
import cn.tiaoxi.gateway.quota.Span;
import cn.tiaoxi.gateway.quota.StoreAwayException;
import cn.tiaoxi.gateway.quota.Subject.Kind;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Limits hold for several gateways together, over a real PostgreSQL and a real Redis server. */
class QuotaTests {
    private static final PublishedInterface OPEN =
            TestPolicy.people("people", "serving.t_people_1", InterfaceState.LIVE);
    private static final CallerApplication CALLER =
            new CallerApplication("app", "app", "330500-data", List.of(), true);

    @TempDir static Path folder;
    private static TestDatabase database;
    private static RedisServer redis;
    private static Vertx vertx;

    private final List<Quotas> gateways = new ArrayList<>();

    /** What the calls are counted in. */
    enum Store {
        POSTGRESQL,
        REDIS
    }

    @BeforeAll
    static void start() throws Exception {
        database = TestDatabase.start();
        redis = RedisServer.startIfThere(folder.resolve("redis"));
        vertx = Vertx.vertx();
        Files.writeString(folder.resolve("serving.properties"), database.servingProperties());
    }

    @AfterAll
    static void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get();
        database.close();
        if (redis != null) {
            redis.close();
        }
    }

    @AfterEach
    void close() {
        gateways.forEach(Quotas::close);
    }

    private List<Quotas> gateways(Store store, int count) {
        for (int i = 0; i < count; i++) {
            gateways.add(new Quotas(open(store)));
        }
        return gateways;
    }

    private static QuotaStore open(Store store) {
        if (store == Store.POSTGRESQL) {
            return new PostgresQuotas(new ServingFile(folder.resolve("serving.properties")), vertx);
        }
        Assumptions.assumeTrue(redis != null, "redis-server is not on this machine");
        return new ValkeyQuotas(redis.address(), vertx);
    }

    private static Grant grant(int perSecond, long perDay, Long inAll) {
        Grant limited = TestPolicy.limited(unique("g"), "people", perSecond, perDay);
        return inAll == null ? limited : TestPolicy.onlyInAll(limited, inAll);
    }

    private static String unique(String prefix) {
        return prefix + HexFormat.of().toHexDigits(System.nanoTime());
    }

    private static boolean take(Charge charge) {
        try {
            CompletableFuture<Void> waiting = charge.take();
            if (waiting != null) {
                waiting.join();
            }
            return true;
        } catch (ExhaustedException e) {
            return false;
        } catch (CompletionException e) {
            assertThat(e.getCause()).isInstanceOf(ExhaustedException.class);
            return false;
        }
    }

    /** Takes as long as asked, each gateway in its own thread with its own pause between calls. */
    private int takeAtOnce(List<Quotas> from, Grant grant, BooleanSupplier goOn) throws Exception {
        AtomicInteger taken = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < from.size(); i++) {
            Quotas quotas = from.get(i);
            long pauseMicros = 100L << (2 * i);
            threads.add(
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        while (goOn.getAsBoolean()) {
                                            if (take(quotas.charge(grant, CALLER, OPEN))) {
                                                taken.incrementAndGet();
                                            }
                                            sleep(Duration.ofNanos(pauseMicros * 1_000));
                                        }
                                    }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return taken.get();
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @EnumSource
    void three_gateways_share_a_day_within_one_percent(Store store) throws Exception {
        Grant grant = grant(1_000_000, 2_000, null);
        AtomicInteger refused = new AtomicInteger();
        List<Quotas> three = gateways(store, 3);
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        AtomicInteger taken = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Quotas quotas = three.get(i);
            int pause = i;
            threads.add(
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        int in_a_row = 0;
                                        while (in_a_row < 50 && System.nanoTime() < end) {
                                            boolean got = take(quotas.charge(grant, CALLER, OPEN));
                                            in_a_row = got ? 0 : in_a_row + 1;
                                            (got ? taken : refused).incrementAndGet();
                                            sleep(Duration.ofNanos(50_000L << (2 * pause)));
                                        }
                                    }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(taken.get()).isBetween(1_980, 2_000);
        assertThat(refused.get()).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void three_gateways_share_a_second_within_one_percent(Store store) throws Exception {
        Grant grant = grant(500, 1_000_000, null);
        List<Quotas> three = gateways(store, 3);
        long second = System.currentTimeMillis() / 1_000 + 2;
        takeAtOnce(three, grant, () -> System.currentTimeMillis() / 1_000 < second);
        long end = second + 4;
        int taken = takeAtOnce(three, grant, () -> System.currentTimeMillis() / 1_000 < end);
        assertThat(taken).isBetween(4 * 500 - 20, 4 * 500 + 20);
    }

    @ParameterizedTest
    @EnumSource
    void few_calls_are_shared_exactly(Store store) {
        Grant grant = grant(1_000, 1_000, 3L);
        List<Quotas> three = gateways(store, 3);
        for (Quotas each : three) {
            assertThat(take(each.charge(grant, CALLER, OPEN))).isTrue();
        }
        assertThatThrownBy(() -> three.getFirst().charge(grant, CALLER, OPEN).take().join())
                .cause()
                .isInstanceOfSatisfying(
                        ExhaustedException.class,
                        reached -> {
                            assertThat(reached.span()).isEqualTo(Span.WHOLE);
                            assertThat(reached.most()).isEqualTo(3);
                        });
    }

    @ParameterizedTest
    @EnumSource
    void what_a_gateway_counted_is_kept_when_it_ends(Store store) {
        Grant grant = grant(1_000, 20, null);
        Quotas first = new Quotas(open(store));
        for (int i = 0; i < 15; i++) {
            assertThat(take(first.charge(grant, CALLER, OPEN))).isTrue();
        }
        first.close();
        Quotas second = gateways(store, 1).getFirst();
        int taken = 0;
        while (take(second.charge(grant, CALLER, OPEN))) {
            taken++;
        }
        assertThat(taken).isEqualTo(5);
    }

    @Test
    void a_call_given_back_can_be_made_again() {
        Grant grant = grant(1_000, 1, null);
        Quotas quotas = gateways(Store.POSTGRESQL, 1).getFirst();
        Charge charge = quotas.charge(grant, CALLER, OPEN);
        assertThat(take(charge)).isTrue();
        assertThat(take(quotas.charge(grant, CALLER, OPEN))).isFalse();
        charge.giveBack();
        assertThat(take(quotas.charge(grant, CALLER, OPEN))).isTrue();
        assertThat(take(quotas.charge(grant, CALLER, OPEN))).isFalse();
    }

    @Test
    void limits_of_application_interface_and_organisation_hold_over_all_grants() {
        Quotas quotas = gateways(Store.POSTGRESQL, 1).getFirst();
        CallLimits two = new CallLimits(null, 2L, null);
        for (Kind kind : List.of(Kind.APPLICATION, Kind.INTERFACE, Kind.ORGANISATION)) {
            String id = unique("limited");
            CallerApplication caller =
                    new CallerApplication(
                            kind == Kind.APPLICATION ? id : unique("app"),
                            "app",
                            kind == Kind.ORGANISATION ? id : unique("org"),
                            List.of(),
                            true,
                            kind == Kind.APPLICATION ? two : CallLimits.NONE,
                            kind == Kind.ORGANISATION ? two : CallLimits.NONE);
            PublishedInterface published =
                    TestPolicy.limited(
                            kind == Kind.INTERFACE ? id : "people",
                            "t",
                            kind == Kind.INTERFACE ? two : CallLimits.NONE);
            for (int i = 0; i < 2; i++) {
                assertThat(take(quotas.charge(grant(10, 10, null), caller, published))).isTrue();
            }
            Grant third = grant(10, 1, null);
            assertThat(take(quotas.charge(third, caller, published))).isFalse();
            assertThat(take(quotas.charge(third, CALLER, OPEN)))
                    .as("what one limit refuses is taken from no other")
                    .isTrue();
        }
    }

    @Test
    void a_changed_limit_holds_at_once() {
        Quotas quotas = gateways(Store.POSTGRESQL, 1).getFirst();
        Grant two = grant(1_000, 2, null);
        assertThat(take(quotas.charge(two, CALLER, OPEN))).isTrue();
        assertThat(take(quotas.charge(two, CALLER, OPEN))).isTrue();
        assertThat(take(quotas.charge(two, CALLER, OPEN))).isFalse();
        assertThat(take(quotas.charge(withPerDay(two, 3), CALLER, OPEN))).isTrue();
        assertThat(take(quotas.charge(withPerDay(two, 3), CALLER, OPEN))).isFalse();
        assertThat(take(quotas.charge(withPerDay(two, 1), CALLER, OPEN))).isFalse();
    }

    private static Grant withPerDay(Grant grant, long perDay) {
        return new Grant(
                grant.id(),
                grant.application(),
                grant.interfaceId(),
                grant.fields(),
                grant.masks(),
                grant.purpose(),
                grant.perSecond(),
                perDay,
                grant.inAll(),
                grant.validFrom(),
                grant.validUntil(),
                grant.state());
    }

    @Test
    void without_the_store_a_gateway_goes_on_within_its_lease() throws Exception {
        try (TestDatabase own = TestDatabase.start()) {
            Path file = folder.resolve("own.properties");
            Files.writeString(file, own.servingProperties());
            Quotas quotas = new Quotas(new PostgresQuotas(new ServingFile(file), vertx));
            gateways.add(quotas);
            Grant grant = grant(50, 100_000, null);
            for (int i = 0; i < 40; i++) {
                assertThat(take(quotas.charge(grant, CALLER, OPEN))).isTrue();
            }
            own.close();

            int taken = 0;
            long lastTaken = System.nanoTime();
            while (System.nanoTime() - lastTaken < Duration.ofMillis(2_500).toNanos()) {
                try {
                    CompletableFuture<Void> waiting = quotas.charge(grant, CALLER, OPEN).take();
                    if (waiting != null) {
                        waiting.get();
                    }
                    taken++;
                    lastTaken = System.nanoTime();
                } catch (ExecutionException e) {
                    assertThat(e).hasCauseInstanceOf(StoreAwayException.class);
                } catch (StoreAwayException e) {
                    sleep(Duration.ofMillis(20)); // The next second may have as many again.
                }
            }

            assertThat(taken).as("0.25 % of a day").isBetween(100, 500);
            assertThat(quotas.storeFailure()).isNotNull();
        }
    }

    /** A Redis server of Debian's, which speaks what Valkey speaks. */
    private record RedisServer(Process process, int port) implements AutoCloseable {
        static RedisServer startIfThere(Path folder) throws IOException {
            Path unpacked = Path.of("../target/tiaoxi/peers/usr").toAbsolutePath();
            Path program =
                    Stream.of(
                                    Path.of("/usr/bin/valkey-server"),
                                    Path.of("/usr/bin/redis-server"),
                                    unpacked.resolve("bin/redis-server"))
                            .filter(Files::isExecutable)
                            .findFirst()
                            .orElse(null);
            if (program == null) {
                return null;
            }
            Files.createDirectories(folder);
            int port = freePort();
            ProcessBuilder server =
                    new ProcessBuilder(
                                    program.toString(),
                                    "--port",
                                    Integer.toString(port),
                                    "--dir",
                                    folder.toString(),
                                    "--bind",
                                    "127.0.0.1")
                            .redirectErrorStream(true)
                            .redirectOutput(folder.resolve("log").toFile());
            if (program.startsWith(unpacked)) {
                server.environment().put("LD_LIBRARY_PATH", unpacked + "/lib/x86_64-linux-gnu");
            }
            RedisServer started = new RedisServer(server.start(), port);
            started.awaitListening();
            return started;
        }

        private void awaitListening() throws IOException {
            long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (true) {
                try (Socket ignored = new Socket("127.0.0.1", port)) {
                    return;
                } catch (IOException e) {
                    if (!process.isAlive() || System.nanoTime() > end) {
                        throw e;
                    }
                    sleep(Duration.ofMillis(20));
                }
            }
        }

        private static int freePort() throws IOException {
            try (ServerSocket socket = new ServerSocket(0)) {
                return socket.getLocalPort();
            }
        }

        URI address() {
            return URI.create("redis://127.0.0.1:" + port);
        }

        @Override
        public void close() throws Exception {
            process.destroy();
            process.waitFor();
        }
    }
}
