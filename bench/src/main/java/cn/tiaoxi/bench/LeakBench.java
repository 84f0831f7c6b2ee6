package cn.tiaoxi.bench;

import cn.tiaoxi.command.PlatformClient;
import cn.tiaoxi.contract.SubjectDigests;
import cn.tiaoxi.platform.sharing.SubjectKeys;
import cn.tiaoxi.trace.NoteSigner;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import tools.jackson.databind.JsonNode;

/**
 * Questions about a year of deliveries, asked of a whole platform over HTTP: who received a
 * person's row among 100 million delivered rows, and which of 1,000,000 deliveries to 1,000
 * recipients explain a leaked file of 10,000 rows, a tenth of them foreign: {@code ./tiaoxi bench
 * leak [--quick]}. The deliveries are written into the database as the platform writes them when it
 * reads the gateways' logs.
 */
public final class LeakBench {
    static final int DELIVERIES = 1_000_000;
    static final int QUICK_DELIVERIES = 50_000;
    private static final int PEOPLE = 3_400_000;
    private static final int RECIPIENTS = 1_000;
    private static final int POOL = 40_000;
    private static final int ROWS = 100;
    private static final int LEAKED = 10_000;
    private static final int QUESTIONS = 15;
    private static final Map<String, String> WHY =
            Map.of("reason", "benchmark", "basis", "benchmark");

    private final int deliveries;
    private final SplittableRandom random = new SplittableRandom(20261127);

    private LeakBench(int deliveries) {
        this.deliveries = deliveries;
    }

    /** Runs the benchmark. */
    public static void main(String[] arguments) throws Exception {
        boolean quick = List.of(arguments).contains("--quick");
        Map<String, Double> figures = run(quick ? QUICK_DELIVERIES : DELIVERIES);
        System.out.printf(
                Locale.ROOT,
                "{\"who_received_s\":%.3f,\"leak_s\":%.2f,\"index_s\":%.1f}%n",
                figures.get("who_received_s"),
                figures.get("leak_s"),
                figures.get("index_s"));
    }

    /** Runs it and answers its figures in seconds. */
    static Map<String, Double> run(int deliveries) throws Exception {
        Path folder = Files.createTempDirectory("tiaoxi-bench-leak");
        Path city = Path.of("city/huzhou");
        try (BenchPlatform platform = new BenchPlatform(folder, city)) {
            return new LeakBench(deliveries).measure(platform, folder);
        } finally {
            TraceBench.delete(folder);
        }
    }

    private static String identifier(int person) {
        return String.format(Locale.ROOT, "3305%014d", person);
    }

    private Map<String, Double> measure(BenchPlatform platform, Path folder) throws Exception {
        SubjectKeys keys = platform.bean(SubjectKeys.class);
        String key = keys.all().getLast().id();
        SubjectDigests digests = keys.digests(key);
        long[] people = new long[PEOPLE];
        for (int i = 0; i < people.length; i++) {
            people[i] = digests.digest("resident-id", identifier(i));
        }
        int[][] pools = new int[RECIPIENTS][];
        for (int r = 0; r < RECIPIENTS; r++) {
            pools[r] = random.ints(POOL, 0, PEOPLE).toArray();
        }
        Set<Integer> leaked = write(platform.bean(DataSource.class), key, people, pools);
        PlatformClient officer = PlatformClient.signIn(platform.address(), "sun.qi", "tiaoxi-2026");
        long began = System.nanoTime();
        ask(officer, platform.steward(), identifier(pools[0][0]));
        double index = seconds(began);
        double[] who = new double[QUESTIONS];
        for (int i = 0; i < QUESTIONS; i++) {
            long from = System.nanoTime();
            ask(officer, platform.steward(), identifier(pools[i][i]));
            who[i] = seconds(from);
        }
        Arrays.sort(who);
        double leak = leak(officer, platform.steward(), file(folder, leaked));
        System.out.printf(
                Locale.ROOT,
                "%,d deliveries, %,d digests; indexed in %.1f s; who received: median %.3f s, most"
                        + " %.3f s; leak of %,d rows: %.2f s%n",
                deliveries,
                (long) deliveries * ROWS,
                index,
                who[QUESTIONS / 2],
                who[QUESTIONS - 1],
                LEAKED,
                leak);
        return Map.of("who_received_s", who[QUESTIONS / 2], "leak_s", leak, "index_s", index);
    }

    private static double seconds(long from) {
        return (System.nanoTime() - from) / 1e9;
    }

    /** Writes all deliveries; answers who was delivered to the first recipient. */
    private Set<Integer> write(DataSource source, String key, long[] people, int[][] pools)
            throws SQLException, IOException, InterruptedException {
        Set<Integer> first = new TreeSet<>();
        try (Connection connection = source.getConnection()) {
            try (PreparedStatement log =
                    connection.prepareStatement(
                            "INSERT INTO evidence.log (origin, owner, address, key, token)"
                                    + " VALUES ('bench', 'bench', 'http://127.0.0.1:1', ?, 't')")) {
                log.setString(1, NoteSigner.generate("bench").verifier().vkey());
                log.executeUpdate();
            }
            PipedInputStream in = new PipedInputStream(1 << 20);
            Thread writer =
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        try (PrintStream out =
                                                new PrintStream(
                                                        new PipedOutputStream(in),
                                                        false,
                                                        StandardCharsets.UTF_8)) {
                                            lines(out, key, people, pools, first);
                                        } catch (IOException e) {
                                            throw new UncheckedIOException(e);
                                        }
                                    });
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(
                            "COPY evidence.delivery (record, origin, log_index, request, export,"
                                    + " attempt, time, application, organisation, interface,"
                                    + " dataset, owner, sharing_grant, purpose, matter, fields,"
                                    + " key, kind, subjects, subjectless, digests) FROM STDIN",
                            in);
            writer.join();
            connection.createStatement().execute("ANALYZE evidence.delivery");
        }
        return first;
    }

    private void lines(
            PrintStream out, String key, long[] people, int[][] pools, Set<Integer> first) {
        HexFormat hex = HexFormat.of();
        UUID[] applications = new UUID[RECIPIENTS];
        Arrays.setAll(applications, i -> new UUID(random.nextLong(), random.nextLong()));
        for (int d = 0; d < deliveries; d++) {
            int recipient = d % RECIPIENTS;
            ByteBuffer bytes = ByteBuffer.allocate(ROWS * 6);
            for (int i = 0; i < ROWS; i++) {
                int person = pools[recipient][random.nextInt(POOL)];
                bytes.putShort((short) (people[person] >>> 32)).putInt((int) people[person]);
                if (recipient == 0) {
                    first.add(person);
                }
            }
            out.printf(
                    Locale.ROOT,
                    "%s\tbench\t%d\tr%d\t\t0\t2026-11-27 00:00:00+08\t%s\t330500\tpeople\td\t330500"
                            + "\tg%d\tp\t\t{name}\t%s\tresident-id\t%d\t0\t\\\\x%s%n",
                    new UUID(random.nextLong(), random.nextLong()),
                    d,
                    d,
                    applications[recipient],
                    recipient,
                    key,
                    ROWS,
                    hex.formatHex(bytes.array()));
        }
    }

    /** Rows of the first recipient, a tenth of them foreign, in any order. */
    private Path file(Path folder, Set<Integer> received) throws IOException {
        Integer[] theirs = received.toArray(Integer[]::new);
        StringBuilder csv = new StringBuilder("证件,姓名\n");
        for (int i = 0; i < LEAKED; i++) {
            boolean foreign = random.nextInt(10) == 0;
            csv.append(
                            foreign
                                    ? "1101" + random.nextLong(10_000_000_000L, 99_999_999_999L)
                                    : identifier(theirs[random.nextInt(theirs.length)]))
                    .append(",姓名")
                    .append(i)
                    .append('\n');
        }
        return Files.writeString(folder.resolve("leak.csv"), csv);
    }

    private static void ask(PlatformClient officer, PlatformClient second, String person) {
        Map<String, String> form = new java.util.HashMap<>(WHY);
        form.put("kind", "resident-id");
        form.put("value", person);
        JsonNode made = officer.post("/investigations/subject", form);
        ended(officer, second, made.path("id").asString());
    }

    private static double leak(PlatformClient officer, PlatformClient second, Path file)
            throws IOException {
        String id = officer.post("/investigations/leak", WHY).path("id").asString();
        long from = System.nanoTime();
        officer.upload("/investigations/" + id + "/file", file, "leak.csv");
        JsonNode done = ended(officer, second, id);
        double taken = seconds(from);
        String verdict = done.path("result").path("findings").path(0).path("verdict").asString("");
        if (!verdict.equals("STRONG")) {
            throw new IllegalStateException("The source was not found: " + done);
        }
        return taken;
    }

    private static JsonNode ended(PlatformClient officer, PlatformClient second, String id) {
        JsonNode seen = officer.get("/investigations/" + id);
        while (!seen.path("state").asString().equals("DONE")) {
            switch (seen.path("state").asString()) {
                case "AWAITING_CONSENT" ->
                        second.post(
                                "/investigations/" + id + "/consent",
                                Map.of("agreed", true, "reason", "benchmark"));
                case "FAILED" -> throw new IllegalStateException("It failed: " + seen);
                default -> LockSupport.parkNanos(2_000_000);
            }
            seen = officer.get("/investigations/" + id);
        }
        return seen;
    }
}
