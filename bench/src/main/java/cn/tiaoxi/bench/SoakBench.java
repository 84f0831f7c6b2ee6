package cn.tiaoxi.bench;

import cn.tiaoxi.bench.FaultyService.Manner;
import cn.tiaoxi.bench.SoakCaller.GrantTurn;
import cn.tiaoxi.contract.HttpUpstream;
import cn.tiaoxi.contract.PolicySnapshot;
import cn.tiaoxi.contract.PolicySnapshot.Grant;
import cn.tiaoxi.contract.PolicySnapshot.GrantState;
import cn.tiaoxi.contract.TraceRecord;
import cn.tiaoxi.trace.Entry;
import cn.tiaoxi.trace.FolderTileSource;
import cn.tiaoxi.trace.NoteVerifier;
import cn.tiaoxi.trace.TraceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * A gateway in bad times: services that fail, stall, lie and break off, PostgreSQL killed and
 * started again, the platform away and back, a grant revoked and given again twice a second.
 * Afterwards each answer must have been right or an honest refusal, nothing may have left unmasked,
 * each answered call must stand in the trace, and memory and open files must be as at the start.
 * Thirty minutes; {@code --minutes=N}, or {@code --quick} for two.
 */
public final class SoakBench {
    private static final int CALLERS = 6;
    private static final long PER_DAY = 1_000_000_000L;
    private static final HttpUpstream.Times TIMES = new HttpUpstream.Times(1_000, 2_000, 20_000);

    /** It opens only while all fails, and soon looks again, so that faults are met often. */
    private static final HttpUpstream.Breaker BREAKER = new HttpUpstream.Breaker(20, 1);

    private final Path folder;
    private final long minutes;
    private final SoakAnswers answers = new SoakAnswers();
    private final LongAdder unanswered = new LongAdder();
    private final AtomicReference<@Nullable GrantTurn> turn = new AtomicReference<>();
    private final List<long[]> samples = new ArrayList<>();
    private final Map<String, Object> figures = new LinkedHashMap<>();
    private volatile boolean over;
    private volatile boolean platformAway;

    private SoakBench(Path folder, List<String> arguments) {
        this.folder = folder;
        this.minutes =
                arguments.stream()
                        .filter(a -> a.startsWith("--minutes="))
                        .map(a -> Long.parseLong(a.substring(10)))
                        .findFirst()
                        .orElse(arguments.contains("--quick") ? 2L : 30L);
    }

    /** Runs the soak; ends with 1 if anything was wrong. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("tiaoxi-soak-");
        int status = 1;
        try {
            status = new SoakBench(folder, List.of(arguments)).run() ? 0 : 1;
        } catch (Exception e) {
            e.printStackTrace();
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
        System.exit(status);
    }

    private boolean run() throws Exception {
        Path data = folder.resolve("data");
        try (SoakDatabase database = new SoakDatabase(folder.resolve("postgres"));
                PolicyServer platform = new PolicyServer();
                FaultyService service = new FaultyService()) {
            try (GatewayProcess gateway =
                    GatewayProcess.start(
                            data,
                            platform,
                            database.running(),
                            List.of(),
                            "--upstream-ranges=127.0.0.0/8")) {
                soak(gateway, database, platform, policy(service));
            }
            return judge(data);
        }
    }

    private static PolicySnapshot policy(FaultyService service) {
        PolicySnapshot tables = new BenchPolicy(PolicyServer.TOKEN).snapshot(1, 2, 2, PER_DAY);
        List<Grant> grants = List.of(tables.grants().getFirst(), unlimited(tables.grants().get(1)));
        return BenchPolicy.with(
                new PolicySnapshot(
                        1, tables.issued(), tables.interfaces(), tables.applications(), grants),
                Arrays.stream(Manner.values())
                        .map(m -> BenchPolicy.served(m.path(), service.address(), TIMES, BREAKER))
                        .toList());
    }

    private void soak(
            GatewayProcess gateway,
            SoakDatabase database,
            PolicyServer platform,
            PolicySnapshot policy)
            throws Exception {
        platform.publish(policy);
        List<SoakCaller> callers = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            callers.add(new SoakCaller(gateway.address(), answers, turn::get, unanswered, i));
            threads.add(Thread.ofPlatform().name("caller-" + i).start(callers.getLast()));
        }
        Thread changes =
                Thread.ofPlatform()
                        .name("changes")
                        .start(() -> change(platform, policy.grants().get(1)));
        disturb(gateway, database, platform);
        over = true;
        callers.forEach(SoakCaller::stop);
        for (Thread each : threads) {
            each.join();
        }
        changes.join();
    }

    /** Revokes a grant and gives it again, twice a second. */
    private void change(PolicyServer platform, Grant granted) {
        long version = 1;
        Grant before = granted;
        long applied = 0;
        try {
            while (!over) {
                long next = System.nanoTime() + 500_000_000L;
                if (!platformAway) {
                    boolean active = before.state() != GrantState.ACTIVE;
                    Grant after = in(before, active ? GrantState.ACTIVE : GrantState.REVOKED);
                    turn.set(null);
                    platform.publish(++version, before, after);
                    turn.set(new GrantTurn(version, active));
                    before = after;
                    applied++;
                }
                TimeUnit.NANOSECONDS.sleep(Math.max(1, next - System.nanoTime()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            figures.put("policy_changes", applied);
        }
    }

    private static Grant unlimited(Grant grant) {
        return like(grant, 1_000_000, PER_DAY, grant.state());
    }

    private static Grant in(Grant grant, GrantState state) {
        return like(grant, grant.perSecond(), grant.perDay(), state);
    }

    private static Grant like(Grant grant, int perSecond, long perDay, GrantState state) {
        return new Grant(
                grant.id(),
                grant.application(),
                grant.interfaceId(),
                grant.fields(),
                grant.masks(),
                grant.purpose(),
                perSecond,
                perDay,
                grant.validFrom(),
                grant.validUntil(),
                state);
    }

    /** Kills and starts again what the gateway leans on, and looks at the gateway meanwhile. */
    private void disturb(GatewayProcess gateway, SoakDatabase database, PolicyServer platform)
            throws Exception {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
        int databases = 0;
        int platforms = 0;
        long warm = end - TimeUnit.MINUTES.toNanos(minutes) * 4 / 5;
        for (int round = 0; System.nanoTime() < end; round++) {
            watch(gateway, 20);
            if (System.nanoTime() > warm && !figures.containsKey("live_heap_mb_early")) {
                figures.put("live_heap_mb_early", ProcessUse.liveHeapMegabytes(gateway.process()));
            }
            switch (round % 3) {
                case 0 -> {
                    database.kill();
                    watch(gateway, 3);
                    database.startAgain();
                    databases++;
                }
                case 1 -> {
                    platformAway = true;
                    platform.stop();
                    watch(gateway, 5);
                    platform.startAgain();
                    platformAway = false;
                    platforms++;
                }
                default -> {
                    platformAway = true;
                    platform.stop();
                    database.kill();
                    watch(gateway, 3);
                    database.startAgain();
                    platform.startAgain();
                    platformAway = false;
                    databases++;
                    platforms++;
                }
            }
        }
        watch(gateway, 10);
        figures.put("live_heap_mb_late", ProcessUse.liveHeapMegabytes(gateway.process()));
        figures.put("minutes", minutes);
        figures.put("database_kills", databases);
        figures.put("platform_stops", platforms);
    }

    private void watch(GatewayProcess gateway, int seconds)
            throws IOException, InterruptedException {
        for (int i = 0; i < seconds; i++) {
            TimeUnit.SECONDS.sleep(1);
            samples.add(
                    new long[] {
                        ProcessUse.memoryMegabytes(gateway.process()),
                        ProcessUse.openFiles(gateway.process())
                    });
        }
    }

    private boolean judge(Path data) throws IOException {
        answers.outcomes().forEach((name, count) -> System.out.printf("%-44s %d%n", name, count));
        answers.wrong().forEach((what, text) -> System.out.println("WRONG " + what + ": " + text));
        long untraced = untraced(data);
        figures.put("calls", answers.outcomes().values().stream().mapToLong(c -> c).sum());
        figures.put("unanswered", unanswered.sum());
        figures.put("wrong_answers", answers.wrongs());
        figures.put("unmasked", answers.unmasked());
        figures.put("without_identifier", answers.withoutIdentifier());
        figures.put("untraced", untraced);
        flat("rss_mb", 0);
        flat("open_files", 1);
        System.out.println(
                figures.entrySet().stream()
                        .map(f -> "\"" + f.getKey() + "\": " + f.getValue())
                        .collect(Collectors.joining(", ", "{", "}")));
        return answers.wrongs()
                        + answers.unmasked()
                        + answers.withoutIdentifier()
                        + untraced
                        + unanswered.sum()
                == 0;
    }

    /** Medians of the second and of the last fifth of the time: the first warms up. */
    private void flat(String name, int column) {
        int fifth = samples.size() / 5;
        double early = median(samples.subList(fifth, 2 * fifth), column);
        double late = median(samples.subList(samples.size() - fifth, samples.size()), column);
        figures.put(name + "_early", (long) early);
        figures.put(name + "_late", (long) late);
        figures.put(name + "_growth", String.format(Locale.ROOT, "%.2f", late / early));
    }

    private static double median(List<long[]> part, int column) {
        long[] sorted = part.stream().mapToLong(s -> s[column]).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    /** Verifies the log and counts the answered calls that it does not tell of. */
    private long untraced(Path data) throws IOException {
        Path log = data.resolve("gateway/trace");
        NoteVerifier verifier = NoteVerifier.ofFile(log.resolve("key.vkey"));
        TraceReader reader = new TraceReader(new FolderTileSource(log), verifier, null);
        long size = reader.refresh().size();
        figures.put("trace_records", size);
        Map<String, Integer> missing = new HashMap<>(answers.statuses());
        for (Iterator<Entry> entries = reader.entries(0, size); entries.hasNext(); ) {
            TraceRecord one = TraceRecord.fromBytes(entries.next().data());
            Integer status = missing.get(one.id());
            if (status != null
                    && one.action().equals(TraceRecord.CALL)
                    && status.toString().equals(one.detail("status"))) {
                missing.remove(one.id());
            }
        }
        return missing.size();
    }
}
