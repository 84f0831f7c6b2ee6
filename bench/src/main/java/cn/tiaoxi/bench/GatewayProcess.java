package cn.tiaoxi.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A gateway as {@code ./tiaoxi run} starts one: the same program, the same options. */
final class GatewayProcess implements AutoCloseable {
    private final Process process;
    private final URI address;

    private GatewayProcess(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /**
     * Starts one.
     *
     * @param more options of the JVM after the usual ones, which they replace
     * @param arguments further arguments of the gateway
     */
    static GatewayProcess start(
            Path data,
            PolicyServer platform,
            EmbeddedPostgres database,
            List<String> more,
            String... arguments)
            throws Exception {
        prepare(data, platform, database);
        int port = NginxPeer.freePort();
        List<String> command =
                new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java") + ""));
        command.addAll(List.of(required("GATEWAY_OPTIONS").split(" ")));
        command.addAll(more);
        command.add("-Dtiaoxi.logs=" + data.resolve("logs"));
        command.addAll(
                List.of(
                        "@" + required("GATEWAY_CLASSPATH"),
                        "cn.tiaoxi.gateway.Gateway",
                        "--data=" + data,
                        "--port=" + port,
                        "--platform=" + platform.address()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(data.resolve("output").toFile());
        builder.environment().put("MALLOC_ARENA_MAX", "2");
        Process process = builder.start();
        awaitListening(process, port, data);
        return new GatewayProcess(process, URI.create("http://127.0.0.1:" + port));
    }

    private static String required(String variable) {
        String value = System.getenv(variable);
        if (value == null) {
            throw new IllegalStateException("Run this by ./tiaoxi bench gateway: no " + variable);
        }
        return value;
    }

    private static void prepare(Path data, PolicyServer platform, EmbeddedPostgres database)
            throws IOException {
        Files.createDirectories(data.resolve("keys"));
        Files.createDirectories(data.resolve("gateway"));
        Files.writeString(data.resolve("keys/gateway.token"), PolicyServer.TOKEN + "\n");
        Files.writeString(data.resolve("keys/policy.pub"), platform.publicKey() + "\n");
        Files.writeString(
                data.resolve("gateway/serving.properties"),
                "url=jdbc:postgresql://127.0.0.1:"
                        + database.getPort()
                        + "/postgres\nuser=postgres\npassword=postgres\n");
    }

    private static void awaitListening(Process process, int port, Path data) throws IOException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (true) {
            try (Socket ignored = new Socket("127.0.0.1", port)) {
                return;
            } catch (IOException e) {
                if (!process.isAlive() || System.nanoTime() > end) {
                    process.destroy();
                    throw new IOException(Files.readString(data.resolve("output")), e);
                }
                LockSupport.parkNanos(10_000_000);
            }
        }
    }

    URI address() {
        return address;
    }

    long process() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
