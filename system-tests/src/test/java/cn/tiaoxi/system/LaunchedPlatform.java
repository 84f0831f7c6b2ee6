package cn.tiaoxi.system;

import cn.tiaoxi.command.PlatformClient;
import cn.tiaoxi.command.Waiting;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A platform started by the launcher on a data folder and ports of its own. */
final class LaunchedPlatform implements AutoCloseable {
    /** The project's root, where the launcher is. */
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private final Path data;
    private final int port;
    private final int gatewayPort;
    private final Process launcher;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Instant begin = Instant.now();

    private LaunchedPlatform(Path data, int port, int gatewayPort, List<String> arguments)
            throws IOException {
        this.data = data;
        this.port = port;
        this.gatewayPort = gatewayPort;
        List<String> command = new ArrayList<>(List.of("run", "--data", data.toString()));
        command.addAll(List.of("--port", Integer.toString(port)));
        command.addAll(List.of("--gateway-port", Integer.toString(gatewayPort)));
        command.addAll(arguments);
        this.launcher = launch(command);
        Thread.ofVirtual().start(this::listen);
    }

    /** Starts a platform and waits until it is ready. */
    static LaunchedPlatform start(Path data, String... arguments) throws IOException {
        return start(data, freePort(), freePort(), arguments);
    }

    /** Starts a platform on known ports and waits until it is ready. */
    static LaunchedPlatform start(Path data, int port, int gatewayPort, String... arguments)
            throws IOException {
        LaunchedPlatform platform =
                new LaunchedPlatform(data, port, gatewayPort, List.of(arguments));
        platform.awaitLine("Ready (", Duration.ofMinutes(10));
        return platform;
    }

    /** Starts the launcher with a command; its output is one stream, in English. */
    static Process launch(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ROOT.resolve("tiaoxi").toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("LC_"));
        builder.environment().put("LANG", "en");
        builder.environment().remove("TIAOXI_DATA");
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        return builder.start();
    }

    /** Runs a command of the launcher to its end and returns what it printed. */
    static Ended run(String... arguments) throws IOException, InterruptedException {
        Process process = launch(List.of(arguments));
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }

    /** How a command ended. */
    record Ended(int status, String output) {}

    private void listen() {
        try (var in =
                new BufferedReader(
                        new InputStreamReader(launcher.getInputStream(), StandardCharsets.UTF_8))) {
            in.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            lines.add("(" + e.getMessage() + ")");
        }
    }

    /** Waits for a line of the launcher that contains a text. */
    String awaitLine(String text, Duration longest) {
        Waiting.until(
                "line '" + text + "' in " + lines,
                longest,
                () -> find(text),
                found -> found.isPresent() || !launcher.isAlive() || hasFailed());
        return find(text)
                .orElseThrow(() -> new IllegalStateException("It failed: " + lines + log()));
    }

    private Optional<String> find(String text) {
        return lines.stream().filter(line -> line.contains(text)).findFirst();
    }

    /** Everything the launcher printed so far. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    /** Whether the demonstration says why it could not go on. */
    private boolean hasFailed() {
        return lines.stream().anyMatch(line -> line.startsWith("Demonstration: "));
    }

    private String log() {
        try {
            Path log = data.resolve("logs/platform.out");
            return Files.exists(log) ? "\n" + Files.readString(log) : "";
        } catch (IOException e) {
            return "\n(" + e.getMessage() + ")";
        }
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    URI gateway() {
        return URI.create("http://127.0.0.1:" + gatewayPort);
    }

    int port() {
        return port;
    }

    int gatewayPort() {
        return gatewayPort;
    }

    Path data() {
        return data;
    }

    Instant begin() {
        return begin;
    }

    /** A demonstration person, signed in. */
    PlatformClient as(String username) {
        return PlatformClient.signIn(address(), username, "tiaoxi-2026");
    }

    /** The process of a part: platform, gateway or postgres. */
    ProcessHandle part(String name) throws IOException {
        Path file =
                name.equals("postgres")
                        ? data.resolve("postgres/data/postmaster.pid")
                        : data.resolve("run/" + name + ".pid");
        long id = Long.parseLong(Files.readAllLines(file).getFirst().strip());
        return ProcessHandle.of(id).orElseThrow();
    }

    /** Ends a part at once, as kill -9 does. */
    ProcessHandle kill(String name) throws IOException {
        ProcessHandle process = part(name);
        process.destroyForcibly();
        process.onExit().join();
        return process;
    }

    /** Ends the launcher alone at once, as kill -9 does. */
    void killLauncher() {
        launcher.destroyForcibly();
        launcher.onExit().join();
    }

    /** Stops everything as Ctrl-C does; returns the launcher's exit status. */
    int stop() throws InterruptedException {
        launcher.toHandle().destroy();
        if (!launcher.waitFor(90, TimeUnit.SECONDS)) {
            launcher.destroyForcibly();
            throw new IllegalStateException("The launcher did not stop in 90 s: " + lines);
        }
        return launcher.exitValue();
    }

    @Override
    public void close() {
        try {
            if (launcher.isAlive()) {
                stop();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A port that nobody listens on. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
