package cn.tiaoxi.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log on a small disk of its own that is full at times. */
class LastingLogTests {
    private static final int RECORD = 1000;
    private final NoteSigner signer = NoteSigner.generate("test.example/full");
    private final Queue<TraceException.Code> stops = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private final CompletableFuture<Void> again = new CompletableFuture<>();
    @TempDir Path disk;

    @BeforeEach
    void mount() throws Exception {
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=1500k", "tmpfs", disk.toString());
        Assumptions.assumeTrue(mounted, "only root can mount a small disk");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", "-l", disk.toString());
    }

    private static boolean run(String... command) throws Exception {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private final class Witness implements LastingLog.Watcher {
        @Override
        public void opened(TraceLog log) {
            if (stopped.isDone()) {
                again.complete(null);
            }
        }

        @Override
        public void stopped(TraceException problem) {
            stops.add(problem.code());
            stopped.complete(null);
        }
    }

    @Test
    void refusesRecordsWhileTheDiskIsFullAndRecoversByItselfWhenThereIsRoom() throws Exception {
        Path folder = disk.resolve("log");
        try (LastingLog log =
                LastingLog.open(
                        () -> TraceLog.open(folder, signer, Records.SMALL), new Witness())) {
            Path ballast = Files.write(disk.resolve("ballast"), new byte[700_000]);
            long acknowledged = fill(log);
            stopped.get(10, TimeUnit.SECONDS);
            assertThat(stops).containsOnly(TraceException.Code.DISK_FULL);
            assertThat(acknowledged).isPositive();

            Files.delete(ballast);
            again.get(10, TimeUnit.SECONDS);
            assertThat(log.log().size()).isGreaterThanOrEqualTo(acknowledged);
            assertThat(log.append(new byte[RECORD]).join()).isEqualTo(log.log().size() - 1);
        }
        assertThat(new LogVerifier(new FolderTileSource(folder), signer.verifier()).verify())
                .isInstanceOf(LogVerifier.Sound.class);
    }

    /** Appends until a record is refused; answers how many were acknowledged. */
    private static long fill(LastingLog log) throws InterruptedException {
        long acknowledged = 0;
        try {
            while (true) {
                acknowledged = log.append(new byte[RECORD]).join() + 1;
            }
        } catch (CompletionException e) {
            assertThat(e.getCause())
                    .isInstanceOfSatisfying(
                            TraceException.class,
                            refused ->
                                    assertThat(refused.code())
                                            .isEqualTo(TraceException.Code.DISK_FULL));
        }
        return acknowledged;
    }
}
