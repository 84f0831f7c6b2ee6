package cn.tiaoxi.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnPostgresTests {
    @TempDir Path data;

    @Test
    void aServerThatIsKilledComesBackWithWhatWasCommitted() throws Exception {
        try (OwnPostgres server = OwnPostgres.start(new DataFolder(data), 0)) {
            try (Connection connection = connect(server)) {
                connection.createStatement().execute("CREATE TABLE kept AS SELECT 42 AS answer");
            }
            Path pid = data.resolve("postgres/data/postmaster.pid");
            ProcessHandle process =
                    ProcessHandle.of(Long.parseLong(Files.readAllLines(pid).getFirst().strip()))
                            .orElseThrow();
            process.destroyForcibly();
            process.onExit().join();

            assertThat(answerWithin(server, Duration.ofSeconds(60))).isEqualTo(42);
        }
    }

    private static int answerWithin(OwnPostgres server, Duration longest) throws SQLException {
        Instant end = Instant.now().plus(longest);
        while (true) {
            try (Connection connection = connect(server);
                    var rows =
                            connection.createStatement().executeQuery("SELECT answer FROM kept")) {
                rows.next();
                return rows.getInt(1);
            } catch (SQLException e) {
                if (Instant.now().isAfter(end)) {
                    throw e;
                }
                LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            }
        }
    }

    private static Connection connect(OwnPostgres server) throws SQLException {
        return DriverManager.getConnection(server.url(), "tiaoxi", server.password());
    }
}
