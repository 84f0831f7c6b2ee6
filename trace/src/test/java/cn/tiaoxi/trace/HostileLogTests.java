package cn.tiaoxi.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that lies about its log: whatever it sends, its reader ends soon, with a reason. */
class HostileLogTests {
    private static final Duration PATIENCE = Duration.ofMillis(1500);

    /** Answers one request. */
    private interface Lie {
        void answer(HttpExchange exchange, byte[] truth) throws IOException;
    }

    @TempDir Path folder;
    private final NoteSigner signer = NoteSigner.generate("test.example/log");
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer server;
    private String about = "";
    private Lie lie = HostileLogTests::plain;

    @BeforeEach
    void start() throws IOException {
        try (TraceLog log = TraceLog.open(folder, signer, Records.SMALL)) {
            for (int i = 0; i < 300; i++) {
                log.append(new byte[] {1, (byte) i}).join();
            }
        }
        FolderTileSource truth = new FolderTileSource(folder);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext(
                "/trace/",
                exchange -> {
                    String path = exchange.getRequestURI().getPath().substring("/trace/".length());
                    byte[] right = truth.fetch(path).orElse(new byte[0]);
                    Lie told =
                            !about.isEmpty() && path.startsWith(about)
                                    ? lie
                                    : HostileLogTests::plain;
                    try (exchange) {
                        told.answer(exchange, right);
                    }
                });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
        client.close();
    }

    private static void plain(HttpExchange exchange, byte[] truth) throws IOException {
        exchange.sendResponseHeaders(
                truth.length == 0 ? 404 : 200, truth.length == 0 ? -1 : truth.length);
        if (truth.length > 0) {
            exchange.getResponseBody().write(truth);
        }
    }

    private void read() {
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/trace");
        TraceReader reader =
                new TraceReader(
                        new HttpTileSource(client, uri, null, PATIENCE), signer.verifier(), null);
        Checkpoint now = reader.refresh();
        reader.entries(0, now.size()).forEachRemaining(entry -> {});
    }

    private void endsWith(TraceException.Code code) {
        long began = System.nanoTime();
        assertThatThrownBy(this::read)
                .isInstanceOfSatisfying(
                        TraceException.class, e -> assertThat(e.code()).isEqualTo(code));
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isLessThan(PATIENCE.multipliedBy(4));
    }

    @Test
    void anHonestOneIsRead() {
        read();
    }

    @Test
    void endlessResourcesAreCutOff() {
        lie =
                (exchange, truth) -> {
                    exchange.sendResponseHeaders(200, 0);
                    OutputStream out = exchange.getResponseBody();
                    byte[] block = new byte[1 << 16];
                    while (!Thread.currentThread().isInterrupted()) {
                        out.write(block);
                    }
                };
        for (String kind : new String[] {"checkpoint", "tile/0/", "tile/entries/"}) {
            about = kind;
            endsWith(TraceException.Code.UNREACHABLE);
        }
    }

    @Test
    void slowResourcesAreCutOff() {
        lie =
                (exchange, truth) -> {
                    exchange.sendResponseHeaders(200, truth.length);
                    for (byte one : truth) {
                        exchange.getResponseBody().write(one);
                        exchange.getResponseBody().flush();
                        LockSupport.parkNanos(200_000_000);
                    }
                };
        about = "tile/0/";
        endsWith(TraceException.Code.UNREACHABLE);
        about = "checkpoint";
        endsWith(TraceException.Code.UNREACHABLE);
    }

    @Test
    void wrongLengthsAreBroken() {
        lie =
                (exchange, truth) ->
                        plain(exchange, java.util.Arrays.copyOf(truth, truth.length - 1));
        about = "tile/0/";
        endsWith(TraceException.Code.BROKEN);
        about = "tile/entries/";
        endsWith(TraceException.Code.BROKEN);
        lie = (exchange, truth) -> plain(exchange, new byte[Tile.FULL_BYTES + 1]);
        about = "tile/0/";
        endsWith(TraceException.Code.UNREACHABLE);
    }

    @Test
    void otherEntriesAreBroken() {
        lie =
                (exchange, truth) -> {
                    byte[] changed = truth.clone();
                    changed[3] ^= 1;
                    plain(exchange, changed);
                };
        about = "tile/entries/";
        endsWith(TraceException.Code.BROKEN);
    }
}
