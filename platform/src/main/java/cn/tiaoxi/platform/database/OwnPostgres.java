package cn.tiaoxi.platform.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL inside the data folder, started and stopped with the platform.
 *
 * <p>Durable: fsync and synchronous commits are on. Every connection needs a password (SCRAM). A
 * server that a killed platform left running is taken over; one that was killed itself is started
 * again at once and recovers.
 */
final class OwnPostgres implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OwnPostgres.class);
    private static final String SUPERUSER = "postgres";

    /** Seconds to try again, while what a killed server left behind goes away. */
    private static final int PATIENCE = 60;

    private final DataFolder folder;
    private final Path data;
    private final String password;
    private final int port;
    private volatile boolean closing;

    /** Holds a lock on the data; null for a server that was taken over. Changed by one thread. */
    private @Nullable EmbeddedPostgres server;

    private OwnPostgres(DataFolder folder, Path data, String password, int port) {
        this.folder = folder;
        this.data = data;
        this.password = password;
        this.port = port;
    }

    /**
     * Starts the server, or takes over one that still runs on this folder.
     *
     * @param wantedPort port to listen on; 0 keeps the port of the last start, or picks a free one
     */
    static OwnPostgres start(DataFolder folder, int wantedPort) throws IOException, SQLException {
        Path data = folder.folder("postgres").resolve("data");
        String password = folder.secret("postgres.password");
        Integer running = runningPort(data);
        if (running != null && answers(running, password)) {
            LOG.info("PostgreSQL still runs on port {}; taking it over", running);
            OwnPostgres own = new OwnPostgres(folder, data, password, running);
            own.watch();
            return own;
        }
        boolean fresh = Files.notExists(data.resolve("PG_VERSION"));
        if (!fresh) {
            harden(data);
        }
        EmbeddedPostgres server = launch(folder, data, password, choosePort(folder, wantedPort));
        OwnPostgres own = new OwnPostgres(folder, data, password, server.getPort());
        own.server = server;
        if (fresh) {
            own.secure();
        }
        own.watch();
        return own;
    }

    private void watch() throws IOException {
        process(data).orElseThrow().onExit().thenRun(this::revive);
    }

    /** Starts a server that ended by itself again, on the same port: connections come back. */
    private void revive() {
        for (int attempt = 0; attempt < PATIENCE && !closing; attempt++) {
            LOG.error("PostgreSQL ended unexpectedly; starting it again");
            try {
                EmbeddedPostgres ended = server;
                if (ended != null) {
                    ended.close();
                }
                server = launch(folder, data, password, port);
                watch();
                LOG.info("PostgreSQL runs again on port {}", port);
                return;
            } catch (IOException | RuntimeException e) {
                LOG.warn("PostgreSQL does not start yet: {}", e.toString());
                LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
            }
        }
    }

    private static Optional<ProcessHandle> process(Path data) throws IOException {
        Path pid = data.resolve("postmaster.pid");
        return Files.notExists(pid)
                ? Optional.empty()
                : ProcessHandle.of(Long.parseLong(Files.readAllLines(pid).getFirst().strip()));
    }

    private static EmbeddedPostgres launch(DataFolder folder, Path data, String password, int port)
            throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setOverrideWorkingDirectory(folder.folder("postgres").resolve("binaries").toFile())
                .setPort(port)
                .setConnectConfig("password", password)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(Duration.ofSeconds(60))
                .setLocaleConfig("locale", "C.UTF-8")
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("password_encryption", "scram-sha-256")
                .setServerConfig("shared_buffers", "96MB")
                .setServerConfig("work_mem", "8MB")
                .setServerConfig("maintenance_work_mem", "64MB")
                .setServerConfig("max_connections", "80")
                .setServerConfig("max_wal_size", "1GB")
                .setServerConfig("wal_compression", "on")
                .setServerConfig("jit", "off")
                .setServerConfig("timezone", "UTC")
                .setServerConfig("log_timezone", "UTC")
                .setServerConfig("max_parallel_workers_per_gather", "1")
                .start();
    }

    /** Sets passwords and shuts the doors that a fresh server leaves open. */
    private void secure() throws IOException, SQLException {
        try (Connection connection =
                        DriverManager.getConnection(
                                "jdbc:postgresql://127.0.0.1:" + port + "/postgres",
                                SUPERUSER,
                                "postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER ROLE postgres PASSWORD '" + password + "'");
            statement.execute("CREATE ROLE tiaoxi LOGIN CREATEROLE PASSWORD '" + password + "'");
            statement.execute("CREATE DATABASE tiaoxi OWNER tiaoxi");
            harden(data);
            statement.execute("SELECT pg_reload_conf()");
        }
        try (Connection connection = connect("tiaoxi", SUPERUSER);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm");
            statement.execute("CREATE EXTENSION IF NOT EXISTS btree_gist");
        }
    }

    private Connection connect(String database, String user) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + database, user, password);
    }

    private static void harden(Path data) throws IOException {
        Files.writeString(
                data.resolve("pg_hba.conf"),
                "# Written by the platform at every start.\n"
                        + "local all all scram-sha-256\n"
                        + "host all all 127.0.0.1/32 scram-sha-256\n"
                        + "host all all ::1/128 scram-sha-256\n");
    }

    private static int choosePort(DataFolder folder, int wanted) throws IOException {
        if (wanted != 0) {
            return wanted;
        }
        Path file = folder.folder("postgres").resolve("port");
        if (Files.exists(file)) {
            int last = Integer.parseInt(Files.readString(file).strip());
            try (ServerSocket probe = new ServerSocket()) {
                probe.bind(new java.net.InetSocketAddress("127.0.0.1", last));
                return last;
            } catch (IOException taken) {
                LOG.info("Port {} of the last start is taken; picking another", last);
            }
        }
        try (ServerSocket probe = new ServerSocket(0)) {
            int free = probe.getLocalPort();
            DataFolder.writePrivate(file, free + "\n");
            return free;
        }
    }

    private static @Nullable Integer runningPort(Path data) throws IOException {
        Path pid = data.resolve("postmaster.pid");
        if (Files.notExists(pid)) {
            return null;
        }
        var lines = Files.readAllLines(pid);
        if (lines.size() < 4) {
            return null;
        }
        long process = Long.parseLong(lines.getFirst().strip());
        boolean alive = ProcessHandle.of(process).map(ProcessHandle::isAlive).orElse(false);
        return alive ? Integer.valueOf(lines.get(3).strip()) : null;
    }

    private static boolean answers(int port, String password) {
        try (Connection connection =
                DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + port + "/tiaoxi?connectTimeout=5",
                        "tiaoxi",
                        password)) {
            return connection.isValid(5);
        } catch (SQLException e) {
            LOG.info("The PostgreSQL on port {} does not answer: {}", port, e.getMessage());
            return false;
        }
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/tiaoxi";
    }

    String password() {
        return password;
    }

    /** Stops the server after finishing what it does (fast shutdown), however long that takes. */
    @Override
    public void close() throws IOException {
        closing = true;
        Optional<ProcessHandle> server = process(data);
        if (server.isEmpty()) {
            return;
        }
        try {
            // PostgreSQL takes SIGINT as "fast shutdown"; the JDK itself can only send SIGTERM.
            new ProcessBuilder("kill", "-INT", Long.toString(server.get().pid())).start().waitFor();
            server.get().onExit().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
