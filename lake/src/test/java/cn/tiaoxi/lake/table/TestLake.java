package cn.tiaoxi.lake.table;

import cn.tiaoxi.lake.source.ProbeResult;
import cn.tiaoxi.lake.source.ReadOptions;
import cn.tiaoxi.lake.source.SourceProbe;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A lake on one PostgreSQL for all tests of the JVM, each lake in a database of its own. */
final class TestLake implements AutoCloseable {
    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private static final class Server {
        static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder().setLocaleConfig("locale", "C.UTF-8").start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private final String database;
    final DataSource dataSource;
    final Path folder;
    final LakeTables tables;
    final TableLoader loader;

    TestLake(Path folder) throws SQLException {
        this.folder = folder;
        database = "lake" + DATABASES.incrementAndGet();
        try (Connection connection = Server.POSTGRES.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + database);
        }
        dataSource = Server.POSTGRES.getDatabase("postgres", database);
        tables = LakeTables.open(dataSource, LakeSettings.of(folder));
        loader = new TableLoader(tables);
    }

    static String url(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return connection.getMetaData().getURL();
        }
    }

    Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    Path rejects() {
        return folder.resolve("rejects.csv");
    }

    /** A plan that takes what the probe proposes. */
    LoadPlan plan(ProbeResult probe, String table, LoadMode mode) {
        return plan(probe, table, mode, rejects());
    }

    static LoadPlan plan(ProbeResult probe, String table, LoadMode mode, Path rejects) {
        List<LoadColumn> columns = new ArrayList<>();
        probe.columns()
                .forEach(
                        column ->
                                columns.add(
                                        new LoadColumn(
                                                column.index(),
                                                new cn.tiaoxi.lake.LakeColumn(
                                                        column.name(),
                                                        column.label(),
                                                        column.type()))));
        return new LoadPlan(
                probe.layout(), columns, table, mode, ZONE, rejects, Locale.ENGLISH, "load");
    }

    LoadResult load(Path file, String table) {
        ProbeResult probe =
                SourceProbe.probe(file, file.getFileName().toString(), ReadOptions.NONE);
        return loader.load(file, plan(probe, table, LoadMode.REPLACE), LoadListener.NONE);
    }

    List<List<String>> rows(String table) {
        List<List<String>> rows = new ArrayList<>();
        Long after = 0L;
        while (after != null) {
            RowPage page = tables.rows(table, List.of(), after, 10_000);
            page.rows().forEach(row -> rows.add(row.values()));
            after = page.next();
        }
        return rows;
    }

    @Override
    public void close() throws SQLException {
        tables.close();
        try (Connection connection = Server.POSTGRES.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE " + database + " WITH (FORCE)");
        }
    }
}
