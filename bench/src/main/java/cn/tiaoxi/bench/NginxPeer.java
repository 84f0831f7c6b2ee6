package cn.tiaoxi.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One nginx of Debian's, in a folder of its own. */
final class NginxPeer implements AutoCloseable {
    private final Process process;
    private final int port;

    /** Writes a large answer. */
    interface LargeAnswer {
        void write(Path file) throws IOException;
    }

    private NginxPeer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Answers every request with the same JSON, but those whose path begins with {@code /large}.
     *
     * @param large writes the answer to these
     */
    static NginxPeer upstream(PeerPrograms programs, Path folder, String json, LargeAnswer large)
            throws Exception {
        Path root = Files.createDirectories(folder.resolve("upstream/root"));
        Path answer = root.resolve("answer");
        Files.writeString(answer, json);
        large.write(root.resolve("large"));
        return start(
                programs,
                folder.resolve("upstream"),
                1,
                "",
                "access_log off; open_file_cache max=10; sendfile on;",
                "root "
                        + root
                        + "; location / { try_files /answer =404; }"
                        + " location /large { try_files /large =404; }");
    }

    /** Passes requests on, and writes its usual log line. */
    static NginxPeer plain(PeerPrograms programs, Path folder, NginxPeer upstream)
            throws Exception {
        return start(
                programs,
                folder.resolve("plain"),
                2,
                "",
                passing(folder.resolve("plain"), upstream),
                "location / { " + PASS + " }");
    }

    /** Checks the signature, counts, passes on, logs and masks. */
    static NginxPeer lua(PeerPrograms programs, Path folder, NginxPeer upstream, String secret)
            throws Exception {
        Path own = Files.createDirectories(folder.resolve("lua"));
        Resources.copy("nginx.lua", own.resolve("work.lua"), Map.of("SECRET", secret));
        return start(
                programs,
                own,
                2,
                programs.luaModules(),
                passing(own, upstream)
                        + " lua_shared_dict calls 1m; lua_package_path '"
                        + own
                        + "/?.lua;"
                        + programs.luaPath()
                        + ";;';",
                "location / { access_by_lua_block { require('work').check() }"
                        + " header_filter_by_lua_block { ngx.header.content_length = nil }"
                        + " body_filter_by_lua_block { require('work').mask() } "
                        + PASS
                        + " }");
    }

    private static final String PASS =
            "proxy_pass http://upstream; proxy_http_version 1.1; proxy_set_header Connection '';";

    private static String passing(Path own, NginxPeer upstream) {
        return "upstream upstream { server 127.0.0.1:"
                + upstream.port
                + "; keepalive 128; keepalive_requests 1000000000; } access_log "
                + own
                + "/access.log;";
    }

    private static NginxPeer start(
            PeerPrograms programs,
            Path folder,
            int workers,
            String modules,
            String http,
            String server)
            throws Exception {
        Files.createDirectories(folder);
        int port = freePort();
        Path settings = folder.resolve("nginx.conf");
        Resources.copy(
                "nginx.conf",
                settings,
                Map.of(
                        "KIND", folder.getFileName().toString(),
                        "MODULES", modules,
                        "USER", System.getProperty("user.name"),
                        "WORKERS", Integer.toString(workers),
                        "FOLDER", folder.toString(),
                        "PORT", Integer.toString(port),
                        "HTTP", http,
                        "SERVER", server));
        Process process =
                programs.nginx("-p", folder.toString(), "-c", settings.toString())
                        .redirectOutput(folder.resolve("output").toFile())
                        .start();
        awaitPort(process, port, folder);
        return new NginxPeer(process, port);
    }

    private static void awaitPort(Process process, int port, Path folder) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (true) {
            try (Socket ignored = new Socket("127.0.0.1", port)) {
                return;
            } catch (IOException e) {
                if (!process.isAlive() || System.nanoTime() > end) {
                    process.destroy();
                    throw new IOException(Files.readString(folder.resolve("output")).strip(), e);
                }
                LockSupport.parkNanos(20_000_000);
            }
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    long process() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
