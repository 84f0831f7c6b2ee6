package cn.tiaoxi.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Two gateways, one with a small policy and one with a large one, called in turn: what a call costs
 * beside, how long the large one takes to load, how long one changed grant takes, and what changes
 * twice a second do to the calls meanwhile.
 */
final class LargePolicyBench {
    private static final int INTERFACES = 50_000;
    private static final int GRANTS = 500_000;
    private static final int QUICK_INTERFACES = 5_000;
    private static final int QUICK_GRANTS = 50_000;
    private static final long PER_DAY = 1_000_000_000;

    /** What a gateway for so large a policy is given. */
    private static final String HEAP = "1500m";

    /** Calls on so few connections show a pause as latency, not as a queue. */
    private static final int CONNECTIONS = 4;

    private static final int MOST_PER_SECOND = 60_000;

    private final Wrk wrk;
    private final Path folder;
    private final EmbeddedPostgres database;
    private final boolean quick;
    private final Map<String, Object> figures;
    private final BenchPolicy policy = new BenchPolicy(PolicyServer.TOKEN);

    LargePolicyBench(
            Wrk wrk,
            Path folder,
            EmbeddedPostgres database,
            boolean quick,
            Map<String, Object> figures) {
        this.wrk = wrk;
        this.folder = folder;
        this.database = database;
        this.quick = quick;
        this.figures = figures;
    }

    void run() throws Exception {
        List<String> heap = List.of("-Xmx" + HEAP);
        try (PolicyServer few = new PolicyServer();
                PolicyServer many = new PolicyServer();
                GatewayProcess small =
                        GatewayProcess.start(folder.resolve("small"), few, database, heap);
                GatewayProcess large =
                        GatewayProcess.start(folder.resolve("large"), many, database, heap)) {
            few.publish(policy.snapshot(1, 10, 10, PER_DAY));
            int interfaces = quick ? QUICK_INTERFACES : INTERFACES;
            int grants = quick ? QUICK_GRANTS : GRANTS;
            figures.put("interfaces", interfaces);
            figures.put("grants", grants);
            put(
                    "policy_load_s",
                    many.publish(policy.snapshot(1, interfaces, grants, PER_DAY)) / 1e3);
            figures.put("large_heap", "\"" + HEAP + "\"");
            costs(small, large);
            figures.put("rss_mb_small_policy", ProcessUse.memoryMegabytes(small.process()));
            figures.put("rss_mb_50k_routes", ProcessUse.memoryMegabytes(large.process()));
            changes(large, many);
        } catch (IllegalStateException e) {
            System.out.println(Files.readString(folder.resolve("large/logs/gateway.log")));
            throw e;
        }
    }

    /** Rounds in turn, so that what else the machine does meets both. */
    private void costs(GatewayProcess small, GatewayProcess large) throws Exception {
        for (int i = 0; i < (quick ? 2 : 6); i++) {
            round(small, 2, CONNECTIONS);
            round(large, 2, CONNECTIONS);
        }
        double[] ratios = new double[quick ? 5 : 9];
        double[] costs = new double[ratios.length];
        for (int i = 0; i < ratios.length; i++) {
            double before = cpu(small);
            costs[i] = cpu(large);
            ratios[i] = costs[i] / ((before + cpu(small)) / 2);
        }
        Arrays.sort(ratios);
        Arrays.sort(costs);
        put("cost_ratio_50k_routes", ratios[ratios.length / 2]);
        put("cpu_ms_per_1000_50k_routes", costs[costs.length / 2]);
    }

    private void changes(GatewayProcess gateway, PolicyServer platform) throws Exception {
        int seconds = quick ? 6 : 20;
        Wrk.Result quiet = round(gateway, seconds, CONNECTIONS);
        List<Double> applied = new ArrayList<>();
        Wrk.Result changing;
        try (ExecutorService caller = Executors.newSingleThreadExecutor()) {
            Future<Wrk.Result> calls = caller.submit(() -> round(gateway, seconds, CONNECTIONS));
            for (int i = 0; !calls.isDone(); i++) {
                long next = System.nanoTime() + 500_000_000L;
                applied.add(
                        platform.publish(
                                2 + i,
                                BenchPolicy.called(PER_DAY - i),
                                BenchPolicy.called(PER_DAY - i - 1)));
                while (System.nanoTime() < next) {
                    java.util.concurrent.locks.LockSupport.parkNanos(next - System.nanoTime());
                }
            }
            changing = calls.get();
        }
        double[] sorted = applied.stream().mapToDouble(d -> d).sorted().toArray();
        figures.put("changes", sorted.length);
        put("grant_apply_ms", sorted[sorted.length / 2]);
        put("grant_apply_max_ms", sorted[sorted.length - 1]);
        put("quiet_p99_ms", quiet.p99Millis());
        put("quiet_max_ms", quiet.maxMillis());
        put("changing_p99_ms", changing.p99Millis());
        put("changing_max_ms", changing.maxMillis());
    }

    private double cpu(GatewayProcess gateway) throws Exception {
        long from = ProcessUse.cpuMillis(gateway.process());
        Wrk.Result result = round(gateway, 2, CONNECTIONS * 8);
        return 1_000.0 * (ProcessUse.cpuMillis(gateway.process()) - from) / result.calls();
    }

    private Wrk.Result round(GatewayProcess gateway, int seconds, int connections)
            throws Exception {
        Wrk.Result result =
                wrk.run(
                        gateway.address(),
                        BenchPolicy.signer(),
                        MOST_PER_SECOND * seconds,
                        BenchPolicy::person,
                        connections,
                        seconds);
        if (result.refused() > 0) {
            throw new IllegalStateException(result.refused() + " calls were refused");
        }
        return result;
    }

    private void put(String name, double value) {
        String text = String.format(Locale.ROOT, "%.2f", value);
        System.out.println(name + " " + text);
        figures.put(name, text);
    }
}
