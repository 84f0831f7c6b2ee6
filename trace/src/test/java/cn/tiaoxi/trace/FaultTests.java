package cn.tiaoxi.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/** Lets every call on files fail in turn and checks that nothing acknowledged is lost. */
class FaultTests {
    private final NoteSigner signer = NoteSigner.generate("test.example/faults");

    /** In memory where that is possible: {@link FaultyDisk} keeps account of what would survive. */
    @TempDir(factory = InMemory.class)
    Path temporary;

    /** Takes Linux's file system in memory if it is there. */
    static final class InMemory implements TempDirFactory {
        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext extension)
                throws IOException {
            Path memory = Path.of("/dev/shm");
            return Files.isWritable(memory)
                    ? Files.createTempDirectory(memory, "tiaoxi-faults")
                    : Files.createTempDirectory("tiaoxi-faults");
        }
    }

    /** What a run was told: this many records were acknowledged, and this was published. */
    private record Run(long acknowledged, long checkpoint) {}

    /**
     * A stopped process and two losses of power for each call and fault: of all that was not forced
     * and of a chance part of it.
     */
    @Test
    void aFaultInAnyCallLosesNothingAndInventsNothing() throws Exception {
        int calls = callsWithoutFault();
        assertThat(calls).isGreaterThan(110);
        int runs =
                Arrays.stream(FaultyDisk.Fault.values())
                        .parallel()
                        .mapToInt(fault -> faultInEachOf(calls, fault))
                        .sum();
        assertThat(runs).isGreaterThan(2_500);
    }

    /** Answers how often a log was opened and checked after a fault. */
    private int faultInEachOf(int calls, FaultyDisk.Fault fault) {
        int runs = 0;
        for (int failing = 0; failing < calls; failing++) {
            try {
                runs += faultIn(failing, fault);
            } catch (Exception e) {
                throw new AssertionError(fault + " in call " + failing, e);
            }
        }
        return runs;
    }

    private int faultIn(int failing, FaultyDisk.Fault fault) throws Exception {
        String what = fault + " in call " + failing;
        Path folder = temporary.resolve(fault + "-" + failing);
        FaultyDisk disk = new FaultyDisk(failing, fault);
        Run run = run(folder, disk);
        Random[] losses = {null, new Random(failing), new Random(-1 - failing)};
        for (int loss = 0; loss < losses.length; loss++) {
            Path survivors = temporary.resolve(fault + "-" + failing + "-" + loss);
            Files.createDirectories(survivors);
            disk.survivors(folder, survivors, losses[loss]);
            check(survivors, run, what + ", power lost, " + loss);
            delete(survivors);
        }
        check(folder, run, what);
        delete(folder);
        return 1 + losses.length;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Test
    void aSecondFaultDuringRecoveryLosesNothing() throws Exception {
        int calls = callsWithoutFault();
        for (int first = 7; first < calls; first += 11) {
            for (int second = 0; second < 24; second += 5) {
                Path folder = temporary.resolve("d" + first + "-" + second);
                Run before = run(folder, new FaultyDisk(first, FaultyDisk.Fault.HALF));
                Run after = run(folder, new FaultyDisk(second, FaultyDisk.Fault.HALF));
                Run both =
                        new Run(
                                Math.max(before.acknowledged, after.acknowledged),
                                Math.max(before.checkpoint, after.checkpoint));
                check(folder, both, "calls " + first + " and " + second);
            }
        }
    }

    private int callsWithoutFault() throws Exception {
        FaultyDisk disk = new FaultyDisk(-1, FaultyDisk.Fault.BEFORE);
        Path folder = temporary.resolve("sound");
        Run run = run(folder, disk);
        assertThat(run.acknowledged).isEqualTo(300);
        check(folder, run, "no fault");
        return disk.calls();
    }

    /** Two openings with appends that cross the borders of bundles and files. */
    private Run run(Path folder, FaultyDisk disk) throws Exception {
        long acknowledged = 0;
        long checkpoint = 0;
        for (int opening = 0; opening < 2; opening++) {
            try (TraceLog log = TraceLog.open(folder, signer, Records.SMALL, disk)) {
                checkpoint = log.checkpoint().size();
                for (int group = 0; group < 2; group++) {
                    List<CompletableFuture<Long>> futures = new ArrayList<>();
                    for (byte[] data : Records.records(log.size(), log.size() + 75)) {
                        futures.add(log.append(data));
                    }
                    for (CompletableFuture<Long> future : futures) {
                        acknowledged = Math.max(acknowledged, future.join() + 1);
                    }
                    checkpoint = log.integrate().size();
                }
            } catch (TraceException | java.util.concurrent.CompletionException e) {
                assertThat(e).hasStackTraceContaining("fails as planned");
                return new Run(acknowledged, checkpoint);
            }
        }
        return new Run(acknowledged, checkpoint);
    }

    private void check(Path folder, Run run, String what) throws IOException, InterruptedException {
        FaultyDisk sound = new FaultyDisk(-1, FaultyDisk.Fault.BEFORE);
        try (TraceLog log = TraceLog.open(folder, signer, Records.SMALL, sound)) {
            assertThat(log.size()).as(what).isGreaterThanOrEqualTo(run.acknowledged);
            assertThat(log.checkpoint().size()).as(what).isEqualTo(log.size());
            assertThat(log.checkpoint().size()).as(what).isGreaterThanOrEqualTo(run.checkpoint);
            log.entries(0)
                    .forEachRemaining(
                            e ->
                                    assertThat(e.data())
                                            .as(what + ", record " + e.index())
                                            .isEqualTo(Records.record(e.index())));
            Records.append(log, 3);
            log.integrate();
        }
        assertThat(new LogVerifier(new FolderTileSource(folder), signer.verifier()).verify())
                .as(what)
                .isInstanceOf(LogVerifier.Sound.class);
    }
}
