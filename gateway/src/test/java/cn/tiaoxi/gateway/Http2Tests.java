package cn.tiaoxi.gateway;

import static cn.tiaoxi.gateway.RawHttp2.END_HEADERS;
import static cn.tiaoxi.gateway.RawHttp2.END_STREAM;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** HTTP/2 frame by frame: what RFC 9113 calls malformed, and what only makes work. */
class Http2Tests {
    private static final int BOTH = END_HEADERS | END_STREAM;
    private static final String PROTOCOL_ERROR = "reset 1";
    private static final String CANCEL = "reset 8";
    private static final String CALM = "away 11";

    @TempDir static Path data;
    private static GatewayRig rig;
    private static String host;

    @BeforeAll
    static void start() throws Exception {
        rig = GatewayRig.standard(data, null);
        host = rig.address().getAuthority();
    }

    @AfterAll
    static void nothing_malformed_was_seen() {
        try {
            assertThat(rig.trace())
                    .noneMatch(r -> r.object().contains("smuggled"))
                    .noneMatch(r -> r.outcome().equals("INTERNAL"));
        } finally {
            rig.close();
        }
    }

    private static String[] request(String method, String path, String... more) {
        List<String> pairs =
                new ArrayList<>(
                        List.of(
                                ":method",
                                method,
                                ":scheme",
                                "http",
                                ":authority",
                                host,
                                ":path",
                                path));
        pairs.addAll(List.of(more));
        return pairs.toArray(String[]::new);
    }

    private static Arguments malformed(String name, String... pairs) {
        return Arguments.of(name, pairs, PROTOCOL_ERROR + "|" + CANCEL);
    }

    private static Arguments with(String name, String... more) {
        return malformed(name, request("GET", "/api/smuggled", more));
    }

    static Stream<Arguments> heads() {
        host = "{host}";
        return Stream.of(
                Arguments.of("a good one", request("GET", "/healthz"), "200"),
                Arguments.of(
                        "host beside authority", request("GET", "/healthz", "host", host), "200"),
                Arguments.of("te: trailers", request("GET", "/healthz", "te", "trailers"), "200"),
                Arguments.of("an unknown interface", request("GET", "/nothing"), "404"),
                Arguments.of("an unsigned call", request("GET", "/api/people"), "401"),
                with("connection", "connection", "keep-alive"),
                with("connection: close", "connection", "close"),
                with("keep-alive", "keep-alive", "1"),
                with("proxy-connection", "proxy-connection", "keep-alive"),
                with("upgrade", "upgrade", "h2c"),
                with("transfer-encoding", "transfer-encoding", "chunked"),
                with("te", "te", "gzip"),
                with("upper-case name", "X-Upper", "a"),
                with("space in a name", "x y", "a"),
                with("colon in a name", "x:y", "a"),
                with("empty name", "", "a"),
                with("CR in a value", "x", "a\rb"),
                with("LF in a value", "x", "a\nb"),
                with("CRLF and a request", "x", "a\r\n\r\nGET /api/smuggled HTTP/1.1\r\n"),
                with("NUL in a value", "x", "a\u0000b"),
                with("space before a value", "x", " a"),
                with("space after a value", "x", "a "),
                with("LF in a name", "x\ny", "a"),
                with("another host", "host", "other"),
                with("pseudo-header after a header", "x", "a", ":path", "/api/smuggled"),
                with("two paths", ":path", "/other"),
                with("two methods", ":method", "POST"),
                with("unknown pseudo-header", ":protocol", "websocket"),
                with("answer's pseudo-header", ":status", "200"),
                with("two lengths", "content-length", "0", "content-length", "1"),
                with("a length and no body", "content-length", "5"),
                malformed("no method", ":scheme", "http", ":authority", host, ":path", "/"),
                malformed("no path", ":method", "GET", ":scheme", "http", ":authority", host),
                malformed("no scheme", ":method", "GET", ":authority", host, ":path", "/"),
                malformed("no authority", ":method", "GET", ":scheme", "http", ":path", "/"),
                malformed("empty path", request("GET", "")),
                malformed("a space in the path", request("GET", "/a b")),
                malformed("a request line in the path", request("GET", "/ HTTP/1.1\r\nx: y")),
                malformed("a fragment", request("GET", "/#x")),
                malformed(
                        "another scheme",
                        ":method",
                        "GET",
                        ":scheme",
                        "https",
                        ":authority",
                        host,
                        ":path",
                        "/"),
                malformed("CONNECT", ":method", "CONNECT", ":authority", host),
                Arguments.of("a path without slash", request("GET", "x"), "400"),
                Arguments.of("an asterisk", request("OPTIONS", "*"), "405"),
                Arguments.of("a bad host", to("user@{host}"), "400"),
                Arguments.of("somebody else's host", to("other:1"), "421"));
    }

    private static String[] to(String authority) {
        return new String[] {
            ":method", "GET", ":scheme", "http", ":authority", authority, ":path", "/api/x"
        };
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("heads")
    void a_head_is_taken_or_its_stream_is_reset(String name, String[] pairs, String expected)
            throws Exception {
        String own = rig.address().getAuthority();
        String[] sent =
                Stream.of(pairs).map(text -> text.replace("{host}", own)).toArray(String[]::new);
        try (RawHttp2 connection = new RawHttp2(rig)) {
            connection.send(RawHttp2.HEADERS, BOTH, 1, RawHttp2.block(sent));
            assertThat(connection.outcome(1)).isIn((Object[]) expected.split("\\|"));
            connection.send(RawHttp2.HEADERS, BOTH, 3, RawHttp2.block(good(own)));
            assertThat(connection.outcome(3)).isEqualTo("200");
        }
    }

    private static String[] good(String own) {
        return new String[] {
            ":method", "GET", ":scheme", "http", ":authority", own, ":path", "/healthz"
        };
    }

    private static byte[] good() {
        return RawHttp2.block(good(rig.address().getAuthority()));
    }

    @Test
    void a_body_must_be_as_long_as_it_says() throws Exception {
        String own = rig.address().getAuthority();
        byte[] head =
                RawHttp2.block(
                        ":method",
                        "POST",
                        ":scheme",
                        "http",
                        ":authority",
                        own,
                        ":path",
                        "/api/smuggled",
                        "content-length",
                        "5");
        for (String body : List.of("four", "sixsix")) {
            try (RawHttp2 connection = new RawHttp2(rig)) {
                connection.send(RawHttp2.HEADERS, END_HEADERS, 1, head);
                connection.send(
                        RawHttp2.DATA, END_STREAM, 1, body.getBytes(StandardCharsets.US_ASCII));
                assertThat(connection.outcome(1)).isIn(PROTOCOL_ERROR, CANCEL);
            }
        }
        try (RawHttp2 connection = new RawHttp2(rig)) {
            byte[] large =
                    RawHttp2.block(
                            ":method", "POST", ":scheme", "http", ":authority", own, ":path", "/x");
            connection.send(RawHttp2.HEADERS, END_HEADERS, 1, large);
            connection.send(RawHttp2.DATA, 0, 1, new byte[16_000]);
            connection.send(RawHttp2.DATA, 0, 1, new byte[16_000]);
            connection.send(RawHttp2.DATA, END_STREAM, 1, new byte[1_000]);
            assertThat(connection.outcome(1)).isEqualTo("413");
        }
    }

    @Test
    void headers_are_bounded() throws Exception {
        String own = rig.address().getAuthority();
        List<String> many = new ArrayList<>(List.of(good(own)));
        for (int i = 0; i < 101; i++) {
            many.addAll(List.of("x", "a"));
        }
        try (RawHttp2 connection = new RawHttp2(rig)) {
            connection.send(RawHttp2.HEADERS, BOTH, 1, RawHttp2.block(many.toArray(String[]::new)));
            assertThat(connection.outcome(1)).isEqualTo(PROTOCOL_ERROR);
            // A small block that stands for much: a long value put into the table, then named
            // often.
            byte[] first = RawHttp2.block("x", "a".repeat(3_000));
            first[0] = 0x40;
            byte[] bomb = new byte[good().length + first.length + 2_000];
            ByteBuffer.wrap(bomb).put(good()).put(first);
            java.util.Arrays.fill(bomb, good().length + first.length, bomb.length, (byte) 0xbe);
            connection.send(RawHttp2.HEADERS, BOTH, 3, bomb);
            assertThat(connection.outcome(3)).isIn("431", "away 1", "reset 1");
        }
    }

    @Test
    void a_header_block_that_never_ends_is_cut() throws Exception {
        for (int size : List.of(0, 1, 10_000)) {
            try (RawHttp2 connection = new RawHttp2(rig)) {
                connection.send(RawHttp2.HEADERS, END_STREAM, 1, good());
                assertThat(
                                flooded(
                                        connection,
                                        5_000,
                                        i ->
                                                connection.send(
                                                        RawHttp2.CONTINUATION,
                                                        0,
                                                        1,
                                                        new byte[size])))
                        .isIn(CALM, "away 1", "closed");
            }
        }
    }

    @Test
    void streams_that_are_reset_over_and_over_end_the_connection() throws Exception {
        byte[] head = good();
        try (RawHttp2 connection = new RawHttp2(rig)) {
            assertThat(
                            flooded(
                                    connection,
                                    5_000,
                                    i -> {
                                        connection.send(RawHttp2.HEADERS, BOTH, 2 * i + 1, head);
                                        connection.send(
                                                RawHttp2.RESET, 0, 2 * i + 1, bytes(0, 0, 0, 8));
                                    }))
                    .isIn(CALM, "closed");
        }
    }

    @Test
    void streams_that_make_the_gateway_reset_them_end_the_connection() throws Exception {
        byte[] head = RawHttp2.block(to("a\u0001b"));
        try (RawHttp2 connection = new RawHttp2(rig)) {
            assertThat(
                            flooded(
                                    connection,
                                    5_000,
                                    i -> connection.send(RawHttp2.HEADERS, BOTH, 2 * i + 1, head)))
                    .isIn(CALM, "closed");
        }
    }

    @Test
    void frames_that_carry_nothing_end_the_connection() throws Exception {
        try (RawHttp2 c = new RawHttp2(rig)) {
            assertThat(flooded(c, 20_000, i -> c.send(RawHttp2.PING, 0, 0, new byte[8])))
                    .isIn(CALM, "closed");
        }
        try (RawHttp2 c = new RawHttp2(rig)) {
            assertThat(flooded(c, 20_000, i -> c.send(RawHttp2.SETTINGS, 0, 0)))
                    .isIn(CALM, "closed");
        }
        try (RawHttp2 c = new RawHttp2(rig)) {
            assertThat(
                            flooded(
                                    c,
                                    20_000,
                                    i -> c.send(RawHttp2.PRIORITY, 0, 5, bytes(0, 0, 0, 0, 1))))
                    .isIn(CALM, "closed");
        }
        try (RawHttp2 c = new RawHttp2(rig)) {
            assertThat(flooded(c, 20_000, i -> c.send(RawHttp2.WINDOW, 0, 0, bytes(0, 0, 0, 1))))
                    .isIn(CALM, "closed");
        }
        try (RawHttp2 c = new RawHttp2(rig)) {
            assertThat(flooded(c, 20_000, i -> c.send(0xee, 0, 0, bytes(1)))).isIn(CALM, "closed");
        }
        try (RawHttp2 c = new RawHttp2(rig)) {
            c.send(RawHttp2.HEADERS, END_HEADERS, 1, good());
            assertThat(flooded(c, 20_000, i -> c.send(RawHttp2.DATA, 0, 1))).isIn(CALM, "closed");
        }
    }

    @Test
    void streams_at_once_are_bounded() throws Exception {
        try (RawHttp2 connection = new RawHttp2(rig)) {
            byte[] head = good();
            for (int i = 0; i < 129; i++) {
                connection.send(RawHttp2.HEADERS, END_HEADERS, 2 * i + 1, head);
            }
            assertThat(connection.outcome(257)).isEqualTo("reset 7");
        }
    }

    @Test
    void slow_streams_are_cut_and_idle_connections_closed() throws Exception {
        Duration little = Duration.ofMillis(400);
        Limits limits = Limits.standard();
        Limits impatient =
                new Limits(
                        limits.connections(),
                        limits.servingCalls(),
                        limits.nonces(),
                        limits.requestBytes(),
                        little,
                        little,
                        little,
                        limits.serving(),
                        limits.tracing());
        try (GatewayRig quick = new GatewayRig(data.resolve("quick"), null).start(impatient)) {
            try (RawHttp2 slow = new RawHttp2(quick)) {
                String own = quick.address().getAuthority();
                slow.send(RawHttp2.HEADERS, END_HEADERS, 1, RawHttp2.block(good(own)));
                assertThat(slow.outcome(1)).isEqualTo("reset 8");
                assertThat(slow.outcome(3)).isIn("away 0", "closed");
            }
            try (RawHttp2 shut = new RawHttp2(quick)) {
                String own = quick.address().getAuthority();
                // No window: the answer's body cannot leave.
                shut.send(RawHttp2.SETTINGS, 0, 0, bytes(0, 4, 0, 0, 0, 0));
                shut.send(RawHttp2.HEADERS, BOTH, 1, RawHttp2.block(good(own)));
                assertThat(shut.outcome(1)).isEqualTo("200");
                assertThat(shut.outcome(1)).isEqualTo("reset 8");
            }
        }
    }

    @Test
    void a_gateway_that_ends_says_so() throws Exception {
        GatewayRig ending = GatewayRig.standard(data.resolve("ending"), null);
        try (RawHttp2 connection = new RawHttp2(ending)) {
            connection.send(
                    RawHttp2.HEADERS,
                    BOTH,
                    1,
                    RawHttp2.block(good(ending.address().getAuthority())));
            assertThat(connection.outcome(1)).isEqualTo("200");
            ending.close();
            assertThat(connection.outcome(3)).isEqualTo("away 0");
            assertThat(connection.outcome(3)).isEqualTo("closed");
        }
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    /** Something that is sent many times. */
    private interface Flood {
        void send(int i) throws IOException;
    }

    private static String flooded(RawHttp2 connection, int times, Flood flood) throws Exception {
        try {
            for (int i = 0; i < times; i++) {
                flood.send(i);
            }
        } catch (IOException e) {
            return "closed";
        }
        return connection.outcome(Integer.MAX_VALUE);
    }
}
