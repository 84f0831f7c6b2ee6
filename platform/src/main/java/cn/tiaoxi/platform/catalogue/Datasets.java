package cn.tiaoxi.platform.catalogue;

import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.border.FieldError;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.border.Versions;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Actor;
import cn.tiaoxi.platform.ledger.Author;
import cn.tiaoxi.platform.ledger.Change.Difference;
import cn.tiaoxi.platform.ledger.Entry;
import cn.tiaoxi.platform.ledger.EntryFilter;
import cn.tiaoxi.platform.ledger.Ledger;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The datasets of the catalogue. Other modules reach a dataset only through this class. */
@Service
public class Datasets {
    /** The ledger that datasets are entries of. */
    public static final String LEDGER = "dataset";

    private final Ledger ledger;
    private final DatasetStore store;
    private final Elements elements;
    private final Lake lake;
    private final Access access;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Datasets(
            Ledger ledger,
            DatasetStore store,
            Elements elements,
            Lake lake,
            Access access,
            ApplicationEventPublisher events,
            Clock clock) {
        this.ledger = ledger;
        this.store = store;
        this.elements = elements;
        this.lake = lake;
        this.access = access;
        this.events = events;
        this.clock = clock;
    }

    /** A dataset, if there is one; without regard to permissions. */
    public Optional<Dataset> find(String id) {
        return ledger.find(LEDGER, id).map(e -> new Dataset(e, store.columns(e.id())));
    }

    /**
     * A dataset that the person behind the request may read.
     *
     * @throws CatalogueException if there is none
     */
    public Dataset get(String id) {
        Dataset dataset = find(id).orElseThrow(() -> CatalogueException.datasetNotFound(id));
        access.require("dataset:read", dataset.organisation());
        return dataset;
    }

    /** Part of the catalogue. */
    public Page<Entry> list(EntryFilter filter, Slice slice) {
        return ledger.list(filter, slice);
    }

    /** The newest loads of a dataset, the newest first. */
    public List<Load> loads(Dataset dataset) {
        return store.loads(dataset.id());
    }

    /** The rows of a dataset, copied for gateways to serve; see {@code TableCopier}. */
    public long copy(
            String dataset,
            Connection connection,
            String schema,
            String table,
            List<String> columns)
            throws SQLException {
        return lake.copier()
                .copy(Lake.table(dataset), connection, schema, table, columns, List.of());
    }

    /**
     * Reads all rows of a dataset once, in any order, for what looks through them all and shows
     * none. The array is used again for the next row.
     *
     * @param columns names, not empty
     * @param taker takes the values as text, null where missing
     */
    public void scan(String dataset, List<String> columns, Consumer<@Nullable String[]> taker) {
        lake.tables().scan(Lake.table(dataset), columns, taker);
    }

    /**
     * Changes core metadata.
     *
     * @param version the version that the change is based on
     */
    @Transactional
    public Dataset change(
            String id,
            long version,
            Map<String, @Nullable Object> fields,
            @Nullable String reason) {
        Actor actor = access.require("dataset:write", get(id).organisation());
        ledger.change(Author.of(actor), LEDGER, id, version, fields, reason);
        return get(id);
    }

    /**
     * Describes columns, and vouches for their grades.
     *
     * @param version the version that the change is based on; null if it does not matter
     * @param confirm whether the person vouches for the grades of these columns
     * @throws BorderException naming every part that is wrong
     */
    @Transactional
    public Dataset describe(
            String id, @Nullable Long version, List<ColumnChange> changes, boolean confirm) {
        Entry entry = ledger.lock(LEDGER, get(id).id());
        Actor actor = access.require("dataset:write", entry.organisation());
        if (version != null) {
            Versions.check(version, entry.version());
        }
        Dataset before = new Dataset(entry, store.columns(id));
        List<DatasetColumn> columns = described(before, changes, confirm, Author.of(actor));
        List<Difference> differences = differences(before.columns(), columns);
        if (differences.isEmpty()) {
            return before;
        }
        store.replaceColumns(id, columns);
        ledger.record(
                Author.of(actor),
                LEDGER,
                id,
                confirm ? "confirm" : "describe",
                null,
                DatasetFacts.of(before).asMap(columns, lake.kinds()),
                differences);
        events.publishEvent(new ColumnsDescribed(id));
        return get(id);
    }

    private List<DatasetColumn> described(
            Dataset before, List<ColumnChange> changes, boolean confirm, Author author) {
        List<FieldError> errors = new ArrayList<>();
        Map<String, DatasetColumn> columns = new LinkedHashMap<>();
        before.columns().forEach(c -> columns.put(c.name(), c));
        Instant now = clock.instant();
        for (int i = 0; i < changes.size(); i++) {
            ColumnChange change = changes.get(i);
            String path = "columns[" + i + "]";
            DatasetColumn column = columns.get(change.name());
            int faults = errors.size();
            change.check(elements, path, errors);
            if (column == null) {
                errors.add(
                        new FieldError(path + ".name", "catalogue.columnUnknown", change.name()));
            } else if (errors.size() == faults) {
                DatasetColumn changed = change.on(column);
                if (confirm && changed.given().grade() == null) {
                    errors.add(new FieldError(path + ".grade", "catalogue.gradeMissing"));
                } else {
                    columns.put(
                            change.name(),
                            confirm
                                    ? changed.with(
                                            changed.label(), changed.given().confirmed(author, now))
                                    : changed);
                }
            }
        }
        if (!errors.isEmpty()) {
            throw BorderException.invalid(errors);
        }
        return List.copyOf(columns.values());
    }

    private static List<Difference> differences(
            List<DatasetColumn> before, List<DatasetColumn> after) {
        Map<String, DatasetColumn> old = new HashMap<>();
        before.forEach(c -> old.put(c.name(), c));
        List<Difference> differences = new ArrayList<>();
        for (DatasetColumn now : after) {
            DatasetColumn was = Objects.requireNonNull(old.get(now.name()));
            add(differences, now, "label", was.label(), now.label());
            add(
                    differences,
                    now,
                    "description",
                    was.given().description(),
                    now.given().description());
            add(differences, now, "element", was.given().element(), now.given().element());
            add(differences, now, "grade", was.given().grade(), now.given().grade());
            add(differences, now, "confirmed", was.isConfirmed(), now.isConfirmed());
        }
        return differences;
    }

    private static void add(
            List<Difference> differences,
            DatasetColumn column,
            String part,
            @Nullable Object before,
            @Nullable Object after) {
        if (!Objects.equals(before, after)) {
            differences.add(
                    new Difference(
                            column.name() + "." + part,
                            before == null ? null : before.toString(),
                            after == null ? null : after.toString()));
        }
    }

    /**
     * Publishes or withdraws a dataset.
     *
     * @param action an action of the ledger's transitions
     * @param version the version that this is based on; null if it does not matter
     */
    @Transactional
    public Dataset move(String id, String action, @Nullable Long version, @Nullable String reason) {
        Entry entry = ledger.lock(LEDGER, get(id).id());
        Actor actor = access.require("dataset:publish", entry.organisation());
        if (version != null) {
            Versions.check(version, entry.version());
        }
        ledger.move(Author.of(actor), LEDGER, id, action, reason);
        return get(id);
    }

    /**
     * Enters what a load did: a new dataset, or new rows of one that is there. What people said of
     * columns that stay the same is kept.
     *
     * @param order where the rows went
     * @param totalRows rows of the table now
     * @param columns the table's columns as they were found
     */
    @Transactional
    void loaded(Load load, LoadOrder order, long totalRows, List<DatasetColumn> columns) {
        String id = load.dataset();
        Optional<Entry> before = ledger.find(LEDGER, id).map(e -> ledger.lock(LEDGER, e.id()));
        Map<String, DatasetColumn> known = new HashMap<>();
        store.columns(id).forEach(c -> known.put(c.name(), c));
        List<DatasetColumn> kept =
                columns.stream().map(c -> c.takingOver(known.get(c.name()))).toList();
        Map<String, Object> facts =
                new DatasetFacts(totalRows, load.rejected(), load.time()).asMap(kept, lake.kinds());
        if (before.isEmpty()) {
            ledger.add(
                    load.author(),
                    new Ledger.NewEntry(
                            LEDGER, id, order.title(), order.organisation(), Map.of(), facts));
        } else {
            ledger.record(
                    load.author(),
                    LEDGER,
                    id,
                    "load",
                    null,
                    facts,
                    List.of(new Difference("rows", before.get().count("rows"), totalRows)));
        }
        store.replaceColumns(id, kept);
        store.addLoad(load);
        events.publishEvent(new DatasetLoaded(id));
    }
}
