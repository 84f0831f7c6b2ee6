package cn.tiaoxi.platform.usage;

import cn.tiaoxi.contract.TraceRecord;
import cn.tiaoxi.platform.Waiting;
import cn.tiaoxi.platform.evidence.Logs;
import cn.tiaoxi.trace.NoteSigner;
import cn.tiaoxi.trace.TraceLog;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.springframework.util.FileSystemUtils;

/** A real log of calls that a gateway could have written, where the platform can read it. */
final class TestGateway implements AutoCloseable {
    private final Path folder;
    private final TraceLog log;
    private final HttpServer server;
    private final String origin;
    private final Logs logs;
    private CompletableFuture<Long> last = CompletableFuture.completedFuture(-1L);

    TestGateway(Logs logs) throws IOException {
        this.logs = logs;
        this.folder = Files.createTempDirectory("tiaoxi-usage-test").toRealPath();
        this.origin = "usage.test/" + UUID.randomUUID();
        NoteSigner signer = NoteSigner.generate(origin);
        this.log = TraceLog.open(folder.resolve("trace"), signer, TraceLog.Settings.DEFAULT);
        this.server =
                SimpleFileServer.createFileServer(
                        new InetSocketAddress("127.0.0.1", 0),
                        folder,
                        SimpleFileServer.OutputLevel.NONE);
        server.start();
        logs.follow(
                "gw-" + origin.substring(11, 19),
                "http://127.0.0.1:" + server.getAddress().getPort(),
                origin,
                log.verifier().vkey(),
                "token");
    }

    String origin() {
        return origin;
    }

    /**
     * Writes an answered call.
     *
     * @param subject what was looked up, as this gateway prints it
     * @param matter as callers send it, or empty
     */
    void call(String grant, Instant time, String subject, String matter, int rows) {
        write(grant, time, "OK", subject, matter, rows);
    }

    void refusal(String grant, Instant time) {
        write(grant, time, "QUOTA_EXCEEDED", "", "", 0);
    }

    private void write(
            String grant, Instant time, String outcome, String subject, String matter, int rows) {
        Map<String, String> detail = new HashMap<>();
        detail.put("grant", grant);
        detail.put("rows", Integer.toString(rows));
        detail.put("remote", "192.0.2.7");
        detail.put("keyId", "key-1");
        if (!subject.isEmpty()) {
            detail.put("key.id_number", subject);
        }
        if (!matter.isEmpty()) {
            detail.put("matter", matter);
        }
        last =
                log.append(
                        new TraceRecord(
                                        UUID.randomUUID().toString(),
                                        time,
                                        TraceRecord.Kind.CALL,
                                        "application",
                                        "330500-human-resources",
                                        "call",
                                        "interface:test",
                                        outcome,
                                        detail)
                                .toBytes());
    }

    /** Waits until the platform has taken over all that was written. */
    void takenOver() {
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
