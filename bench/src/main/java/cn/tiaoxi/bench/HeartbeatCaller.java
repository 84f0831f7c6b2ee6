package cn.tiaoxi.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A machine that reports heartbeats over a connection that stays open for as long as the platform
 * keeps it: HTTP/1.1 by hand, so that the caller takes as little as may be of the processors that
 * it shares with the platform. Used by one thread.
 */
final class HeartbeatCaller implements AutoCloseable {
    private final URI platform;
    private final String head;
    private Socket socket;
    private InputStream in;
    private OutputStream out;
    private boolean last;

    HeartbeatCaller(URI platform, String token) throws IOException {
        this.platform = platform;
        this.socket = connect(platform);
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
        this.head =
                "POST /api/v1/devices/heartbeats HTTP/1.1\r\nHost: "
                        + platform.getAuthority()
                        + "\r\nAuthorization: Bearer "
                        + token
                        + "\r\nContent-Type: application/json\r\nContent-Length: ";
    }

    private static Socket connect(URI platform) throws IOException {
        Socket made = new Socket(platform.getHost(), platform.getPort());
        made.setTcpNoDelay(true);
        made.setSoTimeout(60_000);
        return made;
    }

    /**
     * Sends a report and waits for its answer.
     *
     * @throws IllegalStateException unless all of these rows were accepted
     */
    void report(String body, int rows) throws IOException {
        if (last) {
            socket.close();
            socket = connect(platform);
            in = new BufferedInputStream(socket.getInputStream());
            out = socket.getOutputStream();
            last = false;
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        byte[] start = (head + bytes.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] whole = new byte[start.length + bytes.length];
        System.arraycopy(start, 0, whole, 0, start.length);
        System.arraycopy(bytes, 0, whole, start.length, bytes.length);
        out.write(whole);
        String status = line();
        String answer = answer();
        if (!status.startsWith("HTTP/1.1 200")
                || !answer.startsWith("{\"accepted\":" + rows + ",")) {
            throw new IllegalStateException("A report was not taken: " + status + " " + answer);
        }
    }

    private String answer() throws IOException {
        int length = 0;
        boolean chunked = false;
        for (String line = line(); !line.isEmpty(); line = line()) {
            String header = line.toLowerCase(Locale.ROOT);
            if (header.startsWith("content-length:")) {
                length = Integer.parseInt(header.substring(15).strip());
            } else if (header.startsWith("transfer-encoding:")) {
                chunked = true;
            } else if (header.startsWith("connection:")) {
                last = header.contains("close");
            }
        }
        if (!chunked) {
            return new String(in.readNBytes(length), StandardCharsets.UTF_8);
        }
        StringBuilder text = new StringBuilder();
        for (int size = chunk(); size > 0; size = chunk()) {
            text.append(new String(in.readNBytes(size), StandardCharsets.UTF_8));
            line();
        }
        line();
        return text.toString();
    }

    private int chunk() throws IOException {
        return Integer.parseInt(line().strip(), 16);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("The platform closed the connection");
            }
            if (b != '\r') {
                line.append((char) b);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
