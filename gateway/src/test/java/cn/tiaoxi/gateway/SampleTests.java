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
import java.util.Map;
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

    private static final String LOOKUP = "/api/people";

    @TempDir static Path data;
    private static TestDatabase database;
    private static GatewayRig rig;
    private String path = LOOKUP;

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
    void the_shell_and_python_samples_call_with_sm3() throws Exception {
        requireTools("bash", "curl", "openssl", "python3");
        for (String[] sample : new String[][] {{"bash", "call.sh"}, {"python3", "call.py"}}) {
            List<String> command =
                    List.of("env", "ALGORITHM=hmac-sm3", sample[0], sample(sample[1]));
            String[] query = sample[0].equals("bash") ? new String[] {QUERY} : QUERY.split("&");

            assertThat(run(0, command, "sm3", SECRET, query)).contains("\"name\":\"王**\"");
        }
    }

    @Test
    void the_shell_sample_calls_with_sm2() throws Exception {
        requireTools("bash", "curl", "openssl");
        List<String> command = List.of("env", "ALGORITHM=sm2-sm3", "bash", sample("call.sh"));

        assertThat(run(0, command, "sm2", TestPolicy.SM2_KEY.pem(), QUERY))
                .contains("\"name\":\"王**\"");
    }

    @Test
    void the_samples_of_the_province_call() throws Exception {
        requireTools("bash", "curl", "openssl", "python3");
        String secret = new String(TestPolicy.SECRET, StandardCharsets.US_ASCII);
        for (String style : List.of("hmac", "token")) {
            path = style.equals("hmac") ? LOOKUP : "/gateway/api/city/dataSharing/people.htm";
            String key = style.equals("hmac") ? "bg" : "token";
            List<String> shell = List.of("bash", sample("province-" + style + ".sh"));
            List<String> python = List.of("python3", sample("province-" + style + ".py"));

            assertThat(run(0, shell, key, secret, QUERY)).contains("王**");
            // The HMAC style takes the same request once a second, whoever makes it.
            String other = QUERY + "&limit=3";
            assertThat(run(0, python, key, secret, other.split("&"))).contains("王**");
            boolean fails = style.equals("hmac");
            assertThat(run(fails ? 22 : 1, shell, "nobody", secret, QUERY)).contains("KEY_UNKNOWN");
            assertThat(run(1, python, "nobody", secret, QUERY.split("&"))).contains("KEY_UNKNOWN");
        }
    }

    @Test
    void the_example_of_the_readme_calls() throws Exception {
        requireTools("bash", "curl", "openssl");
        for (String readme : List.of("../README.md", "../README.zh-CN.md")) {
            String text = Files.readString(Path.of(readme));
            String example = text.substring(text.indexOf("```bash\n# RFC 9421") + 8);
            Path script =
                    Files.writeString(
                            data.resolve("example.sh"),
                            example.substring(0, example.indexOf("```")));
            ProcessBuilder builder = new ProcessBuilder("bash", "-eu", script.toString());
            builder.environment()
                    .putAll(
                            Map.of(
                                    "GATEWAY", rig.address().getAuthority(),
                                    "KEY_ID", "hmac",
                                    "SECRET", SECRET,
                                    "LOOKUP", LOOKUP,
                                    "QUERY", QUERY));
            Process process = builder.redirectErrorStream(true).start();
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(output).isZero();
            assertThat(output).contains("\"name\":\"王**\"");
        }
    }

    private static String sample(String name) {
        return SAMPLES.resolve(name).toString();
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

    private String run(int status, List<String> command, String keyId, String key, String... query)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(command);
        Path file = Files.writeString(data.resolve("key"), key + "\n");
        all.addAll(List.of(rig.address().toString(), keyId, file.toString(), path));
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
