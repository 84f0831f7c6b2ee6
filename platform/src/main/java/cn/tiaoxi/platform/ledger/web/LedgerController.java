package cn.tiaoxi.platform.ledger.web;

import cn.tiaoxi.platform.border.Export;
import cn.tiaoxi.platform.border.Idempotency;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.border.Versions;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Actor;
import cn.tiaoxi.platform.identity.Permission;
import cn.tiaoxi.platform.ledger.Author;
import cn.tiaoxi.platform.ledger.Entry;
import cn.tiaoxi.platform.ledger.EntryFilter;
import cn.tiaoxi.platform.ledger.Ledger;
import cn.tiaoxi.platform.ledger.LedgerException;
import cn.tiaoxi.platform.ledger.LedgerType;
import cn.tiaoxi.platform.search.SearchIndex;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** All ledgers, whatever their type. */
@RestController
@RequestMapping("/api/v1/ledgers")
class LedgerController {
    private final Ledger ledger;
    private final SearchIndex search;
    private final Organisations organisations;
    private final Access access;
    private final Idempotency idempotency;

    LedgerController(
            Ledger ledger,
            SearchIndex search,
            Organisations organisations,
            Access access,
            Idempotency idempotency) {
        this.ledger = ledger;
        this.search = search;
        this.organisations = organisations;
        this.access = access;
        this.idempotency = idempotency;
    }

    /** A ledger in the list of ledgers. */
    record LedgerView(
            String id, String name, long entries, long standardised, @Nullable Double rate) {}

    /** A code and its name. */
    record Named(String code, String name) {}

    /** A type in an answer. */
    record TypeView(
            String id,
            String name,
            String description,
            boolean managed,
            List<FieldView> fields,
            List<String> columns,
            List<Named> states,
            @Nullable String rules) {}

    /** An entry in a list. */
    record EntryView(
            String id,
            String code,
            String title,
            Organisations.Named organisation,
            String state,
            String stateName,
            int findings,
            boolean standardised,
            Instant updated,
            Map<String, Object> fields,
            String link) {}

    /** An entry alone. */
    record EntryDetail(
            String id,
            String type,
            String code,
            String title,
            Organisations.Named organisation,
            String state,
            String stateName,
            int findings,
            boolean standardised,
            Instant created,
            Instant updated,
            Map<String, Object> fields,
            List<FieldView> fieldDefinitions,
            List<FindingView> findingsDetail,
            String link,
            long version) {}

    /** An entry to add. */
    record NewEntry(
            @NotBlank @Size(max = 100) String title,
            @NotBlank @Size(max = 40) String organisation,
            @Nullable Map<String, @Nullable Object> fields) {}

    /** Fields to change. */
    record EntryChange(
            @NotNull Map<String, @Nullable Object> fields,
            @Nullable @Size(max = 1000) String reason) {}

    /** What to do with an entry, and why. */
    record Act(
            @NotBlank @Size(max = 40) String action, @Nullable @Size(max = 1000) String reason) {}

    @GetMapping
    @Permission("ledger:read")
    List<LedgerView> ledgers() {
        return ledger.types().stream().map(this::view).toList();
    }

    private LedgerView view(LedgerType type) {
        Ledger.Totals totals = ledger.totals(type.id());
        return new LedgerView(
                type.id(),
                type.name().shown(),
                totals.entries(),
                totals.standardised(),
                totals.entries() == 0 ? null : (double) totals.standardised() / totals.entries());
    }

    @GetMapping("/{type}")
    @Permission("ledger:read")
    TypeView type(@PathVariable String type) {
        LedgerType found = ledger.type(type);
        return new TypeView(
                found.id(),
                found.name().shown(),
                found.description().shown(),
                found.isManaged(),
                FieldView.of(found),
                found.fields().stream()
                        .filter(LedgerType.Field::listed)
                        .map(LedgerType.Field::id)
                        .toList(),
                found.states().stream().map(s -> new Named(s.id(), s.name().shown())).toList(),
                null);
    }

    @GetMapping("/{type}/entries")
    @Permission("ledger:read")
    @Nullable Page<EntryView> entries(
            @PathVariable String type,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String organisation,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String finding,
            Slice slice,
            Export export) {
        Actor actor = access.actor();
        LedgerType found = ledger.type(type);
        EntryFilter filter =
                new EntryFilter(
                        type,
                        q.isBlank() ? null : search.ids(type, q),
                        reached(actor, organisation),
                        state,
                        finding,
                        Map.of(),
                        Map.of(),
                        false);
        return export.answer(
                "ledger.entries",
                slice,
                s -> ledger.list(filter, s).map(e -> view(found, e)),
                List.of(
                        new Export.Column<>("ledger.code", EntryView::code),
                        new Export.Column<>("ledger.title", EntryView::title),
                        new Export.Column<>("ledger.organisation", e -> e.organisation().name()),
                        new Export.Column<>("ledger.state", EntryView::stateName),
                        new Export.Column<>("ledger.findings", EntryView::findings),
                        new Export.Column<>("ledger.standardised", EntryView::standardised),
                        new Export.Column<>("ledger.updated", EntryView::updated)));
    }

    /** The organisations to show: those asked for with all below them, within what is permitted. */
    private Set<String> reached(Actor actor, String organisation) {
        Set<String> reach = actor.reach("ledger:read");
        if (organisation.isEmpty()) {
            return reach;
        }
        Set<String> wanted = new java.util.HashSet<>(organisations.within(organisation));
        wanted.add(organisation);
        if (!reach.isEmpty()) {
            wanted.retainAll(reach);
            if (wanted.isEmpty()) {
                access.require("ledger:read", organisation);
            }
        }
        return wanted;
    }

    @GetMapping("/{type}/entries/{id}")
    @Permission("ledger:read")
    ResponseEntity<EntryDetail> entry(@PathVariable String type, @PathVariable String id) {
        Entry entry = ledger.get(type, id);
        access.require("ledger:read", entry.organisation());
        return Versions.tagged(detail(entry), entry.version());
    }

    @GetMapping("/{type}/entries/{id}/history")
    @Permission("ledger:read")
    Page<ChangeView> history(@PathVariable String type, @PathVariable String id, Slice slice) {
        Entry entry = ledger.get(type, id);
        access.require("ledger:read", entry.organisation());
        return ledger.history(entry.id(), slice).map(c -> ChangeView.of(ledger.type(type), c));
    }

    @PostMapping("/{type}/entries")
    @Permission("ledger:write")
    @ResponseStatus(HttpStatus.CREATED)
    EntryDetail add(
            @PathVariable String type,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody NewEntry wanted) {
        writable(type);
        Actor actor = access.require("ledger:write", wanted.organisation());
        Map<String, @Nullable Object> fields = wanted.fields();
        return idempotency.once(
                key,
                actor.username(),
                "POST /ledgers/" + type,
                wanted,
                EntryDetail.class,
                () ->
                        detail(
                                ledger.add(
                                        Author.of(actor),
                                        new Ledger.NewEntry(
                                                type,
                                                null,
                                                wanted.title(),
                                                wanted.organisation(),
                                                fields == null ? Map.of() : fields,
                                                Map.of()))));
    }

    @PatchMapping("/{type}/entries/{id}")
    @Permission("ledger:write")
    ResponseEntity<EntryDetail> change(
            @PathVariable String type,
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @Valid @RequestBody EntryChange change) {
        writable(type);
        Entry before = ledger.get(type, id);
        Actor actor = access.require("ledger:write", before.organisation());
        Entry after =
                ledger.change(
                        Author.of(actor),
                        type,
                        id,
                        Versions.required(ifMatch),
                        change.fields(),
                        change.reason());
        return Versions.tagged(detail(after), after.version());
    }

    @PostMapping("/{type}/entries/{id}/act")
    @Permission("ledger:write")
    ResponseEntity<EntryDetail> act(
            @PathVariable String type, @PathVariable String id, @Valid @RequestBody Act act) {
        writable(type);
        Entry before = ledger.get(type, id);
        Actor actor = access.require("ledger:write", before.organisation());
        Entry after = ledger.move(Author.of(actor), type, id, act.action(), act.reason());
        return Versions.tagged(detail(after), after.version());
    }

    private void writable(String type) {
        LedgerType found = ledger.type(type);
        if (found.isManaged()) {
            throw LedgerException.managed(found.name().shown());
        }
    }

    private EntryView view(LedgerType type, Entry entry) {
        Map<String, Object> listed = new LinkedHashMap<>();
        for (LedgerType.Field field : type.fields()) {
            Object value = entry.fields().get(field.id());
            if (field.listed() && value != null) {
                listed.put(field.id(), value);
            }
        }
        return new EntryView(
                entry.id(),
                entry.code(),
                entry.title(),
                organisations.named(entry.organisation()),
                entry.state(),
                type.stateName(entry.state()),
                entry.open(),
                entry.standardised(),
                entry.updated(),
                listed,
                ledger.link(entry));
    }

    private EntryDetail detail(Entry entry) {
        LedgerType type = ledger.type(entry.type());
        return new EntryDetail(
                entry.id(),
                entry.type(),
                entry.code(),
                entry.title(),
                organisations.named(entry.organisation()),
                entry.state(),
                type.stateName(entry.state()),
                entry.open(),
                entry.standardised(),
                entry.created(),
                entry.updated(),
                entry.fields(),
                FieldView.of(type),
                FindingView.of(ledger.inWords(entry)),
                ledger.link(entry),
                entry.version());
    }
}
