package cn.tiaoxi.platform.catalogue;

import cn.tiaoxi.contract.Masks;
import cn.tiaoxi.lake.ColumnType;
import cn.tiaoxi.lake.ErrorCode;
import cn.tiaoxi.lake.LakeColumn;
import cn.tiaoxi.lake.LakeException;
import cn.tiaoxi.lake.kind.Grade;
import cn.tiaoxi.lake.table.RowPage;
import cn.tiaoxi.platform.evidence.Evidence;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Actor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The rows of datasets, for people to look at. Who keeps a dataset sees it as it is, and looking at
 * columns of L3 or higher is put into the trace first; everybody else sees what is not sensitive,
 * and the rest masked.
 */
@Service
public class DatasetRows {
    private final Datasets datasets;
    private final Lake lake;
    private final Masking masking;
    private final Evidence evidence;
    private final Access access;
    private final TransactionTemplate transaction;

    DatasetRows(
            Datasets datasets,
            Lake lake,
            Masking masking,
            Evidence evidence,
            Access access,
            TransactionTemplate transaction) {
        this.datasets = datasets;
        this.lake = lake;
        this.masking = masking;
        this.evidence = evidence;
        this.access = access;
        this.transaction = transaction;
    }

    /** A column as it is shown. */
    public record Column(DatasetColumn column, boolean masked) {}

    /**
     * Some rows.
     *
     * @param rows values as text in the order of the columns, null where missing
     * @param next the row number to ask on from, null if these were the last
     * @param total rows of the table
     */
    public record Rows(
            List<Column> columns,
            List<List<@Nullable String>> rows,
            @Nullable Long next,
            long total) {
        public Rows {
            columns = List.copyOf(columns);
            rows = List.copyOf(rows);
        }
    }

    /** Whether the person behind the request sees the dataset's values as they are. */
    public boolean inClear(Dataset dataset) {
        Actor actor = access.actor();
        return actor.may("dataset:write", dataset.organisation())
                || actor.may("dataset:publish", dataset.organisation());
    }

    /**
     * A page of rows in the order in which they were brought.
     *
     * @param after the row number that the page before ended with; 0 for the first
     * @param limit rows wanted, 1 to 200
     * @throws CatalogueException while a load changes the table's columns
     */
    public Rows page(String id, long after, int limit) {
        Dataset dataset = datasets.get(id);
        boolean clear = inClear(dataset);
        RowPage page = read(dataset, after, limit);
        List<Column> columns =
                dataset.columns().stream()
                        .map(c -> new Column(c, !clear && c.confirmedGrade() != Grade.L1))
                        .toList();
        if (clear) {
            trace(dataset, page);
        }
        return new Rows(
                columns,
                page.rows().stream().map(r -> shown(columns, r.values())).toList(),
                page.next(),
                page.total());
    }

    /**
     * A load changes the table a little before the dataset: until then nobody knows how sensitive
     * columns of another shape are.
     */
    private RowPage read(Dataset dataset, long after, int limit) {
        List<String> names = dataset.columns().stream().map(DatasetColumn::name).toList();
        try {
            RowPage page = lake.tables().rows(Lake.table(dataset.id()), names, after, limit);
            List<ColumnType> types = dataset.columns().stream().map(DatasetColumn::type).toList();
            if (!page.columns().stream().map(LakeColumn::type).toList().equals(types)) {
                throw CatalogueException.datasetBusy();
            }
            return page;
        } catch (LakeException e) {
            throw e.code() == ErrorCode.COLUMN_UNKNOWN ? CatalogueException.datasetBusy() : e;
        }
    }

    private List<@Nullable String> shown(List<Column> columns, List<@Nullable String> values) {
        List<@Nullable String> shown = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            shown.add(
                    column.masked()
                            ? Masks.apply(masking.mask(column.column().kind()), values.get(i))
                            : values.get(i));
        }
        return shown;
    }

    private void trace(Dataset dataset, RowPage page) {
        List<String> sensitive =
                dataset.columns().stream()
                        .filter(c -> grade(c).compareTo(Grade.L3) >= 0)
                        .map(DatasetColumn::name)
                        .toList();
        if (sensitive.isEmpty() || page.rows().isEmpty()) {
            return;
        }
        Map<String, String> detail = new HashMap<>();
        detail.put("columns", String.join(",", sensitive));
        detail.put("first", Long.toString(page.rows().getFirst().number()));
        detail.put("last", Long.toString(page.rows().getLast().number()));
        transaction.executeWithoutResult(
                status ->
                        evidence.changed(
                                access.actor().who(),
                                "dataset.viewed",
                                "dataset:" + dataset.id(),
                                detail));
    }

    /** The grade that counts: the one given, else the one suggested. */
    private static Grade grade(DatasetColumn column) {
        Grade given = column.given().grade();
        return given == null ? column.suggestion().grade() : given;
    }
}
