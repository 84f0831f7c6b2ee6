package cn.tiaoxi.lake.table;

import cn.tiaoxi.lake.ErrorCode;
import cn.tiaoxi.lake.LakeColumn;
import cn.tiaoxi.lake.LakeException;
import cn.tiaoxi.lake.engine.Engine;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.jdbc.UncheckedSQLException;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a lake: Iceberg tables whose catalogue is in PostgreSQL (schema {@value #SCHEMA})
 * and whose files lie in a folder. Safe for use by many threads; {@link TableLoader}, {@link
 * Profiler} and {@link TableCopier} work on it.
 */
public final class LakeTables implements Closeable {
    /** The PostgreSQL schema that holds Iceberg's catalogue. */
    public static final String SCHEMA = "lake";

    private static final Namespace NAMESPACE = Namespace.of("lake");

    private final JdbcCatalog catalog;
    private final LakeFiles files;
    private final Engine engine;
    private final LakeSettings settings;
    private final Set<String> inFlight = ConcurrentHashMap.newKeySet();

    private LakeTables(JdbcCatalog catalog, LakeFiles files, Engine engine, LakeSettings settings) {
        this.catalog = catalog;
        this.files = files;
        this.engine = engine;
        this.settings = settings;
    }

    /**
     * Opens a lake, and makes it where it is missing.
     *
     * @param dataSource PostgreSQL, with the right to create the schema if it is missing
     */
    public static LakeTables open(DataSource dataSource, LakeSettings settings) {
        try {
            Files.createDirectories(settings.warehouse());
            Files.createDirectories(settings.scratch());
            try (Connection connection = dataSource.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE SCHEMA IF NOT EXISTS " + SCHEMA);
            }
        } catch (IOException e) {
            throw new LakeException(e, ErrorCode.STORAGE_FAILED, settings.warehouse());
        } catch (SQLException e) {
            throw new LakeException(e, ErrorCode.CATALOG_FAILED, String.valueOf(e.getMessage()));
        }
        LakeFiles files = new LakeFiles(settings.warehouse());
        JdbcCatalog catalog =
                new JdbcCatalog(
                        properties -> files, properties -> new CatalogPool(dataSource), true);
        catalog.initialize(
                "tiaoxi",
                Map.of(
                        CatalogProperties.URI,
                        "jdbc:postgresql:",
                        CatalogProperties.WAREHOUSE_LOCATION,
                        files.root().toString(),
                        "jdbc.schema-version",
                        "V1"));
        if (!catalog.namespaceExists(NAMESPACE)) {
            catalog.createNamespace(NAMESPACE, Map.of("owner", "tiaoxi"));
        }
        Engine engine =
                Engine.forFolders(
                        List.of(settings.warehouse(), settings.scratch()),
                        settings.scratch(),
                        settings.engineMegabytes());
        return new LakeTables(catalog, files, engine, settings);
    }

    /** The names of all tables, sorted. */
    public List<String> list() {
        return asked(() -> catalog.listTables(NAMESPACE)).stream()
                .map(TableIdentifier::name)
                .sorted()
                .toList();
    }

    /** Whether there is a table of this name. */
    public boolean exists(String table) {
        return LakeColumn.isValidName(table) && asked(() -> catalog.tableExists(identifier(table)));
    }

    /** A table's columns in their order, without the row column. */
    public List<LakeColumn> columns(String table) {
        return TableSchema.columns(load(table).schema());
    }

    /** How many rows a table has, by its current snapshot. */
    public long rowCount(String table) {
        return totalRows(load(table));
    }

    static long totalRows(Table table) {
        Snapshot snapshot = table.currentSnapshot();
        return snapshot == null ? 0 : totalRows(snapshot);
    }

    static long totalRows(Snapshot snapshot) {
        return Long.parseLong(
                snapshot.summary().getOrDefault(SnapshotSummary.TOTAL_RECORDS_PROP, "0"));
    }

    /** The states that a table had, newest first. */
    public List<TableSnapshot> history(String table) {
        List<TableSnapshot> history = new ArrayList<>();
        for (Snapshot snapshot : load(table).snapshots()) {
            history.add(
                    new TableSnapshot(
                            snapshot.snapshotId(),
                            Instant.ofEpochMilli(snapshot.timestampMillis()),
                            totalRows(snapshot),
                            Long.parseLong(
                                    snapshot.summary()
                                            .getOrDefault(
                                                    SnapshotSummary.ADDED_RECORDS_PROP, "0"))));
        }
        return history.reversed();
    }

    /**
     * A page of a table's rows in the order in which they were brought. As quick for the last page
     * as for the first.
     *
     * @param columns the names wanted; empty for all
     * @param after the row number that the page before ended with; 0 for the first page
     * @param limit rows wanted, 1 to 10,000
     */
    public RowPage rows(String table, List<String> columns, long after, int limit) {
        return new RowReader(this).read(table, columns, after, limit);
    }

    /**
     * Reads all rows once, as text, in any order. The array is used again for the next row.
     *
     * @param columns the names wanted, not empty
     */
    public void scan(String table, List<String> columns, Consumer<@Nullable String[]> taker) {
        new RowReader(this).scan(table, columns, taker);
    }

    /** Removes a table with all its files. Removing a missing table does nothing. */
    public void drop(String table) {
        if (exists(table)) {
            asked(() -> catalog.dropTable(identifier(table), true));
        }
    }

    /**
     * Forgets old states of a table and removes the files that only they had.
     *
     * @param keep how many of the newest states stay, 1 or more
     */
    public void forgetHistory(String table, int keep) {
        Table loaded = load(table);
        asked(
                () -> {
                    loaded.expireSnapshots()
                            .expireOlderThan(System.currentTimeMillis())
                            .retainLast(keep)
                            .cleanExpiredFiles(true)
                            .commit();
                    return keep;
                });
    }

    /**
     * Removes files that belong to no table: what a crash left behind. To be called at the start,
     * before loads.
     *
     * @param minimumAge files younger than this stay, since another process may be writing them
     * @return how many files were removed
     */
    public int sweep(Duration minimumAge) {
        return new Sweeper(this).sweep(minimumAge);
    }

    JdbcCatalog catalog() {
        return catalog;
    }

    LakeFiles files() {
        return files;
    }

    Engine engine() {
        return engine;
    }

    LakeSettings settings() {
        return settings;
    }

    Set<String> inFlight() {
        return inFlight;
    }

    Path newDataFile(Table table, String name) throws IOException {
        Path folder = files.path(table.location()).resolve("data");
        Files.createDirectories(folder);
        return folder.resolve(name);
    }

    /** What the catalogue answers; its failures in this library's terms. */
    private static <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (UncheckedSQLException e) {
            throw catalogFailure(e);
        }
    }

    static LakeException catalogFailure(RuntimeException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return new LakeException(e, ErrorCode.CATALOG_FAILED, String.valueOf(cause.getMessage()));
    }

    static TableIdentifier identifier(String table) {
        return TableIdentifier.of(NAMESPACE, table);
    }

    Table load(String table) {
        try {
            return asked(() -> catalog.loadTable(identifier(table)));
        } catch (NoSuchTableException e) {
            throw new LakeException(e, ErrorCode.TABLE_UNKNOWN, table);
        }
    }

    @Override
    public void close() {
        engine.close();
        catalog.close();
    }
}
