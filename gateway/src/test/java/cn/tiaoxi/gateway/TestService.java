package cn.tiaoxi.gateway;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A department's service that behaves as a test says, byte by byte. Without a behaviour a path is
 * answered with 404.
 */
public final class TestService implements AutoCloseable {
    /** What the service does with a request. */
    @FunctionalInterface
    public interface Behaviour {
        /** Writes an answer; an exception closes the connection. */
        void answer(Request request, OutputStream out) throws IOException, InterruptedException;
    }

    /** A request as it came. */
    public record Request(String method, String target, Map<String, String> headers, String body) {}

    /** All requests, oldest first. */
    public final List<Request> requests = new CopyOnWriteArrayList<>();

    final AtomicInteger connections = new AtomicInteger();
    private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final ServerSocket server;

    private TestService(ServerSocket server) {
        this.server = server;
    }

    /** Starts one on a free port of the loopback. */
    public static TestService start() throws IOException {
        return on(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()));
    }

    static TestService on(ServerSocket socket) {
        TestService service = new TestService(socket);
        Thread.ofVirtual().name("test-service").start(service::accept);
        return service;
    }

    /** Says what a path does; the query is not part of it. */
    public TestService at(String path, Behaviour behaviour) {
        behaviours.put(path, behaviour);
        return this;
    }

    /** Answers with JSON. */
    public TestService json(String path, String body) {
        return at(path, (request, out) -> whole(out, "200 OK", "application/json", body));
    }

    /** Base URL. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    static void whole(OutputStream out, String status, String type, String body)
            throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        head(out, status, "Content-Type: " + type, "Content-Length: " + bytes.length);
        out.write(bytes);
    }

    static void head(OutputStream out, String status, String... headers) throws IOException {
        String head = "HTTP/1.1 " + status + "\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.ISO_8859_1));
    }

    static void chunk(OutputStream out, byte[] bytes) throws IOException {
        out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.write(bytes);
        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    static void lastChunk(OutputStream out) throws IOException {
        out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                sockets.add(socket);
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // The service ends.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            while (true) {
                Request request = read(in);
                if (request == null) {
                    return;
                }
                requests.add(request);
                String path = request.target().split("\\?", 2)[0];
                Behaviour behaviour = behaviours.get(path);
                if (behaviour == null) {
                    whole(out, "404 Not Found", "text/plain", "nothing");
                } else {
                    behaviour.answer(request, out);
                }
                out.flush();
            }
        } catch (IOException e) {
            // The connection ends.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Request read(InputStream in) throws IOException {
        String first = line(in);
        if (first == null || first.isEmpty()) {
            return null;
        }
        Map<String, String> headers = new TreeMap<>();
        String line;
        while ((line = line(in)) != null && !line.isEmpty()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        String[] parts = first.split(" ");
        return new Request(parts[0], parts[1], headers, body);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int b;
        while ((b = in.read()) >= 0) {
            if (b == '\n') {
                return bytes.toString(StandardCharsets.ISO_8859_1).stripTrailing();
            }
            bytes.write(b);
        }
        return bytes.size() == 0 ? null : bytes.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
