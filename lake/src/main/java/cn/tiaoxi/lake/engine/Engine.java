package cn.tiaoxi.lake.engine;

import cn.tiaoxi.lake.ErrorCode;
import cn.tiaoxi.lake.LakeException;
import java.io.Closeable;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A DuckDB of its own in memory. Its SQL can touch only the paths given here: outside access is off
 * and the configuration locked before the first statement of anybody else runs. Connections may be
 * used side by side.
 */
public final class Engine implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    private final Connection root;

    private Engine(Connection root) {
        this.root = root;
    }

    /**
     * An engine for folders.
     *
     * @param folders what it may read and write
     * @param scratch where it puts what does not fit in memory
     * @param memoryMegabytes the most memory it takes, outside the Java heap
     */
    public static Engine forFolders(List<Path> folders, Path scratch, int memoryMegabytes) {
        String allowed =
                folders.stream().map(Engine::folder).collect(Collectors.joining(", ", "[", "]"));
        return open(
                memoryMegabytes,
                "SET temp_directory = " + literal(scratch.toAbsolutePath().normalize().toString()),
                "SET allowed_directories = " + allowed);
    }

    /** An engine that may read one file. */
    public static Engine forFile(Path file) {
        return open(
                256,
                "SET temp_directory = ''",
                "SET allowed_paths = [" + literal(file.toAbsolutePath().toString()) + "]");
    }

    private static Engine open(int memoryMegabytes, String... paths) {
        try {
            Properties properties = new Properties();
            properties.setProperty("jdbc_stream_results", "true");
            Connection connection = DriverManager.getConnection("jdbc:duckdb:", properties);
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET memory_limit = '" + memoryMegabytes + "MB'");
                statement.execute("SET TimeZone = 'UTC'");
                for (String path : paths) {
                    statement.execute(path);
                }
                statement.execute("SET autoinstall_known_extensions = false");
                statement.execute("SET autoload_known_extensions = false");
                statement.execute("SET enable_external_access = false");
                statement.execute("SET lock_configuration = true");
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
            return new Engine(connection);
        } catch (SQLException e) {
            throw new LakeException(e, ErrorCode.ENGINE_FAILED, String.valueOf(e.getMessage()));
        }
    }

    private static String folder(Path folder) {
        return literal(folder.toAbsolutePath().normalize() + "/");
    }

    /** A further connection; the caller closes it. */
    public Connection connect() throws SQLException {
        return ((DuckDBConnection) root).duplicate();
    }

    /** A text as an SQL literal. */
    public static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** A name as an SQL identifier. */
    public static String identifier(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    @Override
    public void close() {
        try {
            root.close();
        } catch (SQLException e) {
            LOG.warn("DuckDB did not close cleanly", e);
        }
    }
}
