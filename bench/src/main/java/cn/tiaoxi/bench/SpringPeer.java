package cn.tiaoxi.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Spring Cloud Gateway (WebFlux) that passes everything on to an upstream. */
final class SpringPeer implements AutoCloseable {
    private final Process process;
    private final URI address;

    private SpringPeer(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    static SpringPeer start(Path jar, Path folder, URI upstream)
            throws IOException, InterruptedException {
        Files.createDirectories(folder);
        int port = NginxPeer.freePort();
        String route = "--spring.cloud.gateway.server.webflux.routes[0].";
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "-Xmx512m",
                                "-jar",
                                jar.toString(),
                                "--server.address=127.0.0.1",
                                "--server.port=" + port,
                                route + "id=all",
                                route + "uri=" + upstream,
                                route + "predicates[0]=Path=/**")
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("output").toFile())
                        .start();
        SpringPeer peer = new SpringPeer(process, URI.create("http://127.0.0.1:" + port));
        peer.awaitAnswer(folder);
        return peer;
    }

    private void awaitAnswer(Path folder) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        HttpRequest question = HttpRequest.newBuilder(address.resolve("/api/x")).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (true) {
                try {
                    client.send(question, HttpResponse.BodyHandlers.discarding());
                    return;
                } catch (IOException e) {
                    if (!process.isAlive() || System.nanoTime() > end) {
                        close();
                        throw new IOException(Files.readString(folder.resolve("output")), e);
                    }
                    LockSupport.parkNanos(50_000_000);
                }
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
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
