package cn.tiaoxi.platform.catalogue.web;

import cn.tiaoxi.lake.ColumnType;
import cn.tiaoxi.lake.kind.Grade;
import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.border.Export;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.border.Versions;
import cn.tiaoxi.platform.catalogue.ColumnChange;
import cn.tiaoxi.platform.catalogue.Dataset;
import cn.tiaoxi.platform.catalogue.DatasetRows;
import cn.tiaoxi.platform.catalogue.Datasets;
import cn.tiaoxi.platform.catalogue.Uploads;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Permission;
import cn.tiaoxi.platform.ledger.EntryFilter;
import cn.tiaoxi.platform.ledger.Ledger;
import cn.tiaoxi.platform.ledger.web.ChangeView;
import cn.tiaoxi.platform.search.SearchIndex;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The catalogue of datasets. */
@RestController
@RequestMapping("/api/v1/datasets")
class DatasetController {
    private static final int MOST_ROWS = 200;

    /** The code of no organisation. */
    private static final String NOBODY = "";

    private final Datasets datasets;
    private final DatasetRows rows;
    private final Uploads uploads;
    private final DatasetViews views;
    private final Ledger ledger;
    private final SearchIndex search;
    private final Organisations organisations;
    private final Access access;

    DatasetController(
            Datasets datasets,
            DatasetRows rows,
            Uploads uploads,
            DatasetViews views,
            Ledger ledger,
            SearchIndex search,
            Organisations organisations,
            Access access) {
        this.datasets = datasets;
        this.rows = rows;
        this.uploads = uploads;
        this.views = views;
        this.ledger = ledger;
        this.search = search;
        this.organisations = organisations;
        this.access = access;
    }

    /** Core metadata to change. */
    record MetadataForm(@NotNull Map<String, @Nullable Object> fields, @Nullable String reason) {}

    /** Columns to describe: each names itself and the parts to change. */
    record ColumnsForm(
            @NotNull @Size(min = 1, max = 1000)
                    List<@NotNull Map<String, @Nullable Object>> columns,
            boolean confirm) {

        List<ColumnChange> changes() {
            List<ColumnChange> changes = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                changes.add(change(columns.get(i), "columns[" + i + "]"));
            }
            return changes;
        }

        private static ColumnChange change(Map<String, @Nullable Object> column, String path) {
            Map<String, @Nullable String> parts = new LinkedHashMap<>();
            column.forEach(
                    (part, value) -> {
                        if (value != null && !(value instanceof String)) {
                            throw BorderException.invalid(path + "." + part, "border.type", value);
                        }
                        parts.put(part, (String) value);
                    });
            String name = parts.remove("name");
            if (name == null) {
                throw BorderException.invalid(path + ".name", "border.required");
            }
            return new ColumnChange(name, parts);
        }
    }

    /** Why something is done. */
    record Reason(@Nullable String reason) {}

    /** A column of rows. */
    record RowColumn(
            String name, String label, ColumnType type, @Nullable Grade grade, boolean masked) {}

    /** Rows. */
    record RowsView(
            List<RowColumn> columns,
            List<List<@Nullable String>> items,
            @Nullable String next,
            long total) {}

    @GetMapping
    @Permission("dataset:read")
    @Nullable Page<DatasetViews.Item> list(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String organisation,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String grade,
            @RequestParam(defaultValue = "") String sharing,
            @RequestParam(defaultValue = "") String finding,
            @RequestParam(defaultValue = "false") boolean writable,
            Slice slice,
            Export export) {
        EntryFilter filter =
                new EntryFilter(
                        Datasets.LEDGER,
                        q.isBlank() ? null : search.ids(Datasets.LEDGER, q),
                        owners(organisation, writable),
                        state,
                        finding,
                        "",
                        given("sharing", sharing),
                        given("grade", grade),
                        false);
        return export.answer(
                "catalogue.datasets",
                slice,
                s -> views.items(datasets.list(filter, s), q),
                List.of(
                        new Export.Column<>("catalogue.code", DatasetViews.Item::code),
                        new Export.Column<>("catalogue.title", DatasetViews.Item::title),
                        new Export.Column<>("catalogue.organisation", i -> i.organisation().name()),
                        new Export.Column<>("catalogue.state", views::stateName),
                        new Export.Column<>("catalogue.grade", DatasetViews.Item::grade),
                        new Export.Column<>(
                                "catalogue.sharing", i -> views.codeName("sharing", i.sharing())),
                        new Export.Column<>(
                                "catalogue.opening", i -> views.codeName("opening", i.opening())),
                        new Export.Column<>(
                                "catalogue.updatePeriod",
                                i -> views.codeName("updatePeriod", i.updatePeriod())),
                        new Export.Column<>("catalogue.rows", DatasetViews.Item::rows),
                        new Export.Column<>("catalogue.rejected", DatasetViews.Item::rejected),
                        new Export.Column<>("catalogue.findings", DatasetViews.Item::findings),
                        new Export.Column<>("catalogue.updated", DatasetViews.Item::updated)));
    }

    /** Whose datasets to show: of all bodies below one, or of those that the asker may change. */
    private Set<String> owners(String organisation, boolean writable) {
        Set<String> reach = writable ? access.actor().reach("dataset:write") : Set.of();
        if (organisation.isEmpty()) {
            return reach;
        }
        Set<String> within = organisations.within(organisation);
        if (!reach.isEmpty()) {
            within.retainAll(reach);
        }
        return within.isEmpty() ? Set.of(NOBODY) : within;
    }

    private static Map<String, String> given(String name, String value) {
        return value.isEmpty() ? Map.of() : Map.of(name, value);
    }

    @GetMapping("/{id}")
    @Permission("dataset:read")
    ResponseEntity<DatasetViews.Detail> one(@PathVariable String id) {
        return answer(datasets.get(id));
    }

    @PatchMapping("/{id}")
    @Permission("dataset:write")
    ResponseEntity<DatasetViews.Detail> change(
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @Valid @RequestBody MetadataForm form) {
        return answer(
                datasets.change(id, Versions.required(ifMatch), form.fields(), form.reason()));
    }

    @PostMapping("/{id}/columns")
    @Permission("dataset:write")
    ResponseEntity<DatasetViews.Detail> describe(
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @Valid @RequestBody ColumnsForm form) {
        return answer(datasets.describe(id, version(ifMatch), form.changes(), form.confirm()));
    }

    @PostMapping("/{id}/publish")
    @Permission("dataset:publish")
    ResponseEntity<DatasetViews.Detail> publish(
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody(required = false) @Nullable Reason reason) {
        return move(id, "publish", ifMatch, reason);
    }

    @PostMapping("/{id}/withdraw")
    @Permission("dataset:publish")
    ResponseEntity<DatasetViews.Detail> withdraw(
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody(required = false) @Nullable Reason reason) {
        return move(id, "withdraw", ifMatch, reason);
    }

    private ResponseEntity<DatasetViews.Detail> move(
            String id, String action, @Nullable String ifMatch, @Nullable Reason reason) {
        return answer(
                datasets.move(
                        id, action, version(ifMatch), reason == null ? null : reason.reason()));
    }

    private static @Nullable Long version(@Nullable String ifMatch) {
        return ifMatch == null ? null : Versions.required(ifMatch);
    }

    @GetMapping("/{id}/history")
    @Permission("dataset:read")
    Page<ChangeView> history(@PathVariable String id, Slice slice) {
        Dataset dataset = datasets.get(id);
        return ledger.history(dataset.id(), slice).map(views::change);
    }

    @GetMapping("/{id}/rows")
    @Permission("dataset:read")
    RowsView rows(
            @PathVariable String id,
            @RequestParam(defaultValue = "0") long from,
            @RequestParam(defaultValue = "50") int limit) {
        if (limit < 1 || limit > MOST_ROWS) {
            throw BorderException.invalid("limit", "border.limit", MOST_ROWS);
        }
        if (from < 0) {
            throw BorderException.invalid("from", "border.type", from);
        }
        DatasetRows.Rows page = rows.page(id, from, limit);
        Long next = page.next();
        return new RowsView(
                page.columns().stream()
                        .map(
                                c ->
                                        new RowColumn(
                                                c.column().name(),
                                                c.column().label(),
                                                c.column().type(),
                                                c.column().given().grade(),
                                                c.masked()))
                        .toList(),
                page.rows(),
                next == null ? null : next.toString(),
                page.total());
    }

    /** The rows that the newest load handed back. */
    @GetMapping("/{id}/rejects")
    @Permission("dataset:write")
    ResponseEntity<Resource> rejects(@PathVariable String id) {
        Dataset dataset = datasets.get(id);
        return UploadController.csv(
                uploads.rejects(dataset), UploadController.rejectsName(dataset.title()));
    }

    private ResponseEntity<DatasetViews.Detail> answer(Dataset dataset) {
        return Versions.tagged(views.detail(dataset), dataset.entry().version());
    }
}
