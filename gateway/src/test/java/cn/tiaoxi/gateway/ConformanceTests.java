package cn.tiaoxi.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a gateway does with HTTP/1.1 that is unusual or wrong, by RFC 9112 and RFC 9110: bytes sent,
 * statuses answered, and whether the connection may be used on. A request hidden in another one is
 * never seen.
 */
class ConformanceTests {
    @TempDir static Path data;
    private static GatewayRig rig;

    @BeforeAll
    static void start() throws Exception {
        rig = GatewayRig.standard(data, null);
    }

    @AfterAll
    static void nothing_hidden_was_seen() {
        try {
            assertThat(rig.trace()).hasSizeGreaterThan(80);
            assertThat(rig.trace())
                    .noneMatch(r -> r.object().contains("smuggled"))
                    .noneMatch(r -> r.outcome().equals("INTERNAL"));
        } finally {
            rig.close();
        }
    }

    static Stream<ConformanceCase> cases() {
        return Stream.of(
                        FramingCases.lengths(),
                        FramingCases.codings(),
                        FramingCases.chunks(),
                        HeadCases.lines(),
                        HeadCases.hosts(),
                        HeadCases.targets(),
                        HeadCases.versions(),
                        HeadCases.connections(),
                        HeadCases.sizes())
                .flatMap(List::stream);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void a_request_is_handled_or_refused_as_the_standard_says(ConformanceCase sent)
            throws IOException {
        assertThat(answers(sent.bytes(), sent.closed())).isEqualTo(sent.expected());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void it_makes_no_difference_how_the_bytes_are_cut(ConformanceCase sent) throws IOException {
        String bytes = sent.bytes().replace("{host}", rig.address().getAuthority());
        if (bytes.length() > 2_000) {
            return;
        }
        try (Socket socket = RawCall.open(rig)) {
            socket.setTcpNoDelay(true);
            for (int i = 0; i < bytes.length(); i += 7) {
                String piece = bytes.substring(i, Math.min(i + 7, bytes.length()));
                try {
                    send(socket, piece);
                } catch (IOException e) {
                    break;
                }
                Thread.onSpinWait();
            }
            assertThat(rest(socket, sent.closed())).startsWith(sent.statuses().substring(0, 3));
        }
    }

    @Test
    void a_request_that_never_ends_is_not_seen() throws Exception {
        for (String part :
                List.of(
                        "GET /api/smuggled HTTP/1.1\r\nHost: {host}\r\n",
                        "POST /api/smuggled HTTP/1.1\r\nHost: {host}\r\nContent-Length: 9\r\n\r\nfour",
                        "POST /api/smuggled HTTP/1.1\r\nHost: {host}\r\n"
                                + "Transfer-Encoding: chunked\r\n\r\n5\r\nab")) {
            try (Socket socket = RawCall.open(rig)) {
                send(socket, part);
                socket.shutdownOutput();
                assertThat(text(socket)).doesNotContain("HTTP/1.1 200");
            }
        }
    }

    @Test
    void who_closes_its_half_has_gone() throws Exception {
        try (Socket socket = RawCall.open(rig)) {
            send(socket, ConformanceCase.get("/healthz", ""));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
            socket.shutdownOutput();
            assertThat(text(socket)).contains("200 OK");
        }
    }

    @Test
    void an_answer_to_head_has_no_body() throws Exception {
        try (Socket socket = RawCall.open(rig)) {
            send(socket, ConformanceCase.get("/x", "Connection: close\r\n").replace("GET", "HEAD"));
            String answer = text(socket);
            assertThat(answer).startsWith("HTTP/1.1 405").endsWith("\r\n\r\n");
        }
    }

    @Test
    void who_asks_first_is_told_to_go_on() throws Exception {
        try (Socket socket = RawCall.open(rig)) {
            send(socket, ConformanceCase.post("Expect: 100-continue\r\nContent-Length: 4\r\n", ""));
            byte[] start = socket.getInputStream().readNBytes(25);
            assertThat(new String(start, StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            send(socket, "body" + ConformanceCase.get("/healthz", "Connection: close\r\n"));
            assertThat(statuses(text(socket))).isEqualTo("405 200");
        }
    }

    private static String answers(String bytes, boolean closed) throws IOException {
        try (Socket socket = RawCall.open(rig)) {
            send(socket, bytes);
            return rest(socket, closed);
        }
    }

    /** The statuses until the gateway closes; where it should not, another request asks it to. */
    private static String rest(Socket socket, boolean closed) throws IOException {
        if (!closed) {
            send(socket, ConformanceCase.get("/healthz", "Connection: close\r\n"));
        }
        return statuses(text(socket));
    }

    private static void send(Socket socket, String text) throws IOException {
        String host = rig.address().getAuthority();
        socket.getOutputStream()
                .write(text.replace("{host}", host).getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String text(Socket socket) throws IOException {
        socket.setSoTimeout(4_000);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(text);
        } catch (SocketTimeoutException e) {
            text.writeBytes(" HTTP/1.1 000 still open".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // A gateway that closes with bytes unread resets the connection after its answer.
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    private static String statuses(String text) {
        return String.join(
                " ", RawCall.STATUS.matcher(text).results().map(found -> found.group(1)).toList());
    }
}
