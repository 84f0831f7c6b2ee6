package cn.tiaoxi.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each published sample makes a right call, and shows the refusal of a wrong one. */
class SampleTests {
    private static final Path SAMPLES = Path.of("../docs/samples").toAbsolutePath().normalize();
    private static final String SECRET = Base64.getEncoder().encodeToString(TestPolicy.SECRET);
    private static final String QUERY = "id_number=330502199000000007&fields=name";

    @TempDir static Path data;
    private static TestDatabase database;
    private static GatewayRig rig;

    @BeforeAll
    static void start() throws Exception {
        database = TestDatabase.start();
        rig = GatewayRig.standard(data, database);
    }

    @AfterAll
    static void stop() throws Exception {
        rig.close();
        database.close();
    }

    @Test
    void the_shell_sample_calls() throws Exception {
        requireTools("bash", "curl", "openssl");
        List<String> command = List.of("bash", SAMPLES.resolve("call.sh").toString());

        assertThat(run(0, command, "hmac", SECRET, QUERY)).contains("\"name\":\"王**\"");
        assertThat(run(22, command, "nobody", SECRET, QUERY)).contains("KEY_UNKNOWN");
    }

    @Test
    void the_python_sample_calls() throws Exception {
        requireTools("python3");
        List<String> command = List.of("python3", SAMPLES.resolve("call.py").toString());

        assertThat(run(0, command, "hmac", SECRET, QUERY.split("&"))).contains("\"name\":\"王**\"");
        assertThat(run(1, command, "nobody", SECRET, QUERY.split("&"))).contains("KEY_UNKNOWN");
    }

    @Test
    void the_java_sample_calls() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        String key =
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(TestPolicy.PAIR.getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n";
        List<String> command =
                List.of(java, "-Dstdout.encoding=UTF-8", SAMPLES.resolve("Call.java").toString());

        assertThat(run(0, command, "ed25519", key, QUERY)).contains("\"name\":\"王**\"");
        assertThat(run(1, command, "hmac", key, QUERY)).contains("SIGNATURE_MALFORMED");
    }

    private static String run(
            int status, List<String> command, String keyId, String key, String... query)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(command);
        Path file = Files.writeString(data.resolve("key"), key + "\n");
        all.addAll(List.of(rig.address().toString(), keyId, file.toString(), "/api/people"));
        all.addAll(Arrays.asList(query));
        Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isEqualTo(status);
        return output;
    }

    private static void requireTools(String... tools) {
        for (String tool : tools) {
            boolean found =
                    Stream.of(System.getenv("PATH").split(File.pathSeparator))
                            .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
            assumeThat(found).as(tool + " is not installed").isTrue();
        }
    }
}
