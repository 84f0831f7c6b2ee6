package cn.tiaoxi.bench;

import cn.tiaoxi.command.PlatformClient;
import cn.tiaoxi.platform.city.Organisations;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;

/**
 * Heartbeats of 20,000 devices (2,000 with {@code --quick}) over HTTP and from a broker, each
 * answered when it is durable, on a platform and a PostgreSQL of its own. Beside them what that
 * PostgreSQL does bare: as many callers, each with a connection of its own, that write the same
 * rows of a table like the platform's and commit each row; and one caller with statements of as
 * many rows as the lists have, since several would wait for each other's rows.
 */
public final class HeartbeatBench {
    private static final int DEVICES = 20_000;
    private static final int QUICK_DEVICES = 2_000;
    private static final int CALLERS = 32;
    private static final int LIST_CALLERS = 4;
    private static final int LIST = 1_000;
    private static final int FAR_APART = 617;

    /** Seconds in which the JVM compiles what a heartbeat runs through. */
    private static final int WARM_UP = 20;

    private final Path folder;
    private final boolean quick;
    private final Map<String, Object> figures = new LinkedHashMap<>();

    private HeartbeatBench(Path folder, boolean quick) {
        this.folder = folder;
        this.quick = quick;
    }

    /** Runs the benchmark; {@code --quick} takes a tenth of the devices and of the time. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("tiaoxi-heartbeats-");
        int status = 1;
        try {
            new HeartbeatBench(folder, List.of(arguments).contains("--quick")).run();
            status = 0;
        } catch (Exception e) {
            e.printStackTrace();
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
        // The broker's client leaves threads that would keep the process.
        System.exit(status);
    }

    private void run() throws Exception {
        try (HeartbeatBroker broker = new HeartbeatBroker(folder);
                BenchPlatform platform =
                        new BenchPlatform(
                                folder, city(), "--tiaoxi.device.mqtt.url=" + broker.address())) {
            URI base = platform.address();
            JdbcClient database = platform.bean(JdbcClient.class);
            String token = token(platform);
            List<String> codes =
                    database.sql("SELECT code FROM device.device ORDER BY code")
                            .query(String.class)
                            .list();
            figures.put("devices", codes.size());
            single(platform.bean(DataSource.class), base, token, codes);
            lists(platform.bean(DataSource.class), base, token, codes);
            mqtt(broker, database, codes);
        }
        Figures.print(figures);
    }

    /** The city, but that its devices are watched from the day they are registered. */
    private Path city() throws IOException {
        Path city = folder.resolve("city");
        FileSystemUtils.copyRecursively(Path.of("city/huzhou").toAbsolutePath(), city);
        Path devices = city.resolve("devices.yaml");
        Files.writeString(
                devices,
                Files.readString(devices)
                        .replaceFirst("watched: \\[IN_USE\\]", "watched: [REGISTERED, IN_USE]"));
        return city;
    }

    /** Brings the devices into the ledger as a file; answers the token of a machine for them. */
    private String token(BenchPlatform platform) throws IOException {
        try (PlatformClient steward = platform.steward()) {
            BenchPlatform.bring(
                    steward,
                    "device",
                    platform.entries("device", quick ? QUICK_DEVICES : DEVICES, 7));
            String top = platform.bean(Organisations.class).top().code();
            return steward.post(
                            "/devices/reporters", Map.of("name", "benchmark", "organisation", top))
                    .path("token")
                    .asString();
        }
    }

    /** Work of one caller: what it does again and again. */
    private interface Turn extends AutoCloseable {
        void take(int number) throws IOException, SQLException;

        @Override
        void close() throws IOException, SQLException;
    }

    private void single(DataSource source, URI base, String token, List<String> codes)
            throws Exception {
        Callable<Turn> report =
                () -> {
                    HeartbeatCaller caller = new HeartbeatCaller(base, token);
                    return turn(n -> caller.report(one(codes, n), 1), caller::close);
                };
        measure(CALLERS, report, WARM_UP);
        List<Long> taken = measure(CALLERS, report, seconds());
        bareTable(source);
        List<Long> bare = measure(CALLERS, () -> bare(source, 1, codes.size()), seconds());
        figures.put("heartbeats_per_s", perSecond(taken, 1));
        figures.put("bare_update_per_s", perSecond(bare, 1));
        figures.put("ratio_to_bare", Figures.round((double) taken.size() / bare.size(), 2));
        figures.put("p50_ms", Figures.quantile(taken, 0.50));
        figures.put("p99_ms", Figures.quantile(taken, 0.99));
        figures.put("bare_p99_ms", Figures.quantile(bare, 0.99));
    }

    private void lists(DataSource source, URI base, String token, List<String> codes)
            throws Exception {
        Callable<Turn> report =
                () -> {
                    HeartbeatCaller caller = new HeartbeatCaller(base, token);
                    return turn(
                            n -> {
                                List<String> rows = new ArrayList<>(LIST);
                                for (int i = 0; i < LIST; i++) {
                                    rows.add(one(codes, n * LIST + i));
                                }
                                caller.report(rows.toString(), LIST);
                            },
                            caller::close);
                };
        measure(LIST_CALLERS, report, seconds());
        List<Long> taken = measure(LIST_CALLERS, report, seconds());
        List<Long> bare = measure(1, () -> bare(source, LIST, codes.size()), seconds());
        figures.put("batch_per_s", perSecond(taken, LIST));
        figures.put("bare_batch_per_s", perSecond(bare, LIST));
        figures.put("batch_p99_ms", Figures.quantile(taken, 0.99));
    }

    /** From the first message that is sent until the last is durable and acknowledged. */
    private void mqtt(HeartbeatBroker broker, JdbcClient database, List<String> codes)
            throws Exception {
        int messages = quick ? 5_000 : 50_000;
        broker.publish(codes, messages / 5);
        await(database, messages / 5);
        long from = System.nanoTime();
        broker.publish(codes, messages);
        await(database, messages / 5 + messages);
        figures.put("mqtt_per_s", Math.round(messages / ((System.nanoTime() - from) / 1e9)));
    }

    private static void await(JdbcClient database, long wanted) {
        String sql =
                "SELECT coalesce(sum(row_count), 0) FROM device.tally"
                        + " WHERE reporter = 'mqtt' AND outcome = 'ACCEPTED'";
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (database.sql(sql).query(Long.class).single() < wanted) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("The broker's messages did not all arrive");
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    private static String one(List<String> codes, int number) {
        return "{\"code\":\""
                + codes.get(number % codes.size())
                + "\",\"battery\":"
                + number % 100
                + ",\"status\":\"OK\"}";
    }

    private static void bareTable(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(true);
            statement.execute(
                    "CREATE TABLE bare_state (number integer PRIMARY KEY, last_seen timestamptz,"
                            + " battery smallint, status text) WITH (fillfactor = 60)");
            statement.execute(
                    "INSERT INTO bare_state"
                            + " SELECT n - 1, now(), 1, 'OK' FROM generate_series(1, "
                            + DEVICES
                            + ") n");
        }
    }

    /** Writes so many rows with each statement, which is a transaction of its own. */
    private static Turn bare(DataSource source, int rows, int devices) throws SQLException {
        HikariDataSource pool = source.unwrap(HikariDataSource.class);
        Connection connection =
                DriverManager.getConnection(
                        pool.getJdbcUrl(), pool.getUsername(), pool.getPassword());
        PreparedStatement update =
                connection.prepareStatement(
                        "UPDATE bare_state SET last_seen = ?::timestamptz, battery = ?, status ="
                                + " 'OK' WHERE number = ANY (?)");
        return turn(
                n -> {
                    Integer[] numbers = new Integer[rows];
                    for (int i = 0; i < rows; i++) {
                        numbers[i] = (n * rows + i) % devices;
                    }
                    java.util.Arrays.sort(numbers);
                    update.setString(1, Instant.now().toString());
                    update.setInt(2, n % 100);
                    update.setArray(3, connection.createArrayOf("integer", numbers));
                    update.executeUpdate();
                },
                connection::close);
    }

    /** Something done with a number. */
    private interface Act {
        void take(int number) throws IOException, SQLException;
    }

    /** Something closed at the end. */
    private interface End {
        void close() throws IOException, SQLException;
    }

    private static Turn turn(Act act, End end) {
        return new Turn() {
            @Override
            public void take(int number) throws IOException, SQLException {
                act.take(number);
            }

            @Override
            public void close() throws IOException, SQLException {
                end.close();
            }
        };
    }

    /** Has callers take turns for some seconds; answers how long each turn took, in nanoseconds. */
    private static List<Long> measure(int callers, Callable<Turn> made, int seconds)
            throws Exception {
        List<Long> taken = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
            List<Callable<List<Long>>> work = new ArrayList<>();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            for (int caller = 0; caller < callers; caller++) {
                int first = caller * FAR_APART;
                work.add(
                        () -> {
                            List<Long> mine = new ArrayList<>();
                            try (Turn turn = made.call()) {
                                for (int n = first; System.nanoTime() < end; n++) {
                                    long from = System.nanoTime();
                                    turn.take(n);
                                    mine.add(System.nanoTime() - from);
                                }
                            }
                            return mine;
                        });
            }
            for (Future<List<Long>> each : threads.invokeAll(work)) {
                taken.addAll(each.get());
            }
        }
        return taken;
    }

    private int seconds() {
        return quick ? 3 : 15;
    }

    private long perSecond(List<Long> taken, int rows) {
        return Math.round((double) taken.size() * rows / seconds());
    }
}
