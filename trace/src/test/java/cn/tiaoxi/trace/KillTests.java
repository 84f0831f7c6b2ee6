package cn.tiaoxi.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that appends, as kill -9 does, and checks that all it acknowledged is there. */
class KillTests {
    private static final String ORIGIN = "test.example/killed";
    @TempDir Path temporary;

    @Test
    void whatAKilledProcessAcknowledgedIsThere() throws Exception {
        Path key = temporary.resolve("key.pem");
        Path folder = temporary.resolve("log");
        NoteSigner signer = NoteSigner.loadOrCreate(key, ORIGIN);
        long acknowledged = -1;
        for (int round = 0; round < 5; round++) {
            acknowledged = Math.max(acknowledged, appendAndKill(key, folder, 3_000 * (round + 1)));
            try (TraceLog log = TraceLog.open(folder, signer, TraceLog.Settings.DEFAULT)) {
                assertThat(log.size()).isGreaterThan(acknowledged);
                log.entries(0)
                        .forEachRemaining(
                                e -> assertThat(e.data()).isEqualTo(Records.record(e.index())));
            }
            assertThat(new LogVerifier(new FolderTileSource(folder), signer.verifier()).verify())
                    .isInstanceOf(LogVerifier.Sound.class);
        }
    }

    @Test
    void aSecondProcessIsRefused() throws Exception {
        Path key = temporary.resolve("key.pem");
        Path folder = temporary.resolve("log");
        NoteSigner signer = NoteSigner.loadOrCreate(key, ORIGIN);
        try (TraceLog log = TraceLog.open(folder, signer, TraceLog.Settings.DEFAULT)) {
            Process second = appender(key, folder).redirectErrorStream(true).start();
            assertThat(new String(second.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("another writer has the trace log open: " + folder);
            assertThat(second.waitFor()).isNotZero();
            assertThat(log.append(new byte[1]).join()).isZero();
        }
    }

    private static ProcessBuilder appender(Path key, Path folder) {
        return new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Appender.class.getName(),
                key.toString(),
                folder.toString());
    }

    /** Answers the highest index that the process printed before it died. */
    private static long appendAndKill(Path key, Path folder, int lines) throws Exception {
        Process process =
                appender(key, folder).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        long highest = -1;
        try (BufferedReader reader = process.inputReader()) {
            int read = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.endsWith(".")) {
                    break; // cut off by the kill
                }
                highest = Math.max(highest, Long.parseLong(line, 0, line.length() - 1, 10));
                if (++read == lines) {
                    process.toHandle().destroyForcibly(); // leaves the pipe readable
                }
            }
            assertThat(read).isGreaterThanOrEqualTo(lines);
        } finally {
            process.destroyForcibly().waitFor();
        }
        return highest;
    }

    /** The process that is killed: appends without end, a thousand records on their way. */
    static final class Appender {
        private Appender() {}

        public static void main(String[] arguments) throws InterruptedException {
            NoteSigner signer = NoteSigner.load(Path.of(arguments[0]), ORIGIN);
            TraceLog.Settings settings =
                    new TraceLog.Settings(Duration.ofMillis(20), 1000, 1 << 20, 100_000);
            TraceLog log = TraceLog.open(Path.of(arguments[1]), signer, settings);
            Semaphore underWay = new Semaphore(1000);
            for (long index = log.size(); ; index++) {
                underWay.acquire();
                log.append(Records.record(index))
                        .thenAccept(
                                appended -> {
                                    System.out.println(appended + ".");
                                    underWay.release();
                                });
            }
        }
    }
}
