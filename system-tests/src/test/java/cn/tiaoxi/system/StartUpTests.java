package cn.tiaoxi.system;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.command.PlatformClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartUpTests {
    @TempDir Path data;

    @Test
    void aFolderIsForOneAndASecondStartKeepsEverythingAndIsReadySoon() throws Exception {
        String password;
        int port;
        int gatewayPort;
        try (LaunchedPlatform first = LaunchedPlatform.start(data)) {
            port = first.port();
            gatewayPort = first.gatewayPort();
            password = Files.readString(data.resolve("keys/first-administrator.password")).strip();
            try (PlatformClient admin = PlatformClient.signIn(first.address(), "admin", password)) {
                admin.post(
                        "/people",
                        Map.of(
                                "username", "shen.yi",
                                "name", "沈一",
                                "organisation", "330500-civil",
                                "roles", java.util.List.of("clerk"),
                                "password", "a-long-password-1"));
            }
            refusesAFolderInUseAndATakenPort(first);
            assertThat(first.stop()).isZero();
        }
        Instant begin = Instant.now();
        try (LaunchedPlatform second = LaunchedPlatform.start(data, port, gatewayPort)) {
            Duration took = Duration.between(begin, Instant.now());
            System.out.println("Second start: " + took.toMillis() + " ms");
            assertThat(took).isLessThan(Duration.ofSeconds(30));
            try (PlatformClient clerk =
                    PlatformClient.signIn(second.address(), "shen.yi", "a-long-password-1")) {
                assertThat(clerk.get("/session").path("person").path("name").asString())
                        .isEqualTo("沈一");
            }
            System.out.println(LaunchedPlatform.run("status", "--data", data.toString()).output());
            stopsWhollyAndKeepsSecretsPrivate(second);
        }
    }

    private void refusesAFolderInUseAndATakenPort(LaunchedPlatform first) throws Exception {
        var again =
                LaunchedPlatform.run(
                        "run", "--data", data.toString(), "--port", "1", "--gateway-port", "2");
        assertThat(again.status()).isEqualTo(1);
        assertThat(again.output()).contains("is in use", "./tiaoxi stop");

        var taken =
                LaunchedPlatform.run(
                        "run",
                        "--data",
                        data.resolveSibling(data.getFileName() + "-other").toString(),
                        "--port",
                        Integer.toString(first.port()));
        assertThat(taken.status()).isEqualTo(1);
        assertThat(taken.output()).contains("Port " + first.port() + " is in use", "--port");
    }

    private void stopsWhollyAndKeepsSecretsPrivate(LaunchedPlatform platform) throws Exception {
        ProcessHandle server = platform.part("platform");
        ProcessHandle gateway = platform.part("gateway");
        ProcessHandle database = platform.part("postgres");

        assertThat(LaunchedPlatform.run("stop", "--data", data.toString()).status()).isZero();

        assertThat(server.isAlive()).isFalse();
        assertThat(gateway.isAlive()).isFalse();
        assertThat(database.isAlive()).isFalse();
        assertThat(permissions(data.resolve("keys"))).isEqualTo("rwx------");
        try (var keys = Files.list(data.resolve("keys"))) {
            assertThat(keys)
                    .isNotEmpty()
                    .allMatch(key -> permissions(key).substring(3).equals("------"));
        }
    }

    @Test
    void aLauncherThatIsKilledTakesItsProcessesAlongAndTheNextStartWorks() throws Exception {
        LaunchedPlatform first = LaunchedPlatform.start(data);
        ProcessHandle server = first.part("platform");
        ProcessHandle gateway = first.part("gateway");
        first.killLauncher();
        server.onExit().join();
        gateway.onExit().join();

        try (LaunchedPlatform second = LaunchedPlatform.start(data)) {
            assertThat(second.part("platform").isAlive()).isTrue();
        }
    }

    @Test
    void wrongArgumentsAreRefusedBeforeAnythingStarts() throws Exception {
        assertThat(LaunchedPlatform.run("run", "--prot", "1").output()).contains("--prot");
        assertThat(LaunchedPlatform.run("run", "--port", "x").output()).contains("'x'");
        assertThat(LaunchedPlatform.run("fly").output()).contains("'fly'");
        assertThat(LaunchedPlatform.run().output()).contains("run [--demo]", "test", "stop");
    }

    private static String permissions(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            return e.getMessage();
        }
    }
}
