package cn.tiaoxi.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lets every call on files fail in turn and checks that nothing acknowledged is lost. */
class FaultTests {
    private final NoteSigner signer = NoteSigner.generate("test.example/faults");
    @TempDir Path temporary;

    /** What a run was told: this many records were acknowledged, and this was published. */
    private record Run(long acknowledged, long checkpoint) {}

    @ParameterizedTest
    @EnumSource
    void aProcessThatStopsOrLosesPowerInAnyCallLosesNothing(FaultyDisk.Fault fault)
            throws Exception {
        int calls = callsWithoutFault();
        assertThat(calls).isGreaterThan(60);
        for (int failing = 0; failing < calls; failing++) {
            Path folder = temporary.resolve(fault + "-" + failing);
            FaultyDisk disk = new FaultyDisk(failing, fault);
            Run run = run(folder, disk);
            Path survivors = Files.createDirectories(temporary.resolve("s" + fault + failing));
            disk.survivors(folder, survivors);
            check(folder, run, "stopped in call " + failing);
            check(survivors, run, "power lost in call " + failing);
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
