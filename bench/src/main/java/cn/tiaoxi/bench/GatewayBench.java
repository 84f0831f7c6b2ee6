package cn.tiaoxi.bench;

import cn.tiaoxi.contract.CallSigner;
import cn.tiaoxi.contract.HttpUpstream;
import cn.tiaoxi.contract.PolicySnapshot;
import cn.tiaoxi.contract.ServingSchema;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * The gateway beside nginx, on loopback, in rounds in turn, with wrk. nginx passes requests on to
 * an upstream that answers a 2 KB JSON list: plain, and with Lua that checks the same signature,
 * counts, logs and masks two fields. The gateway passes them on to the same upstream ({@code
 * service}), and looks the same list up in PostgreSQL ({@code list}) or one row ({@code lookup}),
 * with signature, replay, grant, purpose, quota, masks and a trace record that is durable before
 * the answer. The CPU of upstream and of PostgreSQL does not count and is told apart. Then a policy
 * of 50,000 interfaces and 500,000 grants. {@code --quick} takes shorter and fewer rounds; {@code
 * --calls} leaves the large policy out, {@code --policy} does nothing else, {@code --only=NAME}
 * measures one row, for a profiler.
 */
public final class GatewayBench {
    private static final String SERVICE = "service";
    private static final String LARGE = "large";
    private static final String LOOPBACK = "--upstream-ranges=127.0.0.0/8";
    private static final int CONNECTIONS = 64;
    private static final int MOST_PER_SECOND = 60_000;

    private final Path folder;
    private final boolean quick;
    private final boolean calls;
    private final boolean largePolicy;
    private final String only;
    private final PeerPrograms programs = PeerPrograms.find();
    private final Map<String, Object> figures = new LinkedHashMap<>();

    private GatewayBench(Path folder, List<String> arguments) {
        this.folder = folder;
        this.quick = arguments.contains("--quick");
        this.calls = !arguments.contains("--policy");
        this.only =
                arguments.stream()
                        .filter(a -> a.startsWith("--only="))
                        .map(a -> a.substring(7))
                        .findFirst()
                        .orElse("");
        this.largePolicy = !arguments.contains("--calls") && only.isEmpty();
    }

    /** Runs the benchmark. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("tiaoxi-gateway-bench-");
        int status = 1;
        try {
            new GatewayBench(folder, List.of(arguments)).run();
            status = 0;
        } catch (Exception e) {
            e.printStackTrace();
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
        System.exit(status);
    }

    private void run() throws Exception {
        Wrk wrk = new Wrk(programs, folder);
        try (EmbeddedPostgres database =
                        EmbeddedPostgres.builder()
                                .setDataDirectory(folder.resolve("postgres"))
                                .setLocaleConfig("locale", "C.UTF-8")
                                .start();
                PolicyServer platform = new PolicyServer()) {
            try (Connection connection = database.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute(BenchPolicy.TABLE);
                statement.execute(ServingSchema.quotas());
                statement.execute(ServingSchema.exports());
            }
            if (calls) {
                beside(wrk, database, platform);
            }
            if (largePolicy) {
                new LargePolicyBench(wrk, folder, database, quick, figures).run();
            }
        }
        System.out.println(
                figures.entrySet().stream()
                        .map(f -> "\"" + f.getKey() + "\": " + f.getValue())
                        .collect(Collectors.joining(", ", "{", "}")));
    }

    private void beside(Wrk wrk, EmbeddedPostgres database, PolicyServer platform)
            throws Exception {
        long postgres =
                Long.parseLong(
                        Files.readAllLines(folder.resolve("postgres/postmaster.pid")).getFirst());
        BenchPolicy policy = new BenchPolicy(PolicyServer.TOKEN);
        int seconds = quick ? 2 : 5;
        Rounds rounds = new Rounds();
        try (Peers peers = new Peers(programs, folder);
                GatewayProcess gateway =
                        GatewayProcess.start(
                                folder.resolve("data"), platform, database, List.of(), LOOPBACK)) {
            PolicySnapshot tables = policy.snapshot(1, 10, 10, 1_000_000_000);
            platform.publish(peers.service().map(s -> withService(tables, s)).orElse(tables));
            List<IntFunction<String>> paths =
                    new ArrayList<>(List.of(BenchPolicy::household, BenchPolicy::person));
            peers.service().ifPresent(s -> paths.add(BenchPolicy::service));
            peers.warmUp(wrk, CONNECTIONS, quick ? 4 : 20, MOST_PER_SECOND);
            warmUp(wrk, gateway, paths);
            peers.addTo(rounds, wrk, CONNECTIONS, seconds, MOST_PER_SECOND);
            CallSigner signer = BenchPolicy.signer();
            Map<String, IntFunction<String>> ours = new LinkedHashMap<>();
            peers.service().ifPresent(s -> ours.put(SERVICE, BenchPolicy::service));
            ours.put("list", BenchPolicy::household);
            ours.put("lookup", BenchPolicy::person);
            ours.forEach(
                    (name, path) ->
                            addRun(rounds, name, gateway, postgres, wrk, signer, path, seconds));
            addRun(
                    rounds,
                    "forged",
                    gateway,
                    postgres,
                    wrk,
                    BenchPolicy.forger(),
                    BenchPolicy::person,
                    seconds);
            rounds.keep(only);
            rounds.go(quick ? 3 : 5);
            requireAnswered(rounds);
            figures.put("rss_mb", ProcessUse.memoryMegabytes(gateway.process()));
            report(rounds, peers);
            if (peers.service().isPresent() && only.isEmpty()) {
                stream(gateway);
            }
        }
    }

    private static void addRun(
            Rounds rounds,
            String name,
            GatewayProcess gateway,
            long postgres,
            Wrk wrk,
            CallSigner signer,
            IntFunction<String> paths,
            int seconds) {
        int most = MOST_PER_SECOND * seconds;
        rounds.add(
                name,
                gateway.process(),
                postgres,
                () -> wrk.run(gateway.address(), signer, most, paths, CONNECTIONS, seconds));
    }

    private static PolicySnapshot withService(PolicySnapshot tables, URI address) {
        return BenchPolicy.with(
                tables,
                Stream.of(SERVICE, LARGE)
                        .map(
                                id ->
                                        BenchPolicy.served(
                                                id,
                                                address,
                                                HttpUpstream.Times.USUAL,
                                                HttpUpstream.Breaker.USUAL))
                        .toList());
    }

    private void stream(GatewayProcess gateway) throws Exception {
        StreamRun.Measured large =
                new StreamRun(gateway, "/api/" + LARGE + "?household=1").measure(quick ? 3 : 7);
        put("stream_mb_per_s", large.perCore(), 0);
        put("stream_mb_per_s_by_the_clock", large.perSecond(), 0);
        put("stream_memory_growth_mb", large.growth(), 0);
    }

    /** The JVM compiles what a call runs through. */
    private void warmUp(Wrk wrk, GatewayProcess gateway, List<IntFunction<String>> paths)
            throws Exception {
        long wanted = quick ? 20_000 : 400_000;
        long done = 0;
        for (int i = 0; done < wanted; i++) {
            done +=
                    wrk.run(
                                    gateway.address(),
                                    BenchPolicy.signer(),
                                    MOST_PER_SECOND * 2,
                                    paths.get(i % paths.size()),
                                    CONNECTIONS,
                                    2)
                            .calls();
        }
        figures.put("warm_up_calls", done);
    }

    private static void requireAnswered(Rounds rounds) {
        for (String name : rounds.names()) {
            long refused = rounds.total(name, m -> m.result().refused());
            long calls = rounds.total(name, m -> m.result().calls());
            boolean right = name.equals("forged") ? refused == calls : refused == 0;
            if (!right || rounds.total(name, m -> m.result().broken()) > 0) {
                throw new IllegalStateException(
                        name + ": " + refused + " of " + calls + " calls refused, or broken");
            }
        }
    }

    private void report(Rounds rounds, Peers peers) {
        System.out.printf(
                Locale.ROOT,
                "%-28s %12s %10s %10s %14s %14s%n",
                "medians of rounds in turn",
                "requests/s",
                "p50 ms",
                "p99 ms",
                "CPU ms/1,000",
                "database");
        for (String name : rounds.names()) {
            System.out.printf(
                    Locale.ROOT,
                    "%-28s %12.0f %10.2f %10.2f %14.1f %14.1f%n",
                    name,
                    rounds.median(name, m -> m.result().perSecond()),
                    rounds.median(name, m -> m.result().p50Millis()),
                    rounds.median(name, m -> m.result().p99Millis()),
                    rounds.median(name, Rounds.Measured::cpuPerThousand),
                    rounds.median(name, Rounds.Measured::databaseCpuPerThousand));
        }
        peers.missing().forEach(reason -> System.out.println("left out: " + reason));
        double cpu = cpu(rounds, SERVICE);
        put("cpu_ms_per_1000", cpu, 1);
        put("list_cpu_ms_per_1000", cpu(rounds, "list"), 1);
        put("nginx_plain_cpu_ms_per_1000", cpu(rounds, Peers.PLAIN), 1);
        put("nginx_lua_cpu_ms_per_1000", cpu(rounds, Peers.LUA), 1);
        put("spring_cloud_gateway_cpu_ms_per_1000", cpu(rounds, Peers.SPRING), 1);
        put("cpu_ratio_to_nginx_lua", cpu / cpu(rounds, Peers.LUA), 2);
        put("cpu_ratio_to_nginx_plain", cpu / cpu(rounds, Peers.PLAIN), 2);
        put("requests_per_s", rounds.median(SERVICE, m -> m.result().perSecond()), 0);
        put("p50_ms", rounds.median(SERVICE, m -> m.result().p50Millis()), 2);
        put("p99_ms", rounds.median(SERVICE, m -> m.result().p99Millis()), 2);
        put("nginx_plain_p99_ms", rounds.median(Peers.PLAIN, m -> m.result().p99Millis()), 2);
        put(
                "list_postgres_cpu_ms_per_1000",
                rounds.median("list", Rounds.Measured::databaseCpuPerThousand),
                1);
        put("lookup_per_s", rounds.median("lookup", m -> m.result().perSecond()), 0);
        put("lookup_cpu_ms_per_1000", rounds.median("lookup", Rounds.Measured::cpuPerThousand), 1);
        put("forged_per_s", rounds.median("forged", m -> m.result().perSecond()), 0);
        put(
                "forged_ratio_to_lookup",
                rounds.median("forged", m -> m.result().perSecond())
                        / rounds.median("lookup", m -> m.result().perSecond()),
                2);
        put("forged_cpu_ms_per_1000", rounds.median("forged", Rounds.Measured::cpuPerThousand), 1);
    }

    private static double cpu(Rounds rounds, String name) {
        return rounds.median(name, Rounds.Measured::cpuPerThousand);
    }

    private void put(String name, double value, int digits) {
        figures.put(
                name,
                Double.isNaN(value)
                        ? "null"
                        : String.format(Locale.ROOT, "%." + digits + "f", value));
    }
}
