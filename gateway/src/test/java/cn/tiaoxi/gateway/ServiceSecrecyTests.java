package cn.tiaoxi.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.contract.HttpUpstream.Format;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Whatever a service sends, in whatever pieces, with whatever faults: no value that is not granted
 * and none that is masked leaves as it is. Values that must not are marked.
 */
class ServiceSecrecyTests {
    private static final String MARK = "NOTFORYOU";
    private static final String PHONE = "13857212345";

    private static TestDatabase database;
    private static TestService service;
    private static GatewayRig rig;
    private static Path data;
    private static volatile byte[] answer = {};
    private static volatile long seed;
    private static int answered;

    @BeforeContainer
    static void start() throws Exception {
        data = Files.createTempDirectory("secrecy");
        database = TestDatabase.start();
        service = TestService.start();
        rig = new GatewayRig(data, database).start();
        TestPolicy policy = TestPolicy.standard();
        for (Format format : Format.values()) {
            ServicePolicy each =
                    ServicePolicy.of(format.name().toLowerCase(java.util.Locale.ROOT), service);
            each.format = format;
            each.breaker = new cn.tiaoxi.contract.HttpUpstream.Breaker(20, 1);
            each.addTo(policy);
            service.at(
                    "/" + format.name().toLowerCase(java.util.Locale.ROOT),
                    (r, o) -> send(o, format));
        }
        rig.apply(policy);
    }

    @AfterContainer
    static void stop() throws Exception {
        assertThat(answered).as("answers that were passed on").isGreaterThan(30);
        rig.close();
        service.close();
        database.close();
        try (var files = Files.walk(data)) {
            files.sorted(java.util.Comparator.reverseOrder()).forEach(p -> p.toFile().delete());
        }
    }

    private static void send(OutputStream out, Format format) throws IOException {
        String type =
                switch (format) {
                    case JSON -> "application/json";
                    case NDJSON -> "application/x-ndjson";
                    case CSV -> "text/csv";
                };
        TestService.head(out, "200 OK", "Content-Type: " + type, "Transfer-Encoding: chunked");
        Random random = new Random(seed);
        byte[] body = answer;
        int from = 0;
        while (from < body.length) {
            int length = Math.min(body.length - from, 1 + random.nextInt(5_000));
            TestService.chunk(out, java.util.Arrays.copyOfRange(body, from, from + length));
            if (random.nextInt(10) == 0) {
                out.flush();
            }
            from += length;
        }
        if (random.nextInt(4) == 0) {
            throw new IOException("closes");
        }
        TestService.lastChunk(out);
    }

    @Property(tries = 150)
    void no_value_leaves_that_must_not(@ForAll long any) throws Exception {
        Random random = new Random(any);
        Format format = Format.values()[random.nextInt(3)];
        StringBuilder text = new StringBuilder();
        int records = random.nextBoolean() ? random.nextInt(5) : 2_000 + random.nextInt(3_000);
        if (format == Format.CSV) {
            table(text, random, records);
        } else {
            text.append(format == Format.JSON ? "[" : "");
            for (int i = 0; i < records; i++) {
                text.append(i == 0 || format == Format.NDJSON ? "" : ",");
                object(text, random, 0);
                text.append(format == Format.NDJSON ? "\n" : "");
            }
            text.append(format == Format.JSON ? "]" : "");
        }
        byte[] body = text.toString().getBytes(StandardCharsets.UTF_8);
        for (int spoilt = random.nextInt(4); spoilt > 1 && body.length > 0; spoilt--) {
            body[random.nextInt(body.length)] = (byte) random.nextInt(256);
        }
        seed = any;
        answer = body;

        String seen = raw("/api/" + format.name().toLowerCase(java.util.Locale.ROOT));

        answered += seen.startsWith("HTTP/1.1 200") ? 1 : 0;
        assertThat(seen).doesNotContain(MARK).doesNotContain(PHONE);
    }

    private static void object(StringBuilder text, Random random, int depth) {
        text.append('{');
        int members = random.nextInt(6);
        for (int i = 0; i < members; i++) {
            text.append(i == 0 ? "" : ",").append('"');
            switch (random.nextInt(5)) {
                case 0 -> text.append("phone\":\"").append(PHONE).append('"');
                case 1 -> text.append("division\":33");
                case 2 -> text.append("secret\":\"").append(MARK).append('"');
                case 3 -> {
                    text.append("new").append(random.nextInt(9)).append("\":");
                    if (depth < 5) {
                        object(text, random, depth + 1);
                    } else {
                        text.append('"').append(MARK).append('"');
                    }
                }
                default -> text.append("division\":{\"x\":\"").append(MARK).append("\"}");
            }
        }
        text.append('}');
    }

    private static void table(StringBuilder text, Random random, int rows) {
        List<String> columns =
                new java.util.ArrayList<>(List.of("phone", "secret", "division", "x"));
        java.util.Collections.shuffle(columns, random);
        text.append(String.join(",", columns)).append('\n');
        for (int i = 0; i < rows; i++) {
            for (int c = 0; c < columns.size(); c++) {
                text.append(c == 0 ? "" : ",")
                        .append(
                                switch (columns.get(c)) {
                                    case "phone" -> PHONE;
                                    case "division" -> "330502";
                                    default -> '"' + MARK + '"';
                                });
            }
            text.append('\n');
        }
    }

    /** All bytes that come back, also of an answer that breaks off. */
    private static String raw(String path) throws IOException {
        RawCall call = RawCall.of(rig, path);
        StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\n");
        request.append("Host: ").append(rig.address().getAuthority()).append("\r\n");
        call.headers.forEach((n, v) -> request.append(n).append(": ").append(v).append("\r\n"));
        request.append("Connection: close\r\n\r\n");
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        try (Socket socket = RawCall.open(rig)) {
            socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().transferTo(bytes);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
