package cn.tiaoxi.bench;

import static java.io.OutputStream.nullOutputStream;

import cn.tiaoxi.contract.Masks;
import cn.tiaoxi.contract.PolicySnapshot.Mask;
import cn.tiaoxi.contract.Wire;
import cn.tiaoxi.gateway.filter.AnswerFilter;
import cn.tiaoxi.gateway.filter.FieldRules;
import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The gateway's filter of answers on lists of 2 KB records with two fields masked and one removed,
 * in pieces of 16 KB as they come from a socket. Beside it, in turns, Jackson's streaming parser
 * and generator doing the same; and the filter on an indented body, on one of numbers and letters
 * alone, and on a table. Megabytes (10⁶ bytes) of the body for each second of one processor's time;
 * medians.
 */
public final class MaskingBench {
    private static final int BODY = 32 << 20;
    private static final int PASSES = 4;
    private static final int ROUNDS = 9;
    private static final int QUICK_ROUNDS = 3;
    private static final int WARM_UPS = 3;
    private static final int PIECE = 16 << 10;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final FieldRules rules = CitizenList.rules();
    private final byte[] json = new CitizenList().json(BODY);
    private final ByteBuf out = Unpooled.buffer(2 * PIECE);

    private MaskingBench() {}

    /** Runs the benchmark; {@code --quick} takes a third of the rounds. */
    public static void main(String[] arguments) {
        new MaskingBench().run(List.of(arguments).contains("--quick") ? QUICK_ROUNDS : ROUNDS);
    }

    /** A way to filter a body, and what it has reached. */
    private record Way(String name, byte[] body, Runnable once, double[] speeds) {}

    private void run(int rounds) {
        check();
        byte[] indented =
                Wire.JSON
                        .writerWithDefaultPrettyPrinter()
                        .writeValueAsBytes(Wire.JSON.readTree(new CitizenList().json(BODY / 2)));
        byte[] small = CitizenList.smallValues(BODY);
        byte[] csv = new CitizenList().csv(BODY);
        List<Way> ways =
                List.of(
                        way(rounds, "json", json, () -> filter(AnswerFilter.json(rules), json)),
                        way(rounds, "jackson", json, () -> copy(json, nullOutputStream())),
                        way(
                                rounds,
                                "indented",
                                indented,
                                () -> filter(AnswerFilter.json(rules), indented)),
                        way(rounds, "small", small, () -> filter(AnswerFilter.json(rules), small)),
                        way(rounds, "jackson small", small, () -> copy(small, nullOutputStream())),
                        way(rounds, "csv", csv, () -> filter(AnswerFilter.csv(rules, ','), csv)));
        for (int i = -WARM_UPS; i < rounds; i++) {
            for (Way way : ways) {
                double speed = speed(way);
                if (i >= 0) {
                    way.speeds()[i] = speed;
                }
            }
        }
        System.out.printf("%-14s %12s %8s %8s%n", "", "median MB/s", "lowest", "highest");
        for (Way way : ways) {
            Arrays.sort(way.speeds());
            System.out.printf(
                    Locale.ROOT,
                    "%-14s %12.0f %8.0f %8.0f%n",
                    way.name(),
                    median(way),
                    way.speeds()[0],
                    way.speeds()[rounds - 1]);
        }
        report(ways);
    }

    private static Way way(int rounds, String name, byte[] body, Runnable once) {
        return new Way(name, body, once, new double[rounds]);
    }

    private void report(List<Way> ways) {
        double ours = median(ways.get(0));
        double jackson = median(ways.get(1));
        System.out.printf(
                Locale.ROOT,
                "{\"stream_mb_per_s\":%.0f,\"jackson_mb_per_s\":%.0f,\"ratio_to_jackson\":%.2f,"
                        + "\"indented_mb_per_s\":%.0f,\"small_values_mb_per_s\":%.0f,"
                        + "\"jackson_small_values_mb_per_s\":%.0f,"
                        + "\"csv_mb_per_s\":%.0f,\"allocated_bytes_per_mb\":%d,"
                        + "\"record_bytes\":%d}%n",
                ours,
                jackson,
                ours / jackson,
                median(ways.get(2)),
                median(ways.get(3)),
                median(ways.get(4)),
                median(ways.get(5)),
                allocated() / (json.length / 1_000_000),
                json.length / Wire.JSON.readTree(json).get("rows").size());
    }

    /** Both must say the same before their speeds are compared. */
    private void check() {
        byte[] body = new CitizenList().json(1 << 20);
        ByteArrayOutputStream peer = new ByteArrayOutputStream();
        copy(body, peer);
        ByteBuf filtered = Unpooled.buffer();
        AnswerFilter filter = AnswerFilter.json(rules);
        filter.accept(body, 0, body.length, filtered);
        filter.end(filtered);
        byte[] bytes = Arrays.copyOf(filtered.array(), filtered.writerIndex());
        if (!Wire.JSON.readTree(bytes).equals(Wire.JSON.readTree(peer.toByteArray()))) {
            throw new IllegalStateException("the filter and its peer differ");
        }
    }

    private double speed(Way way) {
        long start = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < PASSES; i++) {
            way.once().run();
        }
        return 1e3 * PASSES * way.body().length / (threads.getCurrentThreadCpuTime() - start);
    }

    private long allocated() {
        long before = threads.getCurrentThreadAllocatedBytes();
        filter(AnswerFilter.json(rules), json);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private void filter(AnswerFilter filter, byte[] body) {
        long shown = 0;
        for (int from = 0; from < body.length; from += PIECE) {
            filter.accept(body, from, Math.min(body.length, from + PIECE), out);
            shown += out.readableBytes();
            out.clear();
        }
        filter.end(out);
        if (shown < body.length / 4) {
            throw new IllegalStateException("too little was shown: " + shown);
        }
    }

    private static void copy(byte[] body, OutputStream to) {
        try (JsonParser parser = Wire.JSON.createParser(new ByteArrayInputStream(body));
                JsonGenerator generator = Wire.JSON.createGenerator(to)) {
            JsonToken token;
            while ((token = parser.nextToken()) != null) {
                if (token == JsonToken.PROPERTY_NAME) {
                    String name = parser.currentName();
                    Mask mask = CitizenList.MASKS.get(name);
                    if (name.equals(CitizenList.NOT_GRANTED)) {
                        parser.nextToken();
                        parser.skipChildren();
                    } else if (mask != null) {
                        parser.nextToken();
                        generator.writeStringProperty(name, Masks.apply(mask, parser.getString()));
                    } else {
                        generator.copyCurrentEvent(parser);
                    }
                } else {
                    generator.copyCurrentEvent(parser);
                }
            }
        }
    }

    /** Of speeds in order. */
    private static double median(Way way) {
        return way.speeds()[way.speeds().length / 2];
    }
}
