package cn.tiaoxi.lake.delivery;

import cn.tiaoxi.lake.ErrorCode;
import cn.tiaoxi.lake.LakeException;
import cn.tiaoxi.lake.engine.Engine;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * Tells in which deliveries a digest stands, over hundreds of millions of them: Parquet files
 * sorted by digest, so that a look at one reads a few pages of each file. Everything in it stands
 * elsewhere too; whoever deletes the folder can fill it anew.
 *
 * <p>Files are never changed. New pairs become a small file; when a level has {@value #FANOUT}
 * files they are merged into one of the next. What belongs to the index is said by its list, which
 * is replaced atomically and durable after the files it names: a crash loses at most what was added
 * last, which {@link #indexed} tells. Safe for use by threads; one writes at a time.
 */
public final class DeliveryIndex implements Closeable {
    /** How many files of a level are merged. */
    static final int FANOUT = 8;

    private static final String PAIRS = "pairs";

    private final FileList files;
    private final Engine engine;

    private DeliveryIndex(FileList files, Engine engine) {
        this.files = files;
        this.engine = engine;
    }

    /**
     * Opens an index, an empty one where there is none; removes what a crash left.
     *
     * @param folder where its files are
     * @param scratch where sorting puts what does not fit into memory
     * @param memoryMegabytes the most memory it takes, outside the Java heap
     */
    public static DeliveryIndex open(Path folder, Path scratch, int memoryMegabytes) {
        try {
            return new DeliveryIndex(
                    FileList.open(folder),
                    Engine.forFolders(List.of(folder), scratch, memoryMegabytes));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Digests of one delivery, or of a part of one. */
    public interface Source {
        /** Hands over all pairs, in any order. */
        void each(Pairs pairs);
    }

    /** Takes pairs. */
    public interface Pairs {
        /**
         * Takes one.
         *
         * @param digest not negative
         * @param delivery identifier of the delivery
         */
        void add(long digest, long delivery);
    }

    /** That a digest stands in a delivery. */
    public record Hit(long digest, long delivery) {}

    /** The identifier that was given when pairs were added last; everything up to it is here. */
    public long indexed() {
        return files.now().indexed();
    }

    /** How many pairs there are. */
    public long size() {
        return files.now().segments().stream().mapToLong(FileList.Segment::rows).sum();
    }

    /**
     * Adds pairs, durable when this returns.
     *
     * @param upTo what {@link #indexed} says from then on
     */
    public synchronized void add(Source source, long upTo) {
        try (Connection connection = engine.connect();
                Statement statement = connection.createStatement()) {
            long rows = append(connection, statement, source, PAIRS);
            if (rows == 0) {
                files.replace(List.of(), List.of(), upTo);
                return;
            }
            FileList.Segment added = files.next(0, rows);
            statement.execute(sorted(PAIRS, added));
            files.replace(List.of(), List.of(added), upTo);
            merge(statement);
        } catch (SQLException | IOException e) {
            throw failed(e);
        }
    }

    private void merge(Statement statement) throws SQLException, IOException {
        for (int level = 0; ; level++) {
            int of = level;
            List<FileList.Segment> full =
                    files.now().segments().stream().filter(s -> s.level() == of).toList();
            if (full.size() < FANOUT) {
                return;
            }
            long rows = full.stream().mapToLong(FileList.Segment::rows).sum();
            FileList.Segment merged = files.next(level + 1, rows);
            statement.execute(sorted(parquet(full), merged));
            files.replace(full, List.of(merged), indexed());
        }
    }

    private String sorted(String from, FileList.Segment into) {
        return "COPY (SELECT digest, delivery FROM "
                + from
                + " ORDER BY digest, delivery) TO "
                + Engine.literal(files.path(into).toString())
                + " (FORMAT parquet, COMPRESSION zstd)";
    }

    private static long append(
            Connection connection, Statement statement, Source source, String table)
            throws SQLException {
        statement.execute(
                "CREATE TEMP TABLE "
                        + table
                        + " (digest BIGINT NOT NULL, delivery BIGINT NOT NULL)");
        long[] rows = {0};
        try (DuckDBAppender appender =
                ((DuckDBConnection) connection).createAppender("temp", "main", table)) {
            source.each(
                    (digest, delivery) -> {
                        try {
                            appender.beginRow();
                            appender.append(digest);
                            appender.append(delivery);
                            appender.endRow();
                            rows[0]++;
                        } catch (SQLException e) {
                            throw failed(e);
                        }
                    });
        }
        return rows[0];
    }

    /** The deliveries in which any of a few digests stands; the same pair may stand there twice. */
    public List<Hit> find(Set<Long> digests) {
        List<FileList.Segment> segments = files.now().segments();
        if (segments.isEmpty() || digests.isEmpty()) {
            return List.of();
        }
        String sql =
                digests.stream()
                        .map(
                                digest ->
                                        "SELECT digest, delivery FROM "
                                                + parquet(segments)
                                                + " WHERE digest = "
                                                + digest)
                        .collect(Collectors.joining(" UNION ALL "));
        try (Connection connection = engine.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<Hit> hits = new ArrayList<>();
            while (rows.next()) {
                hits.add(new Hit(rows.getLong(1), rows.getLong(2)));
            }
            return hits;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Which of many digests were delivered to anybody. */
    public Set<Long> known(Set<Long> digests) {
        return distinct("digest", digests);
    }

    /** The digests that some deliveries hold, each once. */
    public Set<Long> digests(Set<Long> deliveries) {
        return distinct("delivery", deliveries);
    }

    /** The digests of the pairs that have one of those values in a column. */
    private Set<Long> distinct(String column, Set<Long> values) {
        List<FileList.Segment> segments = files.now().segments();
        Set<Long> digests = new HashSet<>();
        if (segments.isEmpty() || values.isEmpty()) {
            return digests;
        }
        try (Connection connection = engine.connect();
                Statement statement = connection.createStatement()) {
            append(
                    connection,
                    statement,
                    pairs -> values.forEach(each -> pairs.add(each, 0)),
                    "wanted");
            try (ResultSet rows =
                    statement.executeQuery(
                            "SELECT DISTINCT p.digest FROM %s p JOIN wanted w ON w.digest = p.%s"
                                    .formatted(parquet(segments), column))) {
                while (rows.next()) {
                    digests.add(rows.getLong(1));
                }
            }
            return digests;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /**
     * What recipients received of a file's digests, and in all.
     *
     * @param digests the file's, each once, not empty
     * @param recipients tells for each delivery its recipient's number, as pairs of delivery and
     *     number; deliveries that are not told do not count
     */
    public Received received(long[] digests, Source recipients) {
        List<FileList.Segment> segments = files.now().segments();
        if (segments.isEmpty()) {
            return new Received(List.of(), Map.of(), 0);
        }
        try (Connection connection = engine.connect();
                Statement statement = connection.createStatement()) {
            append(connection, statement, recipients, "recipients");
            append(
                    connection,
                    statement,
                    pairs -> Arrays.stream(digests).forEach(digest -> pairs.add(digest, 0)),
                    "wanted");
            String all = parquet(segments);
            List<Hit> hits = new ArrayList<>();
            try (ResultSet rows =
                    statement.executeQuery(
                            """
                            SELECT DISTINCT p.digest, p.delivery
                              FROM %s p
                              JOIN wanted w ON w.digest = p.digest
                              JOIN recipients r ON r.digest = p.delivery
                            """
                                    .formatted(all))) {
                while (rows.next()) {
                    hits.add(new Hit(rows.getLong(1), rows.getLong(2)));
                }
            }
            Map<Long, Long> sizes = new HashMap<>();
            try (ResultSet rows =
                    statement.executeQuery(
                            """
                            SELECT r.delivery, approx_count_distinct(p.digest)
                              FROM %s p JOIN recipients r ON r.digest = p.delivery
                             GROUP BY r.delivery
                            """
                                    .formatted(all))) {
                while (rows.next()) {
                    sizes.put(rows.getLong(1), rows.getLong(2));
                }
            }
            try (ResultSet rows =
                    statement.executeQuery("SELECT approx_count_distinct(digest) FROM " + all)) {
                rows.next();
                return new Received(hits, sizes, rows.getLong(1));
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /**
     * What recipients received.
     *
     * @param hits each digest of the file with each delivery in which it stands
     * @param subjects by a recipient's number how many different subjects it received in all,
     *     within a few per cent
     * @param known how many different subjects were delivered to anybody, within a few per cent
     */
    public record Received(List<Hit> hits, Map<Long, Long> subjects, long known) {
        public Received {
            hits = List.copyOf(hits);
            subjects = Map.copyOf(subjects);
        }
    }

    private String parquet(List<FileList.Segment> segments) {
        return segments.stream()
                .map(s -> Engine.literal(files.path(s).toString()))
                .collect(Collectors.joining(", ", "read_parquet([", "])"));
    }

    /** Drops everything, to be filled anew. */
    public synchronized void clear() {
        try {
            files.replace(files.now().segments(), List.of(), 0);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static LakeException failed(Exception e) {
        return new LakeException(e, ErrorCode.ENGINE_FAILED, String.valueOf(e.getMessage()));
    }

    @Override
    public void close() {
        engine.close();
    }
}
