package cn.tiaoxi.lake.table;

import static java.util.Objects.requireNonNull;

import cn.tiaoxi.lake.ErrorCode;
import cn.tiaoxi.lake.LakeException;
import cn.tiaoxi.lake.source.SegmentSource;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.jdbc.UncheckedSQLException;

/**
 * Loads files into tables. A load either shows all its rows in one step or leaves nothing; after a
 * crash {@link LakeTables#sweep} removes what it had written. Safe for use by many threads.
 */
public final class TableLoader {
    private static final Map<String, String> PROPERTIES =
            Map.of(
                    TableProperties.FORMAT_VERSION, "2",
                    TableProperties.METADATA_DELETE_AFTER_COMMIT_ENABLED, "true",
                    TableProperties.METADATA_PREVIOUS_VERSIONS_MAX, "20",
                    TableProperties.COMMIT_NUM_RETRIES, "0");

    /** What a state of a table says of the load that made it. */
    private static final String LOAD = "tiaoxi.load";

    private static final String ROWS = "tiaoxi.rows";
    private static final String REJECTED = "tiaoxi.rejected";

    private final LakeTables lake;

    public TableLoader(LakeTables lake) {
        this.lake = lake;
    }

    /**
     * Loads a file.
     *
     * @param file as it was probed
     * @param listener told of the progress; may stop the load
     * @throws LakeException if the file cannot be read, the plan does not fit, another load changed
     *     the table meanwhile, or the listener stopped it
     */
    public LoadResult load(Path file, LoadPlan plan, LoadListener listener) {
        Schema schema = TableSchema.of(plan.tableColumns());
        Target target = target(plan, schema);
        LoadRun run = null;
        boolean keepFiles = false;
        try (SegmentSource source = SegmentSource.open(file, plan.layout())) {
            run =
                    new LoadRun(
                            lake,
                            target.table(),
                            plan,
                            target.rowBase(),
                            listener,
                            Files.size(file));
            run.write(source);
            append(target, run, plan.load());
            // Whoever fails from here on may have succeeded all the same: only a clear refusal lets
            // files go.
            keepFiles = true;
            target.transaction().commitTransaction();
            LoadResult result = result(target, run);
            run.done();
            return result;
        } catch (CommitFailedException | AlreadyExistsException e) {
            keepFiles = false;
            throw new LakeException(e, ErrorCode.TABLE_CHANGED, plan.table());
        } catch (CommitStateUnknownException | UncheckedSQLException e) {
            throw LakeTables.catalogFailure(e);
        } catch (IOException e) {
            throw storageFailure(e, file);
        } finally {
            if (run != null) {
                run.close(keepFiles);
            }
        }
    }

    /**
     * What a load of that name made of a table, if it came so far: after a crash this tells whether
     * its rows are there. The faults of its rejected rows are not kept.
     *
     * @param load as its plan named it
     */
    public Optional<LoadResult> made(String table, String load) {
        if (!lake.exists(table)) {
            return Optional.empty();
        }
        for (Snapshot snapshot : lake.load(table).snapshots()) {
            Map<String, String> summary = snapshot.summary();
            if (load.equals(summary.get(LOAD))) {
                return Optional.of(
                        new LoadResult(
                                Long.parseLong(summary.getOrDefault(ROWS, "0")),
                                Long.parseLong(summary.getOrDefault(REJECTED, "0")),
                                Map.of(),
                                snapshot.snapshotId(),
                                LakeTables.totalRows(snapshot)));
            }
        }
        return Optional.empty();
    }

    private static LakeException storageFailure(IOException e, Path file) {
        String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        if (message.contains("no space left")) {
            return new LakeException(e, ErrorCode.STORAGE_FULL);
        }
        Object where =
                e instanceof FileSystemException known
                        ? String.valueOf(known.getFile())
                        : file.getFileName();
        return new LakeException(e, ErrorCode.STORAGE_FAILED, where);
    }

    /**
     * Where a load goes: a change that is not yet made, and the schema with Iceberg's field ids.
     */
    private record Target(Table table, Transaction transaction, long rowBase) {}

    private Target target(LoadPlan plan, Schema schema) {
        boolean append = plan.mode() == LoadMode.APPEND && lake.exists(plan.table());
        if (!append) {
            Transaction replace =
                    lake.catalog()
                            .buildTable(LakeTables.identifier(plan.table()), schema)
                            .withProperties(PROPERTIES)
                            .createOrReplaceTransaction();
            return new Target(replace.table(), replace, 1);
        }
        Table table = lake.load(plan.table());
        if (!sameColumns(table.schema(), schema)) {
            throw new LakeException(ErrorCode.COLUMNS_DIFFER, plan.table());
        }
        Transaction transaction = table.newTransaction();
        return new Target(transaction.table(), transaction, LastRow.of(table) + 1);
    }

    private static boolean sameColumns(Schema table, Schema plan) {
        return table.columns().stream()
                .map(field -> field.name() + " " + field.type())
                .toList()
                .equals(
                        plan.columns().stream()
                                .map(field -> field.name() + " " + field.type())
                                .toList());
    }

    private static void append(Target target, LoadRun run, String load) {
        run.committing();
        AppendFiles append = target.transaction().newFastAppend();
        append.set(LOAD, load);
        append.set(ROWS, Long.toString(run.rows()));
        append.set(REJECTED, Long.toString(run.rejected()));
        for (DataFile file : run.dataFiles()) {
            append.appendFile(file);
        }
        append.commit();
    }

    private static LoadResult result(Target target, LoadRun run) {
        Table table = target.transaction().table();
        return run.result(
                requireNonNull(table.currentSnapshot()).snapshotId(), LakeTables.totalRows(table));
    }
}
