package cn.tiaoxi.platform.catalogue.web;

import cn.tiaoxi.lake.ColumnType;
import cn.tiaoxi.lake.kind.Grade;
import cn.tiaoxi.lake.table.ColumnProfile.Bin;
import cn.tiaoxi.lake.table.ColumnProfile.ValueCount;
import cn.tiaoxi.platform.border.Allowed;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.catalogue.Dataset;
import cn.tiaoxi.platform.catalogue.DatasetColumn;
import cn.tiaoxi.platform.catalogue.DatasetColumn.Confirmation;
import cn.tiaoxi.platform.catalogue.DatasetRows;
import cn.tiaoxi.platform.catalogue.DatasetSearch;
import cn.tiaoxi.platform.catalogue.Datasets;
import cn.tiaoxi.platform.catalogue.Element;
import cn.tiaoxi.platform.catalogue.Elements;
import cn.tiaoxi.platform.catalogue.KindNames;
import cn.tiaoxi.platform.catalogue.Load;
import cn.tiaoxi.platform.catalogue.Profile;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Actor;
import cn.tiaoxi.platform.ledger.Change;
import cn.tiaoxi.platform.ledger.Change.Difference;
import cn.tiaoxi.platform.ledger.Entry;
import cn.tiaoxi.platform.ledger.Ledger;
import cn.tiaoxi.platform.ledger.LedgerType;
import cn.tiaoxi.platform.ledger.web.ChangeView;
import cn.tiaoxi.platform.ledger.web.FieldView;
import cn.tiaoxi.platform.ledger.web.FindingView;
import cn.tiaoxi.platform.search.SearchIndex;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Datasets as they are answered, in the asker's language and within what the asker may see. */
@Component
class DatasetViews {
    private static final String INTERFACE = "interface";

    private final Datasets datasets;
    private final DatasetRows rows;
    private final Elements elements;
    private final KindNames kinds;
    private final Ledger ledger;
    private final SearchIndex search;
    private final Organisations organisations;
    private final Access access;

    DatasetViews(
            Datasets datasets,
            DatasetRows rows,
            Elements elements,
            KindNames kinds,
            Ledger ledger,
            SearchIndex search,
            Organisations organisations,
            Access access) {
        this.datasets = datasets;
        this.rows = rows;
        this.elements = elements;
        this.kinds = kinds;
        this.ledger = ledger;
        this.search = search;
        this.organisations = organisations;
        this.access = access;
    }

    /** A dataset in a list. */
    record Item(
            String id,
            String code,
            String title,
            @Nullable String summary,
            Organisations.Named organisation,
            String state,
            @Nullable String grade,
            @Nullable String sharing,
            @Nullable String opening,
            @Nullable String updatePeriod,
            long rows,
            long rejected,
            int columns,
            int findings,
            long interfaces,
            boolean standardised,
            Instant updated,
            @Nullable List<String> matched) {}

    /** Something with a name. */
    record Named(String id, String name) {}

    /** What a column's values look like. */
    record ProfileView(
            long count,
            long nulls,
            long distinct,
            boolean distinctExact,
            @Nullable String min,
            @Nullable String max,
            long checkFailures,
            List<PatternCount> patterns,
            List<ValueCount> top,
            List<Bin> histogram) {}

    /** A shape of values and in how many rows it is. */
    record PatternCount(String pattern, long count) {}

    /** What the platform proposes for a column. */
    record SuggestionView(@Nullable Named element, Grade grade, String reason) {}

    /** A column. */
    record ColumnView(
            String name,
            String label,
            ColumnType type,
            int position,
            @Nullable String description,
            @Nullable Named kind,
            @Nullable Double kindShare,
            @Nullable ProfileView profile,
            SuggestionView suggestion,
            @Nullable Named element,
            @Nullable Grade grade,
            boolean confirmed,
            @Nullable String confirmedBy,
            @Nullable Instant confirmedAt) {}

    /** A load that succeeded. */
    record LoadView(
            String id,
            Instant time,
            String by,
            String fileName,
            String mode,
            long rows,
            long rejected,
            String snapshot) {}

    /** A dataset alone: what a list shows of it, and all the rest. */
    record Detail(
            @JsonUnwrapped Item item,
            Instant created,
            Map<String, Object> fields,
            List<FieldView> fieldDefinitions,
            List<ColumnView> columnsDetail,
            List<LoadView> loads,
            List<FindingView> findingsDetail,
            List<Allowed> allowed,
            long version) {}

    /** Entries as a list shows them, with what a search found in them. */
    Page<Item> items(Page<Entry> page, String typed) {
        Map<String, Long> interfaces =
                ledger.countBy(INTERFACE, "dataset", page.items().stream().map(Entry::id).toList());
        return page.map(e -> item(e, interfaces.getOrDefault(e.id(), 0L), typed));
    }

    private Item item(Entry entry, long interfaces, String typed) {
        String found = typed.isBlank() ? null : search.highlight(typed, DatasetSearch.texts(entry));
        return new Item(
                entry.id(),
                entry.code(),
                entry.title(),
                entry.text("summary"),
                organisations.named(entry.organisation()),
                entry.state(),
                entry.fact("grade"),
                entry.text("sharing"),
                entry.text("opening"),
                entry.text("updatePeriod"),
                entry.count("rows"),
                entry.count("rejected"),
                entry.facts().get("columns") instanceof List<?> columns ? columns.size() : 0,
                entry.open(),
                interfaces,
                entry.standardised(),
                entry.updated(),
                found == null ? null : List.of(found));
    }

    String stateName(Item item) {
        return ledger.type(Datasets.LEDGER).stateName(item.state());
    }

    /** The name of a code of a field. */
    @Nullable String codeName(String field, @Nullable String code) {
        return code == null
                ? null
                : ledger.type(Datasets.LEDGER).field(field).map(f -> f.codeName(code)).orElse(code);
    }

    Detail detail(Dataset dataset) {
        Entry entry = dataset.entry();
        LedgerType type = ledger.type(Datasets.LEDGER);
        long interfaces =
                ledger.countBy(INTERFACE, "dataset", List.of(entry.id()))
                        .getOrDefault(entry.id(), 0L);
        boolean clear = rows.inClear(dataset);
        return new Detail(
                item(entry, interfaces, ""),
                entry.created(),
                entry.fields(),
                FieldView.of(type),
                dataset.columns().stream().map(c -> column(c, clear)).toList(),
                datasets.loads(dataset).stream().map(DatasetViews::load).toList(),
                FindingView.of(ledger.inWords(entry)),
                allowed(dataset),
                entry.version());
    }

    private ColumnView column(DatasetColumn column, boolean clear) {
        Confirmation confirmation = column.given().confirmation();
        DatasetColumn.Recognised recognised = column.recognised();
        return new ColumnView(
                column.name(),
                column.label(),
                column.type(),
                column.position(),
                column.given().description(),
                recognised == null
                        ? null
                        : new Named(recognised.kind(), kinds.name(recognised.kind())),
                recognised == null ? null : recognised.share(),
                profile(column, clear || column.confirmedGrade() == Grade.L1),
                new SuggestionView(
                        element(column.suggestion().element()),
                        column.suggestion().grade(),
                        column.suggestion().reason().shown()),
                element(column.given().element()),
                column.given().grade(),
                column.isConfirmed(),
                confirmation == null ? null : confirmation.name(),
                confirmation == null ? null : confirmation.time());
    }

    private @Nullable Named element(@Nullable String id) {
        if (id == null) {
            return null;
        }
        return new Named(id, elements.find(id).map(Element::name).map(n -> n.shown()).orElse(id));
    }

    private static @Nullable ProfileView profile(DatasetColumn column, boolean clear) {
        Profile whole = column.profile();
        if (whole == null) {
            return null;
        }
        Profile shown = clear ? whole : whole.withoutValues();
        return new ProfileView(
                shown.count(),
                shown.nulls(),
                shown.distinct(),
                shown.distinctExact(),
                shown.min(),
                shown.max(),
                column.checkFailures(),
                shown.patterns().stream().map(p -> new PatternCount(p.value(), p.count())).toList(),
                shown.top(),
                shown.histogram());
    }

    private static LoadView load(Load load) {
        return new LoadView(
                load.id(),
                load.time(),
                load.author().name(),
                load.fileName(),
                load.mode().name(),
                load.rows(),
                load.rejected(),
                Long.toString(load.snapshot()));
    }

    private List<Allowed> allowed(Dataset dataset) {
        Actor actor = access.actor();
        String owner = dataset.organisation();
        List<Allowed> allowed = new ArrayList<>();
        for (String action : List.of("edit", "load", "confirm")) {
            allowed.add(Allowed.of(action, missing(actor.may("dataset:write", owner))));
        }
        for (String action : List.of("publish", "withdraw")) {
            allowed.add(
                    Allowed.of(
                            action,
                            actor.may("dataset:publish", owner)
                                    ? ledger.obstacle(dataset.entry(), action)
                                            .map(o -> o.code().name())
                                            .orElse(null)
                                    : missing(false)));
        }
        allowed.add(
                Allowed.of(
                        "publishInterface",
                        published(dataset, actor.may("interface:publish", owner))));
        allowed.add(Allowed.of("ask", published(dataset, actor.may("request:create"))));
        return allowed;
    }

    private static @Nullable String published(Dataset dataset, boolean may) {
        if (!may) {
            return missing(false);
        }
        return dataset.isPublished() ? null : "DATASET_NOT_PUBLISHED";
    }

    private static @Nullable String missing(boolean may) {
        return may ? null : "PERMISSION_MISSING";
    }

    /** A change of a dataset, with data elements by their names. */
    ChangeView change(Change change) {
        return ChangeView.of(
                ledger.type(Datasets.LEDGER),
                new Change(
                        change.version(),
                        change.time(),
                        change.author(),
                        change.action(),
                        change.reason(),
                        change.changes().stream().map(this::withNames).toList(),
                        change.batch()));
    }

    private Difference withNames(Difference difference) {
        return difference.field().endsWith(".element")
                ? new Difference(
                        difference.field(),
                        elementName(difference.before()),
                        elementName(difference.after()))
                : difference;
    }

    private @Nullable String elementName(@Nullable Object id) {
        return id == null
                ? null
                : elements.find(id.toString()).map(e -> e.name().shown()).orElse(id.toString());
    }
}
