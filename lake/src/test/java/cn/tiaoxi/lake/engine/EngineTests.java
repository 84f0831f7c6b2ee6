package cn.tiaoxi.lake.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineTests {
    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM read_text('/etc/passwd')",
                "SELECT * FROM read_csv('OUTSIDE')",
                "SELECT * FROM read_text('INSIDE/../outside.csv')",
                "COPY (SELECT 1) TO 'OUTSIDE'",
                "ATTACH 'OUTSIDE'",
                "INSTALL httpfs",
                "LOAD httpfs",
                "SET enable_external_access = true",
                "SET allowed_directories = ['/']",
                "SET memory_limit = '100GB'",
                "SELECT * FROM 'https://example.com/a.csv'",
                "SELECT * FROM glob('/etc/*')"
            })
    void nothingOutsideTheFoldersCanBeTouched(String sql) throws Exception {
        Path inside = Files.createDirectories(folder.resolve("inside"));
        Path outside = Files.writeString(folder.resolve("outside.csv"), "a\n1\n");
        try (Engine engine =
                        Engine.forFolders(
                                List.of(inside),
                                Files.createDirectories(folder.resolve("scratch")),
                                128);
                Connection connection = engine.connect();
                Statement statement = connection.createStatement()) {
            String resolved =
                    sql.replace("OUTSIDE", outside.toString()).replace("INSIDE", inside.toString());
            assertThatThrownBy(() -> statement.execute(resolved)).isInstanceOf(SQLException.class);
        }
        assertThat(outside).hasContent("a\n1");
    }

    @Test
    void theGivenFoldersCanBeReadAndWritten() throws Exception {
        Path inside = Files.createDirectories(folder.resolve("in'side"));
        try (Engine engine =
                        Engine.forFolders(
                                List.of(inside),
                                Files.createDirectories(folder.resolve("scratch")),
                                128);
                Connection connection = engine.connect();
                Statement statement = connection.createStatement()) {
            String file = Engine.literal(inside.resolve("a.parquet").toString());
            statement.execute("COPY (SELECT 42 AS n) TO " + file + " (FORMAT parquet)");
            try (ResultSet rows =
                    statement.executeQuery("SELECT n FROM read_parquet(" + file + ")")) {
                rows.next();
                assertThat(rows.getInt(1)).isEqualTo(42);
            }
        }
    }

    @Test
    void anEngineForAFileReadsNoOther() throws Exception {
        Path file = Files.writeString(folder.resolve("a.csv"), "a\n1\n");
        Path other = Files.writeString(folder.resolve("b.csv"), "a\n1\n");
        try (Engine engine = Engine.forFile(file);
                Connection connection = engine.connect();
                Statement statement = connection.createStatement()) {
            assertThat(
                            statement.execute(
                                    "SELECT * FROM read_csv("
                                            + Engine.literal(file.toString())
                                            + ")"))
                    .isTrue();
            assertThatThrownBy(
                            () ->
                                    statement.execute(
                                            "SELECT * FROM read_csv("
                                                    + Engine.literal(other.toString())
                                                    + ")"))
                    .isInstanceOf(SQLException.class);
        }
    }
}
