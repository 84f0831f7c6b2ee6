package cn.tiaoxi.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A gateway with a large policy: how long it takes to load, what a call costs beside the small one,
 * how long one changed grant takes and what it does to the calls meanwhile.
 */
final class LargePolicyBench {
    private static final int INTERFACES = 50_000;
    private static final int GRANTS = 500_000;
    private static final int CHANGES = 3;

    /** The policy comes as one text, is checked and then read: several copies for a while. */
    private static final String HEAP = "6g";

    /** Calls on so few connections show a pause as latency, not as a queue. */
    private static final int CONNECTIONS = 4;

    private static final int MOST_PER_SECOND = 60_000;

    private final Wrk wrk;
    private final Path folder;
    private final EmbeddedPostgres database;
    private final PolicyServer platform;
    private final boolean quick;
    private final Map<String, Object> figures;
    private final BenchPolicy policy = new BenchPolicy(PolicyServer.TOKEN);

    LargePolicyBench(
            Wrk wrk,
            Path folder,
            EmbeddedPostgres database,
            PolicyServer platform,
            boolean quick,
            Map<String, Object> figures) {
        this.wrk = wrk;
        this.folder = folder;
        this.database = database;
        this.platform = platform;
        this.quick = quick;
        this.figures = figures;
    }

    void run() throws Exception {
        List<String> heap = List.of("-Xmx" + HEAP);
        long version = 10;
        try (GatewayProcess gateway =
                GatewayProcess.start(folder.resolve("large"), platform, database, heap)) {
            platform.publish(policy.snapshot(version++, 10, 10, 1_000_000_000));
            round(gateway, quick ? 4 : 10, CONNECTIONS);
            double small = cpu(gateway);
            put(
                    "policy_load_s",
                    platform.publish(policy.snapshot(version++, INTERFACES, GRANTS, 1_000_000_000))
                            / 1e3);
            round(gateway, 2, CONNECTIONS);
            figures.put("large_heap", "\"" + HEAP + "\"");
            put("cost_ratio_50k_routes", cpu(gateway) / small);
            figures.put("rss_mb_50k_routes", ProcessUse.memoryMegabytes(gateway.process()));
            changes(gateway, version);
        } catch (IllegalStateException e) {
            System.out.println(Files.readString(folder.resolve("large/logs/gateway.log")));
            throw e;
        }
    }

    private void changes(GatewayProcess gateway, long first) throws Exception {
        double[] applied = new double[CHANGES];
        double[] spikes = new double[CHANGES];
        double quiet = round(gateway, 3, CONNECTIONS).maxMillis();
        try (ExecutorService caller = Executors.newSingleThreadExecutor()) {
            for (int i = 0; i < CHANGES; i++) {
                var next = policy.snapshot(first + i, INTERFACES, GRANTS, 900_000_000 + i);
                Future<Wrk.Result> calls = caller.submit(() -> round(gateway, 3, CONNECTIONS));
                applied[i] = platform.publish(next);
                spikes[i] = calls.get().maxMillis();
            }
        }
        Arrays.sort(applied);
        Arrays.sort(spikes);
        put("grant_apply_ms", applied[CHANGES / 2]);
        put("grant_apply_spike_ms", spikes[CHANGES / 2]);
        put("quiet_max_ms", quiet);
    }

    private double cpu(GatewayProcess gateway) throws Exception {
        double[] rounds = new double[quick ? 3 : 5];
        for (int i = 0; i < rounds.length; i++) {
            long from = ProcessUse.cpuMillis(gateway.process());
            Wrk.Result result = round(gateway, 2, CONNECTIONS * 8);
            rounds[i] = 1_000.0 * (ProcessUse.cpuMillis(gateway.process()) - from) / result.calls();
        }
        Arrays.sort(rounds);
        return rounds[rounds.length / 2];
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
