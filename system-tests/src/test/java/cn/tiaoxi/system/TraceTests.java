package cn.tiaoxi.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceTests {
    @TempDir Path data;
    @TempDir Path folder;

    @Test
    void aLeakIsTracedAndTheWholeTraceIsCheckedWithThePlatformStopped() throws Exception {
        try (LaunchedPlatform platform = LaunchedPlatform.start(data, "--demo=accounts");
                Loop loop = new Loop(platform, folder)) {
            loop.lookup("shops-trace", loop.dataset("百货店铺登记辰", Loop.shops(100)));
            String application = loop.application("店铺核验辰");
            loop.approve(
                    loop.ask("shops-trace", application, List.of("code", "shop"), "核验店铺是否存在。")
                            .path("id")
                            .asString());
            try (var caller = loop.caller(application)) {
                Loop.awaitStatus(caller, "shops-trace", Map.of("code", "S100003"), 200);
            }
            new LeakOfMarkedFile(platform, loop, folder).isTracedToItsRecipient();
        }

        var sound = LaunchedPlatform.run("trace", "verify", "--data", data.toString());
        assertThat(sound.output()).contains("SOUND").doesNotContain("BROKEN");
        assertThat(sound.status()).isZero();
        assertThat(sound.output().split("origin:")).as("both logs").hasSize(3);

        forge(data.resolve("trace"));
        var broken = LaunchedPlatform.run("trace", "verify", "--data", data.toString());
        assertThat(broken.status()).isNotZero();
    }

    /** Changes one letter in the newest bundle of entries, which the checkpoint covers. */
    private static void forge(Path log) throws Exception {
        Path bundle;
        try (var files = Files.walk(log)) {
            bundle =
                    files.filter(file -> file.toString().contains("/entries/"))
                            .filter(Files::isRegularFile)
                            .max(Comparator.comparingLong(file -> file.toFile().length()))
                            .orElseThrow();
        }
        try (RandomAccessFile bytes = new RandomAccessFile(bundle.toFile(), "rw")) {
            bytes.seek(40);
            int before = bytes.read();
            bytes.seek(40);
            bytes.write(before ^ 1);
        }
    }
}
