package cn.tiaoxi.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A department's service that is well or ill behaved as its path says. Each of its records has
 * names and telephone numbers in full, and a member that nobody registered.
 */
final class FaultyService implements AutoCloseable {
    /** Whole records that only this service knows; none of these texts may leave a gateway. */
    static final String NAME = "王小明";

    static final String PHONE = "13800012345";
    static final String UNREGISTERED = "不得外传";

    private static final int RECORDS = 10;
    private static final int LONG_RECORDS = 20_000;

    private final ServerSocket server;

    /** How it behaves. */
    enum Manner {
        /** Answers at once. */
        WELL,
        /** Answers with more than the gateway holds, so that it streams. */
        LONG,
        /** Answers a few bytes at a time. */
        SLOW,
        /** Answers with a status of 500. */
        FAILING,
        /** Takes the request and closes. */
        CLOSING,
        /** Closes in the middle of a short answer. */
        CUT,
        /** Closes in the middle of a long answer. */
        LONG_CUT,
        /** Does not answer within the time allowed. */
        SILENT,
        /** Answers with two lengths. */
        TWO_LENGTHS,
        /** Answers with chunks whose size is no number. */
        BAD_CHUNK,
        /** Answers with what is no HTTP. */
        NO_HTTP,
        /** Answers with JSON that ends too early, whole as HTTP. */
        BAD_JSON,
        /** Answers with the text of a page where JSON is due. */
        WRONG_TYPE;

        /** Its path, and the identifier of its interface. */
        String path() {
            return "service-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** Whether a call may be answered with data. */
        boolean answers() {
            return this == WELL || this == LONG || this == SLOW || this == LONG_CUT;
        }
    }

    FaultyService() throws IOException {
        this.server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // The service ends.
        }
    }

    private static void serve(Socket socket) {
        try (socket) {
            BufferedReader in =
                    new BufferedReader(
                            new InputStreamReader(
                                    socket.getInputStream(), StandardCharsets.ISO_8859_1));
            OutputStream out = socket.getOutputStream();
            boolean stays = true;
            for (String first = in.readLine(); stays && first != null; first = in.readLine()) {
                String line = in.readLine();
                while (line != null && !line.isEmpty()) {
                    line = in.readLine();
                }
                stays = answer(manner(first), out);
                out.flush();
                if (!stays) {
                    return;
                }
            }
        } catch (IOException e) {
            // The gateway gave up, as it may.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Manner manner(String requestLine) {
        String path = requestLine.split(" ", 3)[1].split("\\?", 2)[0].substring(1);
        for (Manner manner : Manner.values()) {
            if (manner.path().equals(path)) {
                return manner;
            }
        }
        return Manner.FAILING;
    }

    /** Whether the connection stays. */
    private static boolean answer(Manner manner, OutputStream out)
            throws IOException, InterruptedException {
        byte[] list = list(RECORDS);
        switch (manner) {
            case WELL -> whole(out, "200 OK", list);
            case LONG -> whole(out, "200 OK", list(LONG_RECORDS));
            case SLOW -> slowly(out, list);
            case FAILING -> whole(out, "500 Internal Server Error", list);
            case CLOSING -> {
                return false;
            }
            case CUT -> {
                head(out, "200 OK", "Content-Length: " + list.length);
                out.write(list, 0, list.length / 2);
                return false;
            }
            case LONG_CUT -> {
                byte[] longer = list(LONG_RECORDS);
                head(out, "200 OK", "Content-Length: " + longer.length);
                out.write(longer, 0, longer.length / 2);
                return false;
            }
            case SILENT -> {
                Thread.sleep(5_000);
                return false;
            }
            case TWO_LENGTHS -> {
                head(out, "200 OK", "Content-Length: " + list.length, "Content-Length: 7");
                out.write(list);
                return false;
            }
            case BAD_CHUNK -> {
                head(out, "200 OK", "Transfer-Encoding: chunked");
                out.write("zz\r\n".getBytes(StandardCharsets.US_ASCII));
                out.write(list);
                return false;
            }
            case NO_HTTP -> {
                out.write("220 mail.example ESMTP\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                out.write(list);
                return false;
            }
            case BAD_JSON -> {
                head(out, "200 OK", "Content-Length: " + (list.length - 5));
                out.write(list, 0, list.length - 5);
            }
            case WRONG_TYPE -> {
                String head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: ";
                out.write((head + list.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                out.write(list);
            }
        }
        return true;
    }

    private static void slowly(OutputStream out, byte[] body)
            throws IOException, InterruptedException {
        head(out, "200 OK", "Content-Length: " + body.length);
        for (int at = 0; at < body.length; at += 97) {
            out.write(body, at, Math.min(97, body.length - at));
            out.flush();
            Thread.sleep(10);
        }
    }

    private static void whole(OutputStream out, String status, byte[] body) throws IOException {
        head(out, status, "Content-Length: " + body.length);
        out.write(body);
    }

    private static void head(OutputStream out, String status, String... headers)
            throws IOException {
        String head =
                "HTTP/1.1 "
                        + status
                        + "\r\nContent-Type: application/json\r\n"
                        + String.join("\r\n", headers)
                        + "\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static byte[] list(int records) {
        StringBuilder json = new StringBuilder("{\"rows\":[");
        for (int i = 0; i < records; i++) {
            json.append(i == 0 ? "" : ",")
                    .append("{\"household\":")
                    .append(i)
                    .append(",\"name\":\"" + NAME + "\",\"phone\":\"" + PHONE)
                    .append("\",\"unregistered\":\"" + UNREGISTERED + "\",\"division\":330502}");
        }
        return json.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
