package cn.tiaoxi.platform;

import cn.tiaoxi.contract.TraceRecord;
import cn.tiaoxi.platform.evidence.Logs;
import cn.tiaoxi.trace.NoteSigner;
import cn.tiaoxi.trace.TraceLog;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.springframework.util.FileSystemUtils;

/** A real log that a gateway could have written, where the platform can read it. */
public final class TestLog implements AutoCloseable {
    private final Path folder;
    private final HttpServer server;
    private final TraceLog log;
    private final String origin;
    private final Logs logs;
    private CompletableFuture<Long> last = CompletableFuture.completedFuture(-1L);

    public TestLog(Logs logs) {
        this.logs = logs;
        this.origin = "gateway.test/" + UUID.randomUUID();
        try {
            this.folder = Files.createTempDirectory("tiaoxi-log-test").toRealPath();
            NoteSigner signer = NoteSigner.generate(origin);
            this.log = TraceLog.open(folder.resolve("trace"), signer, TraceLog.Settings.DEFAULT);
            this.server =
                    SimpleFileServer.createFileServer(
                            new InetSocketAddress("127.0.0.1", 0),
                            folder,
                            SimpleFileServer.OutputLevel.NONE);
            server.start();
            logs.follow(
                    "gw-" + origin.substring(13, 21),
                    "http://127.0.0.1:" + server.getAddress().getPort(),
                    origin,
                    log.verifier().vkey(),
                    "token");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String origin() {
        return origin;
    }

    /** A call; an empty application is one whose signature did not hold. */
    public void call(
            String application,
            String lookup,
            Instant time,
            String outcome,
            Map<String, String> detail) {
        write(TraceRecord.Kind.CALL, "call", application, lookup, time, outcome, detail);
    }

    /** Any record of a call that went well. */
    public void write(
            String application, String lookup, String action, Map<String, String> detail) {
        write(TraceRecord.Kind.CALL, action, application, lookup, Instant.now(), "OK", detail);
    }

    /** What a gateway noticed. */
    public void finding(
            String application,
            String lookup,
            Instant time,
            String sign,
            long amount,
            String grant) {
        write(
                TraceRecord.Kind.FINDING,
                "finding",
                application,
                lookup,
                time,
                sign,
                Map.of("amount", Long.toString(amount), "grant", grant));
    }

    private void write(
            TraceRecord.Kind kind,
            String action,
            String application,
            String lookup,
            Instant time,
            String outcome,
            Map<String, String> detail) {
        Map<String, String> all = new TreeMap<>(detail);
        all.putIfAbsent("requestId", UUID.randomUUID().toString());
        last =
                log.append(
                        new TraceRecord(
                                        UUID.randomUUID().toString(),
                                        time,
                                        kind,
                                        application,
                                        "330500-human-resources",
                                        action,
                                        "interface:" + lookup,
                                        outcome,
                                        all)
                                .toBytes());
    }

    /** Waits until the platform has taken over all that was written. */
    public void takenOver() {
        long size = last.join() + 1;
        Waiting.until(
                "the log of the gateway",
                () ->
                        logs.all().stream()
                                .filter(l -> l.origin().equals(origin))
                                .findFirst()
                                .orElseThrow()
                                .size(),
                seen -> seen >= size);
    }

    @Override
    public void close() throws IOException {
        server.stop(0);
        log.close();
        FileSystemUtils.deleteRecursively(folder);
    }
}
