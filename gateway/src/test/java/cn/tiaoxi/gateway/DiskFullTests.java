package cn.tiaoxi.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway whose trace lies on a small disk of its own. */
class DiskFullTests {
    private static final String LOOKUP = "/api/people?id_number=330502199000000007";
    @TempDir Path data;

    @BeforeEach
    void mount() throws Exception {
        Path trace = Files.createDirectories(data.resolve("gateway/trace"));
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", trace.toString());
        Assumptions.assumeTrue(mounted, "only root can mount a small disk");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", "-l", data.resolve("gateway/trace").toString());
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

    @Test
    void answers_no_call_while_the_disk_is_full_says_so_and_answers_again_when_there_is_room()
            throws Exception {
        try (TestDatabase database = TestDatabase.start();
                GatewayRig rig = GatewayRig.standard(data, database)) {
            assertThat(rig.call(LOOKUP).statusCode()).isEqualTo(200);
            Path ballast = data.resolve("gateway/trace/ballast");
            fill(ballast);
            HttpResponse<String> response = rig.call(LOOKUP);
            while (response.statusCode() == 200) {
                response = rig.call(LOOKUP);
            }
            assertThat(response.body()).contains("TRACE_UNAVAILABLE").doesNotContain("rows\":");
            while (rig.gateway.trace().problem().isEmpty()) {
                Thread.onSpinWait();
            }
            assertThat(rig.gateway.trace().problem()).isEqualTo("DISK_FULL");

            Files.delete(ballast);
            while (response.statusCode() != 200) {
                response = rig.call(LOOKUP);
            }
            assertThat(rig.gateway.trace().problem()).isEmpty();
        }
    }

    /** Takes all the room there is. */
    private static void fill(Path ballast) throws IOException {
        try (var out = Files.newOutputStream(ballast)) {
            while (true) {
                out.write(new byte[4096]);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("space");
        }
    }
}
