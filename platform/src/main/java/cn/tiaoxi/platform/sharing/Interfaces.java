package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.contract.DeliveryMark;
import cn.tiaoxi.contract.ExportRule;
import cn.tiaoxi.contract.PolicySnapshot;
import cn.tiaoxi.contract.PolicySnapshot.FieldType;
import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.border.FieldError;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.catalogue.ColumnsDescribed;
import cn.tiaoxi.platform.catalogue.DatasetLoaded;
import cn.tiaoxi.platform.evidence.Evidence;
import cn.tiaoxi.platform.evidence.Who;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Actor;
import cn.tiaoxi.platform.ledger.Author;
import cn.tiaoxi.platform.search.SearchChanged;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Publishes interfaces over datasets. */
@Service
public class Interfaces {
    private static final Pattern IDENTIFIER = Pattern.compile("[a-z][a-z0-9-]{1,38}[a-z0-9]");
    private static final long MOST_EXPORTED = 10_000_000;
    private static final int LONGEST_NAME = 100;
    private static final int MOST_ROWS = 1000;

    private final InterfaceStore store;
    private final SharedDatasets datasets;
    private final InterfaceLedger ledger;
    private final Policies policies;
    private final Evidence evidence;
    private final Access access;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Interfaces(
            InterfaceStore store,
            SharedDatasets datasets,
            InterfaceLedger ledger,
            Policies policies,
            Evidence evidence,
            Access access,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.datasets = datasets;
        this.ledger = ledger;
        this.policies = policies;
        this.evidence = evidence;
        this.access = access;
        this.events = events;
        this.clock = clock;
    }

    /**
     * An interface to publish.
     *
     * @param id identifier, or null to have one made
     * @param ranges keys of which callers may ask for a range; numbers, dates and times have an
     *     order that people expect
     * @param exports what of it may be made into files, or null for nothing
     */
    public record NewInterface(
            @Nullable String id,
            String name,
            String dataset,
            List<String> keys,
            List<String> fields,
            @Nullable Integer pageLimit,
            List<String> ranges,
            @Nullable WantedExports exports) {
        public NewInterface {
            keys = List.copyOf(keys);
            fields = List.copyOf(fields);
            ranges = List.copyOf(ranges);
        }
    }

    /**
     * Files to be allowed.
     *
     * @param mostRows rows of a file, 1 to {@value Interfaces#MOST_EXPORTED}
     * @param keptHours hours that it is kept, 1 to {@value ExportRule#LONGEST_HOURS}
     * @param whole whether all rows may be asked for, without a key
     * @param marks what tells one recipient's file from another's; none for null
     */
    public record WantedExports(
            long mostRows, int keptHours, boolean whole, @Nullable Set<DeliveryMark> marks) {
        public WantedExports {
            marks = marks == null ? Set.of() : Set.copyOf(marks);
        }
    }

    /** Which interfaces to list; empty text means no filter. */
    public Page<Interface> list(
            String text, String dataset, String organisation, String state, Slice slice) {
        return store.list(new InterfaceStore.Filter(text, dataset, organisation, state), slice);
    }

    /** What names the subjects of a dataset's rows, as its interfaces deliver them. */
    public List<Subject> subjects(String dataset) {
        return store.ofDataset(dataset).stream()
                .map(Interface::subject)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    /** How many grants on each interface are in force, by its identifier. */
    public Map<String, Long> grants() {
        return store.grants(clock.instant());
    }

    /**
     * An interface.
     *
     * @throws SharingException if there is none
     */
    public Interface get(String id) {
        return store.find(id).orElseThrow(() -> SharingException.interfaceNotFound(id));
    }

    /**
     * Publishes an interface; it goes live once its table is made.
     *
     * @throws SharingException if the dataset is not published or a grade is not confirmed
     */
    @Transactional
    public Interface publish(NewInterface wanted) {
        SharedDataset source =
                datasets.find(wanted.dataset())
                        .orElseThrow(() -> SharingException.datasetUnknown(wanted.dataset()));
        Actor actor = access.require("interface:publish", source.organisation());
        if (!source.published()) {
            throw SharingException.datasetNotPublished(source.title());
        }
        check(wanted, source);
        String id = wanted.id() == null ? madeUp() : wanted.id();
        Set<String> chosen = new LinkedHashSet<>(wanted.keys());
        chosen.addAll(wanted.fields());
        Integer limit = wanted.pageLimit();
        Interface made =
                new Interface(
                        id,
                        wanted.name().strip(),
                        source.id(),
                        source.title(),
                        source.organisation(),
                        wanted.keys(),
                        source.columns().stream().filter(c -> chosen.contains(c.name())).toList(),
                        limit == null ? 100 : limit,
                        Interface.State.MATERIALISING,
                        1,
                        null,
                        0,
                        null,
                        clock.instant(),
                        actor.username(),
                        actor.name(),
                        1,
                        null,
                        null,
                        wanted.ranges(),
                        rule(wanted.exports()),
                        null);
        if (!store.add(made)) {
            throw SharingException.interfaceIdTaken(id);
        }
        ledger.add(Author.of(actor), made);
        note(actor.who(), "published", made, detail(made));
        return get(id);
    }

    private static Map<String, String> detail(Interface made) {
        ExportRule exports = made.exports();
        return exports == null
                ? Map.of("name", made.name())
                : Map.of("name", made.name(), "exports", exports.toString());
    }

    private static @Nullable ExportRule rule(@Nullable WantedExports wanted) {
        return wanted == null
                ? null
                : new ExportRule(
                        wanted.mostRows(), wanted.keptHours(), wanted.whole(), wanted.marks());
    }

    private static void exports(List<FieldError> errors, @Nullable WantedExports wanted) {
        if (wanted == null) {
            return;
        }
        if (wanted.mostRows() < 1 || wanted.mostRows() > MOST_EXPORTED) {
            errors.add(new FieldError("exports.mostRows", "sharing.positive", MOST_EXPORTED));
        }
        if (wanted.keptHours() < 1 || wanted.keptHours() > ExportRule.LONGEST_HOURS) {
            errors.add(
                    new FieldError(
                            "exports.keptHours", "sharing.positive", ExportRule.LONGEST_HOURS));
        }
    }

    static String madeUp() {
        return "data-" + UUID.randomUUID().toString().substring(0, 8);
    }

    /**
     * @throws BorderException if it cannot be part of a path on the gateway
     */
    static void checkIdentifier(@Nullable String id) {
        if (id != null && !IDENTIFIER.matcher(id).matches()) {
            throw BorderException.invalid("id", "sharing.identifier");
        }
    }

    private static void check(NewInterface wanted, SharedDataset source) {
        List<FieldError> errors = new ArrayList<>();
        String id = wanted.id();
        if (id != null && !IDENTIFIER.matcher(id).matches()) {
            errors.add(new FieldError("id", "sharing.identifier"));
        }
        Texts.check(errors, "name", wanted.name(), 1, LONGEST_NAME);
        Integer limit = wanted.pageLimit();
        if (limit != null && (limit < 1 || limit > MOST_ROWS)) {
            errors.add(new FieldError("pageLimit", "sharing.positive", MOST_ROWS));
        }
        if (wanted.keys().isEmpty()) {
            errors.add(new FieldError("keys", "sharing.keysMissing"));
        }
        if (wanted.fields().isEmpty()) {
            errors.add(new FieldError("fields", "sharing.fieldsMissing"));
        }
        List<String> unconfirmed = new ArrayList<>();
        columns(errors, unconfirmed, "keys", wanted.keys(), source);
        columns(errors, unconfirmed, "fields", wanted.fields(), source);
        for (String key : wanted.keys()) {
            if (PolicySnapshot.RESERVED_PARAMETERS.contains(key)) {
                errors.add(new FieldError("keys", "sharing.keyReserved", key));
            }
        }
        ranges(errors, wanted, source);
        exports(errors, wanted.exports());
        if (!errors.isEmpty()) {
            throw BorderException.invalid(errors);
        }
        if (!unconfirmed.isEmpty()) {
            throw SharingException.gradeNotConfirmed(String.join(", ", unconfirmed));
        }
    }

    private static void ranges(List<FieldError> errors, NewInterface wanted, SharedDataset source) {
        for (String name : wanted.ranges()) {
            ServedField column = source.column(name);
            if (!wanted.keys().contains(name)) {
                errors.add(new FieldError("ranges", "sharing.rangeNoKey", name));
            } else if (column != null
                    && (column.type() == FieldType.TEXT || column.type() == FieldType.BOOLEAN)) {
                errors.add(new FieldError("ranges", "sharing.rangeType", name));
            }
        }
    }

    private static void columns(
            List<FieldError> errors,
            List<String> unconfirmed,
            String field,
            List<String> names,
            SharedDataset source) {
        for (String name : names) {
            if (source.unconfirmed().contains(name)) {
                unconfirmed.add(name);
            } else if (source.column(name) == null) {
                errors.add(new FieldError(field, "sharing.fieldUnknown", name));
            }
        }
    }

    /** Makes the table anew from the dataset's rows of now; until then the old one is served. */
    @Transactional
    public Interface refresh(String id, String reason) {
        Interface before = lock(id);
        Actor actor = access.require("interface:publish", before.organisation());
        if (before.state() == Interface.State.WITHDRAWN || before.isService()) {
            throw SharingException.interfaceState(before.name(), before.state().name());
        }
        materialise(before);
        ledger.move(Author.of(actor), before, "refresh", reason);
        note(actor.who(), "refreshed", before, Map.of("reason", reason));
        return get(id);
    }

    /** The rows of a dataset changed: the tables of its interfaces are made anew. */
    @ApplicationModuleListener
    void follow(DatasetLoaded loaded) {
        for (Interface each : store.ofDataset(loaded.dataset())) {
            if (each.state() != Interface.State.WITHDRAWN && !each.isService()) {
                materialise(lock(each.id()));
                ledger.move(Author.SYSTEM, each, "refresh", "");
                note(Who.SYSTEM, "refreshed", each, Map.of("reason", "dataset.loaded"));
            }
        }
    }

    /** Columns got other words or grades: gateways and pages learn them. */
    @ApplicationModuleListener
    void follow(ColumnsDescribed described) {
        SharedDataset source = datasets.find(described.dataset()).orElseThrow();
        for (Interface each : store.ofDataset(described.dataset())) {
            if (each.isService()) {
                continue;
            }
            Interface before = lock(each.id());
            List<ServedField> fields = source.renewed(before.fields());
            Subject subject = before.subject() == null ? null : source.subject(before.keys());
            boolean same = Objects.equals(subject, before.subject());
            if (!fields.equals(before.fields()) || !same) {
                store.describe(before, fields, subject);
                policies.changed();
                note(Who.SYSTEM, "described", before, Map.of());
            }
        }
    }

    /** Takes an interface off the gateways; calls are refused with a code of their own. */
    @Transactional
    public Interface withdraw(String id, String reason) {
        Interface before = lock(id);
        Actor actor = access.require("interface:publish", before.organisation());
        String why = Texts.reason(reason);
        if (before.state() == Interface.State.WITHDRAWN) {
            throw SharingException.interfaceState(before.name(), before.state().name());
        }
        store.move(before, Interface.State.WITHDRAWN, before.generation());
        policies.changed();
        ledger.move(Author.of(actor), before, "withdraw", why);
        note(actor.who(), "withdrawn", before, Map.of("reason", why));
        return get(id);
    }

    /** Brings a withdrawn interface back; a lookup with the dataset's rows of now. */
    @Transactional
    public Interface restore(String id, String reason) {
        Interface before = lock(id);
        Actor actor = access.require("interface:publish", before.organisation());
        if (before.state() != Interface.State.WITHDRAWN) {
            throw SharingException.interfaceState(before.name(), before.state().name());
        }
        if (before.isService()) {
            store.move(before, Interface.State.LIVE, before.generation());
        } else {
            materialise(before);
        }
        policies.changed();
        ledger.move(Author.of(actor), before, "restore", reason);
        if (before.isService()) {
            ledger.move(Author.of(actor), before, "serve", "");
        }
        note(actor.who(), "restored", before, Map.of("reason", reason));
        return get(id);
    }

    private void materialise(Interface before) {
        store.move(before, Interface.State.MATERIALISING, before.generation() + 1);
    }

    private Interface lock(String id) {
        return store.lock(id).orElseThrow(() -> SharingException.interfaceNotFound(id));
    }

    private void note(Who who, String action, Interface each, Map<String, String> detail) {
        Map<String, String> all = new java.util.HashMap<>(detail);
        all.put("dataset", each.dataset());
        evidence.changed(who, "interface." + action, "interface:" + each.id(), all);
        events.publishEvent(new InterfaceChanged(each.id()));
        events.publishEvent(new SearchChanged(InterfaceSearch.KIND, each.id()));
    }
}
