package cn.tiaoxi.bench;

import cn.tiaoxi.contract.ServingSchema;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;

/** A PostgreSQL that is killed and started again on the same folder and port. */
final class SoakDatabase implements AutoCloseable {
    private final Path folder;
    private EmbeddedPostgres running;

    SoakDatabase(Path folder) throws IOException, SQLException {
        this.folder = folder;
        this.running = start(0);
        try (Connection connection = running.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(BenchPolicy.TABLE);
            statement.execute(ServingSchema.quotas());
            statement.execute(ServingSchema.exports());
        }
    }

    private EmbeddedPostgres start(int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(folder)
                .setCleanDataDirectory(false)
                .setPort(port)
                .setLocaleConfig("locale", "C.UTF-8")
                .start();
    }

    EmbeddedPostgres running() {
        return running;
    }

    /** Kills the postmaster with SIGKILL; its children end when they notice. */
    void kill() throws IOException {
        long postmaster =
                Long.parseLong(Files.readAllLines(folder.resolve("postmaster.pid")).getFirst());
        ProcessHandle.of(postmaster).ifPresent(ProcessHandle::destroyForcibly);
    }

    /** Starts it again; it recovers by itself. */
    void startAgain() throws IOException, InterruptedException {
        int port = running.getPort();
        running.close();
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (true) {
            try {
                running = start(port);
                return;
            } catch (IOException | IllegalStateException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(500); // A child of the killed one still ends.
            }
        }
    }

    @Override
    public void close() throws IOException {
        running.close();
    }
}
